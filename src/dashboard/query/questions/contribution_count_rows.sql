-- The contributions that contribution_count counts.
select
    'events' as table_name, event_id as record_id, concat(name, ', ', role, ': ', coalesce(talk_title, title)) as label,
    start_date as date, 1 as value, 'exact' as kind,
    name, coalesce(talk_title, title) as work, terms.label_en as role_en, terms.label_nl as role_nl,
from scope_contributions($from_day, $to_day, $range_to, $months, $speakers, $roles, $lines, $pillars, $kinds, $countries, $cities, $organisations, $our_roles, null, $words)
left join terms on terms.list = 'person-role' and terms.term_id = role
where status = 'held' and ($as_role is null or role = $as_role)
order by first_day, event_id, name, person_id, role, nr
limit $limit offset $offset
