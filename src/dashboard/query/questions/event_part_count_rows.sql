-- The events that event_part_count counts, and those of which it is not known whether they belong.
with
held as (
    select * from scope_events($from_day, $to_day, $range_to, $months, $speakers, $roles, $lines, $pillars, $kinds, $countries, $cities, $organisations, $our_roles, null, $words)
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
    'events' as table_name, event_id as record_id, title as label, start_date as date,
    case when belongs then 1 end as value, case when belongs then 'exact' else 'unknown' end as kind,
    title_nl as label_nl, title_en as label_en, title_language as label_language,
from parted
where belongs or belongs is null
order by kind, first_day, event_id
limit $limit offset $offset
