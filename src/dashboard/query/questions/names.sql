-- By what the records are called that a reader can name: people by every spelling, cities, venues and countries, organisations
-- by name and other names, the rest by its titles. Of a city and a country the id is that of the filter.
with
named as (
    select 'people' as table_name, person_id as id, name, name as label, null as label_nl, null as label_en, null as label_language
    from people
    union all
    select 'people', a.person_id, a.alias, p.name, null, null, null
    from person_aliases as a join people as p using (person_id)
    union all
    select distinct 'cities', city_id, city, city, null, null, null from places where city is not null
    union all
    select 'places', place_id, venue, venue, null, null, null from places where venue is not null
    union all
    select distinct 'countries', country, country, country, null, null, null from places
    union all
    select 'organisations', organisation_id, name, name, null, null, null from organisations
    union all
    select 'organisations', organisation_id, other_names, name, null, null, null from organisations where other_names is not null
    union all
    select 'projects', project_id, title, title, title_nl, title_en, title_language from projects
    union all
    select 'projects', project_id, title_nl, title, title_nl, title_en, title_language from projects where title_nl is not null
    union all
    select 'projects', project_id, title_en, title, title_nl, title_en, title_language from projects where title_en is not null
    union all
    select 'projects', project_id, short_title, title, title_nl, title_en, title_language
    from projects
    where short_title is not null
    union all
    select 'projects', project_id, short_title_nl, title, title_nl, title_en, title_language
    from projects
    where short_title_nl is not null
    union all
    select 'series', series_id, title, title, null, null, null from series
    union all
    select 'trainings', training_id, title, title, title_nl, title_en, title_language from trainings
    union all
    select 'trainings', training_id, title_nl, title, title_nl, title_en, title_language from trainings where title_nl is not null
    union all
    select 'trainings', training_id, title_en, title, title_nl, title_en, title_language from trainings where title_en is not null
)

select
    table_name, id, name, label, cast(label_nl as varchar) as label_nl, cast(label_en as varchar) as label_en,
    cast(label_language as varchar) as label_language,
    fold_words(case when table_name = 'people' then regexp_replace(name, '\([^()]*\)', ' ', 'g') else name end) as words,
from named
order by case when table_name = 'people' then 1 else 0 end, table_name, id, name
