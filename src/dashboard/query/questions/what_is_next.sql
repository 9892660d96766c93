-- What is next from a day on: planned events, planned and selected projects, e-learning in development, and kept texts of what is
-- next about anything else. By date; what has none comes last. Texts tell of the programme: of a person, a place or a word that is
-- chosen they tell nothing, unless what they are about is found.
with
kept as (
    select text_id, table_name, record_id, title, body, title_nl, body_nl, pillar, sort, date, first_day
    from texts
    where kind = 'next' and ($years is null or list_contains($years, year)) and ($pillars is null or list_contains($pillars, stated(pillar)))
),

found as (
    select
        'events' as table_name, event_id as record_id, title, title_nl, title_en, title_language, short_title_nl, short_title, status, pillar, our_role, start_date, end_date,
        first_day, venue, city, city_id, country, attendance_mode,
    from scope_events(null, null, null, null, $speakers, $roles, $lines, $pillars, $kinds, $countries, $cities, $organisations, $our_roles, null, $words)
    where status = 'planned' and last_day >= $today
    union all
    select
        'projects' as table_name, project_id as record_id, title, title_nl, title_en, title_language, short_title_nl, short_title, status, pillar, our_role, start_date, end_date,
        case when start_date is not null then first_day end as first_day, cast(null as varchar) as venue, cast(null as varchar) as city,
        cast(null as varchar) as city_id, cast(null as varchar) as country, cast(null as varchar) as attendance_mode,
    from scope_projects(null, null, null, $speakers, $lines, $pillars, $organisations, $our_roles, $words)
    where status = 'selected' or (status = 'planned' and (end_date is null or last_day >= $today))
    union all
    select
        'trainings' as table_name, training_id as record_id, title, title_nl, title_en, title_language, null, cast(null as varchar) as short_title, status, pillar,
        cast(null as varchar) as our_role, cast(null as varchar) as start_date, cast(null as varchar) as end_date,
        cast(null as date) as first_day, cast(null as varchar) as venue, cast(null as varchar) as city,
        cast(null as varchar) as city_id, cast(null as varchar) as country, cast(null as varchar) as attendance_mode,
    from scope_trainings(null, null, null, null, $lines, $pillars, $levels, $disciplines, $formats, $words)
    where status = 'in-development'
)

select
    found.table_name, found.record_id, found.title, found.short_title, found.status, found.pillar, found.our_role,
    found.start_date, found.end_date, found.first_day, found.venue, found.city, found.city_id, found.country, found.attendance_mode,
    kept.title as text_title, kept.body as text_body, kept.title_nl as text_title_nl, kept.body_nl as text_body_nl, kept.sort,
    found.title_nl, found.title_en, found.title_language, found.short_title_nl,
from found left join kept on found.table_name = kept.table_name and found.record_id = kept.record_id
union all
select
    kept.table_name, kept.record_id, kept.title, null, null, kept.pillar, null, kept.date, null, kept.first_day, null, null, null, null, null,
    kept.title, kept.body, kept.title_nl, kept.body_nl, kept.sort, kept.title_nl, null, null, null,
from kept left join found on kept.table_name = found.table_name and kept.record_id = found.record_id
where
    found.record_id is null
    and $speakers is null and $roles is null and $lines is null and $kinds is null and $countries is null and $cities is null
    and $organisations is null and $our_roles is null and $levels is null and $disciplines is null and $formats is null and $words is null
order by first_day nulls last, sort nulls last, title, record_id
limit $limit
