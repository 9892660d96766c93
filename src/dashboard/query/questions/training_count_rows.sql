-- The trainings that training_count counts.
select
    'trainings' as table_name, training_id as record_id, title as label, period as date, 1 as value, 'exact' as kind,
    title_nl as label_nl, title_en as label_en, title_language as label_language,
from scope_trainings($from_day, $period_end, $to_day, $months, $lines, $pillars, $levels, $disciplines, $formats, $words)
where status = $status and (format = 'e-learning') = $e_learning
order by first_day, training_id
limit $limit offset $offset
