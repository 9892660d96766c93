-- The people that contributor_once_count counts.
select
    'people' as table_name, person_id as record_id, name as label, cast(null as varchar) as date,
    1 as value, 'exact' as kind,
from scope_contributions($from_day, $to_day, $range_to, $months, $speakers, $roles, $lines, $pillars, $kinds, $countries, $cities, $organisations, $our_roles, null, $words)
where status = 'held'
group by person_id, name
having count(*) = 1
order by name, record_id
limit $limit offset $offset
