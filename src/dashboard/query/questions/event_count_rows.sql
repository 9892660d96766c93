-- The events that event_count counts.
select
    'events' as table_name, event_id as record_id, title as label, start_date as date, 1 as value, 'exact' as kind,
    title_nl as label_nl, title_en as label_en, title_language as label_language,
from scope_events($from_day, $to_day, $range_to, $months, $speakers, $roles, $lines, $pillars, $kinds, $countries, $cities, $organisations, $our_roles, null, $words)
where status = $status
order by first_day, event_id
limit $limit offset $offset
