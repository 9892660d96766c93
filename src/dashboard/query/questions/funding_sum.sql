-- Euro that came to us, or to others.
select
    sum(amount_eur) as value,
    count(*) filter (where amount_kind = 'exact') as exact,
    count(*) filter (where amount_kind = 'about') as about,
    count(*) filter (where amount_kind = 'at-least') as at_least,
    count(*) filter (where amount_kind = 'fewer-than') as fewer_than,
    count(*) filter (where amount_kind = 'unknown') as unknown,
    count(*) filter (where is_disputed and amount_kind in ('exact', 'about', 'at-least')) as disputed,
from scope_funding($from_day, $to_day, $range_to, $months, $speakers, $lines, $pillars, $organisations, $our_roles, $words)
where (our_role = 'recipient') = $ours
