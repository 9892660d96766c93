-- Events at a place or of a series, in order of time, with how many there are.
select
    event_id, title, title_nl, title_en, title_language, date_precision, start_date, coalesce(end_date, start_date) as end_date, first_day, last_day, month, year,
    count(*) over () as found,
from events
where place_id = $record or series_id = $record
order by year, date_precision in ('year', 'unknown'), first_day, last_day, event_id
limit $limit
