-- How many projects and results are in scope, whatever their status.
select count(*) as projects
from scope_projects($from_day, $to_day, $months, $speakers, $lines, $pillars, $organisations, $our_roles, $words)
