-- Number of countries in which held events took place; events on site without a known place are unknown.
select
    count(distinct country) as value,
    count(distinct country) as exact,
    count(*) filter (where country is null and attendance_mode is distinct from 'online') as unknown,
from scope_events($from_day, $to_day, $months, $speakers, $roles, $lines, $pillars, $kinds, $countries, $cities, $our_roles, null, $words)
where status = 'held'
