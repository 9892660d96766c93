"""Every event on a timeline, in the lane of its kind."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from dashboard.charts import Chart
from dashboard.charts.lanes import Placed, Span, draw_borders, stack_rows, write_lane_names
from dashboard.charts.status import draw_legend, style_bars, style_markers
from dashboard.charts.theme import (
    NO_PILLAR,
    Palette,
    escape_text,
    make_axis,
    make_layout,
    make_margins,
)
from dashboard.model import Row
from dashboard.text.counts import format_status_counts
from dashboard.text.labels import shorten
from dashboard.text.lists import join_names
from dashboard.text.records import format_event_dates, format_event_place

MAX_DRAWN_EVENTS, MAX_LARGE_MARKS = 3000, 400
UNSTATED = ""
DAY = 86_400_000
"""Milliseconds, which plotly counts on an axis of time."""


@dataclass(frozen=True)
class TimelineLabels:
    """What ids are called, in the order in which they are shown; `people` says who spoke, by event
    id.
    """

    kinds: Mapping[str, str]
    pillars: Mapping[str, str]
    people: Mapping[str, str]

    def kind(self, kind: str | None) -> str:
        return self.kinds.get(kind or UNSTATED, "Kind not stated")

    def pillar(self, pillar: str | None) -> str:
        return self.pillars.get(pillar or UNSTATED, "Pillar not stated")


def draw_timeline(
    events: Sequence[Row], span: Span, labels: TimelineLabels, colours: Palette
) -> Chart:
    """Draw a day as a dot, a range as a bar, a month as a hatched bar; planned ones are open, cancelled
    ones crosses.

    `events` are rows of the question events. Use it for up to MAX_MARKS events; what is known by
    the year only stands apart.
    """
    dated = [e for e in events if e["date_precision"] in ("day", "month")]
    present = {e["kind"] or UNSTATED for e in dated}
    lanes = [lane for lane in (UNSTATED, *reversed(list(labels.kinds))) if lane in present]
    size = 12 if len(dated) < MAX_LARGE_MARKS else 8
    placed = _place_in_lanes(dated, lanes, span, size + 2)
    traces = [
        trace
        for pillar in (*labels.pillars, None)
        for trace in _draw_pillar(placed, pillar, labels, colours, size=size)
    ]
    height = 100 + 58 * max(len(lanes), 1)
    figure = {
        "data": [*traces, *draw_legend(dated, colours)],
        "layout": _lay_out([labels.kind(lane) for lane in lanes], height, span, colours),
    }
    table = [_tabulate(event, labels) for event in events]
    links = [
        (f"{format_event_dates(event)}: {event['title']}", f"event={event['event_id']}")
        for event in events
    ]
    return Chart(figure, table, describe_events(events), height, links)


def _place_in_lanes(
    events: Sequence[Row], lanes: Sequence[str], span: Span, mark_pixels: float
) -> list[Placed]:
    by_lane = [[e for e in events if (e["kind"] or UNSTATED) == lane] for lane in lanes]
    return [
        mark
        for index, mine in enumerate(by_lane)
        for mark in stack_rows(mine, index, 0.62, span, mark_pixels)
    ]


def _lay_out(names: Sequence[str], height: int, span: Span, colours: Palette) -> dict[str, Any]:
    """Lay out lanes of these names, from the bottom up."""
    heights = range(len(names))
    return make_layout(
        height,
        colours,
        margin=make_margins(above=["one line"], below=True),
        xaxis=make_time_axis(span, colours),
        yaxis=make_axis(colours, visible=False, range=[-0.45, max(len(names), 1) - 0.3]),
        annotations=write_lane_names(names, [index + 0.47 for index in heights], colours),
        shapes=draw_borders([index + 0.63 for index in heights], colours),
        hovermode="closest",
        barmode="overlay",
    )


def describe_events(events: Sequence[Row]) -> str:
    """Say how many events were held, are planned and were cancelled, and how well their dates are
    known.
    """
    known = Counter(e["date_precision"] for e in events)
    by_year = known["year"] + known["unknown"]
    parts = [f"{known['month']:,} known by the month only"] if known["month"] else []
    parts += [f"{by_year:,} known by the year only"] if by_year else []
    parts = [f"{known['day']:,} on a known day", *parts] if parts and known["day"] else parts
    total = format_status_counts(Counter(e["status"] for e in events), "event")
    return f"{total}: {join_names(parts)}" if parts else total


def make_time_axis(span: Span, colours: Palette) -> dict[str, Any]:
    """Make the axis of time: months of one year by their short names; years otherwise."""
    one_year = span.days <= 370
    return make_axis(
        colours,
        type="date",
        range=[
            (span.first - span.days_for(8)).isoformat(),
            (span.last + span.days_for(12)).isoformat(),
        ],
        dtick="M1" if one_year else "M12",
        tickformat="%b" if one_year else "%Y",
        tickangle=0,
        tickfont={"size": 12},
        ticklabelmode="period",
    )


def _draw_pillar(
    placed: Sequence[Placed],
    pillar: str | None,
    labels: TimelineLabels,
    colours: Palette,
    *,
    size: int,
) -> list[dict[str, Any]]:
    mine = [mark for mark in placed if mark.row["pillar"] == pillar]
    if not mine:
        return []
    name = escape_text(labels.pillar(pillar))
    shared = {"name": name, "legendgroup": pillar or NO_PILLAR, "hoverinfo": "text"}
    # the legend shows the pillar by its first mark
    mine.sort(key=lambda mark: mark.row["status"] != "held")
    days = [mark for mark in mine if _is_day(mark)]
    longer = [mark for mark in mine if not _is_day(mark)]
    traces = [
        shared
        | _position(days, labels)
        | _draw_dots(days, colours.pillar(pillar), colours.surface, size)
    ]
    if longer:
        traces.append(
            shared | _position(longer, labels) | _draw_bars(longer, colours.pillar(pillar))
        )
    return traces


def _is_day(mark: Placed) -> bool:
    return mark.row["date_precision"] == "day" and mark.end - mark.start <= timedelta(days=1)


def _position(marks: Sequence[Placed], labels: TimelineLabels) -> dict[str, Any]:
    return {
        "y": [mark.y for mark in marks] or [None],
        "customdata": [f"event={mark.row['event_id']}" for mark in marks],
        "hovertext": [_describe(mark.row, labels) for mark in marks],
    }


def _draw_dots(marks: Sequence[Placed], colour: str, surface: str, size: int) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [mark.start.isoformat() for mark in marks] or [None],
        "marker": style_markers([mark.row["status"] for mark in marks], colour, surface, size),
    }


def _draw_bars(marks: Sequence[Placed], colour: str) -> dict[str, Any]:
    known = [mark.row["date_precision"] == "day" for mark in marks]
    return {
        "type": "bar",
        "orientation": "h",
        "showlegend": False,
        "base": [mark.start.isoformat() for mark in marks],
        "x": [(mark.end - mark.start).days * DAY for mark in marks],
        "width": 0.22,
        "marker": style_bars([mark.row["status"] for mark in marks], known, colour),
    }


def _describe(event: Row, labels: TimelineLabels) -> str:
    status = "" if event["status"] == "held" else f" · {event['status']}"
    lines = [
        f"<b>{escape_text(shorten(event['title'], 90))}</b>",
        escape_text(format_event_dates(event) + status),
    ]
    lines += [
        escape_text(shorten(text, 110))
        for text in (event["host_event"], labels.people.get(event["event_id"]))
        if text
    ]
    return "<br>".join([*lines, escape_text(format_event_place(event))])


def _tabulate(event: Row, labels: TimelineLabels) -> Row:
    return {
        "When": format_event_dates(event),
        "Event": event["title"],
        "Kind": labels.kind(event["kind"]),
        "Who": labels.people.get(event["event_id"], ""),
        "Where": format_event_place(event),
        "Status": event["status"],
    }
