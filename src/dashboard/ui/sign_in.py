"""Who is in front of the screen, their account menu, and what is drawn for those who may not look."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import streamlit as st

from dashboard.intake.invisible import remove_invisible
from dashboard.language.messages import N_, _
from dashboard.model import settings
from dashboard.model.roles import Person, Role
from dashboard.server import access
from dashboard.server.hosts import LOCAL_HEADER
from dashboard.text.dates import format_duration
from dashboard.ui.markdown import escape

SIGNED_IN_AS: Mapping[Role, str] = {
    Role.VIEWER: N_("You are a viewer; this sign-in ends in {time}."),
    Role.STEWARD: N_("You are a steward; this sign-in ends in {time}."),
}
"""What somebody is who signed in, and for how long."""


def read_person() -> Person:
    """Return who is in front of the screen, as authentication before the routes does."""
    found = access.identify(st.context.cookies.to_dict(), local=is_local())
    # it signs what is published, and a provider may say anything
    return replace(found, name=remove_invisible(found.name))


def is_local() -> bool:
    """Return whether they sit at the server's own machine. Where nothing is said of them they do
    not.
    """
    return st.context.headers.get(LOCAL_HEADER) == "yes"


def draw_closed_door(chosen: settings.Settings, person: Person) -> None:
    """Draw, in place of a page, why this person may not look, and how to come in."""
    with st.container(width=560):
        st.title(escape(chosen.name))
        st.markdown(escape(chosen.organisation))
        if person.closed or not chosen.access.sign_in:
            st.error(escape(person.why), icon=":material/lock:")
        elif person.id and person.until and not person.expired:
            _draw_no_access(person)
        else:
            invitation = _("Sign in with your account to look at the dashboard.")
            st.info(escape(person.why if person.id else invitation), icon=":material/lock:")
            st.button(_("Sign in"), type="primary", on_click=st.login, icon=":material/login:")


def _draw_no_access(person: Person) -> None:
    st.error(escape(person.why), icon=":material/block:")
    said = (
        _(
            "Signed in as {name} (account {account}). Ask the stewards of the dashboard for access,"
            " or sign in with another account.",
            name=person.name,
            account=person.id,
        )
        if person.name
        else _(
            "Signed in as an account without a name (account {account}). Ask the stewards of the"
            " dashboard for access, or sign in with another account.",
            account=person.id,
        )
    )
    st.caption(escape(said))
    st.button(_("Sign out"), on_click=st.logout, icon=":material/logout:")


def draw_account_menu(person: Person) -> None:
    """Draw who is signed in, with the way out."""
    if person.session:
        with st.popover(
            escape(person.name or _("Signed in")), icon=":material/account_circle:", type="tertiary"
        ):
            left = person.until - datetime.now(UTC) if person.until else timedelta()
            if person.role in SIGNED_IN_AS:
                st.markdown(_(SIGNED_IN_AS[person.role], time=format_duration(left)))
            st.caption(_("Account {account}", account=person.id))
            st.button(_("Sign out"), on_click=st.logout, icon=":material/logout:")
