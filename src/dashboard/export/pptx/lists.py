"""Lists of a page as text: lines beneath a bold subheading where they have one, in one column or
two.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pptx.util import Inches

from dashboard.export.pptx.markers import make_marker, stamp_text, text_digest
from dashboard.export.pptx.shapes import (
    BOLD,
    POINT,
    QUIET,
    Canvas,
    Paragraph,
    Run,
    add_text_box,
    join_paragraphs,
    to_points,
)
from dashboard.export.pptx.template import Box
from dashboard.export.pptx.text_metrics import cut_text, text_height
from dashboard.export.view_export import clean_line
from dashboard.views.content import Section

LIST_SIZES, SIZE_ON_MANY_SLIDES, SPACE_AFTER_LINE = (18.0, 16.0, 15.0, 14.0, 13.0, 12.0), 13.0, 5.0
"""Points of the letters where a list stands on one slide, on several, and after each line."""
MAX_IN_ONE_COLUMN, COLUMN_GAP = 7, Inches(0.45)
MAX_LINES, MAX_SLIDES, MAX_ENTRIES = 4, 6, 320


@dataclass(frozen=True)
class Entry:
    """A line of a list, or the subheading above some."""

    runs: Paragraph
    size: float
    heading: bool = False

    def tall(self, room: float, factor: float) -> float:
        """Estimate the points that it takes, with the space after it."""
        return (
            text_height(
                "".join(run.text for run in self.runs),
                room,
                self.size,
                factor * (BOLD if self.heading else 1.02),
            )
            + SPACE_AFTER_LINE
        )


@dataclass(frozen=True)
class Layout:
    """A list that has been laid out: the columns of a slide, its entries, and first entry and
    number of entries of each column in turn.
    """

    boxes: Sequence[Box]
    entries: Sequence[Entry]
    parts: Sequence[tuple[int, int]]
    total: int
    """Entries of the list, those too that are on no slide."""


def lay_out(sections: Sequence[Section], room: Box, factor: float) -> Layout:
    """Lay out a list in letters as large as let it stand on one slide, else on several."""
    boxes = choose_columns(sections, room)
    for size in (*LIST_SIZES, SIZE_ON_MANY_SLIDES):
        found = make_entries(sections, to_points(boxes[0].width), factor, size)
        parts = list(split_columns(found, boxes[0], factor))
        if len(parts) <= len(boxes):
            return Layout(
                boxes, found, _lay_out_evenly(found, boxes, factor), count_entries(sections)
            )
    return Layout(boxes, found, parts, count_entries(sections))


def _lay_out_evenly(
    found: Sequence[Entry], boxes: Sequence[Box], factor: float
) -> list[tuple[int, int]]:
    """Fill the columns of one slide, about as long as each other."""
    tall = (
        sum(entry.tall(to_points(boxes[0].width), factor) for entry in found) * POINT / len(boxes)
    )
    while True:
        parts = list(
            split_columns(
                found, replace(boxes[0], height=min(round(tall), boxes[0].height)), factor
            )
        )
        if len(parts) <= len(boxes) or tall >= boxes[0].height:
            return parts
        tall *= 1.05


def count_entries(sections: Sequence[Section]) -> int:
    """Count the lines and subheadings of a list."""
    return sum(len(section.lines) + section.more + bool(section.group) for section in sections)


def make_entries(
    sections: Sequence[Section], room: float, factor: float, size: float
) -> list[Entry]:
    """Make the entries of everything under one heading, each line cut where it is too long for a
    slide.
    """
    found: list[Entry] = []
    for section in sections:
        if section.group and len(found) < MAX_ENTRIES:
            heading = cut_text(clean_line(section.group), room, 2, size, factor * BOLD)
            found.append(Entry([Run(heading, bold=True, size=size)], size, heading=True))
        for line in section.lines[: max(MAX_ENTRIES - len(found), 0)]:
            text = cut_text(clean_line(line.text), room, MAX_LINES - 1, size, factor)
            said = cut_text(
                f"{text}  {clean_line(line.note)}" if line.note else text,
                room,
                MAX_LINES,
                size,
                factor,
            )
            runs = [
                Run(said[: len(text)], size=size),
                Run(said[len(text) :], size=size - 1, colour=QUIET),
            ]
            found.append(Entry([run for run in runs if run.text], size))
    return found


def make_key(sections: Sequence[Section]) -> str:
    """Name a list in the markers of its shapes: by its key, else by its heading."""
    return f"list:{sections[0].key or text_digest(sections[0].heading)}"[:120]


def group_by_heading(sections: Sequence[Section]) -> dict[str, list[Section]]:
    """Group the sections by their heading."""
    found: dict[str, list[Section]] = {}
    for section in sections:
        if section.lines:
            found.setdefault(section.heading, []).append(section)
    return found


def choose_columns(sections: Sequence[Section], room: Box) -> list[Box]:
    """Choose the columns on a slide: one for a few lines, else two."""
    if count_entries(sections) <= MAX_IN_ONE_COLUMN or room.width < Inches(8):
        return [room]
    half = (room.width - COLUMN_GAP) // 2
    return [Box(room.left + i * (half + COLUMN_GAP), room.top, half, room.height) for i in (0, 1)]


def split_columns(found: Sequence[Entry], box: Box, factor: float) -> Iterator[tuple[int, int]]:
    """Give first entry and number of entries of each column; a subheading never stands last."""
    start, room = 0, to_points(box.width)
    while start < len(found):
        used, count = 0.0, 0
        for entry in found[start:]:
            if used + entry.tall(room, factor) > to_points(box.height) and count:
                break
            used, count = used + entry.tall(room, factor), count + 1
        while count > 1 and start + count < len(found) and found[start + count - 1].heading:
            count -= 1
        yield start, count
        start += count


def add_list(canvas: Canvas, box: Box, found: Sequence[Entry], key: str, start: int) -> None:
    """Add entries as a text in a column; `start` is the number of the first in the list."""
    paragraphs = [entry.runs for entry in found]
    found_at = make_marker("list", key, start=start, count=len(found))
    name = stamp_text(found_at, canvas.shown, join_paragraphs(paragraphs))
    tall = sum(entry.tall(to_points(box.width), canvas.template.factor) for entry in found)
    add_text_box(
        canvas.slide.shapes,
        Box(box.left, box.top, box.width, min(round(tall * POINT), box.height)),
        paragraphs,
        name,
        space_after=SPACE_AFTER_LINE,
    )
