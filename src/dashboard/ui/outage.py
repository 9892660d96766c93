"""What a reader sees while records cannot be read, and how the page comes back by itself."""

from datetime import date

import streamlit as st

from dashboard.model import server_log
from dashboard.model.roles import Role
from dashboard.server import responses
from dashboard.store import Store, StoreError, Unreadable
from dashboard.ui.permission import requires

RECHECK_SECONDS = 4
"""Seconds after which an open page looks whether what it shows is still what is served."""
RECHECK_NOTICE = (
    "This page looks again every few seconds. It comes back by itself and as it was: the page, its"
    " filters and what is open stay in its address. If it takes longer, tell the stewards; the"
    " reason is in the server's log."
)
ServingState = tuple[str, str, date]


def read_serving_state(store: Store) -> ServingState:
    """What an open page depends on beside its link: the version that is served, what is wrong with
    it, and the day.
    """
    try:
        served = store.served()
    except StoreError:
        return "", "", responses.today()
    return served.version.id, served.fault, responses.today()


@st.fragment(run_every=RECHECK_SECONDS)
@requires(Role.VIEWER, draws=True)
def rerun_on_change(store: Store, shown: ServingState) -> None:
    """Run the page anew when a version is published, damaged, gone or back, and when the day
    changes: without a click and without a restart.
    """
    if read_serving_state(store) != shown:
        st.rerun()


def draw_no_records(store: Store, error: StoreError) -> None:
    """In place of a page: why there is nothing to show, in plain words, until there is."""
    server_log.say(str(error))
    if not store.root.is_dir():
        title, why = "The records cannot be reached just now", "Their folder is not there."
    elif not any(store.versions_folder.glob("*")):
        title, why = "There are no records yet", "Nothing has been published."
    else:
        title, why = (
            "The records cannot be read just now",
            "They are damaged, or another release of this program wrote them.",
        )
    st.title(title, anchor=False)
    st.error(f"{why} {RECHECK_NOTICE}", icon=":material/database_off:")
    rerun_on_change(store, read_serving_state(store))


def report_failure(error: Exception) -> bool:
    """Say in place of Streamlit's own words what went wrong in a click or a part of a page; the log
    has the rest.
    """
    if isinstance(error, StoreError):
        server_log.say(str(error))
        st.error(
            "The records could not be read just now. The page looks again in a few seconds.",
            icon=":material/database_off:",
        )
    else:
        st.error(
            "Something went wrong here; nothing was changed by it. Load the page again, and tell"
            " the stewards if it stays so: the reason is in the server's log.",
            icon=":material/error:",
        )
    return True


def rerun_on_newest(error: Unreadable) -> None:
    """The version that was shown cannot be read any more: the page is run anew, on the newest whole
    one.
    """
    server_log.say(str(error))
    st.rerun()
