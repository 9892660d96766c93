-- Who takes part in the projects in scope: in all, or in some that are given by their ids.
select
    p.project_id, parties.nr, parties.role, parties.person_id, parties.organisation_id,
    coalesce(people.name, organisations.name) as name,
from scope_projects($from_day, $to_day, $months, $speakers, $lines, $pillars, $organisations, $our_roles, $words) as p
join project_parties as parties using (project_id)
left join people on parties.person_id = people.person_id
left join organisations on parties.organisation_id = organisations.organisation_id
where $ids is null or p.project_id in (select unnest(cast($ids as varchar[])))
order by p.project_id, parties.nr
