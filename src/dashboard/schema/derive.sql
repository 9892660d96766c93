-- What is worked out from whole tables when a version is built, after all rows are in.

-- Who was named at events, in the order of the events' days: a month of five million events then reads a sixtieth of it.
create table event_people_by_day as
select ep.event_id, ep.person_id, ep.role, ep.nr, ep.talk_title, e.first_day as event_day
from event_people as ep
join events as e using (event_id)
order by event_day, event_id, person_id, role, nr;
comment on table event_people_by_day is 'Worked out: one row is one row of event_people with the first day of its event, sorted by it.';

-- One searchable text a record: lower case, without accents, with the names of who and what belongs to it.
create table search_texts as
with
named_people as (
    select person_id, concat_ws(' ', p.name, string_agg(a.alias, ' ' order by a.alias)) as names
    from people as p left join person_aliases as a using (person_id)
    group by person_id, p.name
),

event_words as (
    select
        event_id,
        string_agg(concat_ws(' ', names, talk_title), ' ' order by person_id, role, nr) as words,
    from event_people join named_people using (person_id)
    group by event_id
),

talks as (
    select person_id, string_agg(talk_title, ' ' order by event_id, role, nr) as words from event_people group by person_id
),

event_organisations as (
    select event_id, string_agg(concat_ws(' ', o.name, o.other_names), ' ' order by organisation_id) as words
    from event_parties join organisations as o using (organisation_id)
    group by event_id
),

series_words as (
    select series_id, string_agg(concat_ws(' ', o.name, o.other_names), ' ' order by organisation_id) as words
    from series_parties join organisations as o using (organisation_id)
    group by series_id
),

training_words as (
    select training_id, string_agg(title, ' ' order by nr) as words from training_parts group by training_id
),

project_words as (
    select
        project_id,
        string_agg(concat_ws(' ', names, o.name, o.other_names), ' ' order by nr) as words,
    from project_parties
    left join named_people using (person_id)
    left join organisations as o using (organisation_id)
    group by project_id
),

contents as (
    select 'events' as table_name, event_id as record_id, title as label,
        title_nl as label_nl, title_en as label_en, title_language as label_language,
        concat_ws(
            ' ', e.title, e.title_nl, e.title_en, e.host_event, e.audience, e.audience_nl, e.note, e.note_nl, p.venue, p.city, w.words, o.words
        ) as content,
    from events as e
    left join places as p using (place_id)
    left join event_words as w using (event_id)
    left join event_organisations as o using (event_id)
    union all
    select 'series', series_id, title, null, null, null, concat_ws(' ', title, area, area_nl, audience, audience_nl, note, note_nl, words)
    from series left join series_words using (series_id)
    union all
    select 'trainings', training_id, title, title_nl, title_en, title_language,
        concat_ws(' ', title, title_nl, title_en, audience, audience_nl, duration, duration_nl, note, note_nl, words)
    from trainings left join training_words using (training_id)
    union all
    select 'projects', project_id, title, title_nl, title_en, title_language,
        concat_ws(' ', title, title_nl, title_en, note, note_nl, words)
    from projects left join project_words using (project_id)
    union all
    select 'funding', funding_id, title, null, null, null,
        concat_ws(' ', f.title, f.scheme, f.note, f.note_nl, o.name, o.other_names, r.name, r.other_names, p.names)
    from funding as f
    left join organisations as o on f.funder_id = o.organisation_id
    left join organisations as r on f.recipient_organisation_id = r.organisation_id
    left join named_people as p on f.recipient_person_id = p.person_id
    union all
    select 'people', person_id, name, null, null, null, concat_ws(' ', names, job_title, note, note_nl, words)
    from people join named_people using (person_id) left join talks using (person_id)
    union all
    select 'organisations', organisation_id, name, null, null, null, concat_ws(' ', name, other_names, note, note_nl) from organisations
    union all
    select 'places', place_id, coalesce(venue, city), null, null, null, concat_ws(' ', venue, city) from places
    union all
    select 'sources', source_id, title, null, null, null, concat_ws(' ', title, publisher, note, note_nl) from sources
)

select table_name, record_id, label, label_nl, label_en, label_language, fold(content) as content from contents
order by table_name, record_id;
comment on table search_texts is 'Worked out: one row is one record with everything that can be searched about it.';

-- The vocabulary of a search that tolerates typing errors. Numbers go first: large data have one a title; koers30 is a word.
create table search_words as
with
tokens as (
    select token, count(*) as times
    from (select unnest(string_split(content, ' ')) as token from search_texts)
    where token >= 'a' or not regexp_matches(token, '[0-9]')
    group by token
)

select word, cast(sum(times) as bigint) as occurrences
from (select unnest(regexp_extract_all(token, '[\pL\pN]+')) as word, times from tokens)
where length(word) >= 2 and not regexp_matches(word, '^\pN')
group by word
order by word;
comment on table search_words is 'Worked out: one row is one word of the searchable texts that begins with a letter, of two signs or more, with how often it occurs.';

-- The events whose titles have a word, for suggestions while somebody types: of a word that many have, fifty or more of the
-- latest. The tokens of all titles are counted by the numbers of events, and cut into words where each stands once.
create table title_words as
with
numbered as (
    select
        event_id, first_day as event_day, row_number() over (order by first_day nulls first, event_id) as nr,
        fold(concat_ws(' ', title, title_nl, title_en, short_title, short_title_nl, host_event)) as title,
    from events
),

tokens as (
    select token, max(nr, 50) as latest
    from (select nr, unnest(string_split(title, ' ')) as token from numbered)
    group by token
),

words as (
    select distinct word, unnest(latest) as nr
    from (select unnest(regexp_extract_all(token, '[\pL\pN]+')) as word, latest from tokens)
)

select word, event_id, event_day
from words join numbered using (nr)
order by word, nr desc;
comment on table title_words is 'Worked out: one row is one word of the titles of one event, the latest events of a word first; of a frequent word the earliest are not there.';

-- At how many held events a person, organisation or place was, and when last.
create table name_counts as
with
held as (
    select e.event_id, e.first_day, p.place_id, p.city_id, p.country
    from events as e
    left join places as p on e.place_id = p.place_id and e.attendance_mode is distinct from 'online'
    where e.status = 'held'
),

counted as (
    select 'people' as table_name, person_id as id, count(distinct event_id) as events, max(first_day) as last_day
    from event_people_by_day join held using (event_id)
    group by person_id
    union all
    select 'organisations', organisation_id, count(distinct event_id), max(first_day)
    from event_parties join held using (event_id)
    group by organisation_id
    union all
    select 'places', place_id, count(*), max(first_day) from held where place_id is not null group by place_id
    union all
    select 'cities', city_id, count(*), max(first_day) from held where city_id is not null group by city_id
    union all
    select 'countries', country, count(*), max(first_day) from held where country is not null group by country
)

select * from counted order by table_name, id;
comment on table name_counts is 'Worked out: one row is one person, organisation, place, city or country with its held events and the day of the last one.';
