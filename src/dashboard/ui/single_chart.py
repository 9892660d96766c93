"""One chart of a page: what the link to a chart opens, and what is embedded in another site."""

import streamlit as st

from dashboard.model.roles import Role
from dashboard.ui import head, pictures, state
from dashboard.ui.permission import requires
from dashboard.views.content import Content
from dashboard.views.view import View


def show(view: View, content: Content, *, embedded: bool) -> None:
    """The chart that the link names, under the title of its page."""
    if not embedded:
        head.title(view, content.title, content)
        st.button(
            "Show the whole page",
            icon=":material/arrow_back:",
            type="tertiary",
            key="whole-page",
            on_click=_whole,
        )
    pictures.drawn(view, content, view.extras["chart"])


@requires(Role.VIEWER)
def _whole() -> None:
    state.change(chart=None)
