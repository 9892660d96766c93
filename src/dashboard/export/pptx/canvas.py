"""A slide that is being filled: its title, its foot with the key of the marks, the programme, the day
of the data, the link, and the number of the slide; and the room between.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from pptx.enum.text import MSO_AUTO_SIZE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Emu, Inches

from dashboard.charts.letters import fit_text, measure_text
from dashboard.charts.markup import Element
from dashboard.charts.theme import NO_PILLAR
from dashboard.export.pptx.markers import (
    Marker,
    make_marker,
    name_shape,
    set_alt_text,
    stamp,
    stamp_text,
)
from dashboard.export.pptx.painting import ACCENT, INK, LIGHT, QUIET
from dashboard.export.pptx.template import AT_FOOT, PLACE, Box, Layout, Template
from dashboard.export.pptx.texts import (
    LINE,
    POINT,
    Paragraph,
    Run,
    add_text_box,
    count_lines,
    join_runs,
    write_runs,
)
from dashboard.export.view_export import Export, clean_line
from dashboard.text.messages import _
from dashboard.views.content import Picture
from dashboard.views.content.slides import Slide

FOOT_SIZE, FOOT, GAP = 12.0, Inches(0.3), Inches(0.14)
"""Points of the letters at the foot; the line of the key; between the title and what is beneath."""
TITLE_SIZES, MAX_TITLE_LINES, MAX_TITLE = (28.0, 26.0, 24.0, 22.0, 20.0, 18.0, 16.0), 2, 400
LONGEST_LINK, LONGEST_KEY, LONGEST_SHOWN = 2000, 180, 48
"""Characters: longer links are cut by presentation programs, longer names of shapes are not kept,
longer links are not printed.
"""
SIGNS = {
    "own": ("●", INK),
    "contributed": ("●", LIGHT.contributed_edge),
    "unstated": ("◆", QUIET),
    "planned": ("○", INK),
    "cancelled": ("×", INK),
    "days": ("▬", QUIET),
    "month": ("┅", QUIET),
}
"""What stands for each mark of a key, by the class of the mark."""


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


def add_slide(template: Template, kind: str, shown: Export, source: Slide, start: int) -> Canvas:
    """Add a slide of a kind with its title and its foot."""
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
    _add_foot(canvas, title)
    room = layout.room
    if layout.flows and kind != "opening":
        room = Box(room.left, room.top - spare, room.width, room.height + spare)
    return replace(canvas, room=room if kind == "opening" else room.above(FOOT))


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
        if layout.flows and lines > 1:
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
    return f"{' ' if text[:1].isspace() else ''}{inner}{' ' if inner and text[-1:].isspace() else ''}"


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


def _add_foot(canvas: Canvas, title: Marker) -> None:
    """Add the key of the marks with what must not be overlooked, the footer, and the number."""
    room = canvas.layout.room
    line = Box(room.left, room.bottom - FOOT + Inches(0.06), room.width, FOOT - Inches(0.06))
    runs = list(_compose_key(canvas))
    if runs:
        found = canvas.mark("text", "key", join_runs([runs]))
        add_text_box(canvas.slide.shapes, line, [_fit_runs(runs, room.width / POINT)], found)
    places = {
        shape.placeholder_format.type: shape
        for shape in canvas.layout.layout.placeholders
        if shape.placeholder_format.type in AT_FOOT
    }
    _add_footer(canvas, places.get(PLACE.FOOTER), title)
    if number := places.get(PLACE.SLIDE_NUMBER):
        shape = _copy_place(canvas.slide, number, "slide number")
        shape.text_frame.paragraphs[0]._p.insert(0, parse_xml(FIELD))
        name_shape(shape, make_marker("slide-number"))


FIELD = (
    f'<a:fld {nsdecls("a")} id="{{C1FF6DA9-008F-8B48-92A6-B652298478BF}}" type="slidenum">'
    '<a:rPr lang="en-GB"/><a:t>‹#›</a:t></a:fld>'
)


def _copy_place(slide: Any, place: Any, name: str) -> Any:
    """Copy a place of the layout that the library leaves out: footer and number."""
    known = place._element.nvSpPr.nvPr.find(
        "{http://schemas.openxmlformats.org/presentationml/2006/main}ph"
    )
    attributes = "".join(f' {key}="{value}"' for key, value in known.attrib.items())
    identity = max(int(one) for one in slide.shapes._spTree.xpath("//@id") if one.isdigit()) + 1
    slide.shapes._spTree.append(
        parse_xml(
            f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{identity}" name="{name}"/><p:cNvSpPr>'
            f'<a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph{attributes}/></p:nvPr></p:nvSpPr>'
            "<p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/><a:p/></p:txBody></p:sp>"
        )
    )
    return slide.shapes[-1]


def compose_footer(shown: Export) -> list[str]:
    """Compose what the footer says, the weightiest first: programme, day of the data, page."""
    day = _("data as of {day}", day=shown.as_of)
    parts = [clean_line(shown.programme), day, shown.as_shown, clean_line(shown.title)]
    return [part for part in parts if part]


def _add_footer(canvas: Canvas, place: Any, title: Marker) -> None:
    """Add the footer with the link. It makes known which view the slide is of, and its title."""
    shown, room = canvas.shown, canvas.layout.room
    wide = (place.width if place is not None else room.width) / POINT
    runs = _fit_footer(shown, wide)
    if place is None:
        tall = Inches(0.24)
        low = min(room.bottom + Inches(0.06), canvas.slide.part.package.presentation_part
                  .presentation.slide_height - tall - Inches(0.08))  # fmt: skip
        box = Box(room.left, low, room.width, tall)
        shape = add_text_box(canvas.slide.shapes, box, [runs], make_marker("footer"))
    else:
        shape = _copy_place(canvas.slide, place, "footer")
        write_runs(shape.text_frame.paragraphs[0], runs)
    link = shown.view.link()
    found = make_marker("footer", link if len(link) <= LONGEST_KEY else "", text=join_runs([runs]))
    name_shape(shape, stamp(found, shown).beside_title(title))
    set_alt_text(shape, f"Link of this slide: {link}")


def _fit_footer(shown: Export, wide: float) -> list[Run]:
    """Fit as much of the footer as stands on one line, and always the link."""
    address = shown.link
    target = (
        address
        if urlsplit(address).scheme in ("http", "https") and len(address) <= LONGEST_LINK
        else ""
    )
    printed = address.removeprefix("https://") if len(address) <= LONGEST_SHOWN else ""
    printed = printed or (_("open in the dashboard") if target else address[:LONGEST_SHOWN])
    warning = " · ".join(shown.warnings)
    left = wide - measure_text(printed, FOOT_SIZE) - 24
    if warning:
        left -= measure_text(f"{warning} · ", FOOT_SIZE, bold=True)
    kept = ""
    for part in compose_footer(shown):
        longer = f"{kept} · {part}" if kept else part
        if measure_text(longer, FOOT_SIZE) <= left:
            kept = longer
    kept = kept or fit_text(compose_footer(shown)[0], FOOT_SIZE, max(left, 120))
    lead = [Run(f"{warning} · ", bold=True, colour=ACCENT)] if warning else []
    return [*lead, Run(f"{kept} · "), Run(printed, link=target)]


def _compose_key(canvas: Canvas) -> Iterator[Run]:
    """Compose the key of a picture's marks, and what is in none of them."""
    source, picture = canvas.source, canvas.source.picture
    entries = _list_entries(picture) if picture else []
    for entry in entries:
        if entry.css or entry.find("mark"):
            yield from _write_entry(canvas, entry)
    of_bars = picture.chart.bars.note if picture and picture.chart.bars else ""
    is_elsewhere = picture and (picture.chart.figure or _is_matrix(picture))
    of_bars = "" if is_elsewhere else of_bars
    for said in (source.foot, picture.note if picture else "", of_bars):
        if said:
            yield Run(f"{clean_line(said)}    ", FOOT_SIZE, colour=QUIET)
    for entry in entries:
        if not (entry.css or entry.find("mark")):
            yield from _write_entry(canvas, entry)


def _is_matrix(picture: Picture) -> bool:
    return bool(picture.chart.markup and picture.chart.markup.find("matrix-table"))


def _list_entries(picture: Picture) -> list[Element]:
    """List the entries of the key of a timeline: marks, pillars, and what a number in it counts."""
    markup = picture.chart.markup if picture.chart.figure else None
    return [entry for entry in (markup.children if markup else ()) if isinstance(entry, Element)]


def find_pillar_colour(shown: Export, element: Element) -> str:
    """Find the colour of the pillar that an element of the page is of, by its class."""
    names = (css.removeprefix("pillar-") for css in element.css.split() if css[:7] == "pillar-")
    colours, name = shown.view.settings.colours, next(names, NO_PILLAR)
    return colours[name][0] if name in colours else LIGHT.no_pillar


def _write_entry(canvas: Canvas, entry: Element) -> Iterator[Run]:
    """Write an entry of a key: its mark and its word, or a pillar in its colour."""
    marks = entry.find("mark")
    name = marks[0].css.partition("mark-")[2] if marks else ""
    if name in SIGNS:
        sign, colour = SIGNS[name]
        yield Run(f"{sign} ", FOOT_SIZE, colour=colour)
    text = " ".join(
        part if isinstance(part, str) else part.text
        for part in entry.children
        if part not in marks
    )
    pillar = "pillar-" in entry.css
    colour = find_pillar_colour(canvas.shown, entry) if pillar else QUIET
    yield Run(f"{clean_line(text)}    ", FOOT_SIZE, bold=pillar or None, colour=colour)


def _fit_runs(runs: Paragraph, room: float) -> list[Run]:
    """Leave out from the end what does not stand on one line."""
    kept = list(runs)
    while len(kept) > 1 and measure_text(join_runs([kept]), FOOT_SIZE) > room:
        kept.pop()
    return kept



