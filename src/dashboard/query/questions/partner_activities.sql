-- What each partner or co-organiser takes part in: projects, held events and series in scope, as scope_partners counts them.
select a.organisation_id, o.name, a.role, a.table_name, a.record_id, a.title, a.title_nl, a.title_en, a.title_language, a.short_title_nl, a.short_title, a.pillar
from (
    select parties.organisation_id, parties.role, 'projects' as table_name, p.project_id as record_id, p.title,
        p.title_nl, p.title_en, p.title_language, p.short_title_nl, p.short_title, p.pillar
    from scope_projects($from_day, $to_day, $months, null, $lines, $pillars, $organisations, $our_roles, $words) as p
    join project_parties as parties using (project_id)
    where parties.organisation_id is not null and p.status in ('selected', 'running', 'completed')
    union all
    select parties.organisation_id, parties.role, 'events', e.event_id, e.title,
        e.title_nl, e.title_en, e.title_language, e.short_title_nl, e.short_title, e.pillar
    from scope_events($from_day, $to_day, $range_to, $months, null, null, $lines, $pillars, null, null, null, $organisations, $our_roles, null, $words) as e
    join event_parties as parties using (event_id)
    where e.status = 'held'
    union all
    select parties.organisation_id, parties.role, 'series', s.series_id, s.title, null, null, null, null, null, s.pillar
    from scope_series($years, $lines, $pillars, null, $organisations, $our_roles, $words) as s
    join series_parties as parties using (series_id)
    where $months is null
) as a
join organisations as o using (organisation_id)
where a.role in ('partner', 'co-organiser') and ($organisations is null or list_contains($organisations, a.organisation_id))
order by o.name, a.organisation_id, a.table_name, a.title, a.record_id
