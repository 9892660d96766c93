-- Events in scope of the other filters that a month can never match, because only their year is known; and how many there are.
select event_id, title, title_nl, title_en, title_language, start_date, date_precision, status, our_role, pillar, count(*) over () as found
from scope_events(make_date(list_min($years), 1, 1), make_date(list_max($years), 12, 31), null, $speakers, $roles, $lines, $pillars, $kinds, $countries, $cities, $our_roles, $event_statuses, $words)
where month is null and (status <> 'cancelled' or $event_statuses is not null) and ($years is null or list_contains($years, year))
order by event_id
limit $limit
