-- What the sources say, in the order of their lines, with what the records are called.
select
    c.source_id, s.title as source, c.line, c.section, c.table_name, c.record_id,
    coalesce(t.label, c.record_id) as label, t.label_nl, t.label_en, t.label_language, c.field, c.stance, c.stated
from claims as c
join sources as s using (source_id)
left join search_texts as t on c.table_name = t.table_name and c.record_id = t.record_id
order by s.kind <> 'report', c.source_id, c.line nulls last, c.claim_id
limit $limit offset $offset
