-- People named at the held events in scope, with the number of those events and of their contributions there: the parts
-- of contribution_count.
select person_id, name, count(distinct event_id) as events, count(*) as contributions
from scope_contributions($from_day, $to_day, $range_to, $months, $speakers, $roles, $lines, $pillars, $kinds, $countries, $cities, $organisations, $our_roles, null, $words)
where status = 'held'
group by person_id, name
order by contributions desc, name, person_id
