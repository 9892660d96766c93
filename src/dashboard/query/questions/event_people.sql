-- Everybody named at the events in scope, whoever was asked for.
select event_id, person_id, name, role, nr, talk_title
from scope_events($from_day, $to_day, $range_to, $months, $speakers, $roles, $lines, $pillars, $kinds, $countries, $cities, $organisations, $our_roles, $event_statuses, $words)
join event_people_by_day using (event_id)
join people using (person_id)
where $from_day is null or event_day between $from_day and $to_day
order by event_id, name, person_id, role, nr
