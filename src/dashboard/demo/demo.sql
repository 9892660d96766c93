-- Generated records as text tables. Every choice is drawn from a hash of the row's number, a salt and the
-- seed, so that the same seed gives the same data.

create macro chance(i, salt) as (hash(i, salt, getvariable('seed')) % 1000000) / 1000000.0;
create macro pick(options, i, salt) as options[1 + cast(floor(chance(i, salt) * len(options)) as integer)];

-- Towards the start of a list: a few people and places carry much, as in life.
create macro draw_first(count, i, salt) as 1 + cast(floor(chance(i, salt) * chance(i, salt || '2') * count) as integer);
create macro pick_first(options, i, salt) as options[draw_first(len(options), i, salt)];

create table raw.terms as from vocabulary;

create table raw.sources as
select
    1 as row_number, 'demo' as source_id, 'Generated demo data, not real records' as title,
    cast(null as varchar) as publisher, cast(getvariable('last_year') as varchar) as year, 'generated' as kind,
    'Made by python -m dashboard demo' as note, 'Gemaakt door python -m dashboard demo' as note_nl;

create table raw.organisations as
select
    i as row_number, 'demo-organisation-' || i as organisation_id, name, cast(null as varchar) as other_names,
    'NL' as country, cast(null as varchar) as ror, 'Generated for demonstration.' as note, 'Gegenereerd ter demonstratie.' as note_nl,
from unnest([
    'Demo University', 'Demo University of Applied Sciences', 'Northern Demo Hospital', 'Demo Regional Hospital',
    'Demo Data Institute', 'Demo Patient Federation', 'Demo Health Insurer', 'Demo Software', 'Demo Biobank',
    'Demo Research Council', 'Demo Ministry', 'Demo Province', 'Demo Innovation Fund', 'Our demo programme'
]) with ordinality as o (name, i);

create table raw.people as
with
named as (
    select
        i,
        pick(['Anna', 'Bram', 'Chris', 'Daan', 'Eva', 'Fatima', 'Gijs', 'Hanna', 'Ilse', 'Jan', 'Kim', 'Lotte',
            'Mohammed', 'Noor', 'Olaf', 'Petra', 'Ruben', 'Sanne', 'Tom', 'Yara'], i, 'first') as first_name,
        case when i > 60 then pick(['Ber', 'Bos', 'Brand', 'Dam', 'Dijk', 'Duin', 'Eik', 'Groen', 'Hof', 'Hoog', 'Kamp', 'Linde',
            'Meer', 'Molen', 'Noord', 'Oost', 'Rozen', 'Veld', 'Water', 'Zand'], i, 'begin')
            || pick(['ber', 'de', 'en', 'er', 'hui', 'ka', 'laa', 'le', 'ma', 'ne', 'ren', 'schou', 'sen', 'ste', 'ta', 'ven'], i, 'middle')
            || pick(['berg', 'dam', 'gen', 'haar', 'horst', 'kamp', 'laan', 'man', 'sen', 'stra', 'veld', 'zen'], i, 'end')
        else pick(['Bakker', 'de Boer', 'Bos', 'Brouwer', 'Dekker', 'Dijkstra', 'El Amrani', 'van der Meer', 'Hoekstra',
            'de Jong', 'Kuiper', 'Mulder', 'Postma', 'Smit', 'Veenstra', 'Visser', 'Vos', 'de Vries', 'Yilmaz',
            'Zijlstra'], i, 'last') end as last_name,
    from range(1, getvariable('people') + 1) as r (i)
)

select
    i as row_number, 'demo-person-' || i as person_id, first_name || ' ' || last_name || ' (demo ' || i || ')' as name,
    pick(['Data scientist', 'Lecturer', 'Radiologist', 'Researcher', 'Programme manager', 'Nurse'], i, 'job') as job_title,
    cast(null as varchar) as orcid, 'Generated for demonstration.' as note, 'Gegenereerd ter demonstratie.' as note_nl,
from named;

create table raw.person_aliases as
select
    i as row_number, 'Demo spelling ' || i as alias, 'demo-person-' || i as person_id, 'demo' as source_id,
    cast(null as varchar) as note, cast(null as varchar) as note_nl,
from range(1, least(5, getvariable('people')) + 1) as r (i);

create table raw.places as
select
    i as row_number, 'demo-' || lower(replace(city, ' ', '-')) as place_id, cast(null as varchar) as venue, city, country,
    cast(latitude as varchar) as latitude, cast(longitude as varchar) as longitude, 'city' as precision,
from (values
    (1, 'Groningen', 'NL', 53.21917, 6.56667), (2, 'Utrecht', 'NL', 52.09083, 5.12222),
    (3, 'Amsterdam', 'NL', 52.37403, 4.88969), (4, 'Leiden', 'NL', 52.15833, 4.49306),
    (5, 'Zwolle', 'NL', 52.5125, 6.09444), (6, 'Rotterdam', 'NL', 51.9225, 4.47917),
    (7, 'Assen', 'NL', 52.99667, 6.5625), (8, 'Leeuwarden', 'NL', 53.20139, 5.80859),
    (9, 'Nijmegen', 'NL', 51.8425, 5.85278), (10, 'Emmen', 'NL', 52.77917, 6.90694),
    (11, 'Maastricht', 'NL', 50.84833, 5.68889), (12, 'Oldenburg', 'DE', 53.14118, 8.21467),
    (13, 'Berlin', 'DE', 52.52437, 13.41053), (14, 'Brussels', 'BE', 50.85045, 4.34878),
    (15, 'Vienna', 'AT', 48.20849, 16.37208), (16, 'Copenhagen', 'DK', 55.67594, 12.56553),
    (17, 'Paris', 'FR', 48.85341, 2.3488), (18, 'Barcelona', 'ES', 41.38879, 2.15899),
    (19, 'London', 'GB', 51.50853, -0.12574), (20, 'Milan', 'IT', 45.46427, 9.18951),
    (21, 'Stockholm', 'SE', 59.32938, 18.06871), (22, 'Boston', 'US', 42.35843, -71.05977),
    (23, 'Toronto', 'CA', 43.70643, -79.39864), (24, 'Singapore', 'SG', 1.28967, 103.85007),
    (25, 'Tokyo', 'JP', 35.6895, 139.69171), (26, 'Cape Town', 'ZA', -33.92584, 18.42322),
    (27, 'Sydney', 'AU', -33.86785, 151.20732)
) as p (i, city, country, latitude, longitude);

create table raw.series as
select
    i as row_number, 'demo-series-' || i as series_id, 'Demo café ' || i as title,
    cast(getvariable('last_year') as varchar) as reported_date, 'meeting' as kind, 'impact' as pillar,
    cast(null as varchar) as line, 'organised' as our_role, cast(null as varchar) as area,
    'The public' as audience, 'Generated for demonstration.' as note, cast(null as varchar) as area_nl, 'Publiek' as audience_nl,
    'Gegenereerd ter demonstratie.' as note_nl, cast(null as varchar) as contact,
from range(1, 5) as r (i);

create table raw.series_parties as
select i as row_number, 'demo-series-' || i as series_id, 'demo-organisation-' || i as organisation_id, 'partner' as role
from range(1, 5) as r (i);

create table raw.events as
with
span as (
    select make_date(getvariable('last_year') - getvariable('years') + 1, 1, 1) as first_day, cast(getvariable('today') as date) as today
),

drawn as (
    select
        i,
        first_day + cast(floor(chance(i, 'day') * 365.25 * getvariable('years') - 0.3) as integer) as day,
        today,
    from range(1, getvariable('events') + 1) as r (i), span
),

-- Summer is quiet: two of three events of July and August move two months on.
placed as (
    select
        i, today,
        case when month(day) in (7, 8) and chance(i, 'summer') < 0.66 then day + 62 else day end as day,
        chance(i, 'precision') as how_precise,
        pick(['conference', 'conference', 'symposium', 'symposium', 'lecture', 'lecture', 'course', 'workshop', 'workshop',
            'meeting', 'working-visit', 'festival'], i, 'kind') as kind,
        pick(['exact', 'exact', 'exact', 'about', 'about', 'at-least', 'unknown', 'unknown', 'unknown', 'unknown'], i, 'known') as known,
        chance(i, 'mode') as mode,
    from drawn
),

held as (
    select
        *,
        case when day > today then 'planned' when chance(i, 'cancelled') < 0.02 then 'cancelled' else 'held' end as status,
    from placed
)

select
    i as row_number,
    'demo-event-' || i as event_id,
    pick(['AI in radiology', 'Data in the clinic', 'eHealth', 'Language models', 'Responsible AI', 'Cohort data',
        'Digital skills', 'Prediction models', 'Synthetic data', 'Wearables'], i, 'topic') || ': '
        || pick(['from pilot to practice', 'what works', 'for nurses', 'lessons learnt', 'in the region', 'with patients',
            'and ethics', 'hands on', 'the next step', 'questions and answers'], i, 'angle') as title,
    case when chance(i, 'host') < 0.3 then 'Demo congress ' || year(day) end as host_event,
    case when how_precise < 0.02 then strftime(day, '%Y') when how_precise < 0.05 then strftime(day, '%Y-%m')
        else strftime(day, '%Y-%m-%d') end as start_date,
    case when how_precise >= 0.05 and chance(i, 'range') < 0.1 and month(day + 3) = month(day)
        then strftime(day + 1 + cast(floor(chance(i, 'length') * 3) as integer), '%Y-%m-%d') end as end_date,
    status,
    case when mode < 0.12 then 'online' when mode < 0.2 then 'mixed' else 'onsite' end as attendance_mode,
    kind,
    case when chance(i, 'pillar') < 0.85 then pick(['research', 'education', 'impact'], i, 'which pillar') end as pillar,
    case when chance(i, 'line') < 0.8 then pick(['machine-learning-ai', 'clinical-cohort-data', 'clinical-applications',
        'ehealth-digital-health', 'elsa'], i, 'which line') end as line,
    case when mode >= 0.12 and chance(i, 'place') < 0.95 then pick_first((select list(place_id order by cast(row_number as integer)) from raw.places), i, 'which place') end as place_id,
    pick(['organised', 'co-organised', 'contributed', 'contributed', 'contributed'], i, 'our role') as our_role,
    pick(['Researchers', 'Clinicians', 'Students', 'The public', null], i, 'audience') as audience,
    case when known <> 'unknown' and status = 'held'
        then cast(cast(floor(3 + 150 * chance(i, 'n') * chance(i, 'n2')) as integer) as varchar) end as participants,
    case when status = 'held' then known else 'unknown' end as participants_kind,
    cast(null as varchar) as series_id,
    'Generated for demonstration.' as note,
    cast(null as varchar) as short_title,
    cast(null as varchar) as calendar_uid,
    cast(null as varchar) as calendar_digest,
    cast(null as varchar) as title_nl,
    cast(null as varchar) as title_en,
    cast(null as varchar) as title_language,
    cast(null as varchar) as short_title_nl,
    cast(null as varchar) as audience_nl,
    cast(null as varchar) as note_nl,
    cast(null as varchar) as contact,
from held;

create table raw.event_people as
with
drawn as (
    select
        e.row_number as i, e.event_id, nr,
        'demo-person-' || draw_first(getvariable('people'), e.row_number * 4 + nr, 'person') as person_id,
    from raw.events as e, range(1, 4) as n (nr)
    where nr = 1 or chance(e.row_number * 4 + nr, 'more people') < 0.3
)

select
    row_number() over () as row_number, event_id, person_id,
    pick(['keynote', 'lecture', 'lecture', 'presentation', 'presentation', 'workshop', 'chair', 'contribution'], i * 4 + nr, 'role') as role,
    cast(nr as varchar) as nr,
    case when chance(i * 4 + nr, 'talk') < 0.6 then 'Demo talk ' || i || '.' || nr end as talk_title,
    cast(null as varchar) as note,
    cast(null as varchar) as note_nl,
from drawn;

create table raw.event_parties as
select
    row_number() over () as row_number, event_id,
    'demo-organisation-' || (1 + cast(floor(chance(row_number, 'partner') * 9) as integer)) as organisation_id,
    'co-organiser' as role,
from raw.events
where our_role = 'co-organised';

create table raw.trainings as
with
programmes as (
    select *
    from (values
        (1, 'AI for first-year students', 'AI voor eerstejaars', 'bachelor', 'medicine', 'curriculum', 380, 'academic'),
        (2, 'AI for dentistry students', 'AI voor studenten tandheelkunde', 'bachelor', 'dentistry', 'curriculum', 42, 'academic'),
        (3, 'Language models for master''s students', 'Taalmodellen voor masterstudenten', 'master', null, 'workshop', 28, 'academic'),
        (4, 'Health data science', 'Datawetenschap in de zorg', 'research-master', null, 'course', 14, 'academic'),
        (5, 'Hands-on machine learning', 'Machinelearning in de praktijk', 'phd', null, 'workshop', 80, 'calendar'),
        (6, 'Responsible AI', 'Verantwoorde AI', 'phd', null, 'course', 35, 'calendar'),
        (7, 'AI for clinicians', 'AI voor zorgverleners', 'professional', null, 'bootcamp', 24, 'calendar'),
        (8, 'Summer school synthetic data', 'Zomerschool synthetische data', 'professional', null, 'summer-school', 30, 'calendar'),
        (9, 'Digital skills for patients', 'Digitale vaardigheden voor patiënten', 'public', null, 'workshop', 60, 'calendar'),
        (10, 'Small reading group', 'Kleine leesgroep', 'phd', null, 'course', 4, 'calendar')
    ) as p (nr, title, title_nl, level, discipline, format, size, calendar)
),

years as (
    select getvariable('last_year') - back as year
    from range(0, getvariable('years')) as r (back)
),

cohorts as (
    select *, nr + 100 * (year - 1900) as i, from programmes, years
)

select
    i as row_number, 'demo-training-' || year || '-' || nr as training_id, title || ' ' || year as title, level, discipline,
    format, cast(null as varchar) as audience,
    case when year = getvariable('last_year') and chance(i, 'planned') < 0.2 then 'planned' else 'held' end as status,
    case when calendar = 'academic' then (year - 1) || '-' || year else cast(year as varchar) end as period,
    cast(null as varchar) as duration, 'education' as pillar,
    pick(['machine-learning-ai', 'clinical-applications', 'ehealth-digital-health', 'elsa', null], i, 'line') as line,
    case when chance(i, 'known') >= 0.25
        then cast(cast(floor(size * (0.8 + 0.1 * (getvariable('years') - (getvariable('last_year') - year)) * chance(i, 'growth'))) as integer) as varchar) end as participants,
    case when chance(i, 'known') < 0.25 then 'unknown' when chance(i, 'known') < 0.45 then 'about'
        when chance(i, 'known') < 0.5 then 'at-least' else 'exact' end as participants_kind,
    'Generated for demonstration.' as note, title_nl || ' ' || year as title_nl, cast(null as varchar) as title_en,
    cast(null as varchar) as title_language, cast(null as varchar) as audience_nl, cast(null as varchar) as duration_nl, 'Gegenereerd ter demonstratie.' as note_nl, cast(null as varchar) as contact,
from cohorts
union all
select
    100000 + i, 'demo-e-learning-' || i, 'Demo e-learning module ' || i, null, null, 'e-learning', null,
    case when i % 4 = 0 then 'in-development' else 'developed' end, cast(getvariable('last_year') - i % getvariable('years') as varchar),
    null, 'education', null, null, 'unknown', 'Generated for demonstration.', 'Demonstratie-e-learningmodule ' || i, null, null, null, null,
    'Gegenereerd ter demonstratie.', null
from range(1, 9) as r (i);

create table raw.training_parts as
select
    row_number() over () as row_number, training_id, cast(nr as varchar) as nr,
    pick(['lecture', 'module', 'workshop', 'game', 'topic'], row_number * 4 + nr, 'part') as kind, 'Demo part ' || nr as title,
from raw.trainings, range(1, 4) as n (nr)
where format <> 'e-learning' and (nr = 1 or chance(row_number * 4 + nr, 'more parts') < 0.5);

create table raw.projects as
with
drawn as (
    select
        i,
        getvariable('last_year') - cast(floor(chance(i, 'start') * getvariable('years')) as integer) as first_year,
        1 + cast(floor(chance(i, 'length') * 4) as integer) as length,
        chance(i, 'end known') < 0.7 as end_known,
    from range(1, 41) as r (i)
)

select
    i as row_number, 'demo-project-' || i as project_id, 'Demo project ' || i as title,
    pick(['project', 'project', 'project', 'programme', 'network', 'infrastructure', 'dataset', 'publication', 'product'], i, 'kind') as kind,
    pick(['research', 'education', 'impact'], i, 'pillar') as pillar,
    pick(['machine-learning-ai', 'clinical-cohort-data', 'clinical-applications', 'ehealth-digital-health', 'elsa', null], i, 'line') as line,
    case when i % 13 = 0 then 'planned' when end_known and first_year + length <= getvariable('last_year') then 'completed' else 'running' end as status,
    case when i % 13 = 0 then cast(getvariable('last_year') + 1 as varchar)
        when chance(i, 'start known') < 0.85 then first_year || '-0' || (1 + i % 9) end as start_date,
    case when end_known and i % 13 <> 0 then cast(first_year + length as varchar) end as end_date,
    cast(getvariable('last_year') as varchar) as reported_date,
    pick(['led', 'partner', 'contributed'], i, 'our role') as our_role, 'Generated for demonstration.' as note,
    cast(null as varchar) as short_title,
    cast(null as varchar) as title_nl,
    cast(null as varchar) as title_en,
    cast(null as varchar) as title_language,
    cast(null as varchar) as short_title_nl,
    'Gegenereerd ter demonstratie.' as note_nl, cast(null as varchar) as contact,
from drawn;

create table raw.project_parties as
select
    row_number() over () as row_number, 'demo-project-' || i as project_id, cast(nr as varchar) as nr,
    case when nr = 1 then 'demo-person-' || (1 + cast(floor(chance(i, 'lead') * least(25, getvariable('people'))) as integer)) end as person_id,
    case when nr > 1 then 'demo-organisation-' || (1 + (i + nr * 3) % 9) end as organisation_id,
    case when nr = 1 then 'lead' else 'partner' end as role,
from range(1, 41) as r (i), range(1, 4) as n (nr);

create table raw.funding as
select
    i as row_number, 'demo-grant-' || i as funding_id, 'Demo grant ' || i as title,
    'demo-organisation-' || (10 + i % 4) as funder_id,
    pick(['Demo open call', 'Demo consortium call', 'Demo starter grant'], i, 'scheme') as scheme,
    case when i % 3 = 0 then 'demo-organisation-' || (1 + i % 9) else 'demo-organisation-14' end as recipient_organisation_id,
    cast(null as varchar) as recipient_person_id,
    case when i % 3 = 0 then pick(['supported', 'none'], i, 'their role') else 'recipient' end as our_role,
    case when chance(i, 'known') < 0.75 then cast(25000 * (1 + cast(floor(chance(i, 'amount') * 40) as integer)) as varchar) end as amount_eur,
    case when chance(i, 'known') >= 0.75 then 'unknown' when chance(i, 'known') < 0.15 then 'about' else 'exact' end as amount_kind,
    cast(getvariable('last_year') - cast(floor(chance(i, 'year') * getvariable('years')) as integer) as varchar) || '-0' || (1 + i % 9) as date,
    'demo-project-' || i as project_id, 'Generated for demonstration.' as note,
    'Gegenereerd ter demonstratie.' as note_nl, cast(null as varchar) as contact,
from range(1, 31) as r (i);

create table raw.targets as
with
aims as (
    select *
    from (values
        (1, 'events_held', 1.05, 'even'), (2, 'training_participants', 1.1, 'last-year'), (3, 'contributors', 1.0, 'even')
    ) as a (nr, metric, growth, path)
)

select
    row_number() over () as row_number, 'demo-target-' || metric_id || '-' || year as target_id, metric, cast(year as varchar) as year,
    'more' as direction,
    cast(case nr
        when 1 then greatest(1, round(getvariable('events') * growth / getvariable('years')))
        when 2 then round(600 * growth) else 40 end as varchar) as value,
    cast(case nr
        when 1 then greatest(1, round(getvariable('events') * 0.9 / getvariable('years'))) when 2 then 540 else 36 end as varchar) as near,
    path, 'Demo board, January ' || year as decision, 'Demo programme manager' as owner,
from (select *, replace(metric, '_', '-') as metric_id from aims) as a,
    (select getvariable('last_year') - back as year from range(0, getvariable('years')) as r (back)) as y;

create table raw.deviations as
select
    1 as row_number, 'demo-deviation-1' as deviation_id, 'demo-target-contributors-' || getvariable('last_year') as target_id,
    'Demo: two colleagues on leave' as reason, 'Demo board' as accepted_by,
    getvariable('last_year') || '-01-01' as from_date, getvariable('last_year') || '-12-31' as until_date,
    'Demo: twee collega''s met verlof' as reason_nl;

-- One sentence about the last year, with numbers that are filled in when it is shown.
create table raw.texts as
select
    1 as row_number, 'demo-lead' as text_id, 'lead' as kind, cast(getvariable('last_year') as varchar) as year,
    cast(null as varchar) as pillar, 'A generated year' as title,
    'Generated for demonstration: {events_held} and {training_participants}.' as body,
    'Een gegenereerd jaar' as title_nl,
    'Gegenereerd ter demonstratie: {events_held} en {training_participants}.' as body_nl, cast(null as varchar) as table_name,
    cast(null as varchar) as record_id, 'demo' as source_id, '1' as sort, cast(null as varchar) as date;

-- Where each record was "stated". Beyond 20,000 events only the first are, to keep a large store small.
create table raw.claims as
with
stated as (
    select 'events' as table_name, event_id as record_id, start_date as stated from raw.events where row_number <= 20000
    union all
    select 'trainings', training_id, participants from raw.trainings
    union all
    select 'projects', project_id, title from raw.projects
    union all
    select 'funding', funding_id, amount_eur from raw.funding
    union all
    select 'people', person_id, 'demo' from raw.people
)

select
    row_number() over () as row_number, 'demo-claim-' || row_number() over () as claim_id, table_name, record_id,
    cast(null as varchar) as field, 'demo' as source_id, 'stated' as stance, 'Demo section' as section,
    cast(row_number() over () as varchar) as line, stated,
from stated
union all
select
    1000000000 + row_number, 'demo-dispute-' || row_number, 'trainings', training_id, 'participants', 'demo', 'differs',
    'Demo section', cast(row_number as varchar), 'another number',
from raw.trainings
where participants_kind = 'about';
