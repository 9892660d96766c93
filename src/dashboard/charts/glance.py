"""The year at a glance: events, trainings and projects on one timeline, the pillars as lanes."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from dashboard.charts import Chart
from dashboard.charts.lanes import Placed, Span, borders, lane_names, place
from dashboard.charts.status import legend, marker
from dashboard.charts.theme import Palette, axis, layout, room, safe
from dashboard.charts.timeline import time_axis
from dashboard.model import Row
from dashboard.text.counts import by_status, count
from dashboard.text.dates import partial
from dashboard.text.labels import short
from dashboard.text.records import period, projects_in_words, trainings_in_words, when

Labels = Mapping[str, str]
MAX_BARS = 4


@dataclass(frozen=True)
class Year:
    """What is shown together: rows of the questions events, trainings and projects. `too_many`: how
    many events there are by status, where they are too many to be among them.
    """

    events: Sequence[Row]
    trainings: Sequence[Row]
    projects: Sequence[Row]
    too_many: Mapping[str, int] = field(default_factory=dict)


def at_a_glance(year: Year, span: Span, pillars: Labels, colours: Palette) -> Chart:
    """Dated events as dots (rings while planned, crosses where cancelled), above trainings and
    projects with a known period as bars, a lane per pillar.

    What has no date of its own stands apart: see undated.
    """
    present = {r["pillar"] for r in (*year.events, *year.trainings, *year.projects)}
    lanes = [lane for lane in (None, *reversed(list(pillars))) if lane in present]
    traces: list[dict[str, Any]] = []
    tops: list[float] = []
    ends: list[float] = []
    y = 0.0
    for lane in lanes:
        drawn, top, y = _lane(year, lane, y, span, colours)
        traces += drawn
        tops.append(top)
        ends.append(y)
    height = int(70 + 72 * max(y, 1.2))
    names = [pillars.get(lane or "", "No pillar stated") for lane in lanes]
    statuses = legend([e for e in year.events if e["date_precision"] == "day"], colours)
    figure = {
        "data": [*traces, *statuses],
        "layout": layout(
            height,
            colours,
            margin=room(above=["one line"] if statuses else (), below=True),
            xaxis=time_axis(span, colours) | {"showgrid": False},
            yaxis=axis(colours, visible=False, range=[-0.1, max(y, 1)]),
            annotations=lane_names(names, tops, colours),
            shapes=borders(ends, colours),
            showlegend=bool(statuses),
            hovermode="closest",
        ),
    }
    return Chart(figure, _table(year), glance_sentence(year), height, _links(year))


def _lane(
    year: Year, lane: str | None, y: float, span: Span, colours: Palette
) -> tuple[list[dict[str, Any]], float, float]:
    """Traces of one lane that starts at y; the height of its name; where it ends."""
    traces: list[dict[str, Any]] = []
    y += 0.18
    for bar in _bars(year, lane, span):
        traces += _bar(bar, y, colours.pillar(lane), span, colours)
        y += 0.36
    dots = [e for e in year.events if e["pillar"] == lane and e["date_precision"] == "day"]
    placed = place(dots, 0, 1.4, span, 14)
    depth = max((abs(mark.y) for mark in placed), default=0)
    if not placed:
        return traces, y + 0.02, y + 0.22
    y += depth + 0.1
    traces.append(_dots(placed, y, colours.pillar(lane), colours.surface))
    return traces, y + depth + 0.27, y + depth + 0.46


def _table(year: Year) -> list[Row]:
    rows = [
        *((when(e), e, "event") for e in year.events),
        *((partial(t["period"]), t, "training") for t in year.trainings),
        *((period(p), p, "project") for p in year.projects),
    ]
    return [
        {"When": time, "What": row["title"], "Sort": sort, "Status": row["status"]}
        for time, row, sort in rows
    ]


def _links(year: Year) -> list[tuple[str, str]]:
    """Everything on the timeline, to be opened one by one."""
    links = [(f"{when(e)}: {e['title']}", f"event={e['event_id']}") for e in year.events]
    links += [(t["title"], f"record=trainings.{t['training_id']}") for t in year.trainings]
    return links + [(p["title"], f"project={p['project_id']}") for p in year.projects]


def glance_sentence(year: Year) -> str:
    """What the timeline holds, by status as the cards count it, and what of it is drawn."""
    events = by_status(year.too_many or Counter(e["status"] for e in year.events), "event")
    dated = sum(e["date_precision"] == "day" for e in year.events)
    drawn = f", {dated:,} of them on a known day" if dated < len(year.events) else ""
    return "; ".join(
        [
            f"{events}{', too many to draw one by one' if year.too_many else drawn}",
            trainings_in_words(year.trainings),
            projects_in_words(year.projects),
        ]
    )


def undated(year: Year) -> dict[str, list[str]]:
    """What is known by the year only, by sort: it cannot stand on a timeline without inventing a
    date.
    """
    return {
        "Events": [e["title"] for e in year.events if e["date_precision"] in ("year", "unknown")],
        "Trainings and modules": [
            t["title"]
            for t in year.trainings
            if t["calendar"] != "academic" and len(t["period"] or "") == 4
        ],
        "Projects and results": [
            p["title"] for p in year.projects if not p["start_date"] and not p["end_date"]
        ],
    }


def _bars(year: Year, lane: str | None, span: Span) -> list[Row]:
    """Periods of one lane: trainings of an academic year together, then projects with a known date."""
    bars: list[Row] = []
    academic: dict[str, list[Row]] = {}
    for training in year.trainings:
        if training["pillar"] == lane and training["calendar"] == "academic":
            academic.setdefault(training["period"], []).append(training)
    for years, members in sorted(academic.items()):
        label = f"{count(len(members), 'training')}, {partial(years)}"
        first, last = date(int(years[:4]), 9, 1), date(int(years[5:]), 8, 31)
        bars.append(
            {
                "label": label,
                "first": first,
                "last": last,
                "open": False,
                "hover": [m["title"] for m in members],
                "link": (
                    f"record=trainings.{members[0]['training_id']}" if len(members) == 1 else None
                ),
            }
        )
    dated = [p for p in year.projects if p["pillar"] == lane and (p["start_date"] or p["end_date"])]
    for project in dated[:MAX_BARS]:
        bars.append(
            {
                "label": project["title"],
                "first": project["first_day"],
                "last": project["last_day"] or span.last,
                "open": not (project["start_date"] and project["end_date"]),
                "hover": [period(project)],
                "link": f"project={project['project_id']}",
            }
        )
    if len(dated) > MAX_BARS:
        ends = [p["last_day"] or span.last for p in dated[MAX_BARS:]]
        more = {
            "label": f"and {count(len(dated) - MAX_BARS, 'more project', 'more projects')}",
            "open": True,
        }
        bars.append(
            more
            | {
                "first": min(p["first_day"] for p in dated[MAX_BARS:]),
                "last": max(ends),
                "hover": [],
                "link": None,
            }
        )
    return [bar for bar in bars if bar["first"] <= span.last and bar["last"] >= span.first]


def _bar(bar: Row, y: float, colour: str, span: Span, colours: Palette) -> list[dict[str, Any]]:
    first, last = max(bar["first"], span.first), min(bar["last"], span.last)
    hover = "<br>".join(
        [f"<b>{safe(bar['label'])}</b>", *(safe(line) for line in bar["hover"][:8])]
    )
    line = {
        "type": "scatter",
        "mode": "lines",
        "x": [first.isoformat(), (last + timedelta(days=1)).isoformat()],
        "y": [y, y],
        "showlegend": False,
        "line": {"color": colour, "width": 5, "dash": "dot" if bar["open"] else "solid"},
        "opacity": 0.75,
        "hoverinfo": "text",
        "hovertext": [hover, hover],
        "customdata": [bar["link"], bar["link"]],
    }
    label = {
        "type": "scatter",
        "mode": "text",
        "x": [first.isoformat()],
        "y": [y + 0.13],
        "text": [f" {safe(short(bar['label'], 60))}"],
        "textposition": "middle right",
        "textfont": {"size": 13, "color": colours.ink},
        "hoverinfo": "skip",
        "customdata": [bar["link"]],
        "showlegend": False,
    }
    return [line, label]


def _dots(placed: Sequence[Placed], y: float, colour: str, surface: str) -> dict[str, Any]:
    statuses = [str(mark.row["status"]) for mark in placed]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [mark.start.isoformat() for mark in placed],
        "y": [y + mark.y for mark in placed],
        "customdata": [f"event={mark.row['event_id']}" for mark in placed],
        "hovertext": [
            f"<b>{safe(mark.row['title'])}</b><br>{safe(when(mark.row))}{'' if status == 'held' else f' · {safe(status)}'}"
            for mark, status in zip(placed, statuses, strict=True)
        ],
        "hoverinfo": "text",
        "showlegend": False,
        "marker": marker(statuses, colour, surface, 12 if len(placed) < 150 else 7),
    }
