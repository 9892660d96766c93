-- Pairs of organisations one of whose names is like one of the other's: the same but for at most two letters, or
-- the beginning of it. Short forms have to be the same.
with
names as (
    select organisation_id, name as label, name from organisations
    union all
    select organisation_id, name, unnest(string_split(other_names, ';')) from organisations
),

folded as (
    select organisation_id, label, fold_words(regexp_replace(name, '\(.*\)', '', 'g')) as words,
    from names
)

select
    'organisations' as table_name, a.organisation_id as record_id, b.organisation_id as other_id,
    any_value(a.label) as label, any_value(b.label) as other_label, min(concat(a.words, ' / ', b.words)) as shared,
from folded as a
join folded as b on left(a.words, 1) = left(b.words, 1) and a.organisation_id < b.organisation_id
where a.words <> ''
    and (
        a.words = b.words
        or (length(a.words) > 8 and length(b.words) > 8 and damerau_levenshtein(a.words, b.words) <= 2)
        or (length(a.words) > 8 and starts_with(b.words, a.words || ' '))
        or (length(b.words) > 8 and starts_with(a.words, b.words || ' '))
    )
group by a.organisation_id, b.organisation_id
order by record_id, other_id
limit $limit
