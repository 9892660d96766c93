-- How many trainings and e-learning modules are in scope, whatever their status.
select count(*) as trainings
from scope_trainings($from_day, $period_end, $to_day, $months, $lines, $pillars, $levels, $disciplines, $formats, $words)
