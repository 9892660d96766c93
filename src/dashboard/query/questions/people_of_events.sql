-- Everybody named at some events, which are given by their ids and the days between which they begin.
select event_id, person_id, name, role, nr, talk_title
from event_people_by_day
join people using (person_id)
where event_id in (select unnest(cast($events as varchar[])))
    and (event_day is null or event_day between $first and $last)
order by event_id, name, person_id, role, nr
