-- Records in scope of which it is not known whether they began by a day or after it, because their date is a longer period
-- that holds both: by table and status, e-learning modules, results and grants to us apart; and projects of which it is not
-- known whether they were completed by then.
select 'events' as table_name, status, 1 = 0 as apart, count(*) as found
from scope_events($from_day, $to_day, $range_to, $months, $speakers, $roles, $lines, $pillars, $kinds, $countries, $cities, $organisations, $our_roles, null, $words)
where first_day <= $until
    and latest_day(first_day, start_date) > $until
group by status
union all
select 'trainings' as table_name, status, format = 'e-learning' as apart, count(*) as found
from scope_trainings($from_day, $period_end, $to_day, $months, $lines, $pillars, $levels, $disciplines, $formats, $words)
where first_day <= $until and last_day > $until
group by status, format = 'e-learning'
union all
select 'projects' as table_name, status, is_output(kind) as apart, count(*) as found
from scope_projects($from_day, $to_day, $months, $speakers, $lines, $pillars, $organisations, $our_roles, $words)
where ($from_day is null or first_day >= $from_day) and first_day <= $until
    and latest_day(first_day, coalesce(start_date, left(reported_date, 4))) > $until
group by status, is_output(kind)
union all
select 'completions' as table_name, status, 1 = 0 as apart, count(*) as found
from scope_projects($from_day, $to_day, $months, $speakers, $lines, $pillars, $organisations, $our_roles, $words)
where status = 'completed' and last_day > $until
    and earliest_day(last_day, coalesce(end_date, reported_date)) <= $until
group by status
union all
select 'funding' as table_name, cast(null as varchar) as status, our_role = 'recipient' as apart, count(*) as found
from scope_funding($from_day, $to_day, $range_to, $months, $speakers, $lines, $pillars, $organisations, $our_roles, $words)
where date is null
    or (first_day <= $until and latest_day(first_day, date) > $until)
group by our_role = 'recipient'
order by table_name, status, apart
