"""The year at a glance: events, trainings and projects on one timeline, the pillars as lanes."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from dashboard.charts import Chart
from dashboard.charts.lanes import Placed, Span, draw_borders, stack_rows, write_lane_names
from dashboard.charts.status import draw_legend, style_markers
from dashboard.charts.theme import Palette, escape_text, make_axis, make_layout, make_margins
from dashboard.charts.timeline import make_time_axis
from dashboard.model import Row
from dashboard.text.counts import format_count, format_status_counts
from dashboard.text.dates import format_partial_date
from dashboard.text.labels import shorten
from dashboard.text.records import (
    format_event_dates,
    format_project_counts,
    format_project_period,
    format_training_counts,
)

Labels = Mapping[str, str]
MAX_BARS = 4
"""Projects of a lane that are drawn each; the others share one bar."""
MAX_LARGE_DOTS = 150


@dataclass(frozen=True)
class Year:
    """What is shown together: rows of the questions events, trainings and projects. `too_many`: how
    many events there are by status, where they are too many to be among them.
    """

    events: Sequence[Row]
    trainings: Sequence[Row]
    projects: Sequence[Row]
    too_many: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Bar:
    """A period of a lane: its name, its days, whether its start or end is not known (`open`), what
    stands beside the mouse, and what a click opens.
    """

    label: str
    first: date
    last: date
    open: bool = False
    hover: Sequence[str] = ()
    link: str | None = None


@dataclass
class _Lanes:
    """What was drawn of the lanes so far: traces, the heights of their names, and where each ends."""

    traces: list[dict[str, Any]] = field(default_factory=list)
    tops: list[float] = field(default_factory=list)
    ends: list[float] = field(default_factory=list)

    @property
    def height(self) -> float:
        return self.ends[-1] if self.ends else 0.0


def draw_year(year: Year, span: Span, pillars: Labels, colours: Palette) -> Chart:
    """Draw dated events as dots (rings while planned, crosses where cancelled), above trainings and
    projects with a known period as bars, a lane per pillar.

    What has no date of its own stands apart: see find_undated.
    """
    present = {r["pillar"] for r in (*year.events, *year.trainings, *year.projects)}
    pillars_drawn = [lane for lane in (None, *reversed(list(pillars))) if lane in present]
    lanes = _Lanes()
    for pillar in pillars_drawn:
        _draw_lane(lanes, year, pillar, span, colours)
    names = [pillars.get(lane or "", "No pillar stated") for lane in pillars_drawn]
    statuses = draw_legend([e for e in year.events if e["date_precision"] == "day"], colours)
    height = int(70 + 72 * max(lanes.height, 1.2))
    figure = {
        "data": [*lanes.traces, *statuses],
        "layout": make_layout(
            height,
            colours,
            margin=make_margins(above=["one line"] if statuses else (), below=True),
            xaxis=make_time_axis(span, colours) | {"showgrid": False},
            yaxis=make_axis(colours, visible=False, range=[-0.1, max(lanes.height, 1)]),
            annotations=write_lane_names(names, lanes.tops, colours),
            shapes=draw_borders(lanes.ends, colours),
            showlegend=bool(statuses),
            hovermode="closest",
        ),
    }
    return Chart(figure, _tabulate(year), describe_year(year), height, _list_links(year))


def _draw_lane(lanes: _Lanes, year: Year, pillar: str | None, span: Span, colours: Palette) -> None:
    """Draw one lane above those that are there: its bars, and its events above them."""
    y, colour = lanes.height + 0.18, colours.pillar(pillar)
    for bar in _find_bars(year, pillar, span):
        lanes.traces += _draw_bar(bar, y, colour, span, colours)
        y += 0.36
    dots = [e for e in year.events if e["pillar"] == pillar and e["date_precision"] == "day"]
    placed = stack_rows(dots, 0, 1.4, span, 14)
    top, end = y + 0.02, y + 0.22
    if placed:
        depth = max(abs(mark.y) for mark in placed)
        y += depth + 0.1
        lanes.traces.append(_draw_dots(placed, y, colour, colours.surface))
        top, end = y + depth + 0.27, y + depth + 0.46
    lanes.tops.append(top)
    lanes.ends.append(end)


def _tabulate(year: Year) -> list[Row]:
    rows = [
        *((format_event_dates(e), e, "event") for e in year.events),
        *((format_partial_date(t["period"]), t, "training") for t in year.trainings),
        *((format_project_period(p), p, "project") for p in year.projects),
    ]
    return [
        {"When": time, "What": row["title"], "Sort": sort, "Status": row["status"]}
        for time, row, sort in rows
    ]


def _list_links(year: Year) -> list[tuple[str, str]]:
    """List everything on the timeline, to be opened one by one."""
    links = [
        (f"{format_event_dates(e)}: {e['title']}", f"event={e['event_id']}") for e in year.events
    ]
    links += [(t["title"], f"record=trainings.{t['training_id']}") for t in year.trainings]
    return links + [(p["title"], f"project={p['project_id']}") for p in year.projects]


def describe_year(year: Year) -> str:
    """Say what the timeline holds, by status as the cards count it, and what of it is drawn."""
    events = format_status_counts(
        year.too_many or Counter(e["status"] for e in year.events), "event"
    )
    dated = sum(e["date_precision"] == "day" for e in year.events)
    drawn = f", {dated:,} of them on a known day" if dated < len(year.events) else ""
    return "; ".join(
        [
            f"{events}{', too many to draw one by one' if year.too_many else drawn}",
            format_training_counts(year.trainings),
            format_project_counts(year.projects),
        ]
    )


def find_undated(year: Year) -> dict[str, list[str]]:
    """List the titles of what is known by the year only, by table: it cannot stand on a timeline
    without inventing a date.
    """
    return {
        "events": [e["title"] for e in year.events if e["date_precision"] in ("year", "unknown")],
        "trainings": [
            t["title"]
            for t in year.trainings
            if t["calendar"] != "academic" and len(t["period"] or "") == 4
        ],
        "projects": [
            p["title"] for p in year.projects if not p["start_date"] and not p["end_date"]
        ],
    }


def _find_bars(year: Year, pillar: str | None, span: Span) -> list[Bar]:
    """Find the periods of one lane that lie in the span: trainings of an academic year together,
    then projects with a known date.
    """
    academic: dict[str, list[Row]] = {}
    for training in year.trainings:
        if training["pillar"] == pillar and training["calendar"] == "academic":
            academic.setdefault(training["period"], []).append(training)
    bars = [_bar_of_trainings(years, members) for years, members in sorted(academic.items())]
    projects = [p for p in year.projects if p["pillar"] == pillar]
    dated = [p for p in projects if p["start_date"] or p["end_date"]]
    bars += [_bar_of_project(project, span) for project in dated[:MAX_BARS]]
    bars += [_bar_of_others(dated[MAX_BARS:], span)] if len(dated) > MAX_BARS else []
    return [bar for bar in bars if bar.first <= span.last and bar.last >= span.first]


def _bar_of_trainings(years: str, trainings: Sequence[Row]) -> Bar:
    """Make the bar of the trainings of an academic year "2024-2025"."""
    return Bar(
        f"{format_count(len(trainings), 'training')}, {format_partial_date(years)}",
        date(int(years[:4]), 9, 1),
        date(int(years[5:]), 8, 31),
        hover=[training["title"] for training in trainings],
        link=f"record=trainings.{trainings[0]['training_id']}" if len(trainings) == 1 else None,
    )


def _bar_of_project(project: Row, span: Span) -> Bar:
    return Bar(
        project["title"],
        project["first_day"],
        project["last_day"] or span.last,
        open=not (project["start_date"] and project["end_date"]),
        hover=[format_project_period(project)],
        link=f"project={project['project_id']}",
    )


def _bar_of_others(projects: Sequence[Row], span: Span) -> Bar:
    """Make the one bar of the projects that are too many to draw each."""
    return Bar(
        f"and {format_count(len(projects), 'more project', 'more projects')}",
        min(p["first_day"] for p in projects),
        max(p["last_day"] or span.last for p in projects),
        open=True,
    )


def _draw_bar(
    bar: Bar, y: float, colour: str, span: Span, colours: Palette
) -> list[dict[str, Any]]:
    """Draw the line of a bar, and its name above it."""
    first, last = max(bar.first, span.first), min(bar.last, span.last)
    hover = "<br>".join(
        [f"<b>{escape_text(bar.label)}</b>", *(escape_text(line) for line in bar.hover[:8])]
    )
    line = {
        "type": "scatter",
        "mode": "lines",
        "x": [first.isoformat(), (last + timedelta(days=1)).isoformat()],
        "y": [y, y],
        "showlegend": False,
        "line": {"color": colour, "width": 5, "dash": "dot" if bar.open else "solid"},
        "opacity": 0.75,
        "hoverinfo": "text",
        "hovertext": [hover, hover],
        "customdata": [bar.link, bar.link],
    }
    return [line, _label_bar(bar, first, y, colours)]


def _label_bar(bar: Bar, first: date, y: float, colours: Palette) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "text",
        "x": [first.isoformat()],
        "y": [y + 0.13],
        "text": [f" {escape_text(shorten(bar.label, 60))}"],
        "textposition": "middle right",
        "textfont": {"size": 13, "color": colours.ink},
        "hoverinfo": "skip",
        "customdata": [bar.link],
        "showlegend": False,
    }


def _draw_dots(placed: Sequence[Placed], y: float, colour: str, surface: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [mark.start.isoformat() for mark in placed],
        "y": [y + mark.y for mark in placed],
        "customdata": [f"event={mark.row['event_id']}" for mark in placed],
        "hovertext": [_describe(mark.row) for mark in placed],
        "hoverinfo": "text",
        "showlegend": False,
        "marker": style_markers(
            [str(mark.row["status"]) for mark in placed],
            colour,
            surface,
            12 if len(placed) < MAX_LARGE_DOTS else 7,
        ),
    }


def _describe(event: Row) -> str:
    status = "" if event["status"] == "held" else f" · {escape_text(event['status'])}"
    return (
        f"<b>{escape_text(event['title'])}</b><br>{escape_text(format_event_dates(event))}{status}"
    )
