"""What was published, by whom and why; and going back to it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from dashboard import store
from dashboard.language.messages import N_, _
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
ACTIONS: Mapping[str, str] = {
    "publish": N_("publish"),
    "rollback": N_("rollback"),
    "forget": N_("forget"),
}
"""What is done, as the log writes it."""
OUR_REASONS = (store.LEGACY_REASON, N_("Built from the command line"), N_("on request"))
"""Reasons that the program writes where nobody gives one, in English."""


def draw_history(view: View) -> None:
    """Draw who published what, when and why; going back and forward in one step."""
    if result := st.session_state.pop("said", ""):
        st.info(escape(result))
    st.header(_("History"), anchor=False)
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
                _("When"): _format_time(entry["time"], view),
                _("What"): _(ACTIONS[entry["action"]])
                if entry["action"] in ACTIONS
                else entry["action"],
                _("Who"): entry["author"],
                _("Why"): _say_reason(entry),
                _("Version"): entry["version"],
            }
            for entry in entries
        ],
        hide_index=True,
        alt=_("History of the store"),
        placeholder="",
    )


def _say_reason(entry: Entry) -> str:
    reason = str(entry["message"])
    return _(reason) if reason in OUR_REASONS else reason


def _name_other_versions(view: View, entries: Sequence[Entry]) -> dict[str, str]:
    """Return the versions that could be served instead, the newest first, with what is known of
    each.
    """
    served, kept = view.store.current_id(), {version.id for version in view.store.versions()}
    names: dict[str, str] = {}
    for entry in entries:  # the first entry of a version, which comes last, says what it was for
        day, why = str(entry["time"])[:10], _say_reason(entry) or _("no reason given")
        names[str(entry["version"])] = f"{day} · {why} · {entry['version']}"
    return {version: name for version, name in names.items() if version in kept - {served}}


def _draw_rollback(view: View, names: dict[str, str]) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            _("Serve another version"),
            list(names),
            index=None,
            key="back_to",
            format_func=names.__getitem__,
            placeholder=_("Choose a version"),
        )
        author = draw_author("back", _("Who goes back"))
        st.text_input(_("Why"), key="back_why", max_chars=300)
        ready = author and st.session_state.get("back_to") and read_text("back_why")
        st.button(_("Go to it"), on_click=_roll_back, args=(view,), disabled=not ready)


def _draw_rollback_preview(view: View, chosen: str) -> None:
    st.markdown(_("**What serving it would change:**"))
    try:
        other = view.store.open(chosen)
    except StoreError as error:
        said = _("It cannot be served: {error}", error=escape(error.say()))
        st.error(said, icon=":material/healing:")
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
        session["said"] = _("Version {version} is served again.", version=session["back_to"])
    except StoreError as error:
        session["said"] = _("Nothing was changed: {error}", error=error.say())
    session["back_to"] = None
