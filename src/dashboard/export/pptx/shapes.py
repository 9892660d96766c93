"""What slides are made of: boxes, colours, runs of text, lines. All lengths are points. Texts are
measured in Inter, which is wider than Arial: what is said to fit does.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_AUTO_SIZE, MSO_VERTICAL_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from dashboard.charts.letters import measure_text
from dashboard.charts.theme import Palette
from dashboard.export.pptx.markers import Marker, name_shape
from dashboard.export.view_export import clean, name_language

POINT, LINE, ARIAL = 12_700, 1.2, 0.97
"""EMU of a point; height of a line by the size of its letters; how wide Arial is by what is measured."""
LIGHT = Palette()
INK, QUIET, ACCENT, PAPER = LIGHT.ink, LIGHT.context, LIGHT.accent, LIGHT.surface
HAIRLINE, TINT = LIGHT.faint, LIGHT.land
THEME = {
    INK: ("tx1", 100, 0),
    QUIET: ("tx1", 65, 35),
    PAPER: ("bg1", 100, 0),
    HAIRLINE: ("bg1", 86, 0),
    TINT: ("bg1", 95, 0),
    LIGHT.band: ("bg1", 96, 0),
    ACCENT: ("accent1", 100, 0),
    **{LIGHT.tints[nr]: ("accent1", part, 100 - part) for nr, part in ((1, 80), (2, 60), (3, 30))},
}
"""Colours of the look: their names in a theme, which a house fills; parts of these and of white."""


class Box(NamedTuple):
    """A rectangle on a slide."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height

    @property
    def place(self) -> tuple[int, int, int, int]:
        """Left, top, width and height in EMU; boxes that touch do so in whole EMU too."""
        ends = self.left, self.top, self.right, self.bottom
        left, top, right, bottom = (round(end * POINT) for end in ends)
        return left, top, right - left, bottom - top

    def below(self, used: float) -> "Box":
        """Take so much from the top."""
        taken = min(used, self.height)
        return self._replace(top=self.top + taken, height=self.height - taken)

    def above(self, used: float) -> "Box":
        """Take so much from the bottom."""
        return self._replace(height=max(self.height - used, 0))

    def part(self, left: float, width: float) -> "Box":
        """Take a part of the width, from so far behind the left edge."""
        return self._replace(left=self.left + left, width=width)


class Run(NamedTuple):
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
Point = tuple[float, float]


def join_runs(paragraphs: Sequence[Paragraph]) -> str:
    """Join paragraphs to a text."""
    return "\n".join("".join(run.said for run in runs) for runs in paragraphs)


def write_paragraphs(
    frame: Any, paragraphs: Sequence[Paragraph], align: str = "left", spacing: float = 0
) -> None:
    """Write paragraphs into an empty text, some from right to left; `spacing` is a height of lines."""
    for position, runs in enumerate(paragraphs):
        paragraph = frame.add_paragraph() if position else frame.paragraphs[0]
        if align != "left":
            paragraph.alignment = getattr(PP_ALIGN, align.upper())
        if spacing:
            paragraph.line_spacing = Pt(spacing)
        for run in runs:
            _write_run(paragraph.add_run(), run)
        sides = map(unicodedata.bidirectional, join_runs([runs]))
        if next((side for side in sides if side in ("L", "R", "AL")), "L") != "L":
            properties = paragraph._p.get_or_add_pPr()
            properties.set("rtl", "1")
            properties.set("algn", "r")


def set_language(paragraphs: Iterable[Any]) -> None:
    """Say of the runs of paragraphs in which language they are."""
    for paragraph in paragraphs:
        for run in paragraph.runs:
            run._r.get_or_add_rPr().set("lang", name_language())


def _write_run(made: Any, run: Run) -> None:
    made.text, made.font.bold = run.said, run.bold
    made._r.get_or_add_rPr().set("lang", name_language())
    if run.size:
        made.font.size = Pt(run.size)
    if run.colour:
        made._r.get_or_add_rPr().insert(0, make_fill(run.colour))
    if run.link:
        made.hyperlink.address = run.link


def add_text_box(
    shapes: Any,
    box: Box,
    paragraphs: Sequence[Paragraph],
    found: Marker | None = None,
    *,
    align: str = "left",
    anchor: str = "top",
    wrap: bool = True,
    spacing: float = 0,
) -> Any:
    """Add a text without frame, which the program fits into its box where it wraps."""
    shape = shapes.add_textbox(*box.place)
    frame = _make_plain(shape.text_frame, wrap=wrap)
    frame.auto_size = MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE if wrap else MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = getattr(MSO_VERTICAL_ANCHOR, anchor.upper())
    write_paragraphs(frame, paragraphs, align, spacing)
    if found:
        name_shape(shape, found)
    return shape


def _make_plain(frame: Any, *, wrap: bool) -> Any:
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.word_wrap = wrap
    return frame


def add_line(
    shapes: Any, start: Point, end: Point, colour: str, width: float, *, dash: str = ""
) -> Any:
    """Add a line from one point to another."""
    ends = (round(side * POINT) for side in (*start, *end))
    line = shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *ends)
    return paint_shape(line, None, colour, width, dash)


def add_rule(shapes: Any, box: Box, colour: str = INK, width: float = 1.5) -> Any:
    """Add the rule that opens a number, a column or a part of a report."""
    return add_line(shapes, (box.left, box.top), (box.right, box.top), colour, width)


def add_shape(
    shapes: Any, form: MSO_SHAPE, box: Box, fill: str, edge: tuple[str, float] = ("", 0)
) -> None:
    """Add a shape of a form."""
    paint_shape(shapes.add_shape(form, *box.place), fill, *edge)


def add_chip(shapes: Any, box: Box, run: Run, found: Marker, alt: str = "") -> None:
    """Add the hatched box with a dashed edge that stands in the place of what is not known."""
    chip = shapes.add_shape(MSO_SHAPE.RECTANGLE, *box.place)
    paint_shape(chip, "", QUIET, 1, "dash")
    # without a colour the text would have that of shapes, which is white
    write_paragraphs(_make_plain(chip.text_frame, wrap=False), [[run._replace(colour=INK)]])
    name_shape(chip, found, alt)


def find_colour(colour: str) -> str:
    """Find the colour "#rrggbb" or "rgb(r, g, b)" of a drawing as one of a slide; ink for another."""
    if found := re.fullmatch(r"rgba?\((\d+), ?(\d+), ?(\d+).*\)", colour):
        colour = "#" + "".join(f"{int(part):02x}" for part in found.groups())
    if colour not in THEME and re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        return f'<a:srgbClr val="{colour[1:].upper()}"/>'
    name, part, rest = THEME.get(colour, THEME[INK])
    more = f'<a:lumMod val="{part}000"/>' if part < 100 else ""
    more += f'<a:lumOff val="{rest}000"/>' if rest else ""
    return f'<a:schemeClr val="{name}">{more}</a:schemeClr>'


def make_fill(colour: str) -> Any:
    """Make the element that fills a shape or letters; hatched where no colour is given."""
    if colour:
        return parse_xml(f"<a:solidFill {nsdecls('a')}>{find_colour(colour)}</a:solidFill>")
    return parse_xml(
        f'<a:pattFill {nsdecls("a")} prst="ltUpDiag"><a:fgClr>{find_colour(HAIRLINE)}</a:fgClr>'
        f"<a:bgClr>{find_colour(PAPER)}</a:bgClr></a:pattFill>"
    )


def make_line(colour: str, width: float, dash: str = "", tag: str = "ln") -> Any:
    """Make the element of a line; none for a width of zero."""
    if not width:
        return parse_xml(f"<a:{tag} {nsdecls('a')}><a:noFill/></a:{tag}>")
    dashed = f'<a:prstDash val="{dash}"/>' if dash else ""
    return parse_xml(
        f'<a:{tag} {nsdecls("a")} w="{round(width * POINT)}" cap="flat"><a:solidFill>'
        f"{find_colour(colour)}</a:solidFill>{dashed}</a:{tag}>"
    )


def paint_shape(shape: Any, fill: str | None, edge: str, width: float, dash: str = "") -> Any:
    """Paint a shape: filled, hatched ("") or a line only (None), with an edge where it has one."""
    for style in shape._element.findall(qn("p:style")):
        shape._element.remove(style)
    if fill is not None:
        shape._element.spPr.append(make_fill(fill))
    shape._element.spPr.append(make_line(edge, width, dash))
    return shape


def count_lines(text: str, size: float, room: float, *, bold: bool = False) -> int:
    """Count the lines that a text takes, broken between words, long words anywhere."""
    count, used, space = 1, 0.0, measure_text(" ", size * ARIAL, bold=bold)
    for word in text.split():
        long = measure_text(word, size * ARIAL, bold=bold)
        if used and used + space + long > room:
            count, used = count + 1, 0.0
        more = int(long // room) if room > 0 else 0
        count, used = count + more, (used + space if used else 0.0) + long - more * room
    return count


def measure_height(paragraphs: Sequence[Paragraph], room: float) -> float:
    """Measure from the first to the last line of paragraphs in one size each."""
    texts = [(join_runs([runs]), runs[0]) for runs in paragraphs if runs]
    lines = (count_lines(t, run.size, room, bold=bool(run.bold)) * run.size for t, run in texts)
    return sum(lines) * LINE
