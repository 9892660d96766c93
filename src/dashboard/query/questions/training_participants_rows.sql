-- The trainings behind training_participants, with the number of each.
select
    'trainings' as table_name, training_id as record_id, title as label, period as date,
    participants as value, participants_kind as kind, is_disputed as disputed,
    title_nl as label_nl, title_en as label_en, title_language as label_language,
from scope_trainings($from_day, $period_end, $to_day, $months, $lines, $pillars, $levels, $disciplines, $formats, $words)
where status = 'held' and format <> 'e-learning'
order by participants desc nulls last, training_id
limit $limit offset $offset
