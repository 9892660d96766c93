-- Pairs of events on the same days whose titles are alike (a shared beginning alone says little) but for no number.
-- Two of which only the same year or month is known are compared as well. Days with more than 200 events are left
-- out: there, titles alike say little, and comparing all with all takes long.
with
days as (
    select event_id, title, cast(cast(day as date) as varchar) as day
    from (
        select event_id, title, unnest(generate_series(first_day, least(last_day, first_day + interval 31 day), interval 1 day)) as day
        from events
        where date_precision = 'day' and status <> 'cancelled'
    )
    union all
    select event_id, title, start_date
    from events
    where date_precision in ('year', 'month') and status <> 'cancelled'
),

compared as (
    select
        event_id, title, day, fold(title) as folded,
        regexp_extract_all(lower(title), '\d+|first|second|third|fourth|eerste|tweede|derde|vierde') as numbers,
    from days
    where day in (select day from days group by day having count(*) <= 200)
)

select
    'events' as table_name, a.event_id as record_id, b.event_id as other_id, any_value(a.title) as label,
    any_value(b.title) as other_label, min(a.day) as shared,
from compared as a
join compared as b on a.day = b.day and a.event_id < b.event_id and a.numbers = b.numbers
where jaro_similarity(a.folded, b.folded) >= 0.84 or contains(a.folded, b.folded) or contains(b.folded, a.folded)
group by a.event_id, b.event_id
order by record_id, other_id
limit $limit
