"""The parts of the Projects page."""

from collections.abc import Sequence

import streamlit as st

from dashboard.ui import state
from dashboard.ui.markdown import plain
from dashboard.views.content import Section

MOST = 60


def results(sections: Sequence[Section]) -> None:
    """Data sets, publications, products and policies: each to be opened."""
    for section in sections:
        st.header(section.heading, anchor=False)
        for line in section.lines[:MOST]:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.button(
                    plain(line.text),
                    key=f"result-{line.link}",
                    type="tertiary",
                    on_click=state.follow,
                    args=(line.link,),
                )
                st.markdown(f":gray[{plain(line.note)}]")
        if len(section.lines) > MOST:
            st.caption(f"and {len(section.lines) - MOST} more: choose a year, a pillar or a line")
