-- Held events that are on the map, online, or not on it; they add up to all. A city is on the map when one of its places
-- has coordinates.
with
held as (
    select * from scope_events($from_day, $to_day, $range_to, $months, $speakers, $roles, $lines, $pillars, $kinds, $countries, $cities, $organisations, $our_roles, null, $words)
    where status = 'held'
),

mapped as (select distinct city_id from held where latitude is not null)

select
    count(*) as all_events,
    count(mapped.city_id) as on_the_map,
    count(*) filter (where attendance_mode is not distinct from 'online') as online,
    count(*) filter (where mapped.city_id is null and attendance_mode is distinct from 'online') as unknown,
    count(distinct country) as countries,
from held left join mapped using (city_id)
