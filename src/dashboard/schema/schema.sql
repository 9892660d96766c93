-- The data contract: what each table holds, which columns it has, and what must be true of them.
-- data/README.md is generated from this file; the intake reads its rules from it.
--
-- Marks in the comments, read by the intake:
--   @id              lower-case words joined by hyphens
--   @date            2025, 2025-05 or 2025-05-14: as precise as it is known
--   @period          like @date, or an academic year: 2024-2025
--   @term(list)      an id of that list in the table terms
--   @count, @amount  a whole number; an amount in euro with at most two decimals
--   @digest          letters by which the program knows a record again; people neither read nor write them
--   @later           the column was added to the contract: a file without a value in it does without the column; of a table,
--                    that records without a row of it do without the file
--   @country         ISO 3166-1 alpha-2; @orcid, @ror: with a check digit; @year: of the programme's time
--   @from(number)    not below that number
--   @needs(column)   stands only where that column is filled
--   @past(statuses)  not after today where the status is one of these; with none, a later day is noted
--   @numbers(column) {name} in it stands for a number, named as that column's @one_of says (text/placeholders.py)
--   @one_of(names)   one of these names, which the program gives: a test compares them
--   @once(columns)   together with these it stands in one row
--   @people          the @count is one of persons: small groups are withheld when published
--   @derived(sql)    not in the CSV; worked out from the row when the store is built
--   @nl(name)        the Dutch name of the table or column, for spreadsheets with Dutch headers
--   @rule(sentence)  what the check that names this column first means, and how to mend it
--
-- What stands beside the marks is said in the reader's language (contract.say_meaning, say_rule): a message, without braces.
-- A text of the programme's own has its Dutch in a column beside it, named …_nl. A title is that of the source: a second one
-- stands in …_nl or …_en, and the language of the first in …_language (language.messages.choose_text).

create macro schema_version() as 1;

-- First and last possible day of a date or period that may be known by the year or month only.
-- Dutch academic years run from 1 September to 31 August.
create macro earliest(p) as
    case length(p)
        when 9 then make_date(try_cast(left(p, 4) as integer), 9, 1)
        else try_cast(p || substr('0000-01-01', length(p) + 1) as date)
    end;
create macro latest(p) as
    case length(p)
        when 4 then make_date(try_cast(p as integer), 12, 31)
        when 7 then last_day(earliest(p))
        when 9 then make_date(try_cast(right(p, 4) as integer), 8, 31)
        else try_cast(p as date)
    end;
create macro precision_of(p) as
    case length(p) when 4 then 'year' when 7 then 'month' when 9 then 'academic-year' when 10 then 'day' else 'unknown' end;
create macro month_of(p) as case when length(p) in (7, 10) then left(p, 7) end;

create table terms (
    list text not null,
    term_id text not null,
    label_en text not null,
    label_nl text not null,
    sort integer not null,
    definition text,
    definition_nl text,
    primary key (list, term_id)
);
comment on table terms is 'The vocabularies: one row is one allowed value of one list. @nl(begrippen)';
comment on column terms.list is 'Which vocabulary: pillar, line, event-kind … @nl(lijst)';
comment on column terms.term_id is 'What the other tables hold. @id @nl(term_id)';
comment on column terms.label_en is 'What readers see in English. @nl(label_en)';
comment on column terms.label_nl is 'What readers see in Dutch. @nl(label_nl)';
comment on column terms.sort is 'Place in the list, from 1. @count @nl(volgorde)';
comment on column terms.definition is 'When to use it, where the label alone leaves doubt. @nl(definitie)';
comment on column terms.definition_nl is 'When to use it, in Dutch; where one of the two is missing, the other is shown. @later @nl(definitie_nl)';

create table sources (
    source_id text primary key,
    title text not null,
    publisher text,
    year integer,
    kind text not null,
    note text,
    note_nl text
);
comment on table sources is 'Where facts come from: one row is one document, gazetteer or keeper. @nl(bronnen)';
comment on column sources.source_id is '@id @nl(bron_id)';
comment on column sources.title is 'Title as printed. @nl(titel)';
comment on column sources.publisher is 'Who issued it. @nl(uitgever)';
comment on column sources.year is 'The year it reports on. @count @year @nl(jaar)';
comment on column sources.kind is '@term(source-kind) @nl(soort)';
comment on column sources.note is 'How it was used. @nl(opmerking)';
comment on column sources.note_nl is 'The note in Dutch; where one of the two is missing, the other is shown. @later @nl(opmerking_nl)';

create table claims (
    claim_id text primary key,
    table_name text not null,
    record_id text not null,
    field text,
    source_id text not null references sources (source_id),
    stance text not null,
    section text,
    line integer,
    stated text,
    check (array_length(regexp_split_to_array(stated, '\s+')) <= 8),
    check (stance = 'stated' or field is not null)
);
comment on table claims is 'Who says so: one row is one source saying something about one record. Two claims may disagree; both are kept. @nl(vermeldingen)';
comment on column claims.claim_id is '@id @nl(vermelding_id)';
comment on column claims.table_name is 'The table of the record. @nl(tabel)';
comment on column claims.record_id is 'The id of the record in that table. @id @nl(record_id)';
comment on column claims.field is 'The column it is about; only where the value was added from elsewhere or is disputed. @nl(veld)';
comment on column claims.source_id is '@id @nl(bron_id)';
comment on column claims.stance is 'States the record, adds a value to it, or differs from it. @term(claim-stance) @rule(a claim that adds to or differs from a record names the field) @nl(houding)';
comment on column claims.section is 'Heading in the source under which it stands. @nl(kop)';
comment on column claims.line is 'First line in the transcript of the source. @count @nl(regel)';
comment on column claims.stated is 'The value as stated. @rule(at most eight words: quote the value, not the sentence) @nl(zoals_vermeld)';

create table organisations (
    organisation_id text primary key,
    name text not null,
    other_names text,
    country text,
    ror text,
    note text,
    note_nl text,
    check (regexp_full_match(country, '[A-Z]{2}'))
);
comment on table organisations is 'Partners, funders and recipients: one row is one organisation, programme office or network. @nl(organisaties)';
comment on column organisations.organisation_id is '@id @nl(organisatie_id)';
comment on column organisations.name is 'Name as readers know it. @nl(naam)';
comment on column organisations.other_names is 'Other spellings and short forms, separated by semicolons. @nl(andere_namen)';
comment on column organisations.country is 'ISO 3166-1 alpha-2. @country @rule(two capital letters, such as NL) @nl(land)';
comment on column organisations.ror is 'Identifier in the Research Organization Registry. @ror @nl(ror)';
comment on column organisations.note is 'What a reader should know. @nl(opmerking)';
comment on column organisations.note_nl is 'The note in Dutch; where one of the two is missing, the other is shown. @later @nl(opmerking_nl)';

create table people (
    person_id text primary key,
    name text not null,
    job_title text,
    orcid text,
    note text,
    note_nl text,
    check (regexp_full_match(orcid, '\d{4}-\d{4}-\d{4}-\d{3}[\dX]'))
);
comment on table people is 'One row is one person, whatever the spellings. @nl(personen)';
comment on column people.person_id is '@id @nl(persoon_id)';
comment on column people.name is 'The name readers see. @nl(naam)';
comment on column people.job_title is 'As the source gives it. @nl(functie)';
comment on column people.orcid is 'ORCID iD. @orcid @rule(four groups of four, such as 0000-0002-1825-0097) @nl(orcid)';
comment on column people.note is 'What a reader should know. @nl(opmerking)';
comment on column people.note_nl is 'The note in Dutch; where one of the two is missing, the other is shown. @later @nl(opmerking_nl)';

create table person_aliases (
    alias text primary key,
    person_id text not null references people (person_id),
    source_id text references sources (source_id),
    note text,
    note_nl text
);
comment on table person_aliases is 'Other spellings of a name: one row is one spelling. @nl(schrijfwijzen)';
comment on column person_aliases.alias is 'The spelling as found. @nl(schrijfwijze)';
comment on column person_aliases.person_id is 'Whose name it is. @id @nl(persoon_id)';
comment on column person_aliases.source_id is 'Where it was found. @id @nl(bron_id)';
comment on column person_aliases.note is 'Why it is the same person. @nl(opmerking)';
comment on column person_aliases.note_nl is 'The note in Dutch; where one of the two is missing, the other is shown. @later @nl(opmerking_nl)';

create table places (
    place_id text primary key,
    venue text,
    city text,
    country text not null,
    latitude double,
    longitude double,
    precision text not null,
    city_id text,
    check (regexp_full_match(country, '[A-Z]{2}')),
    check (latitude is null or (latitude between -90 and 90 and longitude is not null)),
    check (longitude is null or (longitude between -180 and 180 and latitude is not null))
);
comment on table places is 'One row is one venue, or a city where no venue is known. @nl(plaatsen)';
comment on column places.place_id is '@id @nl(plaats_id)';
comment on column places.venue is 'Building or institution. @nl(locatie)';
comment on column places.city is 'City or village. @nl(stad)';
comment on column places.country is 'ISO 3166-1 alpha-2; Hong Kong is HK. @country @rule(two capital letters, such as NL) @nl(land)';
comment on column places.latitude is 'Degrees north (WGS 84). @rule(between -90 and 90, together with a longitude) @nl(breedtegraad)';
comment on column places.longitude is 'Degrees east (WGS 84). @rule(between -180 and 180, together with a latitude) @nl(lengtegraad)';
comment on column places.precision is 'What the coordinates point at. @term(place-precision) @nl(nauwkeurigheid)';
comment on column places.city_id is 'The city as links name it. @derived(slug(coalesce(city, ''somewhere'') || '' '' || country)) @nl(stad_id)';

create table series (
    series_id text primary key,
    title text not null,
    reported_date text not null,
    kind text,
    pillar text,
    line text,
    our_role text,
    area text,
    audience text,
    note text,
    area_nl text,
    audience_nl text,
    note_nl text,
    contact text
);
comment on table series is 'Things held several times whose number is not known: one row is one series, never counted as events. @nl(reeksen)';
comment on column series.series_id is '@id @nl(reeks_id)';
comment on column series.title is 'Name of the series. @nl(titel)';
comment on column series.reported_date is 'The year or month in which it is reported. @date @past @nl(datum_vermelding)';
comment on column series.kind is '@term(event-kind) @nl(soort)';
comment on column series.pillar is '@term(pillar) @nl(pijler)';
comment on column series.line is '@term(line) @nl(onderzoekslijn)';
comment on column series.our_role is '@term(our-role) @nl(onze_rol)';
comment on column series.area is 'Where it took place, in words. @nl(gebied)';
comment on column series.audience is 'For whom. @nl(doelgroep)';
comment on column series.note is 'What a reader should know. @nl(opmerking)';
comment on column series.area_nl is 'Where it took place, in Dutch; where one of the two is missing, the other is shown. @later @nl(gebied_nl)';
comment on column series.audience_nl is 'For whom, in Dutch; where one of the two is missing, the other is shown. @later @nl(doelgroep_nl)';
comment on column series.note_nl is 'The note in Dutch; where one of the two is missing, the other is shown. @later @nl(opmerking_nl)';
comment on column series.contact is 'Who can be asked what is not known of it: a person or an office. @later @nl(contactpersoon)';

create table events (
    event_id text primary key,
    title text not null,
    host_event text,
    start_date text,
    end_date text,
    status text not null,
    attendance_mode text,
    kind text,
    pillar text,
    line text,
    place_id text references places (place_id),
    our_role text,
    audience text,
    participants integer,
    participants_kind text not null,
    series_id text references series (series_id),
    note text,
    short_title text,
    calendar_uid text,
    calendar_digest text,
    title_nl text,
    title_en text,
    title_language text,
    short_title_nl text,
    audience_nl text,
    note_nl text,
    contact text,
    first_day date,
    last_day date,
    date_precision text,
    month text,
    year integer,
    check (regexp_full_match(title_language, '[a-z]{2}')),
    check (left(end_date, least(length(end_date), length(start_date))) >= left(start_date, least(length(end_date), length(start_date)))),
    check (participants_kind in ('exact', 'about', 'at-least') = (participants is not null))
);
comment on table events is 'One row is one event: one day or one range of days at which the programme took part. schema.org Event. @nl(evenementen)';
comment on column events.event_id is '@id @nl(evenement_id)';
comment on column events.title is 'Title under which the source lists it. @nl(titel)';
comment on column events.host_event is 'The congress, course or meeting it was part of, where the title is that of the contribution. @nl(gastevenement)';
comment on column events.start_date is 'First day. @date @past(held) @nl(begindatum)';
comment on column events.end_date is 'Last day; empty when it ends on the day it starts. @date @needs(start_date) @rule(an event does not end before it starts) @nl(einddatum)';
comment on column events.status is 'Counts are of held ones; planned ones stand apart. @term(event-status) @nl(status)';
comment on column events.attendance_mode is 'Online is a mode, never a country; empty when the source does not say. @term(attendance-mode) @nl(vorm_van_deelname)';
comment on column events.kind is 'Empty when the source does not say. @term(event-kind) @nl(soort)';
comment on column events.pillar is 'Only where the source places it under one. @term(pillar) @nl(pijler)';
comment on column events.line is 'Only where the source uses the line''s own words. @term(line) @nl(onderzoekslijn)';
comment on column events.place_id is 'Where. @id @nl(plaats_id)';
comment on column events.our_role is 'What the programme did for it. @term(our-role) @nl(onze_rol)';
comment on column events.audience is 'For whom, where stated. @nl(doelgroep)';
comment on column events.participants is 'Persons who attended. @count @people @nl(deelnemers)';
comment on column events.participants_kind is 'How well that number is known. @term(quantity-kind) @rule(a number needs the kind exact, about or at-least; no number needs unknown) @nl(soort_deelnemers)';
comment on column events.series_id is 'The series it belongs to. @id @nl(reeks_id)';
comment on column events.note is 'What a reader should know. @nl(opmerking)';
comment on column events.short_title is 'Name beside a mark in a chart; without one, the beginning of the title. What is longer than 28 letters is cut. @later @nl(korte_titel)';
comment on column events.calendar_uid is 'Which entry of a calendar it is: a hash of the UID there, which itself may hold an address, and the day on which an event of a series was first planned. @digest @later @nl(agenda_uid)';
comment on column events.calendar_digest is 'Hashes of what the calendar said last of title, dates, place, status and people, to see what has changed there. @digest @later @nl(agenda_kenmerk)';
comment on column events.title_nl is 'Its Dutch title, where the source gives one: never a translation of ours. @later @nl(titel_nl)';
comment on column events.title_en is 'Its English title, where the source gives one and the title is in Dutch. @later @nl(titel_en)';
comment on column events.title_language is 'Language of the title; without it, English. @later @rule(two small letters, such as nl or en) @nl(taal_titel)';
comment on column events.short_title_nl is 'The short name in Dutch, where there is a Dutch title. @later @nl(korte_titel_nl)';
comment on column events.audience_nl is 'For whom, in Dutch; where one of the two is missing, the other is shown. @later @nl(doelgroep_nl)';
comment on column events.note_nl is 'The note in Dutch; where one of the two is missing, the other is shown. @later @nl(opmerking_nl)';
comment on column events.contact is 'Who can be asked what is not known of it: a person or an office. @later @nl(contactpersoon)';
comment on column events.first_day is 'First possible day. @derived(earliest(start_date)) @nl(eerste_dag)';
comment on column events.last_day is 'Last possible day. @derived(latest(coalesce(end_date, start_date))) @nl(laatste_dag)';
comment on column events.date_precision is 'day, month, year or unknown. @derived(precision_of(start_date)) @nl(nauwkeurigheid_datum)';
comment on column events.month is 'Month in which it starts, where known. @derived(month_of(start_date)) @nl(maand)';
comment on column events.year is 'Year in which it starts. @derived(year(earliest(start_date))) @nl(jaar)';

create table event_people (
    event_id text not null references events (event_id),
    person_id text not null references people (person_id),
    role text not null,
    nr integer not null,
    talk_title text,
    note text,
    note_nl text,
    primary key (event_id, person_id, role, nr)
);
comment on table event_people is 'Who did what where: one row is one contribution of one person in one role at one event. @nl(personen_bij_evenementen)';
comment on column event_people.event_id is '@id @nl(evenement_id)';
comment on column event_people.person_id is '@id @nl(persoon_id)';
comment on column event_people.role is '@term(person-role) @nl(rol)';
comment on column event_people.nr is '1, or 2, 3 … for further contributions in the same role. @count @from(1) @nl(nr)';
comment on column event_people.talk_title is 'Title or subject of the talk, where stated. @nl(titel_bijdrage)';
comment on column event_people.note is 'What a reader should know. @nl(opmerking)';
comment on column event_people.note_nl is 'The note in Dutch; where one of the two is missing, the other is shown. @later @nl(opmerking_nl)';

create table event_parties (
    event_id text not null references events (event_id),
    organisation_id text not null references organisations (organisation_id),
    role text not null,
    primary key (event_id, organisation_id, role)
);
comment on table event_parties is 'Organisations behind an event: one row is one organisation in one role. @nl(organisaties_bij_evenementen)';
comment on column event_parties.event_id is '@id @nl(evenement_id)';
comment on column event_parties.organisation_id is '@id @nl(organisatie_id)';
comment on column event_parties.role is '@term(party-role) @nl(rol)';

create table series_parties (
    series_id text not null references series (series_id),
    organisation_id text not null references organisations (organisation_id),
    role text not null,
    primary key (series_id, organisation_id, role)
);
comment on table series_parties is 'Organisations behind a series: one row is one organisation in one role. @nl(organisaties_bij_reeksen)';
comment on column series_parties.series_id is '@id @nl(reeks_id)';
comment on column series_parties.organisation_id is '@id @nl(organisatie_id)';
comment on column series_parties.role is '@term(party-role) @nl(rol)';

create table trainings (
    training_id text primary key,
    title text not null,
    level text,
    discipline text,
    format text not null,
    audience text,
    status text not null,
    period text,
    duration text,
    pillar text,
    line text,
    participants integer,
    participants_kind text not null,
    note text,
    title_nl text,
    title_en text,
    title_language text,
    audience_nl text,
    duration_nl text,
    note_nl text,
    contact text,
    first_day date,
    last_day date,
    calendar text,
    month text,
    year integer,
    check (regexp_full_match(title_language, '[a-z]{2}')),
    check (participants_kind in ('exact', 'about', 'at-least') = (participants is not null))
);
comment on table trainings is 'One row is one cohort in one programme and period, counted once whatever it followed; or one e-learning module. Bioschemas CourseInstance. @nl(trainingen)';
comment on column trainings.training_id is '@id @nl(training_id)';
comment on column trainings.title is 'Who was taught what. @nl(titel)';
comment on column trainings.level is '@term(level) @nl(niveau)';
comment on column trainings.discipline is 'Field of study, where stated. @term(discipline) @nl(vakgebied)';
comment on column trainings.format is '@term(training-format) @nl(vorm)';
comment on column trainings.audience is 'For whom. @nl(doelgroep)';
comment on column trainings.status is 'Counts are of held ones. @term(training-status) @nl(status)';
comment on column trainings.period is 'Calendar year, month or academic year. @period @past(held, developed) @nl(periode)';
comment on column trainings.duration is 'Length, as stated. @nl(duur)';
comment on column trainings.pillar is '@term(pillar) @nl(pijler)';
comment on column trainings.line is '@term(line) @nl(onderzoekslijn)';
comment on column trainings.participants is 'Persons in the cohort. @count @people @nl(deelnemers)';
comment on column trainings.participants_kind is 'How well that number is known. @term(quantity-kind) @rule(a number needs the kind exact, about or at-least; no number needs unknown) @nl(soort_deelnemers)';
comment on column trainings.note is 'What a reader should know. @nl(opmerking)';
comment on column trainings.title_nl is 'Its Dutch title, where the source gives one: never a translation of ours. @later @nl(titel_nl)';
comment on column trainings.title_en is 'Its English title, where the source gives one and the title is in Dutch. @later @nl(titel_en)';
comment on column trainings.title_language is 'Language of the title; without it, English. @later @rule(two small letters, such as nl or en) @nl(taal_titel)';
comment on column trainings.audience_nl is 'For whom, in Dutch; where one of the two is missing, the other is shown. @later @nl(doelgroep_nl)';
comment on column trainings.duration_nl is 'Length, in Dutch; where one of the two is missing, the other is shown. @later @nl(duur_nl)';
comment on column trainings.note_nl is 'The note in Dutch; where one of the two is missing, the other is shown. @later @nl(opmerking_nl)';
comment on column trainings.contact is 'Who can be asked what is not known of it: a person or an office. @later @nl(contactpersoon)';
comment on column trainings.first_day is 'First possible day. @derived(earliest(period)) @nl(eerste_dag)';
comment on column trainings.last_day is 'Last possible day. @derived(latest(period)) @nl(laatste_dag)';
comment on column trainings.calendar is 'calendar or academic. @derived(case when length(period) = 9 then ''academic'' else ''calendar'' end) @nl(kalender)';
comment on column trainings.month is 'Month, where the period is that precise. @derived(month_of(period)) @nl(maand)';
comment on column trainings.year is 'The year it counts in; an academic year counts in the year it ends. @derived(year(latest(period))) @nl(jaar)';

create table training_parts (
    training_id text not null references trainings (training_id),
    nr integer not null,
    kind text not null,
    title text not null,
    primary key (training_id, nr)
);
comment on table training_parts is 'What a training consisted of: one row is one lecture, module, game, workshop or topic. @nl(onderdelen_van_trainingen)';
comment on column training_parts.training_id is '@id @nl(training_id)';
comment on column training_parts.nr is 'Order, from 1. @count @from(1) @nl(nr)';
comment on column training_parts.kind is '@term(part-kind) @nl(soort)';
comment on column training_parts.title is 'Name or subject. @nl(titel)';

create table projects (
    project_id text primary key,
    title text not null,
    kind text not null,
    pillar text,
    line text,
    status text not null,
    start_date text,
    end_date text,
    reported_date text not null,
    our_role text,
    note text,
    short_title text,
    title_nl text,
    title_en text,
    title_language text,
    short_title_nl text,
    note_nl text,
    contact text,
    first_day date,
    last_day date,
    check (regexp_full_match(title_language, '[a-z]{2}')),
    check (left(end_date, least(length(end_date), length(start_date))) >= left(start_date, least(length(end_date), length(start_date))))
);
comment on table projects is 'Projects, programmes, networks and what came out of them: one row is one. OpenAIRE CERIF Project. @nl(projecten)';
comment on column projects.project_id is '@id @nl(project_id)';
comment on column projects.title is 'Name. @nl(titel)';
comment on column projects.kind is '@term(project-kind) @nl(soort)';
comment on column projects.pillar is '@term(pillar) @nl(pijler)';
comment on column projects.line is '@term(line) @nl(onderzoekslijn)';
comment on column projects.status is '@term(project-status) @nl(status)';
comment on column projects.start_date is 'Start, where stated. @date @past(running, completed) @nl(begindatum)';
comment on column projects.end_date is 'End, where stated. @date @past(completed) @rule(a project does not end before it starts) @nl(einddatum)';
comment on column projects.reported_date is 'The year in which a source last reports it: stands in for an unknown start, and for the unknown end of what no longer runs. @date @past @nl(datum_vermelding)';
comment on column projects.our_role is 'What the programme does in it. @term(our-role) @nl(onze_rol)';
comment on column projects.note is 'What a reader should know. @nl(opmerking)';
comment on column projects.short_title is 'Name on a card or beside a mark; without one, the beginning of the title. What is longer than 28 letters is cut. @later @nl(korte_titel)';
comment on column projects.title_nl is 'Its Dutch title, where the source gives one: never a translation of ours. @later @nl(titel_nl)';
comment on column projects.title_en is 'Its English title, where the source gives one and the title is in Dutch. @later @nl(titel_en)';
comment on column projects.title_language is 'Language of the title; without it, English. @later @rule(two small letters, such as nl or en) @nl(taal_titel)';
comment on column projects.short_title_nl is 'The short name in Dutch, where there is a Dutch title. @later @nl(korte_titel_nl)';
comment on column projects.note_nl is 'The note in Dutch; where one of the two is missing, the other is shown. @later @nl(opmerking_nl)';
comment on column projects.contact is 'Who can be asked what is not known of it: a person or an office. @later @nl(contactpersoon)';
comment on column projects.first_day is 'First day on which it is known to run. @derived(coalesce(earliest(start_date), least(earliest(reported_date), earliest(end_date)))) @nl(eerste_dag)';
comment on column projects.last_day is 'Last possible day; empty while it runs with an unknown end. @derived(coalesce(latest(end_date), case when status <> ''running'' then greatest(latest(reported_date), latest(start_date)) end)) @nl(laatste_dag)';

create table project_parties (
    project_id text not null references projects (project_id),
    nr integer not null,
    person_id text references people (person_id),
    organisation_id text references organisations (organisation_id),
    role text not null,
    primary key (project_id, nr),
    check ((organisation_id is null) <> (person_id is null))
);
comment on table project_parties is 'Who takes part in a project: one row is one person or organisation in one role. @nl(deelnemers_aan_projecten)';
comment on column project_parties.project_id is '@id @nl(project_id)';
comment on column project_parties.nr is 'Order, from 1. @count @from(1) @nl(nr)';
comment on column project_parties.person_id is '@id @nl(persoon_id)';
comment on column project_parties.organisation_id is '@id @rule(give a person or an organisation, one of the two) @nl(organisatie_id)';
comment on column project_parties.role is '@term(party-role) @nl(rol)';

create table funding (
    funding_id text primary key,
    title text not null,
    funder_id text references organisations (organisation_id),
    scheme text,
    recipient_organisation_id text references organisations (organisation_id),
    recipient_person_id text references people (person_id),
    our_role text not null,
    amount_eur decimal(18, 2),
    amount_kind text not null,
    date text,
    project_id text references projects (project_id),
    note text,
    note_nl text,
    contact text,
    first_day date,
    last_day date,
    month text,
    check (amount_kind in ('exact', 'about', 'at-least') = (amount_eur is not null)),
    check (amount_eur >= 0)
);
comment on table funding is 'Grants: one row is one award to one recipient. Only those with our role "recipient" are ours. OpenAIRE CERIF Funding. @nl(financiering)';
comment on column funding.funding_id is '@id @nl(financiering_id)';
comment on column funding.title is 'What the money is for. @nl(titel)';
comment on column funding.funder_id is 'Who gives it, where stated. @id @nl(financier_id)';
comment on column funding.scheme is 'Programme or instrument. @nl(regeling)';
comment on column funding.recipient_organisation_id is 'Who receives it. @id @nl(ontvanger_organisatie_id)';
comment on column funding.recipient_person_id is 'Who receives it, for a personal grant. @id @nl(ontvanger_persoon_id)';
comment on column funding.our_role is 'Recipient: the money is ours. Anything else never counts as ours. @term(our-role) @nl(onze_rol)';
comment on column funding.amount_eur is 'Euro. @amount @rule(not below zero) @nl(bedrag_eur)';
comment on column funding.amount_kind is 'How well the amount is known. @term(quantity-kind) @rule(an amount needs the kind exact, about or at-least; no amount needs unknown) @nl(soort_bedrag)';
comment on column funding.date is 'When it was granted. @date @past @nl(datum)';
comment on column funding.project_id is 'The project it pays for. @id @nl(project_id)';
comment on column funding.note is 'What a reader should know. @nl(opmerking)';
comment on column funding.note_nl is 'The note in Dutch; where one of the two is missing, the other is shown. @later @nl(opmerking_nl)';
comment on column funding.contact is 'Who can be asked what is not known of it: a person or an office. @later @nl(contactpersoon)';
comment on column funding.first_day is 'First possible day of the grant. @derived(earliest(date)) @nl(eerste_dag)';
comment on column funding.last_day is 'Last possible day of the grant. @derived(latest(date)) @nl(laatste_dag)';
comment on column funding.month is 'Month, where known. @derived(month_of(date)) @nl(maand)';

create table targets (
    target_id text primary key,
    metric text not null,
    year integer not null,
    direction text not null,
    value decimal(18, 2) not null,
    near decimal(18, 2),
    path text not null,
    decision text not null,
    owner text
);
comment on table targets is 'What leadership decided to reach: one row is one number for one year. @nl(doelen)';
comment on column targets.target_id is '@id @nl(doel_id)';
comment on column targets.metric is 'Name of the metric it is about. @one_of(events_held, events_planned, events_organised, events_home, events_abroad, events_online, events_mapped, events_unplaced, contributions, keynotes, contributions_top_two, contributors, contributors_once, countries, event_participants, series, trainings_held, training_participants, modules_developed, modules_in_development, projects, projects_planned, projects_running, projects_completed, projects_coming, results, partners, awards, funding_received, funding_elsewhere) @once(year, direction) @nl(maatstaf)';
comment on column targets.year is 'Calendar year. @count @year @nl(jaar)';
comment on column targets.direction is '@term(target-direction) @nl(richting)';
comment on column targets.value is 'The number to reach. @amount @nl(waarde)';
comment on column targets.near is 'From here on it counts as nearly reached. @amount @nl(bijna)';
comment on column targets.path is 'How it is to grow over the year. @term(target-path) @nl(verloop)';
comment on column targets.decision is 'Who decided it, where and when. @nl(besluit)';
comment on column targets.owner is 'Who answers for it. @nl(eigenaar)';

create table deviations (
    deviation_id text primary key,
    target_id text not null references targets (target_id),
    reason text not null,
    accepted_by text not null,
    from_date text not null,
    until_date text not null,
    reason_nl text,
    check (left(until_date, least(length(until_date), length(from_date))) >= left(from_date, least(length(until_date), length(from_date))))
);
comment on table deviations is 'Misses that leadership accepted for a time: one row is one decision. @nl(afwijkingen)';
comment on column deviations.deviation_id is '@id @nl(afwijking_id)';
comment on column deviations.target_id is '@id @nl(doel_id)';
comment on column deviations.reason is 'Why it is accepted. @nl(reden)';
comment on column deviations.accepted_by is 'Who accepted it. @nl(aanvaard_door)';
comment on column deviations.from_date is 'From when. @date @nl(van_datum)';
comment on column deviations.until_date is 'Until when: it expires. @date @rule(a deviation does not end before it starts) @nl(tot_datum)';
comment on column deviations.reason_nl is 'Why it is accepted, in Dutch; where one of the two is missing, the other is shown. @later @nl(reden_nl)';

create table texts (
    text_id text primary key,
    kind text not null,
    year integer not null,
    pillar text,
    title text,
    body text,
    title_nl text,
    body_nl text,
    table_name text,
    record_id text,
    source_id text not null references sources (source_id),
    sort integer not null,
    date text,
    first_day date,
    check (body is not null or body_nl is not null)
);
comment on table texts is 'Short texts that the programme writes about a year, in its own words: one row is one. Numbers in them are not typed but named in braces, such as training_participants or events_held~pillar.impact: those of the year of the text. @later @nl(teksten)';
comment on column texts.text_id is '@id @nl(tekst_id)';
comment on column texts.kind is '@term(text-kind) @nl(soort)';
comment on column texts.year is 'The year that it is about. @count @year @nl(jaar)';
comment on column texts.pillar is '@term(pillar) @nl(pijler)';
comment on column texts.title is 'Heading in English, in a few words. @nl(titel)';
comment on column texts.body is 'One to three sentences in English; empty where there are Dutch ones only. @numbers(targets.metric) @rule(a text stands in English, in Dutch or in both) @nl(tekst)';
comment on column texts.title_nl is 'Heading in Dutch; where one of the two is missing, the other is shown. @nl(titel_nl)';
comment on column texts.body_nl is 'The text in Dutch; where one of the two is missing, the other is shown. A quotation stands in its own language only. @numbers(targets.metric) @nl(tekst_nl)';
comment on column texts.table_name is 'The table of the record that it is about. @needs(record_id) @one_of(events, trainings, projects, funding, series, people, organisations) @nl(tabel)';
comment on column texts.record_id is 'The id of that record. @id @needs(table_name) @nl(record_id)';
comment on column texts.source_id is 'Where its facts are stated; a claim says under which heading. @id @nl(bron_id)';
comment on column texts.sort is 'Place among those of its kind, from 1; what weighs most comes first. @count @from(1) @nl(volgorde)';
comment on column texts.date is 'When it is to be, of what is next. @date @nl(datum)';
comment on column texts.first_day is 'First possible day. @derived(earliest(date)) @nl(eerste_dag)';
