"""Who carries the programme?"""

from dashboard.charts.people import DIMENSIONS
from dashboard.ui import head, parts, pictures, state, tables

view, content = state.shown()

head.head(view, content)
parts.cards(view, content.numbers)
if content.pictures:
    pictures.drawn(view, content, "by-person")
    parts.choose("by", "Contributions by", DIMENSIONS)
    pictures.drawn(view, content, "contributions")
else:
    parts.empty(view, "contributions")
tables.sheet(view, content.sheet("people"))
