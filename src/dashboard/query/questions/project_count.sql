-- Number of projects that are under way, planned or done in the period, or of what came out of them.
select count(*) as value, count(*) as exact
from scope_projects($from_day, $to_day, $months, $speakers, $lines, $pillars, $organisations, $our_roles, $words)
where list_contains($statuses, status) and is_output(kind) = $outputs
