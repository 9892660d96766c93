"""What was kept for a meeting: saved views, and meetings that show them one after the other."""

from dashboard.ui import head, state
from dashboard.ui.dialogs import meetings as page

view = state.current()

head.title(view, "Meetings")
page.meetings(view)
page.views()
page.dialog()
