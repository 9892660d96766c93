-- Number of contributions by the two people who make the most of them at held events; of people with as many, those whose names
-- come first.
select coalesce(sum(contributions), 0) as value, coalesce(sum(contributions), 0) as exact
from (
    select count(*) as contributions
    from scope_contributions($from_day, $to_day, $months, $speakers, $roles, $lines, $pillars, $kinds, $countries, $cities, $our_roles, null, $words)
    where status = 'held'
    group by person_id, name
    order by contributions desc, name, person_id
    limit 2
) as top
