"""What was published, by whom and why; and going back to it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from dashboard import store
from dashboard.model.roles import Role
from dashboard.store import StoreError, rollback
from dashboard.ui import caches
from dashboard.ui.changes import draw_changes
from dashboard.ui.markdown import escape
from dashboard.ui.permission import requires
from dashboard.ui.steward.signature import draw_author, read_signature, read_text
from dashboard.views.view import View

MAX_ENTRIES = 200
Entry = dict[str, Any]


def draw_history(view: View) -> None:
    """Draw who published what, when and why; going back and forward in one step."""
    if result := st.session_state.pop("said", ""):
        st.info(escape(result))
    st.header("History", anchor=False)
    entries = store.read_log(view.store)[::-1]
    _draw_entries(view, entries[:MAX_ENTRIES])
    if names := _name_other_versions(view, entries):
        _draw_rollback(view, names)
        if chosen := st.session_state.get("back_to"):
            _draw_rollback_preview(view, chosen)


def _draw_entries(view: View, entries: Sequence[Entry]) -> None:
    st.dataframe(
        [
            {
                "When": _format_time(entry["time"], view),
                "What": entry["action"],
                "Who": entry["author"],
                "Why": entry["message"],
                "Version": entry["version"],
            }
            for entry in entries
        ],
        hide_index=True,
        alt="History of the store",
        placeholder="",
    )


def _name_other_versions(view: View, entries: Sequence[Entry]) -> dict[str, str]:
    """Return the versions that could be served instead, the newest first, with what is known of
    each.
    """
    served, kept = view.store.current_id(), {version.id for version in view.store.versions()}
    names: dict[str, str] = {}
    for entry in entries:  # the first entry of a version, which comes last, says what it was for
        day, why = str(entry["time"])[:10], entry["message"] or "no reason given"
        names[str(entry["version"])] = f"{day} · {why} · {entry['version']}"
    return {version: name for version, name in names.items() if version in kept - {served}}


def _draw_rollback(view: View, names: dict[str, str]) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "Serve another version",
            list(names),
            index=None,
            key="back_to",
            format_func=names.__getitem__,
            placeholder="Choose a version",
        )
        author = draw_author("back", "Who goes back")
        st.text_input("Why", key="back_why", max_chars=300)
        ready = author and st.session_state.get("back_to") and read_text("back_why")
        st.button("Go to it", on_click=_roll_back, args=(view,), disabled=not ready)


def _draw_rollback_preview(view: View, chosen: str) -> None:
    st.markdown("**What serving it would change:**")
    try:
        other = view.store.open(chosen)
    except StoreError as error:
        st.error(f"It cannot be served: {escape(error)}", icon=":material/healing:")
    else:
        draw_changes(caches.get_changes(view, other))


def _format_time(moment: object, view: View) -> str:
    """Return when something happened, by the clock of the programme."""
    here = datetime.fromisoformat(str(moment)).astimezone(ZoneInfo(view.settings.time_zone))
    return f"{here:%Y-%m-%d %H:%M}"


@requires(Role.STEWARD)
def _roll_back(view: View) -> None:
    """Callback: serve the chosen version."""
    session = st.session_state
    signature, now = read_signature("back"), datetime.now(UTC)
    try:
        rollback(view.store, session["back_to"], **signature, now=now, wait=10)
        session["said"] = f"Version {session['back_to']} is served again."
    except StoreError as error:
        session["said"] = f"Nothing was changed: {error}"
    session["back_to"] = None
