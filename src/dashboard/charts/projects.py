"""What runs and until when: a row per project, its unknown start and end drawn as unknown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dashboard.charts import Chart
from dashboard.charts.lanes import Span, draw_borders, write_name
from dashboard.charts.theme import Palette, escape_text, make_axis, make_hatching, make_layout
from dashboard.charts.timeline import DAY, make_time_axis
from dashboard.model import Row
from dashboard.text.labels import shorten
from dashboard.text.records import format_project_counts, format_project_period

MAX_ROWS = 40
ROW, HEAD = 38, 34
"""Pixels a project, and the name of a pillar."""


@dataclass(frozen=True)
class Places:
    """In pixels downwards: the height of each row, that of each pillar's name (with the name and the
    id), and where the last row ends.
    """

    rows: Sequence[float]
    pillars: Sequence[tuple[float, str, str]]
    bottom: float


@dataclass(frozen=True)
class Piece:
    """A stretch of the bar of a project, and its height."""

    first: date
    last: date
    project: Row
    y: float


def draw_projects(
    projects: Sequence[Row],
    pillars: Mapping[str, str],
    colours: Palette,
    *,
    statuses: Mapping[str, str],
    today: date,
) -> Chart:
    """Draw a bar per project under its pillar: solid where it is known to run, hatched where its start
    or end is not known, outlined while it is planned.

    `projects` are rows of the question projects; the first MAX_ROWS are drawn, the table holds all.
    """
    ranked = sorted(projects, key=lambda p: (_rank(p, pillars), p["first_day"], p["title"]))
    shown = ranked[:MAX_ROWS]
    span, places = _find_span(shown, today), _place_rows(shown, pillars)
    height = int(50 + places.bottom)
    traces = (
        [
            *_draw_bars(shown, places.rows, span, colours),
            _draw_labels(shown, places.rows, span, statuses, colours),
        ]
        if shown
        else []
    )
    figure = {"data": traces, "layout": _lay_out(places, height, span, today, colours)}
    table = _tabulate(ranked, pillars, statuses)
    return Chart(figure, table, describe_projects(projects), height, _list_links(shown))


def _lay_out(
    places: Places, height: int, span: Span, today: date, colours: Palette
) -> dict[str, Any]:
    lines = draw_borders([y - ROW / 2 for y in places.rows], colours)
    if span.first <= today <= span.last:
        lines.append(_draw_today(today, places.bottom, colours))
    return make_layout(
        height,
        colours,
        xaxis=make_time_axis(span, colours) | {"side": "top"},
        yaxis=make_axis(colours, visible=False, range=[-places.bottom - 4, 4]),
        annotations=write_pillar_names(places.pillars, colours),
        shapes=lines,
        barmode="overlay",
        showlegend=False,
        hovermode="closest",
    )


def describe_projects(projects: Sequence[Row]) -> str:
    """Say how many there are, and for how many it is known until when they run."""
    if not projects:
        return "No projects"
    total = format_project_counts(projects)
    known = sum(bool(p["end_date"]) for p in projects)
    ends = f"the end is known for {'each' if known == len(projects) else known or 'none'}"
    more = f"; the first {MAX_ROWS} are drawn" if len(projects) > MAX_ROWS else ""
    return f"{total}: {ends}{more}"


def write_pillar_names(
    names: Sequence[tuple[float, str, str]], colours: Palette
) -> list[dict[str, Any]]:
    """Write the name of each pillar above its rows: height, text and id."""
    return [
        write_name(name, y, colours) | {"font": {"size": 14, "color": colours.pillar(pillar)}}
        for y, name, pillar in names
    ]


def _rank(project: Row, pillars: Mapping[str, str]) -> int:
    order = list(pillars)
    return order.index(project["pillar"]) if project["pillar"] in order else len(order)


def _find_span(projects: Sequence[Row], today: date) -> Span:
    """Find the time that is shown: from the first known day to the last, and at least the year of today; at most ten years back."""
    firsts = [p["first_day"] for p in projects] or [today]
    lasts = [p["last_day"] for p in projects if p["last_day"]] or [today]
    first, last = (
        min(firsts).year,
        max(*lasts, *firsts, min(today, date(max(firsts).year + 10, 1, 1))).year,
    )
    return Span(date(max(first, last - 10), 1, 1), date(last, 12, 31))


def _place_rows(projects: Sequence[Row], pillars: Mapping[str, str]) -> Places:
    rows, names, y, last = [], [], 0.0, object()
    for project in projects:
        if project["pillar"] != last:
            last = project["pillar"]
            names.append((-y - HEAD / 2, pillars.get(last or "", "No pillar stated"), last or ""))
            y += HEAD
        rows.append(-y - ROW / 2)
        y += ROW
    return Places(rows, names, y)


def _draw_bars(
    projects: Sequence[Row], places: Sequence[float], span: Span, colours: Palette
) -> list[dict[str, Any]]:
    """Draw what is known of when projects run, and what is not, as a trace each."""
    pieces: dict[bool, list[Piece]] = {True: [], False: []}
    for project, y in zip(projects, places, strict=True):
        for first, last, is_known in _split(project, span):
            if first <= last:
                pieces[is_known].append(Piece(first, last, project, y))
    return [_draw_pieces(found, colours, solid=known) for known, found in pieces.items() if found]


def _split(project: Row, span: Span) -> list[tuple[date, date, bool]]:
    """Split the bar of a project into stretches: from when to when, and whether it is known to run then. What has
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


def _draw_pieces(pieces: Sequence[Piece], colours: Palette, *, solid: bool) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "width": 11,
        "y": [piece.y - 8 for piece in pieces],
        "base": [piece.first.isoformat() for piece in pieces],
        "x": [((piece.last - piece.first).days + 1) * DAY for piece in pieces],
        "customdata": [f"project={piece.project['project_id']}" for piece in pieces],
        "hovertext": [_describe(piece.project) for piece in pieces],
        "hoverinfo": "text",
        "marker": _style_pieces(pieces, colours, solid=solid),
    }


def _describe(project: Row) -> str:
    return (
        f"<b>{escape_text(project['title'])}</b><br>{escape_text(format_project_period(project))}"
    )


def _style_pieces(pieces: Sequence[Piece], colours: Palette, *, solid: bool) -> dict[str, Any]:
    """Style pieces in the colours of their pillars: outlined while they are planned, hatched where
    they are not known.
    """
    fills = [colours.pillar(piece.project["pillar"]) for piece in pieces]
    if not solid:
        return make_hatching(colours) | {"line": {"color": fills, "width": 1.5}, "cornerradius": 3}
    insides = [
        colours.surface if piece.project["status"] == "planned" else fill
        for piece, fill in zip(pieces, fills, strict=True)
    ]
    return {"color": insides, "line": {"color": fills, "width": 2}, "cornerradius": 3}


def _draw_labels(
    projects: Sequence[Row],
    places: Sequence[float],
    span: Span,
    statuses: Mapping[str, str],
    colours: Palette,
) -> dict[str, Any]:
    """Write title, status and period above each bar, from the left: nothing is cut on a phone."""
    notes = [
        f"<span style='color:{colours.context}'>{escape_text(_note(p, statuses))}</span>"
        for p in projects
    ]
    titles = [escape_text(shorten(p["title"], 58)) for p in projects]
    return {
        "type": "scatter",
        "mode": "text",
        "x": [span.first.isoformat()] * len(projects),
        "y": [y + 8 for y in places],
        "text": [title + note for title, note in zip(titles, notes, strict=True)],
        "textposition": "middle right",
        "textfont": {"size": 13, "color": colours.ink},
        "hoverinfo": "skip",
        "customdata": [f"project={p['project_id']}" for p in projects],
        "cliponaxis": False,
    }


def _note(project: Row, statuses: Mapping[str, str]) -> str:
    """Say what the bar does not show: a status other than running, and the year of a known end."""
    parts = []
    if project["status"] != "running":
        parts.append(str(statuses.get(project["status"], project["status"])).lower())
    if project["end_date"]:
        parts.append(f"until {project['end_date'][:4]}")
    return f" · {', '.join(parts)}" if parts else ""


def _draw_today(today: date, bottom: float, colours: Palette) -> dict[str, Any]:
    return {
        "type": "line",
        "x0": today.isoformat(),
        "x1": today.isoformat(),
        "y0": 0,
        "y1": -bottom,
        "layer": "below",
        "line": {"color": colours.context, "width": 1, "dash": "dot"},
    }


def _tabulate(
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


def _list_links(projects: Sequence[Row]) -> list[tuple[str, str]]:
    return [(p["title"], f"project={p['project_id']}") for p in projects]
