-- Events with a word in a title that begins so, once for each such word: those with the very word first, then the latest.
select event_id, word = $word as exact, event_day
from title_words
where word >= $word and word < $beyond
order by exact desc, event_day desc nulls last, event_id
limit $limit
