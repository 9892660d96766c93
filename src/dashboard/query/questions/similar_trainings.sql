-- Pairs of trainings of the same period whose titles are alike (a shared beginning alone says little) but for no number.
with
compared as (
    select
        training_id, title, period, fold(title) as folded,
        regexp_extract_all(lower(title), '\d+|first|second|third|fourth|eerste|tweede|derde|vierde') as numbers,
    from trainings
    where status <> 'cancelled'
)

select
    'trainings' as table_name, a.training_id as record_id, b.training_id as other_id, a.title as label,
    b.title as other_label, a.period as shared,
from compared as a
join compared as b on a.period = b.period and a.training_id < b.training_id and a.numbers = b.numbers
where jaro_similarity(a.folded, b.folded) >= 0.84 or contains(a.folded, b.folded) or contains(b.folded, a.folded)
order by record_id, other_id
limit $limit
