-- How many series are in scope.
select count(*) as series
from scope_series($years, $lines, $pillars, $kinds, $organisations, $our_roles, $words)
