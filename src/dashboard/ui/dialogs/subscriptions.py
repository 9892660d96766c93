"""Addresses to subscribe to: the calendar, and the feed of what changed. Programs that ask them cannot
sign in: where there is a sign-in they get private ones, one for each program, to be withdrawn by its
owner.
"""

from collections.abc import Mapping

import streamlit as st

from dashboard.language.messages import N_, _
from dashboard.model.roles import Role
from dashboard.shares import SharesError, admissions
from dashboard.text.counts import format_count
from dashboard.text.dates import format_day
from dashboard.ui import clipboard, state
from dashboard.ui.dialogs import save_view
from dashboard.ui.markdown import escape
from dashboard.ui.permission import requires

MEANINGS: Mapping[str, str] = {
    admissions.CALENDAR: N_(
        "**Calendar to subscribe to.** A calendar program cannot sign in: it gets a private"
        " address. Whoever has it can read the events, so keep it to yourself. It is good while"
        " you sign in here at least every {days}."
    ),
    admissions.FEED: N_(
        "**Feed to follow.** A feed reader cannot sign in: it gets a private address. Whoever has it"
        " can read what changed, so keep it to yourself. It is good while you sign in here at least"
        " every {days}."
    ),
}
OPEN_ADDRESSES: Mapping[str, tuple[str, str]] = {
    admissions.CALENDAR: (
        N_("Calendar to subscribe to"),
        N_("A calendar program that asks this address follows these filters"),
    ),
    admissions.FEED: (
        N_("Feed to follow (Atom)"),
        N_("A feed reader that asks this address tells what each publication changes"),
    ),
}
PROGRAMS: Mapping[str, str] = {admissions.CALENDAR: "Outlook", admissions.FEED: "Thunderbird"}
"""Names of programs, as the field suggests one."""


def draw_subscription(address: str, opens: str) -> None:
    """Draw an address of the calendar or the feed for programs: a private one for who signed in."""
    if state.current_person().session:
        _draw_private_addresses(address, opens)
        return
    label, meaning = OPEN_ADDRESSES[opens]
    clipboard.draw_copy_field(
        _(label), address, f"{opens}-address", _("Copy address"), help=_(meaning)
    )


def _draw_private_addresses(address: str, opens: str) -> None:
    """Draw a private form of an address of the calendar or the feed, and those that there are."""
    st.markdown(_(MEANINGS[opens], days=format_count(admissions.KEY_DAYS, "day")))
    _draw_last_result(address, opens)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            _("For which program"),
            PROGRAMS[opens],
            key=f"key-label-{opens}",
            max_chars=admissions.MAX_LABEL_LENGTH,
        )
        st.button(
            _("Make a private address"),
            key=f"make-key-{opens}",
            on_click=_make_key,
            args=(opens,),
            icon=":material/key:",
        )
    _draw_key_list()


def _draw_last_result(address: str, opens: str) -> None:
    """Draw the key that was made, which is shown until its owner leaves, or what went wrong."""
    session = st.session_state
    if made := session.pop("made_key", None):
        session["shown_key"] = made
    if fault := session.pop("key_fault", ""):
        st.warning(escape(fault), icon=":material/warning:")
    shown, key = session.get("shown_key", ("", ""))
    if shown == opens:
        clipboard.draw_copy_field(
            _("Private address, shown until you leave"),
            f"{address}{'&' if '?' in address else '?'}key={key}",
            f"{opens}-address",
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
def _make_key(opens: str) -> None:
    """Make a key (callback), whose text is not kept."""
    try:
        label = str(st.session_state.get(f"key-label-{opens}", ""))
        person, now = state.current_person().id, save_view.current_time()
        key = admissions.make_key(save_view.open_shelf(), person, label, now, opens)
        st.session_state["made_key"] = opens, key
    except SharesError as error:
        st.session_state["key_fault"] = save_view.explain_error(error)


@requires(Role.VIEWER)
def _withdraw_key(digest: str) -> None:
    """Withdraw a private address (callback): who has it reads nothing any more."""
    try:
        admissions.drop_key(save_view.open_shelf(), state.current_person().id, digest)
    except SharesError as error:
        st.session_state["key_fault"] = save_view.explain_error(error)
    st.session_state.pop("shown_key", None)
