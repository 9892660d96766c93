-- The projects that project_count counts.
select
    'projects' as table_name, project_id as record_id, title as label,
    case when start_date is not null or end_date is not null
        then concat(coalesce(start_date, '?'), ' to ', coalesce(end_date, '?')) end as date, 1 as value, 'exact' as kind,
    title_nl as label_nl, title_en as label_en, title_language as label_language,
from scope_projects($from_day, $to_day, $months, $speakers, $lines, $pillars, $organisations, $our_roles, $words)
where list_contains($statuses, status) and is_output(kind) = $outputs
order by first_day, title, project_id
limit $limit offset $offset
