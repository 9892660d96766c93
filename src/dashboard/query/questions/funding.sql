-- Funding in scope, ours first.
select
    f.funding_id, f.title, funders.name as funder, f.scheme,
    coalesce(recipients.name, people.name) as recipient, f.recipient_organisation_id, f.our_role, f.amount_eur, f.amount_kind, f.date,
    f.project_id, coalesce(projects.short_title, projects.title) as project,
    coalesce(projects.short_title_nl, projects.title_nl) as project_nl, projects.title_en as project_en, projects.title_language as project_language, f.line, f.pillar, f.is_disputed, f.note, f.note_nl,
from scope_funding($from_day, $to_day, $range_to, $months, $speakers, $lines, $pillars, $organisations, $our_roles, $words) as f
left join organisations as funders on f.funder_id = funders.organisation_id
left join organisations as recipients on f.recipient_organisation_id = recipients.organisation_id
left join people on f.recipient_person_id = people.person_id
left join projects on f.project_id = projects.project_id
order by f.our_role = 'recipient' desc, f.amount_eur desc nulls last, f.funding_id
limit $limit offset $offset
