-- What people do beside events: in which role they take part in the projects in scope, and which grants they receive. Who is in no
-- event, project or grant at all stands here without a record, in the years of the sources that name them. “at_events” tells
-- whether somebody is named at a held event of the period.
with
named as (
    select distinct person_id
    from scope_contributions($from_day, $to_day, $range_to, $months, null, null, null, null, null, null, null, null, null, null, null)
    where status = 'held'
),

work as (
    select parties.person_id, 'projects' as table_name, p.project_id as record_id, p.title, p.title_nl, p.title_en, p.title_language, parties.role
    from scope_projects($from_day, $to_day, $months, $speakers, $lines, $pillars, $organisations, $our_roles, $words) as p
    join project_parties as parties using (project_id)
    union all
    select f.recipient_person_id, 'funding', f.funding_id, f.title, null, null, null, 'recipient'
    from scope_funding($from_day, $to_day, $range_to, $months, $speakers, $lines, $pillars, $organisations, $our_roles, $words) as f
    union all
    select people.person_id, 'people', people.person_id, null, null, null, null, null
    from people
    where $months is null and $lines is null and $pillars is null and $organisations is null and $our_roles is null and $words is null
        and not exists (select 1 from event_people as e where e.person_id = people.person_id)
        and not exists (select 1 from project_parties as p where p.person_id = people.person_id)
        and not exists (select 1 from funding as f where f.recipient_person_id = people.person_id)
        and (
            $years is null
            or exists (
                select 1 from claims join sources using (source_id)
                where claims.table_name = 'people' and claims.record_id = people.person_id and list_contains($years, sources.year)
            )
        )
)

select
    people.person_id, people.name, people.job_title, work.table_name, work.record_id, work.title, work.title_nl, work.title_en, work.title_language, work.role,
    named.person_id is not null as at_events,
from work
join people on work.person_id = people.person_id
left join named on people.person_id = named.person_id
where $speakers is null or list_contains($speakers, people.person_id)
order by people.name, people.person_id, work.table_name desc, work.title, work.record_id, work.role
