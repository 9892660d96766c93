-- The awards that award_count counts.
select 'funding' as table_name, funding_id as record_id, title as label, date, 1 as value, 'exact' as kind
from scope_funding($from_day, $to_day, $range_to, $months, $speakers, $lines, $pillars, $organisations, $our_roles, $words)
where (our_role = 'recipient') = $ours
order by funding_id
limit $limit offset $offset
