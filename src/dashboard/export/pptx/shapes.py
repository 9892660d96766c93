"""What slides are put together from: texts that fit, the title, the footer with its link and QR
code.
"""

import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from pptx.enum.text import MSO_AUTO_SIZE, MSO_VERTICAL_ANCHOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu, Inches, Pt

from dashboard.export.pptx.markers import (
    Marker,
    make_marker,
    name_shape,
    set_alt_text,
    stamp,
    stamp_text,
)
from dashboard.export.pptx.template import Box, Template
from dashboard.export.pptx.text_metrics import fit_text, text_height
from dashboard.export.qr import draw_png
from dashboard.export.view_export import Export, clean, clean_line
from dashboard.text.messages import _

POINT = 12_700
ACCENT, QUIET, INK = "accent", "quiet", ""
COLOURS = {
    ACCENT: '<a:schemeClr val="accent1"/>',
    QUIET: '<a:schemeClr val="tx1"><a:lumMod val="65000"/><a:lumOff val="35000"/></a:schemeClr>',
}
"""Colours of the theme, so that they suit a house style."""
BOLD = 1.08
FOOT = Inches(0.66)
LONGEST_LINK, LONGEST_CODE, LONGEST_KEY = 2000, 600, 180
"""Characters: longer links are cut by presentation programs, longer codes are not read from a
screen, longer names of shapes are not kept.
"""
TITLE_SIZES = (28, 26, 24, 22, 20, 18, 16, 14)


@dataclass(frozen=True)
class Run:
    """A piece of text in one form."""

    text: str
    bold: bool = False
    size: float = 0
    colour: str = INK
    link: str = ""


Paragraph = Sequence[Run]


def to_points(length: int) -> float:
    """Convert EMU to points."""
    return length / POINT


def write_runs(paragraph: Any, runs: Paragraph, space_after: float = 0) -> None:
    """Write runs into an empty paragraph; from right to left where its first letter is."""
    for piece in runs:
        run = paragraph.add_run()
        run.text = clean(piece.text).replace("\n", " ")
        run.font.bold = piece.bold or None
        if piece.size:
            run.font.size = Pt(piece.size)
        if piece.colour:
            fill = parse_xml(f"<a:solidFill {nsdecls('a')}>{COLOURS[piece.colour]}</a:solidFill>")
            run._r.get_or_add_rPr().insert(0, fill)
        if piece.link:
            run.hyperlink.address = piece.link
    if space_after:
        paragraph.space_after = Pt(space_after)
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
    bottom: bool = False,
    space_after: float = 0,
) -> Any:
    """Add a text without margins or frame."""
    shape = shapes.add_textbox(*map(Emu, (box.left, box.top, box.width, box.height)))
    frame = shape.text_frame
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = MSO_VERTICAL_ANCHOR.BOTTOM if bottom else MSO_VERTICAL_ANCHOR.TOP
    for position, runs in enumerate(paragraphs):
        write_runs(
            frame.paragraphs[0] if position == 0 else frame.add_paragraph(), runs, space_after
        )
    name_shape(shape, found)
    return shape


def join_paragraphs(paragraphs: Sequence[Paragraph]) -> str:
    """Join paragraphs to a text."""
    return "\n".join(
        "".join(clean(run.text).replace("\n", " ") for run in runs) for runs in paragraphs
    )


@dataclass(frozen=True)
class Canvas:
    """A slide that is being filled: its template, the slide, what it is of, and the room between
    title and footer.
    """

    template: Template
    slide: Any
    shown: Export
    room: Box

    def below(self, used: int, gap: int = 0) -> "Canvas":
        """Take room from the top: `used` EMU from the top are taken."""
        box = self.room
        taken = min(used + gap, box.height)
        return replace(self, room=Box(box.left, box.top + taken, box.width, box.height - taken))

    def without_bottom(self, used: int) -> "Canvas":
        """Take `used` EMU from the bottom."""
        box = self.room
        return replace(self, room=Box(box.left, box.top, box.width, max(box.height - used, 0)))


def free_area(template: Template) -> Box:
    """Find the room between title and footer."""
    area, gap = template.area, Inches(0.12)
    return Box(area.left, area.top + gap, area.width, area.height - FOOT - 2 * gap)


def add_slide(template: Template, shown: Export, title: str, key: str, part: int = 0) -> Canvas:
    """Add a slide with title and footer. `key` says whose the title is: "page:0",
    "chart:by-month"; `part` is the number of the slide among those with the same title, from 0.
    """
    slide = template.deck.slides.add_slide(template.layout)
    for shape in list(slide.placeholders):
        if shape != slide.shapes.title or not template.placed:
            shape._element.getparent().remove(shape._element)
    said, found = format_title(title, part), make_marker("title", key, start=part)
    found = _add_title(template, slide, shown, said, found)
    _add_footer(template, slide, shown, found)
    return Canvas(template, slide, shown, free_area(template))


def format_title(title: str, part: int) -> str:
    """Say a title on one line, with the number of the slide where that is not the first."""
    said = clean_line(title)
    return _("{title}, part {part}", title=said, part=part + 1) if part else said


def _add_title(template: Template, slide: Any, shown: Export, text: str, found: Marker) -> Marker:
    box, factor = template.title, template.factor * BOLD
    sizes = [template.size, *(size for size in TITLE_SIZES if size < template.size)]
    room, tall = to_points(box.width) - 15, to_points(box.height) - 8
    size, text = fit_text(text, room, tall, sizes, factor)
    found = stamp_text(found, shown, text)
    if template.placed:
        shape = slide.shapes.title
        shape.text_frame.clear()
        write_runs(
            shape.text_frame.paragraphs[0], [Run(text, size=0 if size == template.size else size)]
        )
        name_shape(shape, found)
    else:
        add_text_box(slide.shapes, box, [[Run(text, bold=True, size=min(size, 26))]], found)
    return found


def compose_footer(shown: Export) -> tuple[str, str, str]:
    """Compose the parts of a footer: what must not be overlooked, what the slide is of, its link."""
    return "  ·  ".join(shown.warnings), "  ·  ".join((*shown.stand(), shown.programme)), shown.link


def lay_out_footer(shown: Export, room: float, factor: float) -> list[Paragraph]:
    """Lay out the footer in two lines that fit."""
    warning, stand, link = compose_footer(shown)
    lead = f"{warning}  ·  " if warning else ""
    size, said = fit_text(lead + stand, room, 22, (10, 9, 8), factor * (BOLD if lead else 1))
    target = (
        link if urlsplit(link).scheme in ("http", "https") and len(link) <= LONGEST_LINK else ""
    )
    first = [Run(said[: len(lead)], bold=True, size=size, colour=ACCENT)] if lead else []
    printed = fit_text(link, room, 12.3, (9,), factor)[1]
    return [
        [*first, Run(said[len(lead) :], size=size, colour=QUIET)],
        [Run(printed, size=9, colour=QUIET, link=target)],
    ]


def _add_footer(template: Template, slide: Any, shown: Export, title: Marker) -> None:
    area = template.area
    top, side, inset = area.bottom - FOOT, FOOT, Inches(0.06)
    with_code = bool(shown.view.settings.public_url) and len(shown.link) <= LONGEST_CODE
    if with_code:
        _add_code(slide, Box(area.right - side, top, side, side), shown.link)
    number = 0 if template.numbered else Inches(0.45)
    taken = (side + Inches(0.15) if with_code else 0) + number
    box = Box(area.left, top + inset, area.width - taken, FOOT - inset)
    _add_origin(slide, box, shown, title, template.factor)
    if template.numbered:
        _fill_number(template, slide)
    else:
        _add_number(slide, Box(box.right, top + inset, number, FOOT - inset))


def _add_origin(slide: Any, box: Box, shown: Export, title: Marker, factor: float) -> None:
    """Add the text of the footer. It makes known which view the slide is of, and its title."""
    runs, link = lay_out_footer(shown, to_points(box.width), factor), shown.view.link()
    found = make_marker(
        "footer", link if len(link) <= LONGEST_KEY else "", text=join_paragraphs(runs[:1])
    )
    shape = add_text_box(
        slide.shapes, box, runs, stamp(found, shown).beside_title(title), bottom=True
    )
    set_alt_text(shape, f"Link of this slide: {link}")


FIELD = (
    '<a:fld {} id="{{C1FF6DA9-008F-8B48-92A6-B652298478BF}}" type="slidenum"><a:rPr lang="en-GB"'
    ' sz="900">{}</a:rPr><a:t>{}</a:t></a:fld>'
)
NUMBERED = (
    f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{{identity}}" name="dash|slide-number"/>'
    '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="sldNum" sz="quarter"'
    ' idx="{index}"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/>'
    "<a:p>{field}</a:p></p:txBody></p:sp>"
)


def _add_number(slide: Any, box: Box) -> None:
    shape = add_text_box(slide.shapes, box, [[]], make_marker("slide-number"), bottom=True)
    colour, number = f"<a:solidFill>{COLOURS[QUIET]}</a:solidFill>", slide.part.partname.idx
    paragraph = shape.text_frame.paragraphs[0]._p
    paragraph.get_or_add_pPr().set("algn", "r")
    paragraph.append(parse_xml(FIELD.format(nsdecls("a"), colour, number)))


def _fill_number(template: Template, slide: Any) -> None:
    """Put the number of the slide where the layout has it."""
    for shape in template.layout.placeholders:
        if shape._element.find(f".//{qn('p:ph')}").get("type") == "sldNum":
            index = shape.placeholder_format.idx
            field = FIELD.format("", "", slide.part.partname.idx)
            made = NUMBERED.format(identity=900 + index % 1000, index=index, field=field)
            slide.shapes._spTree.append(parse_xml(made))
            return


def _add_code(slide: Any, box: Box, link: str) -> None:
    picture = slide.shapes.add_picture(
        io.BytesIO(draw_png(link, scale=8)), *map(Emu, (box.left, box.top, box.width, box.height))
    )
    picture.click_action.hyperlink.address = link
    name_shape(picture, make_marker("code"), f"QR code of the link {link}")


def estimate_note_height(text: str, room: Box, factor: float, size: float = 11) -> int:
    """Estimate the EMU that a note takes beneath a picture."""
    if not text:
        return 0
    return round(min(text_height(text, to_points(room.width), size, factor), size * 3.8) * POINT)


def add_note(canvas: Canvas, text: str, key: str, *, left: int = 0, size: float = 11) -> None:
    """Add a quieter text at the bottom of the room; `left` is the number of rows or lines of which
    it says that they are on no slide.
    """
    box, factor = canvas.room, canvas.template.factor
    tall = estimate_note_height(text, box, factor, size)
    fits, said = fit_text(
        clean(text), to_points(box.width), to_points(tall) + 1, (size, 10, 9), factor
    )
    add_text_box(
        canvas.slide.shapes,
        Box(box.left, box.bottom - tall, box.width, tall),
        [[Run(said, size=fits, colour=QUIET)]],
        stamp_text(make_marker("note", key, count=left), canvas.shown, said),
    )
