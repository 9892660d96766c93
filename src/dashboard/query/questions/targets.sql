-- Targets of the chosen years.
select target_id, metric, year, direction, value, near, path, decision, owner
from targets
where $years is null or list_contains($years, year)
order by year, metric, target_id
