"""What opens over a page: sharing it, taking it along, a record, or the records behind one number.
Records and numbers have links of their own.
"""

from collections.abc import Callable

import streamlit as st

from dashboard.ui.dialogs import drill_down, profile, record_panels, share, take_along
from dashboard.views.content import Content
from dashboard.views.view import View, link_to_record


def open_record(view: View, word: str) -> None:
    """Open the panel of any record: events, projects and people have one of their own."""
    table, _, identity = word.partition(".")
    name, _, value = link_to_record(table, identity).partition("=")
    if name == "record":
        record_panels.open_record_panel(view, word)
    else:
        PANELS[name](view, value)


PANELS: dict[str, Callable[[View, str], None]] = {
    "why": drill_down.open_drill_down,
    "event": record_panels.open_event,
    "project": record_panels.open_project,
    "person": profile.open_profile,
    "record": open_record,
}


def open_requested_dialog(view: View, content: Content | None) -> None:
    """Open what was asked for, else the panel of the URL, if any: Streamlit shows one at a time."""
    st.session_state.pop("followed", None)
    match st.session_state.pop("asked_for", ""):
        case "take":
            take_along.open_take_along_dialog(view, content)
        case ("share", chart):
            share.open_share_dialog(view, content, str(chart))
        case _:
            for name, panel in PANELS.items():
                if value := view.extras.get(name):
                    panel(view, value)
                    return
