-- What is missing of the kind asked for: one row is one record with the column to fill, and what the record is called and
-- when it is. No pillar or line is asked for: they stand only where a source places the event, so that an empty one is no
-- mistake. Nothing is asked again that somebody has answered with “not known”.
select table_name, record_id, label, label_nl, label_en, label_language, date, status, column_name
from (
    select
        'events' as table_name, event_id as record_id, title as label, title_nl as label_nl, title_en as label_en,
        title_language as label_language, start_date as date, status, 'place_id' as column_name
    from events
    where $kind = 'no-place' and status in ('held', 'planned')
        and attendance_mode is distinct from 'online' and place_id is null
    union all
    select 'places', place_id, coalesce(venue, city, place_id), null, null, null, null, null, 'latitude'
    from places
    where $kind = 'no-coordinates' and latitude is null
    union all
    select 'events', event_id, title, title_nl, title_en, title_language, start_date, status, 'start_date'
    from events
    where $kind = 'vague-date' and status in ('held', 'planned') and date_precision in ('year', 'unknown')
    union all
    select 'projects', project_id, title, title_nl, title_en, title_language, start_date, status, 'end_date'
    from projects
    where $kind = 'unknown-end' and status = 'running' and end_date is null
    union all
    select 'funding', funding_id, title, null, null, null, date, null, 'date'
    from funding
    where $kind = 'undated-funding' and date is null
    union all
    select 'trainings', training_id, title, title_nl, title_en, title_language, period, status, 'participants'
    from trainings
    where $kind = 'unknown-participants' and status = 'held' and format <> 'e-learning' and participants_kind = 'unknown'
    union all
    select 'events', event_id, title, title_nl, title_en, title_language, start_date, status, 'participants'
    from events
    where $kind = 'unknown-participants' and status = 'held' and participants_kind = 'unknown'
    union all
    select 'funding', funding_id, title, null, null, null, date, null, 'amount_eur'
    from funding
    where $kind = 'unknown-amount' and amount_kind = 'unknown'
    union all
    select 'people', person_id, name, null, null, null, null, null, 'person_id'
    from people
    where $kind = 'person-without-record'
        and person_id not in (select person_id from event_people)
        and person_id not in (select person_id from project_parties where person_id is not null)
        and person_id not in (select recipient_person_id from funding where recipient_person_id is not null)
    union all
    select 'events', event_id, title, title_nl, title_en, title_language, start_date, status, 'kind'
    from events
    where $kind = 'no-term' and status in ('held', 'planned') and kind is null
    union all
    select 'events', event_id, title, title_nl, title_en, title_language, start_date, status, 'our_role'
    from events
    where $kind = 'no-term' and status in ('held', 'planned') and our_role is null
) as gaps
where not exists (
    select 1 from claims
    where claims.source_id = 'answers' and claims.table_name = gaps.table_name and claims.record_id = gaps.record_id
        and claims.field = gaps.column_name
)
order by table_name, record_id, column_name
limit $limit
