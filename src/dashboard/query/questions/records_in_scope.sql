-- Of some records, which are given by their ids, those that are in scope; of events also the country.
select 'events' as table_name, event_id as record_id, country
from scope_events($from_day, $to_day, $range_to, $months, $speakers, $roles, $lines, $pillars, $kinds, $countries, $cities, $organisations, $our_roles, $event_statuses, $words)
where event_id in (select unnest(cast($events as varchar[])))
union all
select 'trainings', training_id, cast(null as varchar)
from scope_trainings($from_day, $period_end, $to_day, $months, $lines, $pillars, $levels, $disciplines, $formats, $words)
where training_id in (select unnest(cast($trainings as varchar[])))
union all
select 'projects', project_id, cast(null as varchar)
from scope_projects($from_day, $to_day, $months, $speakers, $lines, $pillars, $organisations, $our_roles, $words)
where project_id in (select unnest(cast($projects as varchar[])))
union all
select 'funding', funding_id, cast(null as varchar)
from scope_funding($from_day, $to_day, $range_to, $months, $speakers, $lines, $pillars, $organisations, $our_roles, $words)
where funding_id in (select unnest(cast($funding as varchar[])))
union all
select 'series', series_id, cast(null as varchar)
from scope_series($years, $lines, $pillars, $kinds, $organisations, $our_roles, $words)
where series_id in (select unnest(cast($series as varchar[])))
order by table_name, record_id
