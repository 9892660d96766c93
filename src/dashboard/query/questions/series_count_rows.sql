-- The series that series_count counts.
select
    'series' as table_name, series_id as record_id, title as label, reported_date as date,
    1 as value, 'exact' as kind,
from scope_series($years, $lines, $pillars, $kinds, $organisations, $our_roles, $words)
order by title, series_id
limit $limit offset $offset
