"""Two figures of events, for the pages that ours is measured beside."""

from typing import Any

from dashboard.charts.lanes import find_span
from dashboard.charts.months import draw_events_by_month
from dashboard.charts.theme import make_palette
from dashboard.charts.timeline import MAX_DRAWN_EVENTS, TimelineLabels, draw_timeline
from dashboard.model.filters import Filters
from dashboard.query import questions
from dashboard.store import Version
from dashboard.text.selection import describe_filters


def asked(month: str | None) -> Filters:
    """A month of 2025, or the whole year."""
    return Filters(month=(month,)) if month else Filters(year=2025)


def figures(version: Version, filters: Filters) -> tuple[str, list[dict[str, Any]]]:
    """The heading that says that the right figures are there, and the figures."""
    labels, colours = questions.read_labels(version), make_palette({}, dark=False)
    events = questions.rows(version, "events", filters, limit=MAX_DRAWN_EVENTS + 1)
    months = [f"{year}-{month:02}" for year in filters.years() or [2025] for month in range(1, 13)]
    charts = [
        draw_events_by_month(
            questions.rows(version, "events_by_month", filters), months, labels["kind"], colours
        ),
    ]
    span = find_span(events, filters.years())
    # too many to draw, as on our page; without any trace plotly.py raises
    if span is None or len(events) > MAX_DRAWN_EVENTS:
        drawn: dict[str, Any] = {
            "data": [{"type": "scatter", "x": [], "y": []}],
            "layout": {"meta": describe_filters(filters, labels)},
        }
    else:
        drawn = draw_timeline(
            events, span, TimelineLabels(labels["kind"], labels["pillar"], {}), colours
        ).figure
    return describe_filters(filters, labels), [drawn, *(chart.figure for chart in charts)]
