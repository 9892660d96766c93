-- The contributions that contribution_top_count counts.
with
held as (
    select * from scope_contributions($from_day, $to_day, $range_to, $months, $speakers, $roles, $lines, $pillars, $kinds, $countries, $cities, $organisations, $our_roles, null, $words)
    where status = 'held'
),

ranked as (
    select person_id, row_number() over (order by contributions desc, name, person_id) as place
    from (select person_id, name, count(*) as contributions from held group by person_id, name) as counted
)

select
    'events' as table_name, held.event_id as record_id,
    concat(held.name, ', ', held.role, ': ', coalesce(held.talk_title, held.title)) as label,
    held.start_date as date, 1 as value, 'exact' as kind,
    held.name, coalesce(held.talk_title, held.title) as work, terms.label_en as role_en, terms.label_nl as role_nl,
from held
join ranked using (person_id)
left join terms on terms.list = 'person-role' and terms.term_id = held.role
where ranked.place <= 2
order by held.first_day, held.event_id, held.name, held.person_id, held.role, held.nr
limit $limit offset $offset
