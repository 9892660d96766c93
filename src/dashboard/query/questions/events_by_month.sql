-- Held events by month of their start and kind; those without a known month are in no row.
select month, kind, count(*) as events
from scope_events($from_day, $to_day, $range_to, $months, $speakers, $roles, $lines, $pillars, $kinds, $countries, $cities, $organisations, $our_roles, null, $words)
where status = 'held' and month is not null
group by month, kind
order by month, kind
