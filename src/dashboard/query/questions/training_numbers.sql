-- The numbers of trainings held, of e-learning modules that are ready, and of those that are being made, a column each.
select
    count(*) filter (where status = 'held' and format <> 'e-learning') as trainings_held,
    count(*) filter (where status = 'developed' and format = 'e-learning') as modules_developed,
    count(*) filter (where status = 'in-development' and format = 'e-learning') as modules_in_development,
from scope_trainings($from_day, $period_end, $to_day, $months, $lines, $pillars, $levels, $disciplines, $formats, $words)
