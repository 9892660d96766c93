-- Pairs of people one of whose spellings is like one of the other's: first names equal or an initial, last words
-- alike. Only names that begin with the same letters are compared.
with
spellings as (
    select person_id, name, name as spelling from people
    union all
    select a.person_id, p.name, a.alias from person_aliases as a join people as p using (person_id)
),

folded as (
    select person_id, name, spelling, fold_words(regexp_replace(spelling, '\(.*\)', '', 'g')) as words from spellings
),

parts as (
    select
        person_id, name, spelling, string_split(words, ' ')[1] as first_name, regexp_extract(words, '[^ ]+$') as last_name,
    from folded
    where words <> ''
)

select
    'people' as table_name, a.person_id as record_id, b.person_id as other_id, any_value(a.name) as label,
    any_value(b.name) as other_label, min(concat(a.spelling, ' / ', b.spelling)) as shared,
from parts as a
join parts as b
    on left(a.first_name, 1) = left(b.first_name, 1) and left(a.last_name, 1) = left(b.last_name, 1)
        and a.person_id < b.person_id
where (
        a.first_name = b.first_name or length(a.first_name) = 1 or length(b.first_name) = 1
        or jaro_winkler_similarity(a.first_name, b.first_name) >= 0.92
    )
    and (
        a.last_name = b.last_name or jaro_winkler_similarity(a.last_name, b.last_name) >= 0.9
        or (length(a.last_name) >= 4 and damerau_levenshtein(a.last_name, b.last_name) = 1)
    )
group by a.person_id, b.person_id
order by record_id, other_id
limit $limit
