-- The numbers about events, a column each, since a page tells several of one selection: those held and planned; of those held
-- that are organised by us, in the home country (which the terms name), abroad, online, on the map, or neither online nor on it (as
-- place_reconciliation says); and the countries. `…_unknown`: held events of which no source says it.
with
scoped as (
    select * from scope_events($from_day, $to_day, $range_to, $months, $speakers, $roles, $lines, $pillars, $kinds, $countries, $cities, $organisations, $our_roles, null, $words)
),

mapped as (select distinct city_id from scoped where status = 'held' and latitude is not null),

held as (
    select
        scoped.*,
        mapped.city_id is not null as is_mapped,
        attendance_mode is not distinct from 'online' as is_online,
        lower(country) = (select min(term_id) from terms where list = 'home-country') as is_home,
    from scoped left join mapped on scoped.city_id = mapped.city_id
    where status = 'held'
)

select
    count(*) as events_held,
    (select count(*) from scoped where status = 'planned') as events_planned,
    count(*) filter (where our_role in ('organised', 'co-organised')) as events_organised,
    count(*) filter (where our_role is null) as events_organised_unknown,
    count(*) filter (where not is_online and is_home) as events_home,
    count(*) filter (where not is_online and is_home is null) as events_home_unknown,
    count(*) filter (where not is_online and not is_home) as events_abroad,
    count(*) filter (where not is_online and is_home is null) as events_abroad_unknown,
    count(*) filter (where is_online) as events_online,
    count(*) filter (where is_mapped) as events_mapped,
    count(*) filter (where not is_mapped and not is_online) as events_unplaced,
    count(distinct country) as countries,
    count(*) filter (where country is null and not is_online) as countries_unknown,
from held
