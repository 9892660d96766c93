-- The contributions that contribution_count counts.
select
    'events' as table_name, event_id as record_id, concat(name, ', ', role, ': ', coalesce(talk_title, title)) as label,
    name, role, coalesce(talk_title, title) as work,
    start_date as date, 1 as value, 'exact' as kind,
from scope_contributions($from_day, $to_day, $months, $speakers, $roles, $lines, $pillars, $kinds, $countries, $cities, $our_roles, null, $words)
where status = 'held' and ($as_role is null or role = $as_role)
order by first_day, event_id, name, person_id, role, nr
limit $limit offset $offset
