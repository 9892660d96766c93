"""What this is, what it sends where, whom it may be hard for, and what it is made of."""

from dashboard.ui import about, head, state

view = state.current()

head.title(view, "About")
about.release(view)
about.text("What it sends", "what-it-sends.md")
about.text("Accessibility", "accessibility.md")
about.text("Licences", "licences.md", folded=True)
