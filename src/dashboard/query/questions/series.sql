-- Series in scope.
select series_id, title, reported_date, kind, pillar, line, our_role, area, area_nl, audience, audience_nl, note, note_nl
from scope_series($years, $lines, $pillars, $kinds, $organisations, $our_roles, $words)
order by title, series_id
limit $limit offset $offset
