-- What the trainings in scope consisted of.
select training_id, parts.kind, parts.title, parts.nr
from scope_trainings($to_day, $years, $months, $lines, $pillars, $levels, $disciplines, $formats, $words)
join training_parts as parts using (training_id)
order by training_id, parts.nr
