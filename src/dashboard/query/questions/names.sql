-- By what the records are called that a reader can name: people by every spelling, cities, venues and countries, organisations by
-- name and other names, the rest by its titles; with what tells two of one name apart, and how many held events each had. Of a city
-- and a country the id is that of the filter. People, of whom there are most, come last; what stands in brackets is no part of
-- their name.
with
records as (
    select 'people' as table_name, person_id as id, name as label, null as label_nl, null as label_en, null as label_language,
        job_title as apart, null as start_date, null as end_date,
    from people
    union all
    select 'cities', city_id, min(city), null, null, null, country, null, null from places where city is not null group by city_id, country
    union all
    select 'places', place_id, venue, null, null, null, city, null, null from places where venue is not null
    union all
    select distinct 'countries', country, country, null, null, null, null, null, null from places
    union all
    select 'organisations', organisation_id, name, null, null, null, null, null, null from organisations
    union all
    select 'projects', project_id, title, title_nl, title_en, title_language, null, start_date, end_date from projects
    union all
    select 'series', series_id, title, null, null, null, null, reported_date, null from series
    union all
    select 'trainings', training_id, title, title_nl, title_en, title_language, null, period, null from trainings
),

other_names as (
    select 'people' as table_name, person_id as id, alias as name from person_aliases
    union all
    select distinct 'cities', city_id, city from places
    union all
    select 'organisations', organisation_id, other_names from organisations
    union all
    select 'projects', project_id, title_nl from projects
    union all
    select 'projects', project_id, title_en from projects
    union all
    select 'projects', project_id, short_title from projects
    union all
    select 'projects', project_id, short_title_nl from projects
    union all
    select 'trainings', training_id, title_nl from trainings
    union all
    select 'trainings', training_id, title_en from trainings
),

named as (
    select table_name, id, label as name from records
    union
    select table_name, id, name from other_names where name is not null
)

select
    table_name, id, name, label, cast(label_nl as varchar) as label_nl, cast(label_en as varchar) as label_en,
    cast(label_language as varchar) as label_language, cast(apart as varchar) as apart,
    cast(start_date as varchar) as start_date, cast(end_date as varchar) as end_date, coalesce(events, 0) as events, last_day,
    fold_words(case when table_name = 'people' then regexp_replace(name, '\([^()]*\)', ' ', 'g') else name end) as words,
from named
join records using (table_name, id)
left join name_counts using (table_name, id)
order by case when table_name = 'people' then 1 else 0 end, table_name, id, name
