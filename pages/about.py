"""What this is, what it sends where, whom it may be hard for, and what it is made of."""

from dashboard.language.messages import _
from dashboard.ui import page_elements, state
from dashboard.ui.page_parts import about

view = state.current_view()

page_elements.draw_title(_("About"))
about.draw_release(view)
about.draw_document(_("What it sends"), "what-it-sends.md")
about.draw_document(_("Accessibility"), "accessibility.md")
about.draw_document(_("Licences"), "licences.md", folded=True)
