"""The parts of the Trainings page: the year before, e-learning modules."""

from collections.abc import Sequence

import streamlit as st

from dashboard.ui import state
from dashboard.ui.markdown import plain
from dashboard.views.content import Section

MOST = 30


def year_before(sections: Sequence[Section]) -> None:
    """How the numbers changed against the year before, or why that cannot be said, and what sources
    say of it.
    """
    for section in sections:
        if not section.group:
            st.header(section.heading, anchor=False)
            said = [line for line in section.lines if line.link]
            st.markdown(
                "\n".join(
                    f"- **{plain(line.text)}**: {plain(line.note)}"
                    for line in section.lines
                    if not line.link
                )
            )
            for line in said:
                st.markdown(f":material/format_quote: {plain(line.text)}: {plain(line.note)}.")


def modules(sections: Sequence[Section]) -> None:
    """E-learning modules with their status, each to be opened."""
    found = [section for section in sections if section.group]
    if found:
        st.header(found[0].heading, anchor=False)
    for section in found:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**{plain(section.group)}**")
            for line in section.lines[:MOST]:
                st.button(
                    plain(line.text),
                    key=f"module-{line.link}",
                    on_click=state.follow,
                    args=(line.link,),
                )
            if len(section.lines) > MOST:
                st.markdown(f"and {len(section.lines) - MOST} more")
