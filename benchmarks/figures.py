"""The figure of events, for the pages that ours is measured beside."""

from typing import Any

from dashboard.charts.event_counts import read_month_counts
from dashboard.charts.event_timeline import draw_event_timeline
from dashboard.charts.event_words import TimelineLabels
from dashboard.charts.spans import find_chosen_span
from dashboard.charts.theme import make_palette
from dashboard.model.filters import Filters
from dashboard.query import questions
from dashboard.store import Version
from dashboard.text.selection import describe_filters
from dashboard.views.content.events import MAX_EVENTS


def asked(month: str | None) -> Filters:
    """A month of 2025, or the whole year."""
    return Filters(month=(month,)) if month else Filters(year=2025)


def figures(version: Version, filters: Filters) -> tuple[str, list[dict[str, Any]]]:
    """The heading that says that the right figure is there, and the figure."""
    names = questions.read_labels(version)
    events = questions.rows(version, "events", filters, limit=MAX_EVENTS + 1)
    counts = (
        read_month_counts(questions.rows(version, "events_counted", filters))
        if len(events) > MAX_EVENTS
        else []
    )
    span = find_chosen_span(events, filters.years(), filters.month)
    labels = TimelineLabels.read(names, questions.rows(version, "event_people", filters))
    chart = span and draw_event_timeline(
        events, span, labels, make_palette({}, dark=False), today=span.last, counts=counts
    )
    heading = describe_filters(filters, names)
    # without any trace plotly.py raises
    empty = {"data": [{"type": "scatter", "x": [], "y": []}], "layout": {"meta": heading}}
    return heading, [chart.figure if chart else empty]
