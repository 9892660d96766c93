-- Events in scope of which the day is known, in order of time: at most so many before a day, and so many from it on.
with
past as (
    select *
    from scope_events($from_day, $to_day, $range_to, $months, $speakers, $roles, $lines, $pillars, $kinds, $countries, $cities, $organisations, $our_roles, $event_statuses, $words)
    where date_precision = 'day' and first_day < $today
    order by first_day desc, event_id
    limit $limit
),

coming as (
    select *
    from scope_events($from_day, $to_day, $range_to, $months, $speakers, $roles, $lines, $pillars, $kinds, $countries, $cities, $organisations, $our_roles, $event_statuses, $words)
    where date_precision = 'day' and first_day >= $today
    order by first_day, event_id
    limit $limit
)

select
    event_id, title, title_nl, title_en, title_language, short_title_nl, short_title, host_event, start_date, coalesce(end_date, start_date) as end_date, status, kind, our_role, venue, city,
    country, participants, participants_kind, attendance_mode, first_day, last_day, year, latitude, longitude,
from (select * from past union all select * from coming) as nearest
order by first_day, last_day, event_id
