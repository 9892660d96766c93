"""Private addresses for calendar programs, which cannot sign in: one for each program, to be
withdrawn by its owner.
"""

import streamlit as st

from dashboard.language.messages import _
from dashboard.model.roles import Role
from dashboard.shares import SharesError, admissions
from dashboard.text.counts import format_count
from dashboard.text.dates import format_day
from dashboard.ui import clipboard, state
from dashboard.ui.dialogs import save_view
from dashboard.ui.markdown import escape
from dashboard.ui.permission import requires


def draw_calendar_keys(address: str) -> None:
    """Draw a private form of an address of the calendar, and those that there are."""
    st.markdown(
        _(
            "**Calendar to subscribe to.** A calendar program cannot sign in: it gets a private"
            " address. Whoever has it can read the events, so keep it to yourself. It is good while"
            " you sign in here at least every {days}.",
            days=format_count(admissions.KEY_DAYS, "day"),
        )
    )
    _draw_last_result(address)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            _("For which program"),
            "Outlook",
            key="key-label",
            max_chars=admissions.MAX_LABEL_LENGTH,
        )
        st.button(_("Make a private address"), on_click=_make_key, icon=":material/key:")
    _draw_key_list()


def _draw_last_result(address: str) -> None:
    """Draw the key that was made, which is shown until its owner leaves, or what went wrong."""
    session = st.session_state
    if made := session.pop("made_key", ""):
        session["shown_key"] = made
    if fault := session.pop("key_fault", ""):
        st.warning(escape(fault), icon=":material/warning:")
    if key := session.get("shown_key"):
        clipboard.draw_copy_field(
            _("Private address, shown until you leave"),
            f"{address}{'&' if '?' in address else '?'}key={key}",
            "calendar-address",
            _("Copy address"),
        )


def _draw_key_list() -> None:
    try:
        found = admissions.list_keys(save_view.open_shelf(), state.current_person().id)
    except SharesError as error:
        save_view.draw_error(error)
        return
    for key in found:
        said = _(
            "{program}, made on {day}, good until {last_day}",
            program=key.label,
            day=format_day(key.created.date()),
            last_day=format_day(key.good_until.date()),
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(escape(said))
            st.button(
                _("Withdraw"),
                key=f"drop-{key.digest[:16]}",
                type="tertiary",
                on_click=_withdraw_key,
                args=(key.digest,),
            )


@requires(Role.VIEWER)
def _make_key() -> None:
    """Make a key (callback), whose text is not kept."""
    try:
        label = str(st.session_state.get("key-label", ""))
        st.session_state["made_key"] = admissions.make_key(
            save_view.open_shelf(), state.current_person().id, label, save_view.current_time()
        )
    except SharesError as error:
        st.session_state["key_fault"] = save_view.explain_error(error)


@requires(Role.VIEWER)
def _withdraw_key(digest: str) -> None:
    """Withdraw a calendar address (callback): who has it reads nothing any more."""
    try:
        admissions.drop_key(save_view.open_shelf(), state.current_person().id, digest)
    except SharesError as error:
        st.session_state["key_fault"] = save_view.explain_error(error)
    st.session_state.pop("shown_key", None)
