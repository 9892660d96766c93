-- Every letter that strip_accents changes, with the one that it becomes; those that it takes away come last.
with
codes as (
    select unnest(range(1, 55296)) as code
    union all
    select unnest(range(57344, 1114112))  -- what lies between are halves of letters
),

letters as (select chr(cast(code as integer)) as letter from codes)

select letter, strip_accents(letter) as plain
from letters
where letter <> strip_accents(letter)
order by plain = '', letter
