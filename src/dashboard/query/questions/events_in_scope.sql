-- How many events are in scope, by their status.
select status, count(*) as events
from scope_events($from_day, $to_day, $range_to, $months, $speakers, $roles, $lines, $pillars, $kinds, $countries, $cities, $organisations, $our_roles, $event_statuses, $words)
group by status
order by status
