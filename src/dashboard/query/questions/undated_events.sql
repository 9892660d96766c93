-- Events in scope of the other filters that may lie in the period and are not in it, because only their month or year is known; and
-- how many there are. A month never matches a year; days never match a month or year of which they hold a part.
select event_id, title, title_nl, title_en, title_language, start_date, date_precision, status, our_role, pillar, count(*) over () as found
from scope_events(make_date(year(cast($from_day as date)), 1, 1), make_date(year(cast($to_day as date)), 12, 31), null, null, $speakers, $roles, $lines, $pillars, $kinds, $countries, $cities, $organisations, $our_roles, $event_statuses, $words)
where (status <> 'cancelled' or $event_statuses is not null)
    and case when $range_from is null
            then month is null and ($years is null or list_contains($years, year))
        else first_day <= $to_day and latest_day(first_day, start_date) >= $from_day
            and (first_day < $from_day or latest_day(first_day, start_date) > $to_day or ($months is not null and month is null))
    end
order by event_id
limit $limit
