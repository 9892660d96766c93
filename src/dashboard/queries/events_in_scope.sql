-- How many events are in scope, whatever their status.
select count(*) as events
from scope_events($from_day, $to_day, $months, $speakers, $roles, $lines, $pillars, $kinds, $countries, $cities, $our_roles, $words)
