-- The numbers about contributions at held events, a column each: of all, of keynotes, of the two people who make the most of them (of
-- people with as many, those whose names come first); and the people who make them, each once, and those who make just one.
with
people as (
    select
        person_id, name, count(*) as contributions, count(*) filter (where role = 'keynote') as keynotes,
        row_number() over (order by count(*) desc, name, person_id) as place,
    from scope_contributions($from_day, $to_day, $range_to, $months, $speakers, $roles, $lines, $pillars, $kinds, $countries, $cities, $organisations, $our_roles, null, $words)
    where status = 'held'
    group by person_id, name
)

select
    coalesce(sum(contributions), 0) as contributions,
    coalesce(sum(keynotes), 0) as keynotes,
    coalesce(sum(contributions) filter (where place <= 2), 0) as contributions_top_two,
    count(*) as contributors,
    count(*) filter (where contributions = 1) as contributors_once,
from people
