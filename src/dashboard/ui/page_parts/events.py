"""The parts of the Events page: what stands apart from the timeline."""

import streamlit as st

from dashboard.model.roles import Role
from dashboard.text.counts import format_count
from dashboard.text.labels import distinguish_labels
from dashboard.ui import state
from dashboard.ui.markdown import escape
from dashboard.ui.permission import requires
from dashboard.views.content import Content, Line
from dashboard.views.view import View

MAX_LISTED_EVENTS = 15


def explain_missing_timeline(view: View, content: Content) -> None:
    """Say why there is no timeline, where it would be a smear."""
    agenda = content.sheet("events")
    if content.picture("timeline") is None and len(agenda.rows) > MAX_LISTED_EVENTS:
        narrower = "a month" if view.filters.year else "a year or a month"
        st.caption(f"These are too many events to draw one by one: choose {narrower}.")


def draw_undated_events(view: View, content: Content) -> None:
    """Draw the events without a month: apart from the timeline, or said to be left out when months
    are chosen.
    """
    for section in content.sections:
        if view.filters.month:
            names = ", ".join(escape(line.text) for line in section.lines[:8])
            total = len(section.lines) + section.more
            st.caption(
                f"{format_count(total, 'event')} known by the year only cannot match a month: {names}"
                f"{' …' if total > 8 else ''}"
            )
        else:
            others = (
                "see the file of the agenda" if content.sheet("events").more else "see the agenda"
            )
            _draw_event_pills(
                section.heading, {line.link: line for line in section.lines}, section.more, others
            )


def _draw_event_pills(heading: str, lines: dict[str, Line], more: int, others: str) -> None:
    shown = list(lines)[:MAX_LISTED_EVENTS]
    labels = distinguish_labels(
        {link: f"{lines[link].text} · {lines[link].note or '?'}" for link in shown},
        {link: link.partition("=")[2] for link in shown},
    )
    st.pills(
        f"{heading}: {len(lines) + more:,}",
        shown,
        key="undated",
        on_change=_open_undated,
        format_func=lambda link: escape(labels[link]),
    )
    if len(lines) + more > len(shown):
        st.caption(f"and {len(lines) + more - len(shown):,} more: {others}")


@requires(Role.VIEWER)
def _open_undated() -> None:
    link, st.session_state["undated"] = st.session_state["undated"], None
    state.open_link(link)
