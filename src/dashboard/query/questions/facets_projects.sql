-- Of the projects and results in scope, how many have each value of a filter.
with found as materialized (
    select project_id, stated(line) as line, stated(pillar) as pillar, stated(our_role) as our_role
    from scope_projects($from_day, $to_day, $months, $speakers, $lines, $pillars, $organisations, $our_roles, $words)
)
select filter, id, found
from (
    select 'line' as filter, line as id, count(*) as found from found group by line
    union all
    select 'pillar' as filter, pillar as id, count(*) as found from found group by pillar
    union all
    select 'our_role' as filter, our_role as id, count(*) as found from found group by our_role
    union all
    select 'organisation' as filter, parties.organisation_id as id, count(distinct parties.project_id) as found
    from found join project_parties as parties using (project_id)
    group by parties.organisation_id
    union all
    select 'speaker' as filter, parties.person_id as id, count(distinct parties.project_id) as found
    from found join project_parties as parties using (project_id)
    group by parties.person_id
) as counted
where id is not null
order by filter, id
