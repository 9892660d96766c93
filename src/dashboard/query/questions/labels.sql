-- What the ids of the filters are called, and what tells two of one name apart.
select list as filter, term_id as id, label_en as label, sort, cast(null as varchar) as apart from terms
union all
select 'speaker', person_id, name, 0, job_title from people
union all
select distinct 'country', country, country, 0, cast(null as varchar) from places
union all
select distinct 'city', city_id, concat(coalesce(city, 'Somewhere'), ', ', country), 0, cast(null as varchar) from places
union all
select distinct 'year', cast(year as varchar), cast(year as varchar), 0, cast(null as varchar) from events where year is not null
union all
select distinct 'year', cast(year as varchar), cast(year as varchar), 0, cast(null as varchar) from trainings where year is not null
order by filter, sort, label, id
