-- Contributions at held events by person and role, month, year, line and country; those without a known month or country
-- stand under null, so that each of the five adds up to contribution_count.
with
held as (
    select * from scope_contributions($from_day, $to_day, $range_to, $months, $speakers, $roles, $lines, $pillars, $kinds, $countries, $cities, $organisations, $our_roles, null, $words)
    where status = 'held'
),

parts as (
    select person_id, name, 'role' as dimension, role as id from held
    union all
    select person_id, name, 'month' as dimension, month as id from held
    union all
    select person_id, name, 'year' as dimension, cast(year as varchar) as id from held
    union all
    select person_id, name, 'line' as dimension, coalesce(line, 'not-stated') as id from held
    union all
    select person_id, name, 'country' as dimension, country as id from held
)

select person_id, name, dimension, id, count(*) as contributions
from parts
group by person_id, name, dimension, id
order by dimension, name, person_id, id
