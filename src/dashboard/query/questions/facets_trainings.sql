-- Of the trainings and modules in scope, how many have each value of a filter.
with found as materialized (
    select year, month, stated(line) as line, stated(pillar) as pillar, stated(level) as level, stated(discipline) as discipline, stated(format) as format
    from scope_trainings($from_day, $period_end, $to_day, $months, $lines, $pillars, $levels, $disciplines, $formats, $words)
    where status <> 'cancelled'
)
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
    select 'level' as filter, level as id, count(*) as found from found group by level
    union all
    select 'discipline' as filter, discipline as id, count(*) as found from found group by discipline
    union all
    select 'format' as filter, format as id, count(*) as found from found group by format
) as counted
where id is not null
order by filter, id
