"""What this is, what it sends where, whom it may be hard for, and what it is made of."""

from dashboard.ui import page_header, state
from dashboard.ui.page_parts import about

view = state.current_view()

page_header.draw_title(view, "About")
about.draw_release(view)
about.draw_document("What it sends", "what-it-sends.md")
about.draw_document("Accessibility", "accessibility.md")
about.draw_document("Licences", "licences.md", folded=True)
