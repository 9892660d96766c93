"""The parts of the overview: cards, what has no date, what is next."""

from collections.abc import Sequence

import streamlit as st

from dashboard.ui import parts
from dashboard.ui.markdown import plain
from dashboard.views.content import Content, Section
from dashboard.views.content.overview import UNDATED, per_month
from dashboard.views.view import View

MOST = 40


def cards(view: View, content: Content) -> None:
    """The numbers, as many in a row as fit; a sparkline by month where one year is shown."""
    counts, years = per_month(view), view.filters.years() or []
    monthly = (
        [counts.get(f"{years[0]}-{m:02}", 0) for m in range(1, 13)]
        if len(years) == 1 and counts
        else None
    )
    parts.cards(view, content.numbers, {"events_held": monthly} if monthly else None)


def undated(sections: Sequence[Section]) -> None:
    """What is known by the year only stands apart, as text."""
    found = [section for section in sections if section.heading.startswith(UNDATED)]
    if not found:
        return
    with st.expander(found[0].heading, icon=":material/event_busy:"):
        for column, section in zip(st.columns(len(found)), found, strict=True):
            lines = [f"- {plain(line.text)}" for line in section.lines[:MOST]]
            column.markdown("\n".join([f"**{section.group}**", *lines]))


def what_is_next(sections: Sequence[Section]) -> None:
    """The next planned events, or until when events are recorded."""
    for section in sections:
        if not section.heading.startswith(UNDATED):
            st.header(section.heading, anchor=False)
            st.markdown(
                "\n".join(
                    (
                        f"- **{plain(line.note)}** {plain(line.text)}"
                        if line.note
                        else plain(line.text)
                    )
                    for line in section.lines
                )
            )
