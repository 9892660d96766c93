-- How many held events each value of a filter would leave, under all the other filters.
select filter, id, events
from (
    select 'year' as filter, cast(year as varchar) as id, count(*) as events
    from scope_events(null, null, null, $speakers, $roles, $lines, $pillars, $kinds, $countries, $our_roles, $words)
    where status = 'held' and cast(year as varchar) is not null
    group by cast(year as varchar)
    union all
    select 'month' as filter, month as id, count(*) as events
    from scope_events(make_date(list_min($years), 1, 1), make_date(list_max($years), 12, 31), null, $speakers, $roles, $lines, $pillars, $kinds, $countries, $our_roles, $words)
    where status = 'held' and month is not null and ($years is null or list_contains($years, year))
    group by month
    union all
    select 'speaker' as filter, ep.person_id as id, count(distinct e.event_id) as events
    from scope_events($from_day, $to_day, $months, null, $roles, $lines, $pillars, $kinds, $countries, $our_roles, $words) as e
    join event_people as ep using (event_id)
    where e.status = 'held' and ($roles is null or list_contains($roles, ep.role))
    group by ep.person_id
    union all
    select 'role' as filter, ep.role as id, count(distinct e.event_id) as events
    from scope_events($from_day, $to_day, $months, $speakers, null, $lines, $pillars, $kinds, $countries, $our_roles, $words) as e
    join event_people as ep using (event_id)
    where e.status = 'held' and ($speakers is null or list_contains($speakers, ep.person_id))
    group by ep.role
    union all
    select 'line' as filter, line as id, count(*) as events
    from scope_events($from_day, $to_day, $months, $speakers, $roles, null, $pillars, $kinds, $countries, $our_roles, $words)
    where status = 'held' and line is not null
    group by line
    union all
    select 'pillar' as filter, pillar as id, count(*) as events
    from scope_events($from_day, $to_day, $months, $speakers, $roles, $lines, null, $kinds, $countries, $our_roles, $words)
    where status = 'held' and pillar is not null
    group by pillar
    union all
    select 'kind' as filter, kind as id, count(*) as events
    from scope_events($from_day, $to_day, $months, $speakers, $roles, $lines, $pillars, null, $countries, $our_roles, $words)
    where status = 'held' and kind is not null
    group by kind
    union all
    select 'country' as filter, country as id, count(*) as events
    from scope_events($from_day, $to_day, $months, $speakers, $roles, $lines, $pillars, $kinds, null, $our_roles, $words)
    where status = 'held' and country is not null
    group by country
    union all
    select 'our_role' as filter, our_role as id, count(*) as events
    from scope_events($from_day, $to_day, $months, $speakers, $roles, $lines, $pillars, $kinds, $countries, null, $words)
    where status = 'held' and our_role is not null
    group by our_role
)
order by filter, id
