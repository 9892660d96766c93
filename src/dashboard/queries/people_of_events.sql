-- Everybody named at some events, which are given by their ids.
select event_id, person_id, name, role, nr, talk_title
from event_people
join people using (person_id)
where event_id in (select unnest(cast($events as varchar[])))
order by event_id, name, person_id, role, nr
