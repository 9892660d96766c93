-- The countries that country_count counts, and the events whose place is unknown.
with
held as (
    select * from scope_events($from_day, $to_day, $range_to, $months, $speakers, $roles, $lines, $pillars, $kinds, $countries, $cities, $organisations, $our_roles, null, $words)
    where status = 'held'
)

select
    'countries' as table_name, country as record_id, concat(country, ': ', count(*), case when count(*) = 1 then ' event' else ' events' end) as label,
    cast(null as varchar) as date, 1 as value, 'exact' as kind,
    count(*) as events, cast(null as varchar) as label_nl, cast(null as varchar) as label_en, cast(null as varchar) as label_language,
from held
where country is not null
group by country
union all
select 'events', event_id, title, start_date, cast(null as integer), 'unknown', null, title_nl, title_en, title_language
from held
where country is null and attendance_mode is distinct from 'online'
order by kind, record_id
limit $limit offset $offset
