-- Trainings and e-learning modules in scope, those with participants first.
select
    training_id, title, title_nl, title_en, title_language, level, discipline, period, status, participants, participants_kind,
    format, audience, audience_nl, duration, duration_nl, pillar, line, calendar, year, first_day, last_day, is_disputed, note, note_nl,
from scope_trainings($from_day, $period_end, $to_day, $months, $lines, $pillars, $levels, $disciplines, $formats, $words)
order by year, format = 'e-learning', participants desc nulls last, training_id
limit $limit offset $offset
