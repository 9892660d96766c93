-- What some events are called, and when and where they were; the latest first.
select
    event_id, title, title_nl, title_en, title_language, short_title, short_title_nl, host_event, start_date, end_date, attendance_mode,
    venue, city, country, first_day,
from events
left join places using (place_id)
where event_id in (select unnest(cast($ids as varchar[])))
order by first_day desc nulls last, event_id
