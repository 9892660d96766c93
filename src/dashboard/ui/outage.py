"""What a reader sees while the records or the server cannot be reached, and how the page comes back
by itself.
"""

from datetime import date

import streamlit as st

from dashboard.language.messages import N_, _
from dashboard.model import server_log
from dashboard.model.roles import Role
from dashboard.server import responses
from dashboard.store import Store, StoreError, UnreadableVersion
from dashboard.ui.components import Component
from dashboard.ui.permission import requires

RECHECK_SECONDS = 4
"""Seconds after which an open page looks whether what it shows is still what is served."""
RECHECK_NOTICE = N_(
    "This page looks again every few seconds. It comes back by itself and as it was: the page, its"
    " filters and what is open stay in its address. If it takes longer, tell the stewards; the"
    " reason is in the server's log."
)
ServingState = tuple[str, str, date]
"""The version that is served, what is wrong with it, and the day."""

# Streamlit says “Connecting” in the corner, which a slide hides, and opens a window about its own
# command line.
_CONNECTION_NOTICE = Component(
    "connection",
    html="<p role='status' hidden></p>",
    css="""
    p { position: fixed; left: 50%; bottom: 1rem; transform: translateX(-50%); z-index: 1000100; margin: 0; max-width: min(44rem, 92vw);
        font-family: var(--st-font); font-size: 1rem; line-height: 1.4; padding: .6rem 1rem; border-radius: var(--st-base-radius);
        color: var(--st-background-color); background: var(--st-text-color); box-shadow: 0 2px 12px rgb(0 0 0 / .3); }
    @media print { p { display: none; } }
    """,
)


def read_serving_state(store: Store) -> ServingState:
    """Return what an open page depends on beside its link: the version that is served, what is
    wrong with it, and the day.
    """
    try:
        served = store.served()
    except StoreError:
        return "", "", responses.read_today()
    return served.version.id, served.fault, responses.read_today()


@st.fragment(run_every=RECHECK_SECONDS)
@requires(Role.VIEWER, draws=True)
def rerun_on_change(store: Store, shown: ServingState) -> None:
    """Run the page anew when a version is published, damaged, gone or back, and when the day
    changes: without a click and without a restart.
    """
    if read_serving_state(store) != shown:
        st.rerun()


def draw_outage(store: Store, error: StoreError) -> None:
    """Answer in place of a page whose version cannot be read: by the newest whole one, or where
    there is none by why there is nothing to show, in plain words, until there is.
    """
    server_log.log_throttled(str(error))
    if isinstance(error, UnreadableVersion):
        st.rerun()
    title, why = _explain_missing_records(store)
    st.title(title, anchor=False)
    st.error(f"{why} {_(RECHECK_NOTICE)}", icon=":material/database_off:")
    rerun_on_change(store, read_serving_state(store))


def _explain_missing_records(store: Store) -> tuple[str, str]:
    """Return a title and a reason."""
    if not store.root.is_dir():
        return _("The records cannot be reached just now"), _("Their folder is not there.")
    if not any(store.versions_folder.glob("*")):
        return _("There are no records yet"), _("Nothing has been published.")
    return (
        _("The records cannot be read just now"),
        _("They are damaged, or another release of this program wrote them."),
    )


def report_failure(error: Exception) -> bool:
    """Say in place of Streamlit's own words what went wrong in a click or a part of a page; the log
    has the rest.
    """
    if isinstance(error, StoreError):
        server_log.log_throttled(str(error))
        st.error(
            _("The records could not be read just now. The page looks again in a few seconds."),
            icon=":material/database_off:",
        )
    else:
        st.error(
            _(
                "Something went wrong here; nothing was changed by it. Load the page again, and tell"
                " the stewards if it stays so: the reason is in the server's log."
            ),
            icon=":material/error:",
        )
    return True


def draw_connection_notice(version: str) -> None:
    """Draw what says, while the server cannot be reached, since when nothing new comes; and
    afterwards from when to when that was and whether the data changed meanwhile. `version` is the
    one that is served.
    """
    times = {"since": "{since}", "back": "{back}"}  # the browser sets the clock times
    said = {
        "away": _(
            "No connection since {since}. The page shows what it showed then, and comes back by"
            " itself.",
            since=times["since"],
        ),
        "changed": _(
            "There was no connection from {since} to {back}. The view is as it was. New data has"
            " come meanwhile.",
            **times,
        ),
        "same": _(
            "There was no connection from {since} to {back}. The view is as it was. The data is the"
            " same as before.",
            **times,
        ),
    }
    _CONNECTION_NOTICE.draw(data={"version": version, **said}, key="connection")
