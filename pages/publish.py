"""New data: check, look at what would change, publish, undo."""

from dashboard.ui import head, new_data, state

view = state.current()

head.title(view, "New data")
new_data.show(view)
