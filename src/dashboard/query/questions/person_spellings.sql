-- Every spelling of every name, or of some people's who are given by their ids; the shown one first.
select person_id, spelling, place
from (
    select person_id, name as spelling, 0 as place from people
    union all
    select person_id, alias, 1 from person_aliases
) as spellings
where $ids is null or person_id in (select unnest(cast($ids as varchar[])))
order by person_id, place, spelling
