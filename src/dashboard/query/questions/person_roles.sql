-- Roles of each person at the held events in scope, or at those of the chosen statuses: of all people, or of some that are given
-- by their ids.
select person_id, role, count(*) as contributions
from scope_contributions($from_day, $to_day, $range_to, $months, $speakers, $roles, $lines, $pillars, $kinds, $countries, $cities, $organisations, $our_roles, $event_statuses, $words)
where (status = 'held' or $event_statuses is not null) and ($ids is null or person_id in (select unnest(cast($ids as varchar[]))))
group by person_id, role
order by person_id, contributions desc, role
