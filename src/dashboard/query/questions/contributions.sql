-- Contributions in scope: one row is one person in one role at one event.
select
    event_id, title, title_nl, title_en, title_language, host_event, start_date, date_precision, first_day, month, year, status, kind, our_role,
    pillar, line, city, country, person_id, name, role, nr, talk_title,
from scope_contributions($from_day, $to_day, $range_to, $months, $speakers, $roles, $lines, $pillars, $kinds, $countries, $cities, $organisations, $our_roles, $event_statuses, $words)
order by first_day, event_id, name, person_id, role, nr
limit $limit offset $offset
