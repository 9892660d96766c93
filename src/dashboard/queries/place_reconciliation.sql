-- Held events that are on the map, online, or without a known place; they add up to all.
select
    count(*) as all_events,
    count(*) filter (where latitude is not null) as on_the_map,
    count(*) filter (where attendance_mode is not distinct from 'online') as online,
    count(*) filter (where latitude is null and attendance_mode is distinct from 'online') as unknown,
    count(distinct country) as countries,
from scope_events($from_day, $to_day, $months, $speakers, $roles, $lines, $pillars, $kinds, $countries, $our_roles, $words)
where status = 'held'
