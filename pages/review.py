"""The year in review: to read, to project and to print."""

from dashboard.ui import head, parts, pictures, state
from dashboard.ui import review as page

view, content = state.shown()

head.head(view, content, lead=False)
page.compare_with(view)
parts.lead(content.lead)
if content.sections or content.pictures:
    page.numbers(view)
    pictures.drawn(view, content, "year")
    page.sections(view, content)
else:
    parts.empty(view, "events, trainings or projects")
page.footnotes(view)
