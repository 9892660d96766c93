-- People in scope with the number of events in scope that name them: held ones, or those of the chosen statuses.
with
counted as (
    select person_id, count(distinct event_id) as events, count(*) as contributions
    from scope_contributions($from_day, $to_day, $range_to, $months, $speakers, $roles, $lines, $pillars, $kinds, $countries, $cities, $organisations, $our_roles, $event_statuses, $words)
    where status = 'held' or $event_statuses is not null
    group by person_id
)

select person_id, name, job_title, orcid, note, note_nl, coalesce(events, 0) as events, coalesce(contributions, 0) as contributions
from scope_people($from_day, $to_day, $range_to, $months, $speakers, $roles, $lines, $pillars, $kinds, $countries, $cities, $organisations, $our_roles, $event_statuses, $words)
left join counted using (person_id)
order by events desc, name, person_id
limit $limit offset $offset
