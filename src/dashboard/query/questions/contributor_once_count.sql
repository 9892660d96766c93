-- Number of people with one contribution to held events in scope, and no second.
select count(*) as value, count(*) as exact
from (
    select person_id
    from scope_contributions($from_day, $to_day, $months, $speakers, $roles, $lines, $pillars, $kinds, $countries, $cities, $our_roles, null, $words)
    where status = 'held'
    group by person_id
    having count(*) = 1
) as once
