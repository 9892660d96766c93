"""A slide that is being filled: its title, and the room beneath."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from pptx.enum.text import MSO_AUTO_SIZE

from dashboard.export.pptx.markers import Marker, make_marker, name_shape
from dashboard.export.pptx.shapes import (
    LINE,
    POINT,
    Box,
    Run,
    add_text_box,
    count_lines,
    write_paragraphs,
)
from dashboard.export.pptx.template import OPENING, Layout, choose_layout, read_box
from dashboard.export.shown_values import ShownValue
from dashboard.export.view_export import Export, clean, clean_line
from dashboard.language.messages import Words
from dashboard.views.content import Picture
from dashboard.views.content.slides import Slide

FOOT = 22.0
"""Points of the line of the key."""
TITLE_SIZES, MAX_TITLE_LINES, MAX_TITLE = (28.0, 26.0, 24.0, 22.0, 20.0, 18.0, 16.0), 2, 220


@dataclass(frozen=True)
class Canvas:
    """A slide that is being filled: its number among those of its name, and the room that is free."""

    layout: Layout
    slide: Any
    shown: Export
    source: Slide
    start: int
    room: Box
    holder: Any = None

    def mark(
        self, kind: str, key: str, text: str = "", values: Iterable[ShownValue] | None = None
    ) -> Marker:
        """Make the marker of a shape; its values are those that its text says, where none are given."""
        start = self.start if kind in ("title", "table") else 0
        return make_marker(self.shown, (kind, key, start), text, values)

    def within(self, room: Box) -> "Canvas":
        """Give the same with less room."""
        return replace(self, room=room)

    def write(self, key: str, box: Box, runs: list[Run]) -> None:
        """Write a line or a paragraph of its own."""
        found = self.mark("text", key, "".join(run.said for run in runs))
        add_text_box(self.slide.shapes, box, [runs], found)

    def name_chart(self, shape: Any, picture: Picture, values: Iterable[ShownValue] = ()) -> None:
        """Name the shape of a picture, and say what it shows to those who do not see it."""
        alt = clean_line(picture.chart.sentence)[:1000]
        name_shape(shape, self.mark("chart", picture.key, alt, values), alt)

    def drop_holder(self) -> None:
        """Take away the place for a chart or a table that nothing was put into."""
        if self.holder is not None:
            self.holder._element.getparent().remove(self.holder._element)


def add_slide(deck: Any, kind: str, shown: Export, source: Slide, start: int) -> Canvas:
    """Add a slide of a kind with its title."""
    layout = choose_layout(deck, kind)
    slide = deck.slides.add_slide(layout.layout)
    kept = [p.placeholder_format.idx for p in (layout.title, layout.holder) if p is not None]
    places = {shape.placeholder_format.idx: shape for shape in slide.placeholders}
    for shape in (places[idx] for idx in places if idx not in kept):
        shape._element.getparent().remove(shape._element)
    holder = places.get(kept[-1]) if layout.holder is not None else None
    canvas = Canvas(layout, slide, shown, source, start, layout.room, holder)
    spare = _add_title(canvas)
    if kind == OPENING:
        return canvas
    room, box = layout.room, read_box(layout.title)
    if layout.is_ours and box:
        shape = slide.shapes.title
        shape.left, shape.top, shape.width, shape.height = box.above(spare).place
        room = room._replace(top=room.top - spare, height=room.height + spare)
    return canvas.within(room.above(FOOT))


def _add_title(canvas: Canvas) -> float:
    """Add the title in at most two lines, if it can; returns the height left free."""
    layout, room = canvas.layout, canvas.layout.room
    box = read_box(layout.title) or Box(room.left, 29, room.width, room.top - 33)
    said = _cut_words(canvas.source.headline)
    whole = "".join(text for text, _strong in said)
    size, lines = choose_title_size(whole, layout.size, box)
    mixed = len({strong for _text, strong in said}) > 1
    shown_size = 0 if size == layout.size and layout.title else size
    runs = [Run(text, shown_size, strong if mixed else None) for text, strong in said]
    found = canvas.mark("title", canvas.source.key, whole)
    if layout.title is None:
        add_text_box(canvas.slide.shapes, box, [runs], found, anchor="bottom")
    else:
        frame = canvas.slide.shapes.title.text_frame
        write_paragraphs(frame, [runs])
        frame.auto_size = MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE
        if layout.is_ours and lines > 1:
            frame.margin_right = round(_balance(whole, size, box.width, lines) * POINT)
        name_shape(canvas.slide.shapes.title, found)
    return max(0, box.height - lines * size * LINE)


def _balance(text: str, size: float, wide: float, lines: int) -> float:
    """Find the margin right of a title with which its lines are about as long as each other."""
    room = wide
    while room > 200 and count_lines(text, size, room - 12, bold=True) == lines:
        room -= 12
    return max(0, wide - room - 6)


def _cut_words(said: Words) -> list[tuple[str, bool]]:
    """Put the pieces of a sentence on one line, and cut what is longer than a slide can hold."""
    left, kept = MAX_TITLE, list[tuple[str, bool]]()
    for text, strong in said:
        piece = clean_line(f"·{clean(text)}·")[1:-1]
        kept.append((piece if len(piece) <= left else piece[:left].rstrip() + "…", strong))
        left -= len(piece)
        if left < 0:
            break
    return kept


def choose_title_size(text: str, most: float, box: Box) -> tuple[float, int]:
    """Choose the largest letters for two lines, else for as many as have room; with their number."""
    sizes = [most, *(size for size in TITLE_SIZES if size < most)]
    counted = [(size, count_lines(text, size, box.width - 2, bold=True)) for size in sizes]
    stands = [(s, n) for s, n in counted if n == 1 or n * s * LINE <= box.height + 4]
    short = [(size, lines) for size, lines in stands if lines <= MAX_TITLE_LINES]
    return next(iter(short or stands), counted[-1])
