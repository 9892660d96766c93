-- Events with a word in a title that begins so: those with the very word first, and then the latest.
select distinct event_id, word = $word as exact, event_day
from title_words
where word >= $word and word < $beyond
order by exact desc, event_day desc nulls last, event_id
limit $limit
