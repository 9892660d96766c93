-- Planned events on or after a day, in order of time, under all filters but the period.
select event_id, title, start_date, coalesce(end_date, start_date) as end_date, date_precision
from scope_events(null, null, null, $speakers, $roles, $lines, $pillars, $kinds, $countries, $cities, $our_roles, null, $words)
where status = 'planned' and last_day >= $today
order by date_precision <> 'day', first_day, event_id
limit 3
