"""Where marks stand on a timeline: in the lane of their group, stacked where they would overlap."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dashboard.charts.theme import Palette, safe
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


def lane_names(
    names: Sequence[str], tops: Sequence[float], colours: Palette
) -> list[dict[str, Any]]:
    """The names of the lanes, inside at the left and above their marks: no width is lost on a
    phone.
    """
    return [
        {
            "xref": "paper",
            "x": 0,
            "y": top,
            "text": f"<b>{safe(name)}</b>",
            "showarrow": False,
            "xanchor": "left",
            "yanchor": "middle",
            "bgcolor": colours.surface,
            "borderpad": 1,
            "font": {"size": 13, "color": colours.context},
        }
        for name, top in zip(names, tops, strict=True)
    ]


def borders(heights: Sequence[float], colours: Palette) -> list[dict[str, Any]]:
    """Faint lines between lanes."""
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


def span_of(rows: Sequence[Row], years: Sequence[int] | None) -> Span | None:
    """The chosen calendar years, or those from the first to the last dated row; None without
    either.
    """
    if years:
        return Span(date(min(years), 1, 1), date(max(years), 12, 31))
    days = [row["first_day"] for row in rows if row["first_day"]]
    return Span(date(min(days).year, 1, 1), date(max(days).year, 12, 31)) if days else None


def place(
    rows: Sequence[Row], lane: float, height: float, span: Span, mark_pixels: float
) -> list[Placed]:
    """Stack the rows of one lane around its middle. `height` is the part of the lane that may be
    used.
    """
    gap = span.days_for(mark_pixels)
    levels: list[date] = []
    chosen: list[tuple[Row, date, date, int]] = []
    for row in sorted(
        rows, key=lambda row: (row["first_day"], row["last_day"] or row["first_day"])
    ):
        start, end = row["first_day"], (row["last_day"] or span.last) + timedelta(days=1)
        level = next((i for i, free in enumerate(levels) if free <= start), len(levels))
        if level == len(levels):
            levels.append(start)
        levels[level] = max(end, start + gap)
        chosen.append((row, start, end, level))
    pitch = min(0.24, height / max(len(levels), 1))
    middle = (len(levels) - 1) / 2
    return [
        Placed(row, start, end, lane + (middle - level) * pitch)
        for row, start, end, level in chosen
    ]
