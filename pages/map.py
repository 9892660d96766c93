"""Where did we take part?"""

from dashboard.ui import head, parts, pictures, state
from dashboard.ui import map as page

view, content = state.shown()

head.head(view, content, lead=False)
if content.pictures:
    page.controls(view)
    pictures.drawn(view, content, "map")
    parts.lead(content.lead)
    page.places(view)
else:
    parts.empty(view, "events")
