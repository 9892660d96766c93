-- The years to which something belongs: events and trainings that count in them, what was reported or granted in them.
select year from events where year is not null
union
select year from trainings where year is not null
union
select cast(left(reported_date, 4) as integer) from series
union
select year(first_day) from funding where first_day is not null
union
select year(first_day) from projects where first_day is not null
union
select year(last_day) from projects where last_day is not null
order by year
