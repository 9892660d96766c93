-- What sources say about a change against an earlier year without giving numbers, such as "doubled", of trainings in scope.
select
    t.training_id as record_id, t.title as label, t.title_nl as label_nl, t.title_en as label_en, t.title_language as label_language,
    t.participants, c.stated, c.section, c.line, s.title as source
from scope_trainings($from_day, $period_end, $to_day, $months, $lines, $pillars, $levels, $disciplines, $formats, $words) as t
join claims as c on c.record_id = t.training_id and c.table_name = 'trainings'
join sources as s using (source_id)
where regexp_matches(lower(c.stated), '\b(doubled|tripled|halved|increased|decreased|grew|more than in|fewer than in|compared|verdubbelde?|verdrievoudigde?|gehalveerd|toegenomen|afgenomen|gestegen|gedaald|gegroeid|meer dan in|minder dan in|vergeleken)\b')
order by t.title, c.line, c.claim_id
