"""New data: check, look at what would change, publish, undo."""

from dashboard.language.messages import _
from dashboard.ui import page_elements, state
from dashboard.ui.steward import new_data

view = state.current_view()

page_elements.draw_title(_("New data"))
new_data.draw_new_data(view)
