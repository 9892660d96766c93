-- Number of trainings with one status, or of e-learning modules.
select count(*) as value, count(*) as exact
from scope_trainings($to_day, $years, $months, $lines, $pillars, $levels, $disciplines, $formats, $words)
where status = $status and (format = 'e-learning') = $e_learning
