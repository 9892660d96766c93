-- Number of people named at held events, each once.
select count(distinct person_id) as value, count(distinct person_id) as exact
from scope_contributions($from_day, $to_day, $months, $speakers, $roles, $lines, $pillars, $kinds, $countries, $cities, $our_roles, null, $words)
where status = 'held'
