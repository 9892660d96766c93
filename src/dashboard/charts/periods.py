"""Periods at the foot of a timeline: programmes, academic years, projects with a known time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard.charts.labelled_events import DOTS, LONG_BAR
from dashboard.charts.lanes import Span
from dashboard.charts.letters import fit_text, measure_text
from dashboard.charts.placement import Scale
from dashboard.charts.theme import Palette, draw_texts, escape_text
from dashboard.charts.timeline_frame import draw_touch_areas
from dashboard.language.messages import _, choose_term, ngettext
from dashboard.model import Row
from dashboard.text.dates import format_partial_date
from dashboard.text.records import format_project_period

MAX_PERIODS = 5
PITCH, TO_BAR = 28, 13
"""Pixels of a period with its label, and from the middle of the label to the bar."""
LABEL_SIZE = 13


@dataclass(frozen=True)
class Period:
    """Something that lasts: its label, its days, what a press opens. `known_by_year`: it was some time
    in these days, and not all the time.
    """

    label: str
    first: date
    last: date
    pillar: str | None = None
    link: str = ""
    known_by_year: bool = False


def find_periods(trainings: Sequence[Row], projects: Sequence[Row], span: Span) -> list[Period]:
    """Find what lasts in the span: programmes and projects by their known time, the trainings of an
    academic year together, and results of which only the year is known.
    """
    academic: dict[tuple[str, str | None], list[Row]] = {}
    for row in trainings:
        if row["calendar"] == "academic":
            academic.setdefault((row["period"], row["pillar"]), []).append(row)
    found = [_read_project(p, span) for p in projects if p["start_date"] or p["end_date"]]
    found += [_gather_trainings(*key, rows) for key, rows in sorted(academic.items(), key=str)]
    inside = [p for p in found if p.first <= span.last and p.last >= span.first]
    return sorted(inside, key=lambda p: (p.known_by_year, p.first, p.label))


def _read_project(project: Row, span: Span) -> Period:
    """Read a project; where it has one year only, it was some time in it."""
    known = project["start_date"] or project["end_date"]
    both = bool(project["start_date"] and project["end_date"])
    last = project["last_day"] or span.last
    once = not both and bool(project["is_output"])
    first = date(last.year, 1, 1) if once and len(known) == 4 else project["first_day"]
    first = first or span.first
    title = choose_term(project, "title")
    return Period(
        _name_once(title, known) if once else _name_period(project, first, last, span),
        first,
        last,
        project["pillar"],
        f"project={project['project_id']}",
        known_by_year=once or not both,
    )


def _name_once(title: str, known: str) -> str:
    """Name what was once, as precisely as it is known: a year or a month is a time in which it was."""
    when = format_partial_date(known)
    if len(known) == len("2025-05-12"):
        return _("{title}, {when}", title=title, when=when)
    return _("{title}, some time in {year}", title=title, year=when)


def _name_period(project: Row, first: date, last: date, span: Span) -> str:
    """Name a project, and what of it the year that is shown is: its first, its last, or one between."""
    title = choose_term(project, "title")
    if (span.first.year, span.last.year) == (last.year, last.year) and first < span.first:
        return _("{title}: last year", title=title)
    if (span.first.year, span.last.year) == (first.year, first.year) and last > span.last:
        return _("{title}: first year", title=title)
    return _("{title}, {when}", title=title, when=format_project_period(project))


def _gather_trainings(years: str, pillar: str | None, trainings: Sequence[Row]) -> Period:
    """Make the period of the trainings of an academic year "2024-2025"."""
    return Period(
        ngettext(
            "{n:,} training, {years}",
            "{n:,} trainings, {years}",
            len(trainings),
            years=format_partial_date(years),
        ),
        date(int(years[:4]), 9, 1),
        date(int(years[5:]), 8, 31),
        pillar,
        f"record=trainings.{trainings[0]['training_id']}" if len(trainings) == 1 else "",
    )


def measure_periods(periods: Sequence[Period]) -> float:
    """Give the height in pixels that periods take, with the line that counts those left out."""
    shown = min(len(periods), MAX_PERIODS)
    more = 20 if len(periods) > MAX_PERIODS else 0
    return (shown * PITCH + more + 8) if shown else 0


def draw_periods(
    periods: Sequence[Period], top: float, scale: Scale, colours: Palette
) -> list[dict[str, Any]]:
    """Draw at most five periods, each a bar under its label, and say how many more there are."""
    if not periods:
        return []
    at = [(period, top + 12 + PITCH * nr) for nr, period in enumerate(periods[:MAX_PERIODS])]
    texts = [_place_label(period, y, scale) for period, y in at]
    if len(periods) > MAX_PERIODS:
        more = len(periods) - MAX_PERIODS
        said = ngettext("and {n:,} more period", "and {n:,} more periods", more)
        texts.append((2, top + 10 + PITCH * MAX_PERIODS, said, "middle right", ""))
    return [
        draw_touch_areas([_find_area(p, y, scale) for p, y in at if p.link], scale),
        *(_draw_bar(period, y + TO_BAR, scale, colours) for period, y in at),
        draw_texts(
            x=[scale.moment(x) for x, *_rest in texts],
            y=[y for _x, y, *_rest in texts],
            text=[escape_text(text) for _x, _y, text, *_rest in texts],
            textposition=[position for *_rest, position, _link in texts],
            textfont={"size": LABEL_SIZE, "color": colours.ink},
            customdata=[link for *_rest, link in texts],
        ),
    ]


def _find_ends(period: Period, scale: Scale) -> tuple[float, float]:
    first, last = max(period.first, scale.span.first), min(period.last, scale.span.last)
    left = 0 if period.first <= scale.span.first else scale.place(first)
    return left, scale.width if period.last >= scale.span.last else scale.place(last, 1)


def _place_label(period: Period, y: float, scale: Scale) -> tuple[float, float, str, str, str]:
    """Place the label over the start of its bar, or over its end where it would leave the drawing."""
    left, right = _find_ends(period, scale)
    text = fit_text(period.label, LABEL_SIZE, scale.width / 2 - 8)
    if left + 2 + measure_text(text, LABEL_SIZE) <= scale.width:
        return left + 2, y, text, "middle right", period.link
    return right - 2, y, text, "middle left", period.link


def _find_area(
    period: Period, y: float, scale: Scale
) -> tuple[float, float, float, float, str, str]:
    left, right = _find_ends(period, scale)
    hover = f"<b>{escape_text(period.label)}</b>"
    return left, right, y - TO_BAR + 2, y + TO_BAR + 1, period.link, hover


def _draw_bar(period: Period, y: float, scale: Scale, colours: Palette) -> dict[str, Any]:
    """Draw the bar, dotted where it was some time in these days."""
    stated = period.pillar in colours.pillars
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [scale.moment(end) for end in _find_ends(period, scale)],
        "y": [y, y],
        "line": {
            "color": colours.pillar(period.pillar) if stated else colours.contributed_edge,
            "width": 4 if period.known_by_year else LONG_BAR,
            "dash": DOTS if period.known_by_year else "solid",
        },
        "customdata": [period.link, period.link],
        "hoverinfo": "skip",
        "showlegend": False,
    }
