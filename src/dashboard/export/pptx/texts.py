"""Texts on slides: runs in paragraphs, boxes without frame, and how many lines a text takes. Sizes are
in points, measured in Inter, which is wider than Arial: what is said to fit does.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_AUTO_SIZE, MSO_VERTICAL_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from dashboard.charts.letters import measure_text
from dashboard.export.pptx.markers import Marker, make_marker, name_shape
from dashboard.export.pptx.painting import INK, QUIET, make_fill, make_line, paint_shape
from dashboard.export.pptx.template import Box
from dashboard.export.view_export import clean

POINT, LINE, ARIAL = 12_700, 1.2, 0.97
"""EMU of a point; height of a line as a part of the size of its letters; how wide Arial
is at most beside what is measured.
"""
ALIGNED = {"left": PP_ALIGN.LEFT, "center": PP_ALIGN.CENTER, "right": PP_ALIGN.RIGHT}
ANCHORED = {
    "top": MSO_VERTICAL_ANCHOR.TOP,
    "middle": MSO_VERTICAL_ANCHOR.MIDDLE,
    "bottom": MSO_VERTICAL_ANCHOR.BOTTOM,
}


@dataclass(frozen=True)
class Run:
    """A piece of text in one form; without a size or with `bold` None as its place has it."""

    text: str
    size: float = 0
    bold: bool | None = None
    colour: str = ""
    link: str = ""

    @property
    def said(self) -> str:
        """The text as a slide holds it."""
        return clean(self.text).replace("\n", " ")


Paragraph = Sequence[Run]


def join_runs(paragraphs: Sequence[Paragraph]) -> str:
    """Join paragraphs to a text."""
    return "\n".join("".join(run.said for run in runs) for runs in paragraphs)


def write_runs(paragraph: Any, runs: Paragraph) -> None:
    """Write runs into an empty paragraph; from right to left where its first letter is."""
    for piece in runs:
        run = paragraph.add_run()
        run.text = piece.said
        run.font.bold = piece.bold
        if piece.size:
            run.font.size = Pt(piece.size)
        if piece.colour and piece.colour != INK:
            run._r.get_or_add_rPr().insert(0, make_fill(piece.colour))
        if piece.link:
            run.hyperlink.address = piece.link
    if is_right_to_left("".join(piece.text for piece in runs)):
        properties = paragraph._p.get_or_add_pPr()
        properties.set("rtl", "1")
        properties.set("algn", "r")


def is_right_to_left(text: str) -> bool:
    """Return whether a text is written from right to left."""
    sides = (unicodedata.bidirectional(character) for character in text)
    return next((side in ("R", "AL") for side in sides if side in ("L", "R", "AL")), False)


def add_text_box(
    shapes: Any,
    box: Box,
    paragraphs: Sequence[Paragraph],
    found: Marker,
    *,
    align: str = "left",
    anchor: str = "top",
    wrap: bool = True,
    spacing: float = 0,
) -> Any:
    """Add a text without margins or frame, which the program fits into its box where it wraps.
    `spacing` is the height of a line, where that is not the letters' own.
    """
    shape = shapes.add_textbox(*map(Emu, box.place))
    frame = shape.text_frame
    frame.word_wrap = wrap
    frame.auto_size = MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE if wrap else MSO_AUTO_SIZE.NONE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = ANCHORED[anchor]
    for position, runs in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if position == 0 else frame.add_paragraph()
        if align != "left":
            paragraph.alignment = ALIGNED[align]
        if spacing:
            paragraph.line_spacing = Pt(spacing)
        write_runs(paragraph, runs)
    name_shape(shape, found)
    return shape


def add_line(
    shapes: Any, ends: tuple[float, float, float, float], colour: str, points: float, dash: str = ""
) -> Any:
    """Add a line from one point to another, in EMU."""
    line = shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *map(round, ends))
    line._element.remove(line._element.find(qn("p:style")))
    line._element.spPr.append(make_line(colour, points, dash))
    return line


def add_rule(shapes: Any, box: Box) -> None:
    """Add the rule that opens a number or a column."""
    line = add_line(shapes, (box.left, box.top, box.right, box.top), INK, 1.5)
    line.name = str(make_marker("rule"))


def add_chip(shapes: Any, box: Box, said: str, size: float) -> Any:
    """Add the hatched box with a dashed edge that stands in the place of what is not known."""
    chip = shapes.add_shape(MSO_SHAPE.RECTANGLE, *map(Emu, box.place))
    paint_shape(chip, "", QUIET, 1, "dash")
    frame = chip.text_frame
    frame.word_wrap = False
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    write_runs(frame.paragraphs[0], [Run(said, size)])
    # without a colour the text would have that of shapes, which is white
    frame.paragraphs[0].runs[0]._r.get_or_add_rPr().insert(0, make_fill(INK))
    return chip


def count_lines(text: str, size: float, room: float, *, bold: bool = False) -> int:
    """Count the lines that a text takes in so many points, broken between words, long words anywhere."""
    count, used, space = 1, 0.0, measure_text(" ", size * ARIAL, bold=bold)
    for word in text.split():
        long = measure_text(word, size * ARIAL, bold=bold)
        if used and used + space + long > room:
            count, used = count + 1, 0.0
        more = int(long // room) if room > 0 else 0
        count, used = count + more, (used + space if used else 0.0) + long - more * room
    return count


def measure_height(paragraphs: Sequence[Paragraph], room: float) -> float:
    """Measure the points from the first to the last line of paragraphs in one size each."""
    return sum(
        count_lines(join_runs([runs]), runs[0].size, room, bold=bool(runs[0].bold))
        * runs[0].size
        * LINE
        for runs in paragraphs
        if runs
    )
