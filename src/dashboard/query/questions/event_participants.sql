-- Attendances at held events.
select
    sum(participants) as value,
    count(*) filter (where participants_kind = 'exact') as exact,
    count(*) filter (where participants_kind = 'about') as about,
    count(*) filter (where participants_kind = 'at-least') as at_least,
    count(*) filter (where participants_kind = 'fewer-than') as fewer_than,
    count(*) filter (where participants_kind = 'unknown') as unknown,
    count(*) filter (
        where participants_kind in ('exact', 'about', 'at-least')
            and event_id in (select record_id from disputed('events', 'participants'))
    ) as disputed,
from scope_events($from_day, $to_day, $range_to, $months, $speakers, $roles, $lines, $pillars, $kinds, $countries, $cities, $organisations, $our_roles, null, $words)
where status = 'held'
