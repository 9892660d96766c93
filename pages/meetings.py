"""What was kept for a meeting: saved views, and meetings that show them one after the other."""

from dashboard.language.messages import _
from dashboard.ui import page_elements, state
from dashboard.ui.page_parts import meetings as page

view = state.current_view()

page_elements.draw_title(_("Meetings"))
page.draw_meetings(view)
page.draw_saved_views()
page.open_requested_form()
