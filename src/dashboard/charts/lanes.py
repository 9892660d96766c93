"""Where marks stand on a timeline: in the lane of their group, stacked where they would overlap."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dashboard.charts.theme import Palette, escape_text
from dashboard.model import Row

CHART_WIDTH = 1000
"""Pixels that a timeline is assumed to have; marks that come closer than their size are stacked."""


@dataclass(frozen=True)
class Span:
    """First and last day that a timeline shows."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def days_for(self, pixels: float) -> timedelta:
        return timedelta(days=self.days * pixels / CHART_WIDTH)


@dataclass(frozen=True)
class Placed:
    """A row with its place: `y` counts lanes from the bottom; `end` is the day after its last."""

    row: Row
    start: date
    end: date
    y: float


def write_lane_names(
    names: Sequence[str], tops: Sequence[float], colours: Palette
) -> list[dict[str, Any]]:
    """Name the lanes, inside at the left and above their marks: no width is lost on a phone."""
    style = {"borderpad": 1, "font": {"size": 13, "color": colours.context}}
    return [write_name(name, top, colours) | style for name, top in zip(names, tops, strict=True)]


def write_name(name: str, y: float, colours: Palette) -> dict[str, Any]:
    """Write a name in bold letters at the left of a chart."""
    return {
        "xref": "paper",
        "x": 0,
        "y": y,
        "text": f"<b>{escape_text(name)}</b>",
        "showarrow": False,
        "xanchor": "left",
        "yanchor": "middle",
        "bgcolor": colours.surface,
    }


def draw_borders(heights: Sequence[float], colours: Palette) -> list[dict[str, Any]]:
    """Draw faint lines between lanes."""
    return [
        {
            "type": "line",
            "xref": "paper",
            "x0": 0,
            "x1": 1,
            "y0": at,
            "y1": at,
            "layer": "below",
            "line": {"color": colours.faint, "width": 1},
        }
        for at in heights
    ]


def find_span(rows: Sequence[Row], years: Sequence[int] | None) -> Span | None:
    """Find the chosen calendar years, or those from the first to the last dated row; None without
    either.
    """
    if years:
        return Span(date(min(years), 1, 1), date(max(years), 12, 31))
    days = [row["first_day"] for row in rows if row["first_day"]]
    return Span(date(min(days).year, 1, 1), date(max(days).year, 12, 31)) if days else None


def stack_rows(
    rows: Sequence[Row], lane: float, height: float, span: Span, mark_pixels: float
) -> list[Placed]:
    """Stack the rows of one lane around its middle. `height` is the part of the lane that may be
    used.
    """
    stacked, levels = _stack(rows, span, span.days_for(mark_pixels))
    pitch = min(0.24, height / max(levels, 1))
    middle = (levels - 1) / 2
    return [
        Placed(row, start, end, lane + (middle - level) * pitch)
        for row, start, end, level in stacked
    ]


def _stack(
    rows: Sequence[Row], span: Span, gap: timedelta
) -> tuple[list[tuple[Row, date, date, int]], int]:
    """Give each row its first day, the day after its last, and the first level that is free then;
    and say how many levels there are.
    """
    free_from: list[date] = []
    stacked: list[tuple[Row, date, date, int]] = []
    for row in sorted(rows, key=lambda r: (r["first_day"], r["last_day"] or r["first_day"])):
        start, end = row["first_day"], (row["last_day"] or span.last) + timedelta(days=1)
        level = next((i for i, free in enumerate(free_from) if free <= start), len(free_from))
        if level == len(free_from):
            free_from.append(start)
        free_from[level] = max(end, start + gap)
        stacked.append((row, start, end, level))
    return stacked, len(free_from)
