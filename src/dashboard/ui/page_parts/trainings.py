"""The parts of the Trainings page: the year before, e-learning modules."""

from collections.abc import Sequence

import streamlit as st

from dashboard.ui import state
from dashboard.ui.markdown import escape
from dashboard.views.content import Section
from dashboard.views.content.trainings import MODULES

MAX_LISTED_MODULES = 30


def draw_year_before(sections: Sequence[Section]) -> None:
    """Draw how the numbers changed against the year before, or why that cannot be said, and what
    sources say of it.
    """
    for section in sections:
        if section.key != MODULES:
            st.header(section.heading, anchor=False)
            claims = [line for line in section.lines if line.link]
            st.markdown(
                "\n".join(
                    f"- **{escape(line.text)}**: {escape(line.note)}"
                    for line in section.lines
                    if not line.link
                )
            )
            for line in claims:
                st.markdown(f":material/format_quote: {escape(line.text)}: {escape(line.note)}.")


def draw_modules(sections: Sequence[Section]) -> None:
    """Draw the e-learning modules by status, each to be opened."""
    found = [section for section in sections if section.key == MODULES]
    if found:
        st.header(found[0].heading, anchor=False)
    for section in found:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**{escape(section.group)}**")
            for line in section.lines[:MAX_LISTED_MODULES]:
                st.button(
                    escape(line.text),
                    key=f"module-{line.link}",
                    on_click=state.open_link,
                    args=(line.link,),
                )
            if len(section.lines) > MAX_LISTED_MODULES:
                st.markdown(f"and {len(section.lines) - MAX_LISTED_MODULES} more")
