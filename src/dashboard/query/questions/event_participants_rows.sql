-- The events behind event_participants, with the number of each.
select
    'events' as table_name, event_id as record_id, title as label, start_date as date,
    participants as value, participants_kind as kind,
    event_id in (select record_id from disputed('events', 'participants')) as disputed,
    title_nl as label_nl, title_en as label_en, title_language as label_language,
from scope_events($from_day, $to_day, $range_to, $months, $speakers, $roles, $lines, $pillars, $kinds, $countries, $cities, $organisations, $our_roles, null, $words)
where status = 'held'
order by participants desc nulls last, first_day, event_id
limit $limit offset $offset
