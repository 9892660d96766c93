-- Records that no source is named for: one row is one record without any claim.
with
records as (
    select 'events' as table_name, event_id as record_id, title as label from events
    union all
    select 'trainings', training_id, title from trainings
    union all
    select 'projects', project_id, title from projects
    union all
    select 'funding', funding_id, title from funding
    union all
    select 'series', series_id, title from series
)

select table_name, record_id, label
from records
where not exists (
    select 1 from claims
    where claims.table_name = records.table_name and claims.record_id = records.record_id
)
order by table_name, record_id
limit $limit
