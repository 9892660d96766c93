-- The organisations that partner_count counts.
select
    'organisations' as table_name, organisation_id as record_id, name as label,
    cast(null as varchar) as date, 1 as value, 'exact' as kind,
from scope_partners($from_day, $to_day, $range_to, $years, $months, $lines, $pillars, $organisations, $our_roles, $words)
join organisations using (organisation_id)
order by name, record_id
limit $limit offset $offset
