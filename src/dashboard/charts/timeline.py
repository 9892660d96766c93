"""Every event on a timeline, in the lane of its kind."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from dashboard.charts import Chart
from dashboard.charts.lanes import Placed, Span, borders, lane_names, place
from dashboard.charts.status import bar_marker, legend, marker
from dashboard.charts.theme import Palette, axis, layout, room, safe
from dashboard.model import Row
from dashboard.text.counts import by_status
from dashboard.text.labels import short
from dashboard.text.lists import listed
from dashboard.text.records import when, where

MAX_MARKS = 3000
UNSTATED = ""


@dataclass(frozen=True)
class Labels:
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


def timeline(events: Sequence[Row], span: Span, labels: Labels, colours: Palette) -> Chart:
    """A day as a dot, a range as a bar, a month as a hatched bar; planned ones are open, cancelled
    ones crosses.

    `events` are rows of the question events. Use it for up to MAX_MARKS events; what is known by
    the year only stands apart.
    """
    dated = [e for e in events if e["date_precision"] in ("day", "month")]
    present = {e["kind"] or UNSTATED for e in dated}
    lanes = [lane for lane in (UNSTATED, *reversed(list(labels.kinds))) if lane in present]
    size = 12 if len(dated) < 400 else 8
    placed = [
        mark
        for index, lane in enumerate(lanes)
        for mark in place(
            [e for e in dated if (e["kind"] or UNSTATED) == lane], index, 0.62, span, size + 2
        )
    ]
    height = 100 + 58 * max(len(lanes), 1)
    names = [labels.kind(lane) for lane in lanes]
    figure = {
        "data": [
            *(
                t
                for pillar in (*labels.pillars, None)
                for t in _marks(placed, pillar, labels, colours, size=size)
            ),
            *legend(dated, colours),
        ],
        "layout": layout(
            height,
            colours,
            margin=room(above=["one line"], below=True),
            xaxis=time_axis(span, colours),
            yaxis=axis(colours, visible=False, range=[-0.45, max(len(lanes), 1) - 0.3]),
            annotations=lane_names(names, [index + 0.47 for index in range(len(lanes))], colours),
            shapes=borders([index + 0.63 for index in range(len(lanes))], colours),
            hovermode="closest",
            barmode="overlay",
        ),
    }
    links = [(f"{when(event)}: {event['title']}", f"event={event['event_id']}") for event in events]
    return Chart(
        figure, [_table_row(event, labels) for event in events], sentence(events), height, links
    )


def sentence(events: Sequence[Row]) -> str:
    """How many events were held, are planned and were cancelled, and how well their dates are
    known.
    """
    known = {
        name: sum(e["date_precision"] == name for e in events)
        for name in ("day", "month", "year", "unknown")
    }
    parts = [f"{known['month']:,} known by the month only"] if known["month"] else []
    parts += (
        [f"{known['year'] + known['unknown']:,} known by the year only"]
        if known["year"] + known["unknown"]
        else []
    )
    parts = [f"{known['day']:,} on a known day", *parts] if parts and known["day"] else parts
    total = by_status(Counter(e["status"] for e in events), "event")
    return f"{total}: {listed(parts)}" if parts else total


def time_axis(span: Span, colours: Palette) -> dict[str, Any]:
    """Months of one year by their short names; years otherwise."""
    one_year = span.days <= 370
    return axis(
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


def _marks(
    placed: Sequence[Placed], pillar: str | None, labels: Labels, colours: Palette, *, size: int
) -> list[dict[str, Any]]:
    mine = [mark for mark in placed if mark.row["pillar"] == pillar]
    if not mine:
        return []
    name = safe(labels.pillar(pillar))
    shared = {"name": name, "legendgroup": name, "hoverinfo": "text"}
    # the legend shows the pillar by its first mark
    mine.sort(key=lambda mark: mark.row["status"] != "held")
    days = [mark for mark in mine if _is_day(mark)]
    longer = [mark for mark in mine if not _is_day(mark)]
    traces = [
        shared | _about(days, labels) | _dots(days, colours.pillar(pillar), colours.surface, size)
    ]
    if longer:
        traces.append(shared | _about(longer, labels) | _bars(longer, colours.pillar(pillar)))
    return traces


def _is_day(mark: Placed) -> bool:
    return mark.row["date_precision"] == "day" and mark.end - mark.start <= timedelta(days=1)


def _about(marks: Sequence[Placed], labels: Labels) -> dict[str, Any]:
    return {
        "y": [mark.y for mark in marks] or [None],
        "customdata": [f"event={mark.row['event_id']}" for mark in marks],
        "hovertext": [_hover(mark.row, labels) for mark in marks],
    }


def _dots(marks: Sequence[Placed], colour: str, surface: str, size: int) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [mark.start.isoformat() for mark in marks] or [None],
        "marker": marker([mark.row["status"] for mark in marks], colour, surface, size),
    }


def _bars(marks: Sequence[Placed], colour: str) -> dict[str, Any]:
    known = [mark.row["date_precision"] == "day" for mark in marks]
    return {
        "type": "bar",
        "orientation": "h",
        "showlegend": False,
        "base": [mark.start.isoformat() for mark in marks],
        "x": [(mark.end - mark.start).days * 86_400_000 for mark in marks],
        "width": 0.22,
        "marker": bar_marker([mark.row["status"] for mark in marks], known, colour),
    }


def _hover(event: Row, labels: Labels) -> str:
    status = "" if event["status"] == "held" else f" · {event['status']}"
    lines = [f"<b>{safe(short(event['title'], 90))}</b>", safe(when(event) + status)]
    lines += [
        safe(short(text, 110))
        for text in (event["host_event"], labels.people.get(event["event_id"]))
        if text
    ]
    return "<br>".join([*lines, safe(where(event))])


def _table_row(event: Row, labels: Labels) -> Row:
    return {
        "When": when(event),
        "Event": event["title"],
        "Kind": labels.kind(event["kind"]),
        "Who": labels.people.get(event["event_id"], ""),
        "Where": where(event),
        "Status": event["status"],
    }
