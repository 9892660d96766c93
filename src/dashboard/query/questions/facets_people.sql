-- At how many of the held events in scope, or of those of the chosen statuses, each person was, and somebody in each role.
with named as materialized (
    select ep.event_id, ep.person_id, ep.role
    from scope_events($from_day, $to_day, $range_to, $months, $speakers, $roles, $lines, $pillars, $kinds, $countries, $cities, $organisations, $our_roles, $event_statuses, $words)
    join event_people_by_day as ep using (event_id)
    where (status = 'held' or $event_statuses is not null) and ($from_day is null or ep.event_day between $from_day and $to_day)
)
select filter, id, found
from (
    select 'speaker' as filter, person_id as id, count(distinct event_id) as found
    from named
    where $roles is null or list_contains($roles, role)
    group by person_id
    union all
    select 'role' as filter, role as id, count(distinct event_id) as found
    from named
    where $speakers is null or list_contains($speakers, person_id)
    group by role
) as counted
order by filter, id
