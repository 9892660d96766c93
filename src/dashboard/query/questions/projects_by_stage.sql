-- Projects and results by their stage in the period, as project_stage_count counts them: coming, running, completed; and those that
-- were stopped and ran in it. `found` is how many there are of the stage; the first of each come first, so that a limit cuts evenly.
with
scoped as (
    select
        p.*, running_id is not null as is_within,
        case when p.status in ('planned', 'selected') then 'coming' else p.status end as stage,
    from scope_projects(null, null, null, $speakers, $lines, $pillars, $organisations, $our_roles, $words) as p
    left join (
        select project_id as running_id
        from scope_projects($from_day, $to_day, $months, $speakers, $lines, $pillars, $organisations, $our_roles, $words)
    ) as within_period on p.project_id = running_id
)

select
    project_id, title, title_nl, title_en, title_language, short_title_nl, short_title, kind, pillar, line, start_date, end_date, status, our_role, reported_date, note, note_nl,
    is_output(kind) as is_output, stage,
    count(*) over (partition by stage) as found, row_number() over (partition by stage order by title, project_id) as nr,
from scoped
where case stage
        when 'coming' then is_within or $years is null or list_contains($years, cast(left(reported_date, 4) as integer))
        when 'completed' then ($from_day is null or last_day between $from_day and $to_day)
            and ($range_from is null or earliest_day(last_day, coalesce(end_date, reported_date)) >= $range_from)
            and (
                $months is null
                or (length(coalesce(end_date, reported_date)) > 4 and list_contains($months, left(cast(last_day as varchar), 7)))
            )
        else is_within
    end
order by nr, stage
limit $limit offset $offset
