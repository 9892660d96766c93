"""The page of new data, as a whole: it is for stewards."""

from dashboard.model.roles import Role
from dashboard.ui.permission import requires
from dashboard.ui.steward import history, publish
from dashboard.views.view import View


@requires(Role.STEWARD, draws=True)
def draw_new_data(view: View) -> None:
    """Check, look at what would change, publish, undo."""
    if view.candidate:
        publish.draw_preview(view)
    else:
        publish.draw_correction(view)
        publish.draw_upload(view)
        publish.draw_problems(view)
    history.draw_history(view)
    history.draw_people(view)
