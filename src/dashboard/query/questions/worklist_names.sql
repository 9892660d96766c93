-- Words in free texts that fit the first group of a pattern of names: one row is one text and one such name in it.
with
texts as (
    select 'events' as table_name, event_id as record_id, title as label, 'title' as column_name, title as content from events
    union all
    select 'events', event_id, title, 'host_event', host_event from events
    union all
    select 'events', event_id, title, 'note', note from events
    union all
    select 'event_people', event_id, title, 'talk_title', talk_title from event_people join events using (event_id)
    union all
    select 'event_people', event_id, title, 'note', p.note from event_people as p join events using (event_id)
    union all
    select 'trainings', training_id, title, 'title', title from trainings
    union all
    select 'trainings', training_id, title, 'note', note from trainings
    union all
    select 'projects', project_id, title, 'title', title from projects
    union all
    select 'projects', project_id, title, 'note', note from projects
    union all
    select 'funding', funding_id, title, 'title', title from funding
    union all
    select 'funding', funding_id, title, 'note', note from funding
    union all
    select 'claims', claim_id, stated, 'stated', stated from claims
)

select distinct table_name, record_id, label, column_name, unnest(regexp_extract_all(content, $pattern, 1)) as name
from texts
where regexp_matches(content, $pattern)
order by table_name, record_id, column_name, name
