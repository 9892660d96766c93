"""Where marks and their labels stand on a timeline, so that none touches another: in pixels of the
narrowest drawing of a page, or of the one for paper. On a wider one marks move apart and labels keep their size, so that what is free
stays free.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from dashboard.charts.lanes import Span
from dashboard.model import Row

NARROWEST, ON_PAPER = 936, 800
"""Pixels of a wide page, and of paper: shrunk to the 673 of A4 its small letters are 7.6 points."""
EDGE = 8
"""Pixels that are left free at both ends, so that the first and last mark stand whole."""
ROW, FREE = 36, 14
REACH, TO_LABEL = 7, 11
"""From the middle of a mark to its edge, and to where its label begins."""
BAR_TO_LABEL = 6
Side = Literal["right", "left", "above"]


@dataclass(frozen=True)
class Scale:
    """From days to pixels of the narrowest drawing, which is `width` wide."""

    span: Span
    width: int = NARROWEST

    @property
    def day(self) -> float:
        """How wide a day is."""
        return (self.width - 2 * EDGE) / self.span.days

    def place(self, day: date, part: float = 0.0) -> float:
        """Give the pixel of a moment: `part` of the day, 0.5 for its middle."""
        return EDGE + ((day - self.span.first).days + part) * self.day

    def moment(self, pixel: float) -> str:
        """Give the moment that stands at a pixel, as plotly reads it."""
        start = self.span.first.toordinal()
        return _write_moment(start, (pixel - EDGE) / self.day)

    @property
    def ends(self) -> list[str]:
        """The moments at both ends of the drawing."""
        return [self.moment(0), self.moment(self.width)]

    def milliseconds(self, pixels: float) -> float:
        """Give the length of time that so many pixels stand for."""
        return round(pixels / self.day * 86_400_000)


def _write_moment(start: int, days: float) -> str:
    whole = timedelta(seconds=round(days * 86_400))
    day = date.fromordinal(start) + timedelta(days=whole.days)
    return f"{day.isoformat()} {whole.seconds // 3600:02}:{whole.seconds // 60 % 60:02}"


@dataclass(frozen=True)
class Mark:
    """A row of an event with the pixels of its mark, from its left to its right edge."""

    row: Row
    left: float
    right: float
    is_point: bool

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True)
class Labelled:
    """A mark with its label: the side on which that stands, where it begins or ends (`anchor`), and
    how wide it is. `level` counts rows from the top.
    """

    mark: Mark
    side: Side
    anchor: float
    width: float
    level: int = 0

    @property
    def starts_at_anchor(self) -> bool:
        """Whether the label reads from its anchor to the right, not up to it."""
        return self.side == "right" or (self.side == "above" and self.anchor == self.mark.left)

    @property
    def text_ends(self) -> tuple[float, float]:
        """The pixels between which the label stands."""
        if self.starts_at_anchor:
            return self.anchor, self.anchor + self.width
        return self.anchor - self.width, self.anchor

    @property
    def ends(self) -> tuple[float, float]:
        """The pixels between which mark and label stand."""
        left, right = self.text_ends
        return min(left, self.mark.left), max(right, self.mark.right)


def make_mark(row: Row, scale: Scale) -> Mark:
    """Give the pixels of an event: those of a dot on its day, or of a line from its first to its last
    possible day, as far as the drawing goes.
    """
    first = max(row["first_day"], scale.span.first)
    last = min(row["last_day"] or first, scale.span.last)
    if row["date_precision"] == "day" and row["first_day"] == (row["last_day"] or first):
        middle = scale.place(first, 0.5)
        return Mark(row, middle - REACH, middle + REACH, is_point=True)
    return Mark(row, scale.place(first), scale.place(last, 1), is_point=False)


def choose_side(mark: Mark, width: float, scale: Scale) -> Labelled:
    """Choose where the label stands: right of the mark; left, where it would leave the drawing;
    above, where neither has room, along a long bar.
    """
    gap = TO_LABEL - REACH if mark.is_point else BAR_TO_LABEL
    if mark.right + gap + width <= scale.width:
        return Labelled(mark, "right", mark.right + gap, width)
    if mark.left - gap - width >= 0:
        return Labelled(mark, "left", mark.left - gap, width)
    if mark.left + width <= scale.width:
        return Labelled(mark, "above", mark.left, width)
    return Labelled(mark, "above", mark.right, width)


def place_labels(labelled: Sequence[Labelled]) -> list[Labelled]:
    """Give each the first row in which mark and label have room on both sides: first those with a
    label left, by date, then the others, by date.
    """
    rows: list[list[tuple[float, float]]] = []
    placed = []
    for item in sorted(labelled, key=_order):
        level = _find_free(rows, item.ends, FREE)
        placed.append(Labelled(item.mark, item.side, item.anchor, item.width, level))
    return placed


def stack_marks(marks: Sequence[Mark], size: float, free: float) -> list[tuple[Mark, int]]:
    """Give each mark without a label the first level, from below, in which it has room; marks of one
    day stand on each other.
    """
    rows: list[list[tuple[float, float]]] = []
    stacked = []
    for mark in sorted(marks, key=_order_of_mark):
        narrow = mark.middle - size / 2, mark.middle + size / 2
        ends = narrow if mark.is_point else (mark.left, mark.right)
        stacked.append((mark, _find_free(rows, ends, free)))
    return stacked


def _find_free(
    rows: list[list[tuple[float, float]]], ends: tuple[float, float], free: float
) -> int:
    """Find the first row in which these ends have room, and take it."""
    left, right = ends
    for level, taken in enumerate(rows):
        if all(right + free <= start or end + free <= left for start, end in taken):
            taken.append(ends)
            return level
    rows.append([ends])
    return len(rows) - 1


def _order(item: Labelled) -> tuple[bool, date, date, str]:
    return (item.side != "left", *_order_of_mark(item.mark))


def _order_of_mark(mark: Mark) -> tuple[date, date, str]:
    row = mark.row
    return row["first_day"], row["last_day"] or row["first_day"], row["event_id"]
