-- Held trainings and their participants by level, discipline, format, line and pillar: the parts of
-- training_participants, which add up to it for each of the five.
with
held as (
    select * from scope_trainings($from_day, $period_end, $to_day, $months, $lines, $pillars, $levels, $disciplines, $formats, $words)
    where status = 'held' and format <> 'e-learning'
),

parts as (
    select 'level' as dimension, coalesce(level, 'not-stated') as id, participants, participants_kind, is_disputed from held
    union all
    select 'discipline' as dimension, coalesce(discipline, 'not-stated') as id, participants, participants_kind, is_disputed from held
    union all
    select 'format' as dimension, coalesce(format, 'not-stated') as id, participants, participants_kind, is_disputed from held
    union all
    select 'line' as dimension, coalesce(line, 'not-stated') as id, participants, participants_kind, is_disputed from held
    union all
    select 'pillar' as dimension, coalesce(pillar, 'not-stated') as id, participants, participants_kind, is_disputed from held
)

select
    dimension, id, count(*) as trainings, sum(participants) as value,
    sum(participants) filter (where participants_kind = 'exact') as exact_value,
    sum(participants) filter (where participants_kind = 'about') as about_value,
    sum(participants) filter (where participants_kind = 'at-least') as at_least_value,
    count(*) filter (where participants_kind = 'exact') as exact,
    count(*) filter (where participants_kind = 'about') as about,
    count(*) filter (where participants_kind = 'at-least') as at_least,
    count(*) filter (where participants_kind = 'fewer-than') as fewer_than,
    count(*) filter (where participants_kind = 'unknown') as unknown,
    count(*) filter (where is_disputed and participants_kind in ('exact', 'about', 'at-least')) as disputed,
from parts
group by dimension, id
order by dimension, id
