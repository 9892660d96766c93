-- How many projects and results each value of a filter would leave, under all the other filters.
select filter, id, found
from (
    select 'line' as filter, coalesce(line, 'not-stated') as id, count(*) as found
    from scope_projects($from_day, $to_day, $months, $speakers, null, $pillars, $our_roles, $words)
    group by coalesce(line, 'not-stated')
    union all
    select 'pillar' as filter, coalesce(pillar, 'not-stated') as id, count(*) as found
    from scope_projects($from_day, $to_day, $months, $speakers, $lines, null, $our_roles, $words)
    group by coalesce(pillar, 'not-stated')
    union all
    select 'our_role' as filter, coalesce(our_role, 'not-stated') as id, count(*) as found
    from scope_projects($from_day, $to_day, $months, $speakers, $lines, $pillars, null, $words)
    group by coalesce(our_role, 'not-stated')
    union all
    select 'speaker' as filter, parties.person_id as id, count(distinct p.project_id) as found
    from scope_projects($from_day, $to_day, $months, null, $lines, $pillars, $our_roles, $words) as p
    join project_parties as parties using (project_id)
    where parties.person_id is not null
    group by parties.person_id
)
order by filter, id
