-- How many trainings and e-learning modules are in scope, whatever their status.
select count(*) as trainings
from scope_trainings($to_day, $years, $months, $lines, $pillars, $levels, $disciplines, $formats, $words)
