"""Every record, definition and source, and what is to be mended."""

from dashboard.language.messages import _
from dashboard.ui import page_elements, state
from dashboard.ui.page_parts import records as page

view = state.current_view()

page_elements.draw_title(_("Records"))
page.draw_search(view)
tab = page_elements.draw_choice("tab", _("Show"), page.TABS)
page.DRAW_TAB[tab](view)
