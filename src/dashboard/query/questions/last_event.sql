-- The last day on which an event in the store is known to have been held.
select max(last_day) as last_day from events where date_precision = 'day' and status = 'held' and (end_date is null or length(end_date) = 10)
