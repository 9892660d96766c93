"""The page of new data, as a whole: it is for stewards."""

from dashboard.model.roles import Role
from dashboard.ui.permission import requires
from dashboard.ui.steward import history, publish
from dashboard.views.view import View


@requires(Role.STEWARD, draws=True)
def show(view: View) -> None:
    """Check, look at what would change, publish, undo."""
    if view.candidate:
        publish.preview(view)
    else:
        publish.correct(view)
        publish.offer(view)
        publish.problems(view)
    history.history(view)
    history.people(view)
