-- Number of awards that came to us, or to others.
select count(*) as value, count(*) as exact
from scope_funding($from_day, $to_day, $range_to, $months, $speakers, $lines, $pillars, $organisations, $our_roles, $words)
where (our_role = 'recipient') = $ours
