"""The page of new data, as a whole: it is for stewards."""

from dashboard.model.roles import Role
from dashboard.ui.permission import requires
from dashboard.ui.steward import check_files, history, people, publish
from dashboard.views.view import View


@requires(Role.STEWARD, draws=True)
def draw_new_data(view: View) -> None:
    """Draw what is checked, what would change, publishing and undoing."""
    if view.candidate:
        publish.draw_preview(view)
    else:
        check_files.draw_correction(view)
        check_files.draw_upload(view)
        check_files.draw_check_result(view)
    history.draw_history(view)
    people.draw_people(view)
