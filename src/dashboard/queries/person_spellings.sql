-- Every spelling of every name, the shown one first.
select person_id, name as spelling, 0 as place from people
union all
select person_id, alias, 1 from person_aliases
order by person_id, place, spelling
