-- Series in scope.
select series_id, title, reported_date, kind, pillar, line, our_role, area, audience, note
from scope_series($years, $lines, $pillars, $kinds, $our_roles, $words)
order by title, series_id
limit $limit offset $offset
