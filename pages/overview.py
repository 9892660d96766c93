"""Are we on course? KPI cards, the year at a glance, what is next."""

from dashboard.ui import head, parts, pictures, state, targets
from dashboard.ui import overview as page

view, content = state.shown()

head.head(view, content)
page.cards(view, content)
targets.section(view)
if content.pictures:
    pictures.drawn(view, content, "at-a-glance")
    page.undated(content.sections)
else:
    parts.empty(view, "events, trainings or projects")
page.what_is_next(content.sections)
