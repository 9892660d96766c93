"""The parts of the Projects page: results."""

from collections.abc import Sequence

import streamlit as st

from dashboard.ui import state
from dashboard.ui.markdown import escape
from dashboard.views.content import Section

MAX_LISTED_RESULTS = 60


def draw_results(sections: Sequence[Section]) -> None:
    """Draw the data sets, publications, products and policies: each to be opened."""
    for section in sections:
        st.header(section.heading, anchor=False)
        for line in section.lines[:MAX_LISTED_RESULTS]:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.button(
                    escape(line.text),
                    key=f"result-{line.link}",
                    type="tertiary",
                    on_click=state.open_link,
                    args=(line.link,),
                )
                st.markdown(f":gray[{escape(line.note)}]")
        if len(section.lines) > MAX_LISTED_RESULTS:
            st.caption(
                f"and {len(section.lines) - MAX_LISTED_RESULTS} more: choose a year, a pillar or a line"
            )
