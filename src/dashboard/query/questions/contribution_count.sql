-- Number of contributions at held events: of all, or of those in one role.
select count(*) as value, count(*) as exact
from scope_contributions($from_day, $to_day, $months, $speakers, $roles, $lines, $pillars, $kinds, $countries, $cities, $our_roles, null, $words)
where status = 'held' and ($as_role is null or role = $as_role)
