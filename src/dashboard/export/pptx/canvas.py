"""A slide that is being filled: its title, and the room beneath."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pptx.enum.text import MSO_AUTO_SIZE
from pptx.util import Inches

from dashboard.export.pptx.markers import (
    Marker,
    make_marker,
    name_shape,
    stamp,
    stamp_text,
)
from dashboard.export.pptx.template import OPENING, Box, Layout, Template
from dashboard.export.pptx.texts import (
    LINE,
    POINT,
    Run,
    add_text_box,
    count_lines,
    write_runs,
)
from dashboard.export.view_export import Export, clean_line
from dashboard.views.content.slides import Slide

FOOT_SIZE, FOOT, GAP = 12.0, Inches(0.3), Inches(0.14)
"""Points of the letters at the foot; the line of the key; between the title and what is beneath."""
TITLE_SIZES, MAX_TITLE_LINES, MAX_TITLE = (28.0, 26.0, 24.0, 22.0, 20.0, 18.0, 16.0), 2, 220


@dataclass(frozen=True)
class Canvas:
    """A slide that is being filled: its layout, what it shows and of which view, its number among the
    slides of that view with the same name, and the room that is free.
    """

    layout: Layout
    slide: Any
    shown: Export
    source: Slide
    start: int
    room: Box
    holder: Any = None

    def mark(self, kind: str, key: str, text: str = "", part: int = 0) -> Marker:
        """Make the marker of a shape; of a text with its sum and what it says as data."""
        found = make_marker(kind, key, start=part)
        return stamp_text(found, self.shown, text) if text else stamp(found, self.shown)

    def within(self, room: Box) -> "Canvas":
        """Give the same with less room."""
        return replace(self, room=room)

    def drop_holder(self) -> None:
        """Take away the place for a chart or a table that nothing was put into."""
        if self.holder is not None:
            self.holder._element.getparent().remove(self.holder._element)


def add_slide(
    template: Template, kind: str, shown: Export, source: Slide, start: int
) -> tuple[Canvas, Marker]:
    """Add a slide of a kind with its title, whose marker is returned too."""
    layout = template.choose(kind)
    slide = template.deck.slides.add_slide(layout.layout)
    holder = None
    for shape in list(slide.placeholders):
        if shape.placeholder_format.idx == layout.holder:
            holder = shape
        elif shape != slide.shapes.title or layout.title is None:
            shape._element.getparent().remove(shape._element)
    canvas = Canvas(layout, slide, shown, source, start, layout.room, holder)
    title, spare = _add_title(canvas)
    if kind == OPENING:
        return canvas, title
    room = layout.room
    if layout.is_ours and layout.title and spare:
        box, shape = layout.title.above(spare), slide.shapes.title
        shape.left, shape.top, shape.width, shape.height = box.place
        room = Box(room.left, room.top - spare, room.width, room.height + spare)
    return replace(canvas, room=room.above(FOOT)), title


def _add_title(canvas: Canvas) -> tuple[Marker, int]:
    """Add the title in letters with which it takes two lines at most; returns its marker, and the EMU
    that it leaves free of those two lines.
    """
    layout, source = canvas.layout, canvas.source
    said = [(clean_line_ends(text), strong) for text, strong in source.headline]
    said = cut_words(said, MAX_TITLE)
    box = layout.title or Box(
        layout.room.left, Inches(0.4), layout.room.width, layout.room.top - Inches(0.45)
    )
    whole, room = "".join(text for text, _strong in said), box.width / POINT - 2
    size, lines = choose_title_size(whole, layout.size, room, box.height / POINT)
    mixed = len({strong for _text, strong in said}) > 1
    shown_size = 0 if size == layout.size and layout.title else size
    runs = [Run(text, shown_size, strong if mixed else None) for text, strong in said]
    found = canvas.mark("title", source.key, whole, canvas.start)
    if layout.title is None:
        add_text_box(canvas.slide.shapes, box, [runs], found, anchor="bottom")
    else:
        frame = canvas.slide.shapes.title.text_frame
        write_runs(frame.paragraphs[0], runs)
        frame.auto_size = MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE
        if layout.is_ours and lines > 1:
            frame.margin_right = _balance(whole, size, box.width, lines)
        name_shape(canvas.slide.shapes.title, found)
    return found, max(0, box.height - round(lines * size * LINE * POINT))


def _balance(text: str, size: float, wide: int, lines: int) -> int:
    """Find the margin right of a title with which its lines are about as long as each other."""
    room = wide / POINT
    while room > 200 and count_lines(text, size, room - 12, bold=True) == lines:
        room -= 12
    return max(0, wide - round((room + 6) * POINT))


def clean_line_ends(text: str) -> str:
    """Put a piece of a sentence on one line; the spaces at its ends stay."""
    inner = clean_line(text)
    return (
        f"{' ' if text[:1].isspace() else ''}{inner}{' ' if inner and text[-1:].isspace() else ''}"
    )


def cut_words(said: Sequence[tuple[str, bool]], most: int) -> list[tuple[str, bool]]:
    """Cut a sentence of more letters than a slide can hold, with an ellipsis."""
    left, kept = most, list[tuple[str, bool]]()
    for text, strong in said:
        if len(text) > left:
            return [*kept, (text[:left].rstrip() + "…", strong)]
        kept.append((text, strong))
        left -= len(text)
    return kept


def choose_title_size(text: str, most: float, room: float, tall: float) -> tuple[float, int]:
    """Choose the largest letters with which a title stands in its place on two lines, else on as many
    as there is room for; with the number of lines.
    """
    sizes = [most, *(size for size in TITLE_SIZES if size < most)]
    for limit in (MAX_TITLE_LINES, 9):
        for size in sizes:
            lines = count_lines(text, size, room, bold=True)
            if lines <= limit and (lines * size * LINE <= tall + 4 or lines == 1):
                return size, lines
    return sizes[-1], lines
