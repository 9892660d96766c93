-- Events in scope, in order of time; what is known by the year only stands at the end of it.
select
    event_id, title, title_nl, title_en, title_language, short_title_nl, short_title, host_event, start_date, coalesce(end_date, start_date) as end_date, date_precision,
    status, kind, our_role, venue, city, city_id, country, participants, participants_kind,
    attendance_mode, pillar, line, audience, audience_nl, place_id, series_id, note, note_nl,
    first_day, last_day, month, year, latitude, longitude,
from scope_events($from_day, $to_day, $range_to, $months, $speakers, $roles, $lines, $pillars, $kinds, $countries, $cities, $organisations, $our_roles, $event_statuses, $words)
order by year, date_precision in ('year', 'unknown'), first_day, last_day, event_id
limit $limit offset $offset
