"""The head of a page: its title, what can be done with it, and its finding."""

import streamlit as st

from dashboard.ui import parts, present
from dashboard.ui.dialogs import share, take_along
from dashboard.ui.markdown import plain
from dashboard.views.content import Content
from dashboard.views.view import View


def head(view: View, content: Content, *, lead: bool = True) -> None:
    """Title and finding of what a page holds."""
    title(view, content.title, content)
    if lead:
        parts.lead(content.lead)


def title(view: View, text: str, content: Content | None = None) -> None:
    """The title, with what can be done with the page beside it."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.title(plain(text), anchor=False, width="stretch")
        with st.container(horizontal=True, width="content", gap="small", key="page-actions"):
            share.buttons()
            if content or view.page == "records":
                take_along.button()
            if content:
                st.button(
                    "Present",
                    key="present",
                    icon=":material/slideshow:",
                    on_click=present.start,
                    help="This page on the projector; arrow keys step, Esc ends",
                )
