-- The same as scope.sql for Spark: where filters meet rows. Tests give both the same rows (tests/spark/); why each rule is
-- as it is stands in scope.sql. Spark refuses such a table function when a subquery in it names a parameter, so that
-- query/spark_sql.py puts its body in place of every call, as DuckDB does with a macro. The functions of single values
-- are made in each session.

create temporary function stated(term string) returns string
return coalesce(term, 'not-stated');

create temporary function latest_day(first_day date, stated_date string) returns date
return case length(stated_date)
    when 4 then make_date(year(first_day), 12, 31) when 7 then last_day(first_day) else first_day
end;

create temporary function earliest_day(last_day date, stated_date string) returns date
return case length(stated_date)
    when 4 then make_date(year(last_day), 1, 1) when 7 then make_date(year(last_day), month(last_day), 1) else last_day
end;

create temporary function is_output(kind string) returns boolean
return kind in ('dataset', 'publication', 'product', 'policy');

create temporary function fold_words(words string) returns string
return trim(regexp_replace(fold(words), '[^\\p{L}\\p{N}]+', ' '));

create temporary function search_hits(of_table string, words array<string>) returns table
return select record_id
from search_texts
where table_name = of_table
    and forall(words, word -> contains(content, word));

create temporary function disputed(of_table string, of_field string) returns table
return select record_id from claims where table_name = of_table and field = of_field and stance = 'differs';

create temporary function scope_events(
    from_day date, to_day date, range_to date, months array<string>, speakers array<string>, roles array<string>,
    lines array<string>, pillars array<string>, kinds array<string>, countries array<string>, cities array<string>,
    organisations array<string>, our_roles array<string>, event_statuses array<string>, words array<string>
) returns table
return select e.*, p.venue, p.city, p.city_id, p.country, p.latitude, p.longitude
from events as e
left join places as p on e.place_id = p.place_id and e.attendance_mode is distinct from 'online'
where (from_day is null or e.first_day between from_day and to_day)
    and (range_to is null or latest_day(e.first_day, e.start_date) <= range_to)
    and (months is null or array_contains(months, e.month))
    and (
        (speakers is null and roles is null)
        or e.event_id in (
            select event_id from event_people_by_day
            where (from_day is null or event_day between from_day and to_day)
                and (speakers is null or array_contains(speakers, person_id))
                and (roles is null or array_contains(roles, role))
        )
    )
    and (lines is null or array_contains(lines, stated(e.line)))
    and (pillars is null or array_contains(pillars, stated(e.pillar)))
    and (kinds is null or array_contains(kinds, stated(e.kind)))
    and (countries is null or array_contains(countries, p.country))
    and (cities is null or array_contains(cities, p.city_id))
    and (
        organisations is null
        or e.event_id in (
            select event_id from event_parties where array_contains(organisations, organisation_id)
        )
    )
    and (our_roles is null or array_contains(our_roles, stated(e.our_role)))
    and (event_statuses is null or array_contains(event_statuses, e.status))
    and (words is null or e.event_id in (select record_id from search_hits('events', words)));

create temporary function scope_contributions(
    from_day date, to_day date, range_to date, months array<string>, speakers array<string>, roles array<string>,
    lines array<string>, pillars array<string>, kinds array<string>, countries array<string>, cities array<string>,
    organisations array<string>, our_roles array<string>, event_statuses array<string>, words array<string>
) returns table
return select e.*, ep.person_id, ep.role, ep.nr, ep.talk_title, people.name
from scope_events(from_day, to_day, range_to, months, speakers, roles, lines, pillars, kinds, countries, cities, organisations, our_roles, event_statuses, words) as e
join event_people_by_day as ep using (event_id)
join people using (person_id)
where (from_day is null or ep.event_day between from_day and to_day)
    and (speakers is null or array_contains(speakers, ep.person_id))
    and (roles is null or array_contains(roles, ep.role));

create temporary function scope_people(
    from_day date, to_day date, range_to date, months array<string>, speakers array<string>, roles array<string>,
    lines array<string>, pillars array<string>, kinds array<string>, countries array<string>, cities array<string>,
    organisations array<string>, our_roles array<string>, event_statuses array<string>, words array<string>
) returns table
return select *
from people
where (speakers is null or array_contains(speakers, person_id))
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
        )
    );

create temporary function scope_series(
    years array<int>, lines array<string>, pillars array<string>, kinds array<string>, organisations array<string>,
    our_roles array<string>, words array<string>
) returns table
return select *
from series
where (years is null or array_contains(years, cast(left(reported_date, 4) as int)))
    and (lines is null or array_contains(lines, stated(line)))
    and (pillars is null or array_contains(pillars, stated(pillar)))
    and (kinds is null or array_contains(kinds, stated(kind)))
    and (
        organisations is null
        or series_id in (
            select series_id from series_parties where array_contains(organisations, organisation_id)
        )
    )
    and (our_roles is null or array_contains(our_roles, stated(our_role)))
    and (words is null or series_id in (select record_id from search_hits('series', words)));

create temporary function scope_trainings(
    from_day date, period_end date, to_day date, months array<string>, lines array<string>, pillars array<string>,
    levels array<string>, disciplines array<string>, formats array<string>, words array<string>
) returns table
return select
    t.*,
    t.training_id in (select record_id from disputed('trainings', 'participants')) as is_disputed
from trainings as t
where (from_day is null or t.last_day between from_day and period_end)
    and (to_day is null or t.first_day <= to_day)
    and (months is null or array_contains(months, t.month))
    and (lines is null or array_contains(lines, stated(t.line)))
    and (pillars is null or array_contains(pillars, stated(t.pillar)))
    and (levels is null or array_contains(levels, stated(t.level)))
    and (disciplines is null or array_contains(disciplines, stated(t.discipline)))
    and (formats is null or array_contains(formats, stated(t.format)))
    and (words is null or t.training_id in (select record_id from search_hits('trainings', words)));

create temporary function scope_projects(
    from_day date, to_day date, months array<string>, speakers array<string>, lines array<string>,
    pillars array<string>, organisations array<string>, our_roles array<string>, words array<string>
) returns table
return select *
from projects as p
where (from_day is null or (p.first_day <= to_day and (p.last_day is null or p.last_day >= from_day)))
    and (
        months is null
        or exists(
            months,
            month -> p.first_day <= last_day(cast(month || '-01' as date))
                and (p.last_day is null or p.last_day >= cast(month || '-01' as date))
        )
    )
    and (
        speakers is null
        or p.project_id in (select project_id from project_parties where array_contains(speakers, person_id))
    )
    and (lines is null or array_contains(lines, stated(p.line)))
    and (pillars is null or array_contains(pillars, stated(p.pillar)))
    and (
        organisations is null
        or p.project_id in (
            select project_id from project_parties where array_contains(organisations, organisation_id)
        )
    )
    and (our_roles is null or array_contains(our_roles, stated(p.our_role)))
    and (words is null or p.project_id in (select record_id from search_hits('projects', words)));

create temporary function scope_funding(
    from_day date, to_day date, range_to date, months array<string>, speakers array<string>, lines array<string>,
    pillars array<string>, organisations array<string>, our_roles array<string>, words array<string>
) returns table
return select
    f.*,
    p.line,
    p.pillar,
    f.funding_id in (select record_id from disputed('funding', 'amount_eur')) as is_disputed
from funding as f left join projects as p on f.project_id = p.project_id
where (
        from_day is null
        or (f.first_day between from_day and to_day and (range_to is null or latest_day(f.first_day, f.date) <= range_to))
        or (f.date is null and p.first_day <= to_day and (p.last_day is null or p.last_day >= from_day))
    )
    and (months is null or array_contains(months, f.month))
    and (
        speakers is null
        or array_contains(speakers, f.recipient_person_id)
        or f.project_id in (select project_id from project_parties where array_contains(speakers, person_id))
    )
    and (lines is null or array_contains(lines, stated(p.line)))
    and (pillars is null or array_contains(pillars, stated(p.pillar)))
    and (
        organisations is null
        or array_contains(organisations, f.funder_id)
        or array_contains(organisations, f.recipient_organisation_id)
        or f.project_id in (
            select project_id from project_parties where array_contains(organisations, organisation_id)
        )
    )
    and (our_roles is null or array_contains(our_roles, stated(f.our_role)))
    and (words is null or f.funding_id in (select record_id from search_hits('funding', words)));

create temporary function scope_partners(
    from_day date, to_day date, range_to date, years array<int>, months array<string>, lines array<string>,
    pillars array<string>, organisations array<string>, our_roles array<string>, words array<string>
) returns table
return select organisation_id
from scope_projects(from_day, to_day, months, null, lines, pillars, organisations, our_roles, words) as p
join project_parties as parties using (project_id)
where parties.role in ('partner', 'co-organiser') and organisation_id is not null
    and p.status in ('selected', 'running', 'completed')
    and (organisations is null or array_contains(organisations, organisation_id))
union
select organisation_id
from scope_events(from_day, to_day, range_to, months, null, null, lines, pillars, null, null, null, organisations, our_roles, null, words) as e
join event_parties as parties using (event_id)
where parties.role in ('partner', 'co-organiser') and e.status = 'held'
    and (organisations is null or array_contains(organisations, organisation_id))
union
select organisation_id
from scope_series(years, lines, pillars, null, organisations, our_roles, words)
join series_parties as parties using (series_id)
where parties.role in ('partner', 'co-organiser') and months is null
    and (organisations is null or array_contains(organisations, organisation_id));

-- What DuckDB has and Spark has not; fold is made of DuckDB's own table (query/spark.py). DuckDB compares bytes,
-- so that a letter beyond ASCII counts as two: octets gives a text of one letter a byte.
create temporary function octets(words string) returns string
return decode(encode(words, 'UTF-8'), 'ISO-8859-1');

-- Spark's own jaro_winkler_similarity counts half a swap and adds for an equal beginning whatever the rest. Letters of a are
-- matched with the first equal one of b that is near enough and not taken; then those that stand in another order are counted.
-- Each of the tenths (Winkler's) adds a tenth of what is missing, above 0.7.
create temporary function letters_alike(a string, b string, tenths int) returns double
return case
    when a = '' or b = '' then 0D
    when a = b then 1D
    else element_at(transform(
        array(aggregate(
            sequence(1, length(a)),
            named_struct('taken', cast(array() as array<int>), 'letters', cast(array() as array<string>)),
            (found, i) -> element_at(transform(
                array(get(filter(
                    sequence(1, length(b)),
                    j -> abs(i - j) <= greatest(greatest(length(a), length(b)) div 2 - 1, 0)
                        and substr(b, j, 1) = substr(a, i, 1) and not array_contains(found.taken, j)
                ), 0)),
                j -> if(j is null, found, named_struct(
                    'taken', concat(found.taken, array(j)), 'letters', concat(found.letters, array(substr(a, i, 1)))
                ))
            ), 1),
            found -> if(size(found.taken) = 0, 0D, (
                size(found.taken) / length(a) + size(found.taken) / length(b) + 1
                - (size(filter(
                    zip_with(found.letters, array_sort(found.taken), (letter, j) -> letter <> substr(b, j, 1)), differs -> differs
                )) div 2) / size(found.taken)
            ) / 3)
        )),
        likeness -> if(likeness > 0.7, likeness + tenths * 0.1D * (1 - likeness), likeness)
    ), 1)
end;

create temporary function jaro_similarity(a string, b string) returns double
return letters_alike(octets(a), octets(b), 0);

-- How many of the first four letters are equal.
create temporary function begin_alike(a string, b string) returns int
return case
    when length(a) >= 4 and left(a, 4) = left(b, 4) then 4
    when length(a) >= 3 and left(a, 3) = left(b, 3) then 3
    when length(a) >= 2 and left(a, 2) = left(b, 2) then 2
    when left(a, 1) = left(b, 1) then 1
    else 0
end;

create temporary function winkler_similarity(a string, b string) returns double
return letters_alike(octets(a), octets(b), begin_alike(octets(a), octets(b)));

-- Letters to add, take away, change or swap with what stands between. Row i of the table holds the distances of the first i
-- letters of a from the beginnings of b; a swap goes back to before the last place where each of the two letters stood.
create temporary function letters_apart(a string, b string) returns int
return case
    when levenshtein(a, b) <= 1 or a = '' or b = '' then levenshtein(a, b)
    else element_at(element_at(aggregate(
        sequence(1, length(a)),
        array(sequence(0, length(b))),
        (above, i) -> concat(above, array(aggregate(
            sequence(1, length(b)),
            array(i),
            (beside, j) -> concat(beside, array(least(
                above[i - 1][j] + 1,
                beside[j - 1] + 1,
                above[i - 1][j - 1] + if(substr(a, i, 1) = substr(b, j, 1), 0, 1),
                if(
                    locate(substr(b, j, 1), reverse(left(a, i - 1))) > 0 and locate(substr(a, i, 1), reverse(left(b, j - 1))) > 0,
                    above[i - 1 - locate(substr(b, j, 1), reverse(left(a, i - 1)))][j - 1 - locate(substr(a, i, 1), reverse(left(b, j - 1)))]
                    + locate(substr(b, j, 1), reverse(left(a, i - 1))) + locate(substr(a, i, 1), reverse(left(b, j - 1))) - 1,
                    length(a) + length(b)
                )
            )))
        )))
    ), -1), -1)
end;

create temporary function damerau_levenshtein(a string, b string) returns int
return letters_apart(octets(a), octets(b));
