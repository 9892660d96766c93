-- Number of held events that belong to a part: organised by us, in the home country (which the terms name), abroad, online,
-- on the map, or neither online nor on it (as place_reconciliation says). Unknown are those of which no source says it.
with
held as (
    select * from scope_events($from_day, $to_day, $months, $speakers, $roles, $lines, $pillars, $kinds, $countries, $cities, $our_roles, null, $words)
    where status = 'held'
),

mapped as (select distinct city_id from held where latitude is not null),

parted as (
    select
        held.*,
        case $part
            when 'ours' then our_role in ('organised', 'co-organised')
            when 'home' then attendance_mode is distinct from 'online' and lower(country) = (select min(term_id) from terms where list = 'home-country')
            when 'abroad' then attendance_mode is distinct from 'online' and lower(country) <> (select min(term_id) from terms where list = 'home-country')
            when 'online' then attendance_mode is not distinct from 'online'
            when 'mapped' then mapped.city_id is not null
            when 'unplaced' then mapped.city_id is null and attendance_mode is distinct from 'online'
        end as belongs,
    from held left join mapped on held.city_id = mapped.city_id
)

select
    count(*) filter (where belongs) as value,
    count(*) filter (where belongs) as exact,
    count(*) filter (where belongs is null) as unknown,
from parted
