-- What the trainings in scope consisted of: of all, or of some that are given by their ids.
select training_id, parts.kind, parts.title, parts.nr
from scope_trainings($from_day, $period_end, $to_day, $months, $lines, $pillars, $levels, $disciplines, $formats, $words)
join training_parts as parts using (training_id)
where $ids is null or training_id in (select unnest(cast($ids as varchar[])))
order by training_id, parts.nr
