-- Which source says what about the held events in scope of some countries, and where.
select
    e.country, c.record_id, c.field, c.stance, c.section, c.line, c.stated,
    s.title as source, s.kind as source_kind, s.publisher,
from scope_events($from_day, $to_day, $range_to, $months, $speakers, $roles, $lines, $pillars, $kinds, $countries, $cities, $organisations, $our_roles, null, $words) as e
join claims as c on e.event_id = c.record_id and c.table_name = 'events'
join sources as s using (source_id)
where e.status = 'held' and e.country in (select unnest(cast($record_ids as varchar[])))
order by e.country, c.record_id, c.stance = 'stated' desc, c.field, c.line, c.claim_id
