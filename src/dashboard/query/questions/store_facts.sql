-- What a reader should know of a version: the year shown by default, which has begun, and whether its records are generated.
select
    coalesce(
        (select max(year) from events where status = 'held' and year <= year($today)),
        (select least(max(year), year($today)) from events)
    ) as default_year,
    (select count(*) from sources where kind = 'generated') > 0 as generated,
    (select max(year) from sources where kind = 'report') as reported_year,
