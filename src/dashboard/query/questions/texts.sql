-- Texts that the programme keeps about the chosen years and pillars, by kind in their order.
select text_id, kind, year, pillar, title, body, title_nl, body_nl, table_name, record_id, source_id, sort, date
from texts
where ($years is null or list_contains($years, year)) and ($pillars is null or list_contains($pillars, stated(pillar)))
order by year, kind, sort, text_id
