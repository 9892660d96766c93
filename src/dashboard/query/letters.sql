-- Every letter that fold changes, with what it becomes: those that become one letter come first, then those that it takes
-- away, then those that become several. What is not asked has neither case nor accents: halves of letters, and most of
-- what stands beyond the first two planes.
with
codes as (
    select unnest(range(1, 55296)) as code
    union all
    select unnest(range(57344, 131072))
    union all
    select unnest(range(194560, 195104))
),

letters as (select chr(cast(code as integer)) as letter from codes),

folded as materialized (select letter, fold(letter) as plain from letters)

select letter, plain
from folded
where letter <> plain
order by case length(plain) when 1 then 1 when 0 then 2 else 3 end, letter
