-- Records that a source names among its highlights.
select c.table_name, c.record_id, coalesce(t.label, c.record_id) as label, t.label_nl, t.label_en, t.label_language,
    min(c.line) as line, s.title as source
from claims as c
join sources as s using (source_id)
left join search_texts as t on c.table_name = t.table_name and c.record_id = t.record_id
where regexp_matches(lower(c.section), 'highlight|hoogtepunt')
group by s.title, c.table_name, c.record_id, coalesce(t.label, c.record_id), t.label_nl, t.label_en, t.label_language
order by source, line, c.table_name, c.record_id
