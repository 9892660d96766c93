-- How many events there are by month of their start, our role, status and pillar; those without a known month are in no row.
select month, our_role, status, pillar, count(*) as events
from scope_events($from_day, $to_day, $range_to, $months, $speakers, $roles, $lines, $pillars, $kinds, $countries, $cities, $organisations, $our_roles, $event_statuses, $words)
where month is not null
group by month, our_role, status, pillar
order by month, our_role, status, pillar
