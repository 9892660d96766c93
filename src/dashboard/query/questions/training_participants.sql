-- Participants in held trainings; each cohort once.
select
    sum(participants) as value,
    count(*) filter (where participants_kind = 'exact') as exact,
    count(*) filter (where participants_kind = 'about') as about,
    count(*) filter (where participants_kind = 'at-least') as at_least,
    count(*) filter (where participants_kind = 'fewer-than') as fewer_than,
    count(*) filter (where participants_kind = 'unknown') as unknown,
    count(*) filter (where is_disputed and participants_kind in ('exact', 'about', 'at-least')) as disputed,
from scope_trainings($from_day, $period_end, $to_day, $months, $lines, $pillars, $levels, $disciplines, $formats, $words)
where status = 'held' and format <> 'e-learning'
