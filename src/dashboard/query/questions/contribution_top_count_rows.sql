-- The contributions that contribution_top_count counts.
with
held as (
    select * from scope_contributions($from_day, $to_day, $months, $speakers, $roles, $lines, $pillars, $kinds, $countries, $cities, $our_roles, null, $words)
    where status = 'held'
),

ranked as (
    select person_id, row_number() over (order by contributions desc, name, person_id) as place
    from (select person_id, name, count(*) as contributions from held group by person_id, name) as counted
)

select
    'events' as table_name, held.event_id as record_id,
    concat(held.name, ', ', held.role, ': ', coalesce(held.talk_title, held.title)) as label,
    held.name, held.role, coalesce(held.talk_title, held.title) as work,
    held.start_date as date, 1 as value, 'exact' as kind,
from held join ranked using (person_id)
where ranked.place <= 2
order by held.first_day, held.event_id, held.name, held.person_id, held.role, held.nr
limit $limit offset $offset
