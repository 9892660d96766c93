-- The awards behind funding_sum, with the amount of each.
select
    'funding' as table_name, funding_id as record_id, title as label, date,
    amount_eur as value, amount_kind as kind, is_disputed as disputed,
from scope_funding($from_day, $to_day, $range_to, $months, $speakers, $lines, $pillars, $organisations, $our_roles, $words)
where (our_role = 'recipient') = $ours
order by amount_eur desc nulls last, funding_id
limit $limit offset $offset
