-- How many grants are in scope, to whomever they came.
select count(*) as funding
from scope_funding($from_day, $to_day, $range_to, $months, $speakers, $lines, $pillars, $organisations, $our_roles, $words)
