-- What the ids of the filters are called, in English and Dutch, and what tells two of one name apart.
select list as filter, term_id as id, label_en, label_nl, sort, cast(null as varchar) as apart from terms
union all
select 'speaker', person_id, name, name, 0, job_title from people
union all
select distinct 'country', country, country, country, 0, cast(null as varchar) from places
union all
select distinct
    'city', city_id, concat(coalesce(city, 'Somewhere'), ', ', country), concat(coalesce(city, 'Ergens'), ', ', country), 0,
    cast(null as varchar)
from places
union all
select 'organisation', organisation_id, name, name, 0, cast(null as varchar) from organisations
union all
select distinct 'year', cast(year as varchar), cast(year as varchar), cast(year as varchar), 0, cast(null as varchar)
from events
where year is not null
union all
select distinct 'year', cast(year as varchar), cast(year as varchar), cast(year as varchar), 0, cast(null as varchar)
from trainings
where year is not null
order by filter, sort, label_en, id
