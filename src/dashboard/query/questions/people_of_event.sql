-- Everybody named at one event.
select event_id, person_id, name, role, nr, talk_title
from event_people
join people using (person_id)
where event_id = $event
order by name, person_id, role, nr
