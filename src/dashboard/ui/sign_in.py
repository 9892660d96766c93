"""Who is in front of the screen, and the page that they see who may not look."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import streamlit as st

from dashboard.intake.invisible import seen
from dashboard.model import settings
from dashboard.model.roles import Person
from dashboard.server import access
from dashboard.server.hosts import LOCAL_HEADER
from dashboard.text.wording import lasting
from dashboard.ui.markdown import escape


def read_person() -> Person:
    """Who is in front of the screen, as the gate before the routes sees them."""
    found = access.standing(st.context.cookies.to_dict(), local=is_local())
    # it signs what is published, and a provider may say anything
    return replace(found, name=seen(found.name))


def is_local() -> bool:
    """Whether they sit at the server's own machine. Where nothing is said of them they do not."""
    return st.context.headers.get(LOCAL_HEADER) == "yes"


def draw_closed_door(chosen: settings.Settings, someone: Person) -> bool:
    """Whether they may not look; then the page says so, and how to come in."""
    if someone.role:
        return False
    with st.container(width=560):
        st.title(escape(chosen.name))
        st.markdown(escape(chosen.organisation))
        if someone.closed or not chosen.access.sign_in:
            st.error(escape(someone.why), icon=":material/lock:")
            return True
        if someone.id and someone.until and not someone.why.startswith("Your sign-in is older"):
            st.error(escape(someone.why), icon=":material/block:")
            st.caption(
                escape(
                    f"Signed in as {someone.name or 'an account without a name'} (account"
                    f" {someone.id}). Ask the stewards of the dashboard for access, or sign in with"
                    " another account."
                )
            )
            st.button("Sign out", on_click=st.logout, icon=":material/logout:")
        else:
            st.info(
                escape(
                    "Sign in with your account to look at the dashboard."
                    if not someone.id
                    else someone.why
                ),
                icon=":material/lock:",
            )
            st.button("Sign in", type="primary", on_click=st.login, icon=":material/login:")
    return True


def draw_account_menu(someone: Person) -> None:
    """Who is signed in, with the way out."""
    if someone.session:
        with st.popover(
            escape(someone.name or "Signed in"), icon=":material/account_circle:", type="tertiary"
        ):
            left = someone.until - datetime.now(UTC) if someone.until else timedelta()
            st.markdown(
                f"You are a {someone.role.name.lower()}; this sign-in ends in {lasting(left)}."
            )
            st.caption(f"Account {someone.id}")
            st.button("Sign out", on_click=st.logout, icon=":material/logout:")
