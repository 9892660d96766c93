"""The head of a page: its title, what can be done with it, and its finding."""

import streamlit as st

from dashboard.ui import page_elements, presentation
from dashboard.ui.dialogs import share, take_along
from dashboard.ui.markdown import escape
from dashboard.views.content import Content
from dashboard.views.view import View


def draw_header(view: View, content: Content, *, lead: bool = True) -> None:
    """Draw title and finding of what a page holds."""
    draw_title(view, content.title, content)
    if lead:
        page_elements.draw_lead(content.lead)


def draw_title(view: View, text: str, content: Content | None = None) -> None:
    """Draw the title, with what can be done with the page beside it."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.title(escape(text), anchor=False, width="stretch")
        with st.container(horizontal=True, width="content", gap="small", key="page-actions"):
            share.draw_share_button()
            if content or view.page == "records":
                take_along.draw_take_along_button()
            if content:
                st.button(
                    "Present",
                    key="present",
                    icon=":material/slideshow:",
                    on_click=presentation.start_presentation,
                    help="This page on the projector; arrow keys step, Esc ends",
                )
