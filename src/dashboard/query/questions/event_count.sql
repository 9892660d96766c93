-- Number of events with one status.
select count(*) as value, count(*) as exact
from scope_events($from_day, $to_day, $months, $speakers, $roles, $lines, $pillars, $kinds, $countries, $cities, $our_roles, null, $words)
where status = $status
