"""The parts of the Overview page: cards, what has no date, what is next."""

from collections.abc import Sequence

import streamlit as st

from dashboard.ui import metric_cards
from dashboard.ui.markdown import escape
from dashboard.views.content import Content, Section
from dashboard.views.content.overview import UNDATED_KEY, count_by_month
from dashboard.views.view import View

MAX_UNDATED_LINES = 40


def draw_overview_cards(view: View, content: Content) -> None:
    """Draw the numbers, as many in a row as fit; a sparkline by month where one year is shown."""
    counts, years = count_by_month(view), view.filters.years() or []
    monthly = (
        [counts.get(f"{years[0]}-{m:02}", 0) for m in range(1, 13)]
        if len(years) == 1 and counts
        else None
    )
    metric_cards.draw_cards(view, content.numbers, {"events_held": monthly} if monthly else None)


def draw_undated(sections: Sequence[Section]) -> None:
    """Draw what is known by the year only, apart from the timeline, as text."""
    found = [section for section in sections if section.key == UNDATED_KEY]
    if not found:
        return
    with st.expander(found[0].heading, icon=":material/event_busy:"):
        for column, section in zip(st.columns(len(found)), found, strict=True):
            lines = [f"- {escape(line.text)}" for line in section.lines[:MAX_UNDATED_LINES]]
            column.markdown("\n".join([f"**{section.group}**", *lines]))


def draw_next_events(sections: Sequence[Section]) -> None:
    """Draw the next planned events, or until when events are recorded."""
    for section in sections:
        if section.key != UNDATED_KEY:
            st.header(section.heading, anchor=False)
            st.markdown(
                "\n".join(
                    (
                        f"- **{escape(line.note)}** {escape(line.text)}"
                        if line.note
                        else escape(line.text)
                    )
                    for line in section.lines
                )
            )
