-- What came of the period: what was completed in it, what was selected, grants with a stated amount, and what a highlight is kept of.
-- The kept highlights come first, in their order; then money, what was completed, what was selected.
with
kept as (
    select table_name, record_id, title, body, title_nl, body_nl, pillar, sort
    from texts
    where kind = 'highlight' and ($years is null or list_contains($years, year))
),

found as (
    select
        'projects' as table_name, project_id as record_id, title, title_nl, title_en, title_language, short_title_nl, short_title, status, pillar, our_role,
        null as amount_eur, cast(null as varchar) as amount_kind, cast(null as boolean) as is_ours,
        coalesce(end_date, reported_date) as date, case status when 'completed' then 2 when 'selected' then 3 else 4 end as rank,
    from scope_projects(null, null, null, $speakers, $lines, $pillars, $organisations, $our_roles, $words)
    where (
            status = 'completed' and ($from_day is null or last_day between $from_day and $to_day)
            and ($range_from is null or earliest_day(last_day, coalesce(end_date, reported_date)) >= $range_from)
            and (
                $months is null
                or (length(coalesce(end_date, reported_date)) > 4 and list_contains($months, left(cast(last_day as varchar), 7)))
            )
        )
        or (status = 'selected' and ($years is null or list_contains($years, cast(left(reported_date, 4) as integer))))
        or project_id in (select record_id from kept where table_name = 'projects')
    union all
    select
        'funding' as table_name, funding_id as record_id, title, null, null, null, null, cast(null as varchar) as short_title,
        cast(null as varchar) as status, pillar, our_role, amount_eur, amount_kind, our_role = 'recipient' as is_ours, date, 1 as rank,
    from scope_funding($from_day, $to_day, $range_to, $months, $speakers, $lines, $pillars, $organisations, $our_roles, $words)
    where amount_eur is not null
)

select
    found.table_name, found.record_id, found.title, found.short_title, found.status, coalesce(found.pillar, kept.pillar) as pillar,
    found.our_role, found.amount_eur, found.amount_kind, found.is_ours, found.date,
    found.title_nl, found.title_en, found.title_language, found.short_title_nl,
    kept.title as text_title, kept.body as text_body, kept.title_nl as text_title_nl, kept.body_nl as text_body_nl,
from found left join kept on found.table_name = kept.table_name and found.record_id = kept.record_id
order by kept.sort nulls last, found.rank, found.amount_eur desc nulls last, found.title, found.record_id
limit $limit offset $offset
