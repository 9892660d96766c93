-- The people and organisations that some events, projects and series name, which are given by their ids.
select 'events' as table_name, event_id as record_id, 'people' as named_table, person_id as named_id
from event_people
where event_id in (select unnest(cast($events as varchar[])))
union
select 'events', event_id, 'organisations', organisation_id
from event_parties
where event_id in (select unnest(cast($events as varchar[])))
union
select 'projects', project_id, 'people', person_id
from project_parties
where project_id in (select unnest(cast($projects as varchar[]))) and person_id is not null
union
select 'projects', project_id, 'organisations', organisation_id
from project_parties
where project_id in (select unnest(cast($projects as varchar[]))) and organisation_id is not null
union
select 'series', series_id, 'organisations', organisation_id
from series_parties
where series_id in (select unnest(cast($series as varchar[])))
order by table_name, record_id, named_table, named_id
