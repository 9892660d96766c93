-- Of the words that occur in no text, the nearest words of the vocabulary: at most three, all at the same distance.
with
typed as (
    select word, fold(word) as folded from unnest($words) as w (word)
),

unheard as (
    select word, folded, case when length(folded) <= 5 then 1 else 2 end as tolerance
    from typed
    where length(folded) >= 3
        and not exists (select 1 from search_words as known where contains(known.word, typed.folded))
        and not exists (select 1 from search_texts where contains(content, typed.folded))
),

alike as (
    select
        unheard.word, known.word as nearest, known.occurrences, unheard.folded, unheard.tolerance,
        levenshtein(unheard.folded, known.word) as letters,
        jaro_winkler_similarity(unheard.folded, known.word) as likeness,
    from unheard cross join search_words as known
),

-- Swapped letters count as two without swaps, so that nothing near is left out here; the exact distance takes long.
compared as (
    select *, damerau_levenshtein(folded, nearest) as distance
    from alike
    where letters <= 2 * tolerance or (length(folded) > 5 and likeness >= 0.9)
),

near as (
    select
        word, nearest,
        rank() over (partition by word order by distance) as best,
        row_number() over (partition by word order by distance, occurrences desc, likeness desc, nearest) as place,
    from compared
    where distance <= tolerance or (length(folded) > 5 and likeness >= 0.9)
)

select word, nearest
from near
where best = 1 and place <= 3
order by word, place
