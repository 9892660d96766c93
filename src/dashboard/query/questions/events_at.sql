-- Held events in scope at one city, in order of time with how many there are; “online”, or “unknown” where none is on the map.
with
held as (
    select *
    from scope_events($from_day, $to_day, $range_to, $months, $speakers, $roles, $lines, $pillars, $kinds, $countries, $cities, $organisations, $our_roles, null, $words)
    where status = 'held'
),

mapped as (select distinct city_id from held where latitude is not null)

select
    event_id, title, title_nl, title_en, title_language, short_title_nl, short_title, host_event, status, date_precision, start_date, coalesce(end_date, start_date) as end_date,
    first_day, last_day, month, year, attendance_mode, venue, city, country,
    count(*) over () as found,
from held left join mapped using (city_id)
where $city = case
        when attendance_mode is not distinct from 'online' then 'online' when mapped.city_id is null then 'unknown' else city_id
    end
order by year, date_precision in ('year', 'unknown'), first_day, last_day, event_id
limit $limit
