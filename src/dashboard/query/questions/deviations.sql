-- Misses that leadership accepted for a time, each with its first and last possible day.
select
    deviation_id, target_id, reason, reason_nl, accepted_by, from_date, until_date,
    cast(from_date || substr('0000-01-01', length(from_date) + 1) as date) as first_day,
    case length(until_date)
        when 4 then make_date(cast(until_date as integer), 12, 31)
        when 7 then last_day(cast(until_date || '-01' as date))
        else cast(until_date as date)
    end as last_day,
from deviations
order by target_id, first_day, last_day, deviation_id
