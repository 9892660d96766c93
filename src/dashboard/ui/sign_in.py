"""Who is in front of the screen, their account menu, and what is drawn for those who may not look."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import streamlit as st

from dashboard.intake.invisible import remove_invisible
from dashboard.model import settings
from dashboard.model.roles import Person
from dashboard.server import access
from dashboard.server.hosts import LOCAL_HEADER
from dashboard.text.dates import format_duration
from dashboard.ui.markdown import escape


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
            invitation = "Sign in with your account to look at the dashboard."
            st.info(escape(person.why if person.id else invitation), icon=":material/lock:")
            st.button("Sign in", type="primary", on_click=st.login, icon=":material/login:")


def _draw_no_access(person: Person) -> None:
    st.error(escape(person.why), icon=":material/block:")
    account = person.name or "an account without a name"
    st.caption(
        escape(
            f"Signed in as {account} (account {person.id}). Ask the stewards of the dashboard for"
            " access, or sign in with another account."
        )
    )
    st.button("Sign out", on_click=st.logout, icon=":material/logout:")


def draw_account_menu(person: Person) -> None:
    """Draw who is signed in, with the way out."""
    if person.session:
        with st.popover(
            escape(person.name or "Signed in"), icon=":material/account_circle:", type="tertiary"
        ):
            left = person.until - datetime.now(UTC) if person.until else timedelta()
            st.markdown(
                f"You are a {person.role.name.lower()}; this sign-in ends in {format_duration(left)}."
            )
            st.caption(f"Account {person.id}")
            st.button("Sign out", on_click=st.logout, icon=":material/logout:")
