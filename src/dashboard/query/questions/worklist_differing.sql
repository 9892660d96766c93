-- Claims that differ from the record, with what the record holds now: one row is one claim. Nothing is asked again that
-- somebody has answered: that the sources disagree stays told where the record is shown.
with
records as (
    select 'events' as table_name, event_id as record_id, title as label, participants_kind as value_kind, to_json(events) as fields
    from events
    union all
    select 'trainings', training_id, title, participants_kind, to_json(trainings) from trainings
    union all
    select 'projects', project_id, title, null, to_json(projects) from projects
    union all
    select 'funding', funding_id, title, amount_kind, to_json(funding) from funding
    union all
    select 'series', series_id, title, null, to_json(series) from series
    union all
    select 'people', person_id, name, null, to_json(people) from people
    union all
    select 'organisations', organisation_id, name, null, to_json(organisations) from organisations
    union all
    select 'places', place_id, coalesce(venue, city), null, to_json(places) from places
)

select
    c.table_name, c.record_id, coalesce(r.label, c.record_id) as label, c.field as column_name, c.claim_id,
    json_extract_string(r.fields, c.field) as value,
    case when c.field in ('participants', 'amount_eur') then r.value_kind end as value_kind,
    c.stated, s.title as source, c.section, c.line,
from claims as c
join sources as s using (source_id)
left join records as r on r.table_name = c.table_name and r.record_id = c.record_id
where c.stance = 'differs' and not exists (
    select 1 from claims as answered
    where answered.source_id = 'answers' and answered.table_name = c.table_name and answered.record_id = c.record_id
        and answered.field = c.field
)
order by c.table_name, c.record_id, c.field, c.claim_id
limit $limit
