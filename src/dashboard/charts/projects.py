"""What runs and until when: a row per project, its unknown start and end drawn as unknown."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from dashboard.charts import Chart
from dashboard.charts.lanes import Span, borders
from dashboard.charts.theme import Palette, axis, hatched, layout, safe
from dashboard.charts.timeline import time_axis
from dashboard.model import Row
from dashboard.text.labels import short
from dashboard.text.records import period, projects_in_words

MAX_ROWS = 40
ROW, HEAD = 38, 34
"""Pixels a project, and the name of a pillar."""
DAY = 86_400_000


def running(
    projects: Sequence[Row],
    pillars: Mapping[str, str],
    colours: Palette,
    *,
    statuses: Mapping[str, str],
    today: date,
) -> Chart:
    """A bar per project under its pillar: solid where it is known to run, hatched where its start
    or end is not known, outlined while it is planned.

    `projects` are rows of the question projects; the first MAX_ROWS are drawn, the table holds all.
    """
    ranked = sorted(projects, key=lambda p: (_rank(p, pillars), p["first_day"], p["title"]))
    shown = ranked[:MAX_ROWS]
    span = _span(shown, today)
    places, names, bottom = _places(shown, pillars)
    height = int(50 + bottom)
    figure = {
        "data": (
            [*_bars(shown, places, span, colours), _labels(shown, places, span, statuses, colours)]
            if shown
            else []
        ),
        "layout": layout(
            height,
            colours,
            xaxis=time_axis(span, colours) | {"side": "top"},
            yaxis=axis(colours, visible=False, range=[-bottom - 4, 4]),
            annotations=names_of_pillars(names, colours),
            shapes=borders([y - ROW / 2 for y in places], colours)
            + ([_today(today, bottom, colours)] if span.first <= today <= span.last else []),
            barmode="overlay",
            showlegend=False,
            hovermode="closest",
        ),
    }
    return Chart(
        figure, _table(ranked, pillars, statuses), sentence(projects), height, _links(shown)
    )


def sentence(projects: Sequence[Row]) -> str:
    """How many, and for how many it is known until when they run."""
    if not projects:
        return "No projects"
    total = projects_in_words(projects)
    known = sum(bool(p["end_date"]) for p in projects)
    ends = f"the end is known for {'each' if known == len(projects) else known or 'none'}"
    more = f"; the first {MAX_ROWS} are drawn" if len(projects) > MAX_ROWS else ""
    return f"{total}: {ends}{more}"


def names_of_pillars(
    names: Sequence[tuple[float, str, str]], colours: Palette
) -> list[dict[str, Any]]:
    """The name of each pillar above its rows: height, text and colour."""
    return [
        {
            "xref": "paper",
            "x": 0,
            "y": y,
            "text": f"<b>{safe(name)}</b>",
            "showarrow": False,
            "xanchor": "left",
            "yanchor": "middle",
            "font": {"size": 14, "color": colour},
            "bgcolor": colours.surface,
        }
        for y, name, colour in ((y, name, colours.pillar(pillar)) for y, name, pillar in names)
    ]


def _rank(project: Row, pillars: Mapping[str, str]) -> int:
    order = list(pillars)
    return order.index(project["pillar"]) if project["pillar"] in order else len(order)


def _span(projects: Sequence[Row], today: date) -> Span:
    """From the first known day to the last, and at least the year of today; at most ten years back."""
    firsts = [p["first_day"] for p in projects] or [today]
    lasts = [p["last_day"] for p in projects if p["last_day"]] or [today]
    first, last = (
        min(firsts).year,
        max(*lasts, *firsts, min(today, date(max(firsts).year + 10, 1, 1))).year,
    )
    return Span(date(max(first, last - 10), 1, 1), date(last, 12, 31))


def _places(
    projects: Sequence[Row], pillars: Mapping[str, str]
) -> tuple[list[float], list[tuple[float, str, str]], float]:
    """The height of each row, of each pillar's name, and where the last row ends, in pixels
    downwards.
    """
    places, names, y, last = [], [], 0.0, object()
    for project in projects:
        if project["pillar"] != last:
            last = project["pillar"]
            names.append((-y - HEAD / 2, pillars.get(last or "", "No pillar stated"), last or ""))
            y += HEAD
        places.append(-y - ROW / 2)
        y += ROW
    return places, names, y


def _bars(
    projects: Sequence[Row], places: Sequence[float], span: Span, colours: Palette
) -> list[dict[str, Any]]:
    known: list[tuple[date, date, Row, float]] = []
    unknown: list[tuple[date, date, Row, float]] = []
    for project, y in zip(projects, places, strict=True):
        for first, last, is_known in _pieces(project, span):
            if first <= last:
                (known if is_known else unknown).append((first, last, project, y))
    traces = [_bar(known, colours, solid=True)] if known else []
    return traces + ([_bar(unknown, colours, solid=False)] if unknown else [])


def _pieces(project: Row, span: Span) -> list[tuple[date, date, bool]]:
    """Stretches of the bar: from when to when, and whether it is known to run then. What has
    neither start nor end is hatched over the time for which it was reported.
    """
    first = max(project["first_day"], span.first)
    last = min(project["last_day"] or span.last, span.last)
    if project["start_date"] and project["end_date"]:
        return [(first, last, True)]
    if project["start_date"]:
        sure = min(max(date(int(project["reported_date"][:4]), 12, 31), first), last)
        return [(first, sure, True), (sure + timedelta(days=1), last, False)]
    return [(first, last, False)]


def _bar(
    pieces: Sequence[tuple[date, date, Row, float]], colours: Palette, *, solid: bool
) -> dict[str, Any]:
    fills = [colours.pillar(project["pillar"]) for _, _, project, _ in pieces]
    planned = [project["status"] == "planned" for _, _, project, _ in pieces]
    marker = (
        {
            "color": [colours.surface if p else f for p, f in zip(planned, fills, strict=True)],
            "line": {"color": fills, "width": 2},
            "cornerradius": 3,
        }
        if solid
        else hatched(colours) | {"line": {"color": fills, "width": 1.5}, "cornerradius": 3}
    )
    return {
        "type": "bar",
        "orientation": "h",
        "width": 11,
        "y": [y - 8 for _, _, _, y in pieces],
        "base": [first.isoformat() for first, _, _, _ in pieces],
        "x": [((last - first).days + 1) * DAY for first, last, _, _ in pieces],
        "customdata": [f"project={project['project_id']}" for _, _, project, _ in pieces],
        "hovertext": [
            f"<b>{safe(project['title'])}</b><br>{safe(period(project))}"
            for _, _, project, _ in pieces
        ],
        "hoverinfo": "text",
        "marker": marker,
    }


def _labels(
    projects: Sequence[Row],
    places: Sequence[float],
    span: Span,
    statuses: Mapping[str, str],
    colours: Palette,
) -> dict[str, Any]:
    """Title, status and period above each bar, from the left: nothing is cut on a phone."""
    return {
        "type": "scatter",
        "mode": "text",
        "x": [span.first.isoformat()] * len(projects),
        "y": [y + 8 for y in places],
        "text": [
            f"{safe(short(p['title'], 58))}<span"
            f" style='color:{colours.context}'>{safe(_note(p, statuses))}</span>"
            for p in projects
        ],
        "textposition": "middle right",
        "textfont": {"size": 13, "color": colours.ink},
        "hoverinfo": "skip",
        "customdata": [f"project={p['project_id']}" for p in projects],
        "cliponaxis": False,
    }


def _note(project: Row, statuses: Mapping[str, str]) -> str:
    """What the bar does not show: a status other than running, and the year of a known end."""
    status = (
        str(statuses.get(project["status"], project["status"])).lower()
        if project["status"] != "running"
        else ""
    )
    said = ", ".join(
        part
        for part in (status, f"until {project['end_date'][:4]}" if project["end_date"] else "")
        if part
    )
    return f" · {said}" if said else ""


def _today(today: date, bottom: float, colours: Palette) -> dict[str, Any]:
    return {
        "type": "line",
        "x0": today.isoformat(),
        "x1": today.isoformat(),
        "y0": 0,
        "y1": -bottom,
        "layer": "below",
        "line": {"color": colours.context, "width": 1, "dash": "dot"},
    }


def _table(
    projects: Sequence[Row], pillars: Mapping[str, str], statuses: Mapping[str, str]
) -> list[Row]:
    return [
        {
            "Project": p["title"],
            "Pillar": pillars.get(p["pillar"] or "", "not stated"),
            "Status": statuses.get(p["status"], p["status"]),
            "Start": p["start_date"] or "not known",
            "End": p["end_date"] or "not known",
        }
        for p in projects
    ]


def _links(projects: Sequence[Row]) -> list[tuple[str, str]]:
    return [(p["title"], f"project={p['project_id']}") for p in projects]
