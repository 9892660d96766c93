"""One chart of a page: what the link to a chart opens, and what is embedded in another site."""

import streamlit as st

from dashboard.model.roles import Role
from dashboard.ui import page_charts, page_header, state
from dashboard.ui.permission import requires
from dashboard.views.content import Content
from dashboard.views.view import View


def draw_single_chart(view: View, content: Content, *, embedded: bool) -> None:
    """The chart that the link names, under the title of its page."""
    if not embedded:
        page_header.draw_title(view, content.title, content)
        st.button(
            "Show the whole page",
            icon=":material/arrow_back:",
            type="tertiary",
            key="whole-page",
            on_click=_show_whole_page,
        )
    page_charts.draw_page_chart(view, content, view.extras["chart"])


@requires(Role.VIEWER)
def _show_whole_page() -> None:
    state.change_view(chart=None)
