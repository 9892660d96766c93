-- Number of organisations that are partner or co-organiser of a project, event or series in scope, each once.
select count(*) as value, count(*) as exact
from scope_partners($from_day, $to_day, $range_to, $years, $months, $lines, $pillars, $organisations, $our_roles, $words)
