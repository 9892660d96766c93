"""Every record, definition and source, and what is to be mended."""

from dashboard.ui import head, parts, state
from dashboard.ui import records as page

view = state.current()

head.title(view, "Records")
page.search_box(view)
tab = parts.choose("tab", "Show", page.TABS)
page.TABS_SHOWN[tab](view)
