-- The projects and results that project_stage_count counts.
select
    'projects' as table_name, p.project_id as record_id, p.title as label,
    case when p.start_date is not null or p.end_date is not null
        then concat(coalesce(p.start_date, '?'), ' to ', coalesce(p.end_date, '?')) end as date, 1 as value, 'exact' as kind,
    p.title_nl as label_nl, p.title_en as label_en, p.title_language as label_language,
from scope_projects(null, null, null, $speakers, $lines, $pillars, $organisations, $our_roles, $words) as p
left join (
    select project_id as running_id
    from scope_projects($from_day, $to_day, $months, $speakers, $lines, $pillars, $organisations, $our_roles, $words)
) as within_period on p.project_id = running_id
where list_contains($statuses, p.status)
    and case $stage
        when 'running' then running_id is not null
        when 'coming' then running_id is not null or $years is null or list_contains($years, cast(left(p.reported_date, 4) as integer))
        when 'completed' then ($from_day is null or p.last_day between $from_day and $to_day)
            and ($range_from is null or earliest_day(p.last_day, coalesce(p.end_date, p.reported_date)) >= $range_from)
            and (
                $months is null
                or (length(coalesce(p.end_date, p.reported_date)) > 4 and list_contains($months, left(cast(p.last_day as varchar), 7)))
            )
    end
order by p.first_day, p.title, p.project_id
limit $limit offset $offset
