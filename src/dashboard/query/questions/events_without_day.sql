-- Events in scope of which no day is known, in order of time, with how many there are.
select event_id, title, title_nl, title_en, title_language, count(*) over () as found
from scope_events($from_day, $to_day, $range_to, $months, $speakers, $roles, $lines, $pillars, $kinds, $countries, $cities, $organisations, $our_roles, $event_statuses, $words)
where date_precision <> 'day'
order by year, date_precision in ('year', 'unknown'), first_day, last_day, event_id
limit $limit
