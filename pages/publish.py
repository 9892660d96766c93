"""New data: check, look at what would change, publish, undo."""

from dashboard.ui import entrance, head, state, undo
from dashboard.ui import publish as page

view = state.current()

head.title(view, "New data")
if entrance.may_publish():
    if view.candidate:
        page.preview(view)
    else:
        page.correct(view)
        page.offer(view)
        page.problems(view)
    undo.history(view)
    undo.people(view)
