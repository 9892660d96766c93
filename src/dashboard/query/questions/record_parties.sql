-- What one organisation takes part in, or a person beside events, whatever the filters: one row is one record in one role.
select r.table_name, r.record_id, r.label, r.label_nl, r.label_en, r.label_language, r.role, r.date
from (
    select 'projects' as table_name, p.project_id as record_id, p.title as label,
        p.title_nl as label_nl, p.title_en as label_en, p.title_language as label_language, parties.role, coalesce(p.start_date, p.end_date) as date
    from project_parties as parties join projects as p using (project_id)
    where parties.organisation_id = $party or parties.person_id = $party
    union all
    select 'events', e.event_id, e.title, e.title_nl, e.title_en, e.title_language, parties.role, e.start_date
    from event_parties as parties join events as e using (event_id)
    where parties.organisation_id = $party
    union all
    select 'series', s.series_id, s.title, null, null, null, parties.role, s.reported_date
    from series_parties as parties join series as s using (series_id)
    where parties.organisation_id = $party
    union all
    select 'funding', funding_id, title, null, null, null, 'funder', date from funding where funder_id = $party
    union all
    select 'funding', funding_id, title, null, null, null, 'recipient', date from funding
    where recipient_organisation_id = $party or recipient_person_id = $party
) as r
order by r.table_name, r.date, r.label, r.record_id, r.role
