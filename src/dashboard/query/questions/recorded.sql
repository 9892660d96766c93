-- How many records of each sort tell of a year, those that only announce left out: a year without any was not recorded.
select 'events' as table_name, year, count(*) as records
from events
where year is not null and status <> 'planned'
group by year
union all
select 'contributions' as table_name, e.year, count(*) as records
from event_people as ep join events as e using (event_id)
where e.year is not null and e.status <> 'planned'
group by e.year
union all
select 'trainings' as table_name, year, count(*) as records
from trainings
where year is not null and status <> 'planned'
group by year
union all
select 'projects' as table_name, year, count(*) as records
from (
    select project_id, cast(left(reported_date, 4) as integer) as year from projects
    union
    select project_id, cast(left(start_date, 4) as integer) as year from projects
    where start_date is not null and status in ('running', 'completed', 'stopped')
) as told
group by year
union all
select 'funding' as table_name, year(first_day) as year, count(*) as records
from funding
where first_day is not null
group by year(first_day)
union all
select 'series' as table_name, cast(left(reported_date, 4) as integer) as year, count(*) as records
from series
group by cast(left(reported_date, 4) as integer)
order by table_name, year
