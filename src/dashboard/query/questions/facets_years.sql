-- Of the held events in scope, or of those of the chosen statuses, how many there are in each year: all that is wanted of a scope without a period.
select 'year' as filter, cast(year as varchar) as id, count(*) as found
from scope_events($from_day, $to_day, $months, $speakers, $roles, $lines, $pillars, $kinds, $countries, $cities, $our_roles, $event_statuses, $words)
where (status = 'held' or $event_statuses is not null) and year is not null
group by year
order by id
