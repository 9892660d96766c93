-- Projects in scope, in order of their known start.
select
    project_id, title, title_nl, title_en, title_language, short_title_nl, short_title, kind, pillar, line, start_date, end_date, status, our_role, reported_date, note, note_nl,
    first_day, last_day, is_output(kind) as is_output,
from scope_projects($from_day, $to_day, $months, $speakers, $lines, $pillars, $organisations, $our_roles, $words)
order by first_day, title, project_id
limit $limit offset $offset
