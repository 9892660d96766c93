-- The numbers of projects and results at each stage, a column each: running in the period; coming, which are reported in its years or
-- are to run in it; or completed in it. A month never matches an end that is known by the year only.
with
staged as (
    select
        p.*, running_id is not null as is_within,
        $years is null or list_contains($years, cast(left(p.reported_date, 4) as integer)) as is_reported,
    from scope_projects(null, null, null, $speakers, $lines, $pillars, $organisations, $our_roles, $words) as p
    left join (
        select project_id as running_id
        from scope_projects($from_day, $to_day, $months, $speakers, $lines, $pillars, $organisations, $our_roles, $words)
    ) as within_period on p.project_id = running_id
)

select
    count(*) filter (where status = 'running' and is_within) as projects_running,
    count(*) filter (where status in ('planned', 'selected') and (is_within or is_reported)) as projects_coming,
    count(*) filter (
        where status = 'completed'
            and ($from_day is null or last_day between $from_day and $to_day)
            and ($range_from is null or earliest_day(last_day, coalesce(end_date, reported_date)) >= $range_from)
            and (
                $months is null
                or (length(coalesce(end_date, reported_date)) > 4 and list_contains($months, left(cast(last_day as varchar), 7)))
            )
    ) as projects_completed,
from staged
