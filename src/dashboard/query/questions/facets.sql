-- Of the held events in scope, or of those of the chosen statuses, how many have each value of a filter; of any status in scope,
-- how many have each.
with
any_status as materialized (
    select event_id, status, year, month, stated(line) as line, stated(pillar) as pillar, stated(kind) as kind, country, city_id, stated(our_role) as our_role
    from scope_events($from_day, $to_day, $range_to, $months, $speakers, $roles, $lines, $pillars, $kinds, $countries, $cities, $organisations, $our_roles, $event_statuses, $words)
),

found as materialized (select * from any_status where status = 'held' or $event_statuses is not null)

select filter, id, found
from (
    select 'year' as filter, cast(year as varchar) as id, count(*) as found from found group by year
    union all
    select 'month' as filter, month as id, count(*) as found from found group by month
    union all
    select 'line' as filter, line as id, count(*) as found from found group by line
    union all
    select 'pillar' as filter, pillar as id, count(*) as found from found group by pillar
    union all
    select 'kind' as filter, kind as id, count(*) as found from found group by kind
    union all
    select 'country' as filter, country as id, count(*) as found from found group by country
    union all
    select 'city' as filter, city_id as id, count(*) as found from found group by city_id
    union all
    select 'organisation' as filter, organisation_id as id, count(distinct event_id) as found
    from found join event_parties using (event_id)
    group by organisation_id
    union all
    select 'our_role' as filter, our_role as id, count(*) as found from found group by our_role
    union all
    select 'status' as filter, status as id, count(*) as found from any_status group by status
) as counted
where id is not null
order by filter, id
