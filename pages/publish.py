"""New data: check, look at what would change, publish, undo."""

from dashboard.ui import head, state
from dashboard.ui.steward import new_data

view = state.current()

head.title(view, "New data")
new_data.show(view)
