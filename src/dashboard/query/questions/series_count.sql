-- Number of series, each of which was held an unknown number of times.
select count(*) as value, count(*) as exact
from scope_series($years, $lines, $pillars, $kinds, $organisations, $our_roles, $words)
