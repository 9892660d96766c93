-- How many trainings and modules each value of a filter would leave, under all the other filters.
select filter, id, found
from (
    select 'year' as filter, cast(year as varchar) as id, count(*) as found
    from scope_trainings(null, null, $lines, $pillars, $levels, $disciplines, $formats, $words)
    where status <> 'cancelled' and year is not null
    group by cast(year as varchar)
    union all
    select 'month' as filter, month as id, count(*) as found
    from scope_trainings($years, null, $lines, $pillars, $levels, $disciplines, $formats, $words)
    where status <> 'cancelled' and month is not null
    group by month
    union all
    select 'line' as filter, coalesce(line, 'not-stated') as id, count(*) as found
    from scope_trainings($years, $months, null, $pillars, $levels, $disciplines, $formats, $words)
    where status <> 'cancelled'
    group by coalesce(line, 'not-stated')
    union all
    select 'pillar' as filter, coalesce(pillar, 'not-stated') as id, count(*) as found
    from scope_trainings($years, $months, $lines, null, $levels, $disciplines, $formats, $words)
    where status <> 'cancelled'
    group by coalesce(pillar, 'not-stated')
    union all
    select 'level' as filter, coalesce(level, 'not-stated') as id, count(*) as found
    from scope_trainings($years, $months, $lines, $pillars, null, $disciplines, $formats, $words)
    where status <> 'cancelled'
    group by coalesce(level, 'not-stated')
    union all
    select 'discipline' as filter, coalesce(discipline, 'not-stated') as id, count(*) as found
    from scope_trainings($years, $months, $lines, $pillars, $levels, null, $formats, $words)
    where status <> 'cancelled'
    group by coalesce(discipline, 'not-stated')
    union all
    select 'format' as filter, coalesce(format, 'not-stated') as id, count(*) as found
    from scope_trainings($years, $months, $lines, $pillars, $levels, $disciplines, null, $words)
    where status <> 'cancelled'
    group by coalesce(format, 'not-stated')
)
order by filter, id
