-- The one place where filters meet rows: a table macro per table of the design's matrix.
-- An argument that is null filters nothing. from_day and to_day span the period. What is known by the month or the year only lies
-- within a year or months that name it; within chosen days, whose last is range_to, it lies where all its possible days do.

-- What a filter calls a value that no source states.
create macro stated(term) as coalesce(term, 'not-stated');

-- The last possible day of a date that is stated by the day, the month or the year, of which the first is kept.
create macro latest_day(first_day, stated_date) as
case length(stated_date) when 4 then make_date(year(first_day), 12, 31) when 7 then last_day(first_day) else first_day end;

-- The first possible day of such a date, of which the last is kept.
create macro earliest_day(last_day, stated_date) as
case length(stated_date)
    when 4 then make_date(year(last_day), 1, 1) when 7 then make_date(year(last_day), month(last_day), 1) else last_day
end;

-- Records that contain all of the words, which are folded as the texts are (questions.bind). What is not asked for must cost
-- nothing: where an argument is null, the condition inside a subquery leaves it empty, before anything is scanned; beside the
-- subquery it would be looked at afterwards.
create macro search_hits(of_table, words) as table
select record_id
from search_texts
where words is not null and table_name = of_table
    and not list_contains(list_transform(cast(words as varchar[]), lambda word: contains(content, word)), false);

-- An event belongs to the month and year in which it starts. A month never matches a date that is known
-- by the year only. Online is a mode, never a country: an online event has no place. Questions that count held events by
-- definition give no event_statuses: they are not filtered by status.
create macro scope_events(
    from_day, to_day, range_to, months, speakers, roles, lines, pillars, kinds, countries, cities, organisations, our_roles,
    event_statuses, words
) as table
select e.*, p.venue, p.city, p.city_id, p.country, p.latitude, p.longitude
from events as e
left join places as p on e.place_id = p.place_id and e.attendance_mode is distinct from 'online'
where (from_day is null or e.first_day between from_day and to_day)
    and (range_to is null or latest_day(e.first_day, e.start_date) <= range_to)
    and (months is null or list_contains(months, e.month))
    and (
        (speakers is null and roles is null)
        or e.event_id in (
            select event_id from event_people_by_day
            where (speakers is not null or roles is not null)
                and (from_day is null or event_day between from_day and to_day)
                and (speakers is null or list_contains(speakers, person_id))
                and (roles is null or list_contains(roles, role))
        )
    )
    and (lines is null or list_contains(lines, stated(e.line)))
    and (pillars is null or list_contains(pillars, stated(e.pillar)))
    and (kinds is null or list_contains(kinds, stated(e.kind)))
    and (countries is null or list_contains(countries, p.country))
    and (cities is null or list_contains(cities, p.city_id))
    and (
        organisations is null
        or e.event_id in (
            select event_id from event_parties where organisations is not null and list_contains(organisations, organisation_id)
        )
    )
    and (our_roles is null or list_contains(our_roles, stated(e.our_role)))
    and (event_statuses is null or list_contains(event_statuses, e.status))
    and (words is null or e.event_id in (select record_id from search_hits('events', words)));

-- Contributions of the chosen people in the chosen roles at the events in scope.
create macro scope_contributions(
    from_day, to_day, range_to, months, speakers, roles, lines, pillars, kinds, countries, cities, organisations, our_roles,
    event_statuses, words
) as table
select e.*, ep.person_id, ep.role, ep.nr, ep.talk_title, people.name
from scope_events(from_day, to_day, range_to, months, speakers, roles, lines, pillars, kinds, countries, cities, organisations, our_roles, event_statuses, words) as e
join event_people_by_day as ep using (event_id)
join people using (person_id)
where (from_day is null or ep.event_day between from_day and to_day)
    and (speakers is null or list_contains(speakers, ep.person_id))
    and (roles is null or list_contains(roles, ep.role));

-- People are filtered through their events, and by their own texts; with no filter on events, all are there.
create macro scope_people(
    from_day, to_day, range_to, months, speakers, roles, lines, pillars, kinds, countries, cities, organisations, our_roles,
    event_statuses, words
) as table
select *
from people
where (speakers is null or list_contains(speakers, person_id))
    and (words is null or person_id in (select record_id from search_hits('people', words)))
    and (
        (
            from_day is null and roles is null and lines is null and pillars is null
            and kinds is null and countries is null and cities is null and organisations is null and our_roles is null
            and event_statuses is null
        )
        or person_id in (
            select person_id
            from scope_contributions(
                from_day, to_day, range_to, months, speakers, roles, lines, pillars, kinds, countries, cities, organisations, our_roles, event_statuses, null
            )
            where from_day is not null or roles is not null or lines is not null or pillars is not null
                or kinds is not null or countries is not null or cities is not null or organisations is not null
                or our_roles is not null or event_statuses is not null
        )
    );

-- A series is reported for a year: a month chooses its year, and days do that hold all of it.
create macro scope_series(years, lines, pillars, kinds, organisations, our_roles, words) as table
select *
from series
where (years is null or list_contains(years, cast(left(reported_date, 4) as integer)))
    and (lines is null or list_contains(lines, stated(line)))
    and (pillars is null or list_contains(pillars, stated(pillar)))
    and (kinds is null or list_contains(kinds, stated(kind)))
    and (
        organisations is null
        or series_id in (
            select series_id from series_parties where organisations is not null and list_contains(organisations, organisation_id)
        )
    )
    and (our_roles is null or list_contains(our_roles, stated(our_role)))
    and (words is null or series_id in (select record_id from search_hits('series', words)));

-- A training counts where its period ends, so that an academic year counts once. Of a year that is looked at up to a day before
-- period_end, those whose period has begun by then. Nothing tells which organisations are behind one.
create macro scope_trainings(
    from_day, period_end, to_day, months, lines, pillars, levels, disciplines, formats, words
) as table
select
    t.*,
    training_id in (select record_id from disputed('trainings', 'participants')) as is_disputed,
from trainings as t
where (from_day is null or t.last_day between from_day and period_end)
    and (to_day is null or t.first_day <= to_day)
    and (months is null or list_contains(months, t.month))
    and (lines is null or list_contains(lines, stated(t.line)))
    and (pillars is null or list_contains(pillars, stated(t.pillar)))
    and (levels is null or list_contains(levels, stated(t.level)))
    and (disciplines is null or list_contains(disciplines, stated(t.discipline)))
    and (formats is null or list_contains(formats, stated(t.format)))
    and (words is null or t.training_id in (select record_id from search_hits('trainings', words)));

-- A project is in scope when it runs on a day of the period.
create macro scope_projects(from_day, to_day, months, speakers, lines, pillars, organisations, our_roles, words) as table
select *
from projects as p
where (from_day is null or (p.first_day <= to_day and (p.last_day is null or p.last_day >= from_day)))
    and (
        months is null
        or exists (
            select 1 from unnest(cast(months as varchar[])) as m (month)
            where p.first_day <= last_day(cast(m.month || '-01' as date))
                and (p.last_day is null or p.last_day >= cast(m.month || '-01' as date))
        )
    )
    and (
        speakers is null
        or p.project_id in (select project_id from project_parties where list_contains(speakers, person_id))
    )
    and (lines is null or list_contains(lines, stated(p.line)))
    and (pillars is null or list_contains(pillars, stated(p.pillar)))
    and (
        organisations is null
        or p.project_id in (
            select project_id from project_parties where organisations is not null and list_contains(organisations, organisation_id)
        )
    )
    and (our_roles is null or list_contains(our_roles, stated(p.our_role)))
    and (words is null or p.project_id in (select record_id from search_hits('projects', words)));

-- Funding goes by its date; without one, by the project that it pays for.
create macro scope_funding(
    from_day, to_day, range_to, months, speakers, lines, pillars, organisations, our_roles, words
) as table
select
    f.*,
    p.line,
    p.pillar,
    f.funding_id in (select record_id from disputed('funding', 'amount_eur')) as is_disputed,
from funding as f left join projects as p using (project_id)
where (
        from_day is null
        or (f.first_day between from_day and to_day and (range_to is null or latest_day(f.first_day, f.date) <= range_to))
        or (f.date is null and p.first_day <= to_day and (p.last_day is null or p.last_day >= from_day))
    )
    and (months is null or list_contains(months, f.month))
    and (
        speakers is null
        or list_contains(speakers, f.recipient_person_id)
        or f.project_id in (select project_id from project_parties where list_contains(speakers, person_id))
    )
    and (lines is null or list_contains(lines, stated(p.line)))
    and (pillars is null or list_contains(pillars, stated(p.pillar)))
    and (
        organisations is null
        or list_contains(organisations, f.funder_id)
        or list_contains(organisations, f.recipient_organisation_id)
        or f.project_id in (
            select project_id from project_parties where organisations is not null and list_contains(organisations, organisation_id)
        )
    )
    and (our_roles is null or list_contains(our_roles, stated(f.our_role)))
    and (words is null or f.funding_id in (select record_id from search_hits('funding', words)));

-- Records about whose field a source says something else.
create macro disputed(of_table, of_field) as table
select record_id from claims where table_name = of_table and field = of_field and stance = 'differs';

-- Kinds of project that came out of the work, and are not work that runs.
create macro is_output(kind) as kind in ('dataset', 'publication', 'product', 'policy');

-- Organisations that are partner or co-organiser of a project, a held event or a series in scope; of the chosen ones, themselves.
-- In which months a series was held is not known, so that its partners are in no month.
create macro scope_partners(
    from_day, to_day, range_to, years, months, lines, pillars, organisations, our_roles, words
) as table
select organisation_id
from scope_projects(from_day, to_day, months, null, lines, pillars, organisations, our_roles, words) as p
join project_parties as parties using (project_id)
where parties.role in ('partner', 'co-organiser') and organisation_id is not null
    and p.status in ('selected', 'running', 'completed')
    and (organisations is null or list_contains(organisations, organisation_id))
union
select organisation_id
from scope_events(from_day, to_day, range_to, months, null, null, lines, pillars, null, null, null, organisations, our_roles, null, words) as e
join event_parties as parties using (event_id)
where parties.role in ('partner', 'co-organiser') and e.status = 'held'
    and (organisations is null or list_contains(organisations, organisation_id))
union
select organisation_id
from scope_series(years, lines, pillars, null, organisations, our_roles, words)
join series_parties as parties using (series_id)
where parties.role in ('partner', 'co-organiser') and months is null
    and (organisations is null or list_contains(organisations, organisation_id));
