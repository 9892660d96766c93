"""The script that Streamlit runs for every reader and every change: the steps of one run, in order."""

from dashboard.language.choice import PARAMETER
from dashboard.model import settings
from dashboard.model.roles import Role
from dashboard.store import StoreError
from dashboard.ui import (
    caches,
    languages,
    navigation,
    outage,
    page_frame,
    permission,
    sign_in,
    state,
)
from dashboard.ui.build_view import build_view


def main() -> None:
    """Run once: who asks, which page, which version and view; then draw it."""
    asked = state.read_requested_extras()
    languages.begin_run(asked.get(PARAMETER, ""))
    chosen = settings.current()
    page_frame.set_tab(chosen)
    person = permission.begin_run()
    page = navigation.select_page(
        hidden=page_frame.is_bare(asked) or not person.role, steward=person.role is Role.STEWARD
    )
    permission.report_refusal()
    if not person.role:
        sign_in.draw_closed_door(chosen, person)
        return
    store = caches.open_store(str(settings.store_folder()))
    # before anything is drawn: what is published meanwhile is then noticed
    serving = outage.read_serving_state(store)
    try:
        view = build_view(store, chosen, page.url_path, asked, person)
        page_frame.draw_page(view, page, serving, presented="present" in asked)
    except StoreError as error:
        outage.draw_outage(store, error)
    permission.end_run()


main()
