-- How many grants are in scope, to whomever they came.
select count(*) as funding
from scope_funding($from_day, $to_day, $months, $speakers, $lines, $pillars, $our_roles, $words)
