-- Who can be asked about some records of one table, who is likely to know most first: one row is one person or office
-- for one record. Who was removed on request is nobody who can be asked: the name is the id, and
-- a contact is person-removed-1.
with
leaders as (
    select project_id, role, name, person_id, case role when 'lead' then 2 else 3 end as place
    from project_parties join people using (person_id)
    where role in ('lead', 'coordinator')
),

asked as (
    select event_id as record_id, 1 as place, 'contact' as way, contact as name, cast(null as varchar) as person_id, 0 as sort
    from events
    where $of_table = 'events'
    union all
    select events.event_id, 2, 'contact', series.contact, null, 0
    from events join series using (series_id)
    where $of_table = 'events'
    union all
    select event_people.event_id, 3, 'contributor', people.name, people.person_id, terms.sort
    from event_people
    join people using (person_id)
    join terms on terms.list = 'person-role' and terms.term_id = event_people.role
    where $of_table = 'events'
    union all
    select series_id, 1, 'contact', contact, null, 0 from series where $of_table = 'series'
    union all
    select training_id, 1, 'contact', contact, null, 0 from trainings where $of_table = 'trainings'
    union all
    select project_id, 1, 'contact', contact, null, 0 from projects where $of_table = 'projects'
    union all
    select project_id, place, role, name, person_id, 0 from leaders where $of_table = 'projects'
    union all
    select funding_id, 1, 'contact', contact, null, 0 from funding where $of_table = 'funding'
    union all
    select funding.funding_id, 2, 'recipient', people.name, people.person_id, 0
    from funding join people on funding.recipient_person_id = people.person_id
    where $of_table = 'funding'
    union all
    select funding.funding_id, 3, 'contact', projects.contact, null, 0
    from funding join projects using (project_id)
    where $of_table = 'funding'
    union all
    select funding.funding_id, 2 + leaders.place, leaders.role, leaders.name, leaders.person_id, 0
    from funding join leaders using (project_id)
    where $of_table = 'funding'
    union all
    select person_id, 1, 'themselves', name, person_id, 0 from people where $of_table = 'people'
)

select record_id, way, name, person_id
from asked
where record_id in (select unnest(cast($record_ids as varchar[]))) and name is not null and name is distinct from person_id
    and not starts_with(name, 'person-removed-')
order by record_id, place, sort, name, person_id
