-- How many held events each value of a filter would leave, under all the other filters.
select filter, id, found
from (
    select 'year' as filter, cast(year as varchar) as id, count(*) as found
    from scope_events(null, null, null, $speakers, $roles, $lines, $pillars, $kinds, $countries, $cities, $our_roles, $words)
    where status = 'held' and cast(year as varchar) is not null
    group by cast(year as varchar)
    union all
    select 'month' as filter, month as id, count(*) as found
    from scope_events(make_date(list_min($years), 1, 1), make_date(list_max($years), 12, 31), null, $speakers, $roles, $lines, $pillars, $kinds, $countries, $cities, $our_roles, $words)
    where status = 'held' and month is not null and ($years is null or list_contains($years, year))
    group by month
    union all
    select 'speaker' as filter, ep.person_id as id, count(distinct e.event_id) as found
    from scope_events($from_day, $to_day, $months, null, $roles, $lines, $pillars, $kinds, $countries, $cities, $our_roles, $words) as e
    join event_people as ep using (event_id)
    where e.status = 'held' and ($roles is null or list_contains($roles, ep.role))
    group by ep.person_id
    union all
    select 'role' as filter, ep.role as id, count(distinct e.event_id) as found
    from scope_events($from_day, $to_day, $months, $speakers, null, $lines, $pillars, $kinds, $countries, $cities, $our_roles, $words) as e
    join event_people as ep using (event_id)
    where e.status = 'held' and ($speakers is null or list_contains($speakers, ep.person_id))
    group by ep.role
    union all
    select 'line' as filter, coalesce(line, 'not-stated') as id, count(*) as found
    from scope_events($from_day, $to_day, $months, $speakers, $roles, null, $pillars, $kinds, $countries, $cities, $our_roles, $words)
    where status = 'held'
    group by coalesce(line, 'not-stated')
    union all
    select 'pillar' as filter, coalesce(pillar, 'not-stated') as id, count(*) as found
    from scope_events($from_day, $to_day, $months, $speakers, $roles, $lines, null, $kinds, $countries, $cities, $our_roles, $words)
    where status = 'held'
    group by coalesce(pillar, 'not-stated')
    union all
    select 'kind' as filter, coalesce(kind, 'not-stated') as id, count(*) as found
    from scope_events($from_day, $to_day, $months, $speakers, $roles, $lines, $pillars, null, $countries, $cities, $our_roles, $words)
    where status = 'held'
    group by coalesce(kind, 'not-stated')
    union all
    select 'country' as filter, country as id, count(*) as found
    from scope_events($from_day, $to_day, $months, $speakers, $roles, $lines, $pillars, $kinds, null, $cities, $our_roles, $words)
    where status = 'held' and country is not null
    group by country
    union all
    select 'city' as filter, city_id as id, count(*) as found
    from scope_events($from_day, $to_day, $months, $speakers, $roles, $lines, $pillars, $kinds, $countries, null, $our_roles, $words)
    where status = 'held' and city_id is not null
    group by city_id
    union all
    select 'our_role' as filter, coalesce(our_role, 'not-stated') as id, count(*) as found
    from scope_events($from_day, $to_day, $months, $speakers, $roles, $lines, $pillars, $kinds, $countries, $cities, null, $words)
    where status = 'held'
    group by coalesce(our_role, 'not-stated')
)
order by filter, id
