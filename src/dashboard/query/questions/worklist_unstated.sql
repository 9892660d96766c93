-- Records that no source is named for: one row is one record without any claim.
with
records as (
    select
        'events' as table_name, event_id as record_id, title as label, title_nl as label_nl, title_en as label_en,
        title_language as label_language, start_date as date,
    from events
    union all
    select 'trainings', training_id, title, title_nl, title_en, title_language, period from trainings
    union all
    select 'projects', project_id, title, title_nl, title_en, title_language, start_date from projects
    union all
    select 'funding', funding_id, title, null, null, null, date from funding
    union all
    select 'series', series_id, title, null, null, null, reported_date from series
)

select table_name, record_id, label, label_nl, label_en, label_language, date
from records
where not exists (
    select 1 from claims
    where claims.table_name = records.table_name and claims.record_id = records.record_id
)
order by table_name, record_id
limit $limit
