"""Whom did we train? Participation, what was taught, e-learning, and the year before."""

from dashboard.charts.trainings import DIMENSIONS
from dashboard.ui import head, parts, pictures, state, tables
from dashboard.ui import trainings as page

view, content = state.shown()

head.head(view, content)
parts.cards(view, content.numbers)
if content.pictures:
    parts.choose("by", "Participants by", DIMENSIONS)
    pictures.drawn(view, content, "participation")
    page.year_before(content.sections)
    page.modules(content.sections)
    tables.sheet(view, content.sheet("trainings"))
else:
    parts.empty(view, "trainings")
