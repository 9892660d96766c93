-- Where held events took place: one row a city of which a place has coordinates, with all its events and what is known of their attendance.
select
    city_id, coalesce(min(city), 'Somewhere') as city, coalesce(min(city), 'Ergens') as city_nl, country, min(latitude) as latitude, min(longitude) as longitude,
    count(*) as events,
    sum(participants) as value,
    count(*) filter (where participants_kind = 'exact') as exact,
    count(*) filter (where participants_kind = 'about') as about,
    count(*) filter (where participants_kind = 'at-least') as at_least,
    count(*) filter (where participants_kind = 'fewer-than') as fewer_than,
    count(*) filter (where participants_kind = 'unknown') as unknown,
from scope_events($from_day, $to_day, $range_to, $months, $speakers, $roles, $lines, $pillars, $kinds, $countries, $cities, $organisations, $our_roles, null, $words)
where status = 'held' and city_id is not null
group by city_id, country
having count(latitude) > 0
order by events desc, country, city
