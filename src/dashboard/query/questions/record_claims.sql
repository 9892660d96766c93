-- Which source says what about some records of one table, and where.
select
    c.record_id, c.field, c.stance, c.section, c.line, c.stated,
    s.title as source, s.kind as source_kind, s.publisher,
from claims as c join sources as s using (source_id)
where c.table_name = $of_table and list_contains($record_ids, c.record_id)
order by c.record_id, c.stance = 'stated' desc, c.field, c.line, c.claim_id
