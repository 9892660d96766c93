-- Where held events took place: one row a spot, with its events and what is known of their attendance.
select
    city, country, latitude, longitude,
    count(*) as events,
    sum(participants) as value,
    count(*) filter (where participants_kind = 'exact') as exact,
    count(*) filter (where participants_kind = 'about') as about,
    count(*) filter (where participants_kind = 'at-least') as at_least,
    count(*) filter (where participants_kind = 'fewer-than') as fewer_than,
    count(*) filter (where participants_kind = 'unknown') as unknown,
from scope_events($from_day, $to_day, $months, $speakers, $roles, $lines, $pillars, $kinds, $countries, $our_roles, $words)
where status = 'held' and latitude is not null
group by city, country, latitude, longitude
order by events desc, country, city
