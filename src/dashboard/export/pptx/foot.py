"""The foot of a slide: the key of its marks, the programme, the day of the data, the link and the
number of the slide.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu, Inches

from dashboard.charts.letters import fit_text, measure_text
from dashboard.charts.markup import Element
from dashboard.charts.theme import NO_PILLAR
from dashboard.export.pptx.canvas import FOOT, FOOT_SIZE, Canvas
from dashboard.export.pptx.markers import Marker, make_marker, name_shape, set_alt_text, stamp
from dashboard.export.pptx.painting import ACCENT, INK, LIGHT, QUIET
from dashboard.export.pptx.template import AT_FOOT, OPENING, PLACE, Box, read_box
from dashboard.export.pptx.texts import POINT, Run, add_text_box, join_runs, write_runs
from dashboard.export.view_export import Export, clean_line
from dashboard.text.messages import _
from dashboard.views.content import Picture

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


def add_foot(canvas: Canvas, title: Marker) -> None:
    """Add the line with the key of the marks and the link, and what the layout has at its foot."""
    room, shapes = canvas.layout.room, canvas.slide.shapes
    # the place for the contents of a meeting is filled wholly: the line stands beneath it
    top = room.bottom + Inches(0.06) - (0 if canvas.source.key == OPENING else FOOT)
    line = Box(room.left, top, room.width, FOOT - Inches(0.06))
    places = {
        shape.placeholder_format.type: shape
        for shape in canvas.layout.layout.placeholders
        if shape.placeholder_format.type in AT_FOOT
    }
    link = _compose_link(canvas.shown)
    taken = round((measure_text(link.said, FOOT_SIZE) + 12) * POINT)
    # our own footer has room for the link; that of a house may be narrow
    at_footer = read_box(places[PLACE.FOOTER]) if canvas.layout.is_ours else None
    box = at_footer or line
    _add_link(canvas, box.part(box.width - taken, taken), link, title)
    wide = line.width - (0 if at_footer else taken)
    if runs := _fit_entries(list(_compose_key(canvas)), wide / POINT):
        found = canvas.mark("text", "key", join_runs([runs]))
        add_text_box(shapes, line.part(0, wide), [runs], found)
    _add_footer(canvas, places, taken if at_footer else 0)
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
    known = place._element.nvSpPr.nvPr.find(qn("p:ph"))
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


def _compose_link(shown: Export) -> Run:
    """Compose the link as it is printed: itself, where that is short."""
    address = shown.link
    is_web = urlsplit(address).scheme in ("http", "https") and len(address) <= LONGEST_LINK
    target = address if is_web else ""
    printed = address.removeprefix("https://")
    if len(printed) > LONGEST_SHOWN:
        printed = _("open in the dashboard") if target else printed[:LONGEST_SHOWN]
    return Run(printed, FOOT_SIZE, link=target)


def _add_link(canvas: Canvas, box: Box, link: Run, title: Marker) -> None:
    """Add the link. It makes known which view the slide is of, and its title, also where a program
    takes the names from the places of the layout.
    """
    asked = canvas.shown.view.link()
    found = make_marker("footer", asked if len(asked) <= LONGEST_KEY else "", text=link.said)
    shape = add_text_box(
        canvas.slide.shapes,
        box,
        [[link]],
        stamp(found, canvas.shown).beside_title(title),
        align="right",
        anchor="bottom",
        wrap=False,
    )
    set_alt_text(shape, _("Link of this slide: {link}", link=asked))


def compose_footer(shown: Export, title: str) -> list[str]:
    """Compose what the footer says, the weightiest first: programme, day of the data, page."""
    day = _("data as of {day}", day=shown.as_of)
    parts = [clean_line(shown.programme), day, shown.as_shown, clean_line(title)]
    return [part for part in parts if part]


def _add_footer(canvas: Canvas, places: Mapping[Any, Any], taken: int) -> None:
    """Add what must not be overlooked, the programme and the day of the data; into the place of the
    layout, with that of the date beside it, which is free. `taken` of its width is the link's.
    """
    room, place, unused = canvas.layout.room, places.get(PLACE.FOOTER), places.get(PLACE.DATE)
    box = read_box(place) if place is not None else None
    if box and unused and (beside := read_box(unused)) and beside.right <= box.left:
        box = Box(beside.left, box.top, box.right - beside.left, box.height)
    if box is None:
        tall = canvas.slide.part.package.presentation_part.presentation.slide_height
        top = min(room.bottom + Inches(0.06), tall - Inches(0.32))
        box, place = Box(room.left, top, room.width, Inches(0.24)), None
    box = box.part(0, box.width - taken)
    runs = _fit_footer(canvas, box.width / POINT, 0 if place is not None else FOOT_SIZE)
    found = canvas.mark("text", "programme", join_runs([runs]))
    if place is None:
        add_text_box(canvas.slide.shapes, box, [runs], found)
        return
    shape = _copy_place(canvas.slide, place, "footer")
    if box.width != place.width:
        shape.left, shape.top, shape.width, shape.height = map(Emu, box.place)
    write_runs(shape.text_frame.paragraphs[0], runs)
    name_shape(shape, found)


def _fit_footer(canvas: Canvas, wide: float, size: float) -> list[Run]:
    """Fit as much of the footer as stands on one line; a warning always."""
    warning, kept = " · ".join(canvas.shown.warnings), ""
    parts = compose_footer(canvas.shown, canvas.source.title)
    left = wide - (measure_text(f"{warning} · ", FOOT_SIZE, bold=True) if warning else 0)
    for part in parts:
        longer = f"{kept} · {part}" if kept else part
        kept = longer if measure_text(longer, FOOT_SIZE) <= left else kept
    if not warning:
        return [Run(kept or fit_text(parts[0], FOOT_SIZE, wide), size)]
    lead = Run(f"{warning} · " if kept else warning, size, bold=True, colour=ACCENT)
    return [lead, *([Run(kept, size)] if kept else [])]


def _compose_key(canvas: Canvas) -> Iterator[list[Run]]:
    """Compose the entries of a key: a picture's marks, and what is in none of them."""
    source, picture = canvas.source, canvas.source.picture
    entries = _list_entries(picture) if picture else []
    for entry in entries:
        if entry.css or entry.find("mark"):
            yield list(_write_entry(canvas, entry))
    of_bars = picture.chart.bars.note if picture and picture.chart.bars else ""
    is_elsewhere = picture and (picture.chart.figure or _is_matrix(picture))
    of_bars = "" if is_elsewhere else of_bars
    for said in (source.foot, picture.note if picture else "", of_bars):
        if said:
            yield [Run(f"{clean_line(said)}    ", FOOT_SIZE, colour=QUIET)]
    for entry in entries:
        if not (entry.css or entry.find("mark")):
            yield list(_write_entry(canvas, entry))


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
        part if isinstance(part, str) else part.text for part in entry.children if part not in marks
    )
    pillar = "pillar-" in entry.css
    colour = find_pillar_colour(canvas.shown, entry) if pillar else QUIET
    yield Run(f"{clean_line(text)}    ", FOOT_SIZE, bold=pillar or None, colour=colour)


def _fit_entries(entries: Sequence[Sequence[Run]], room: float) -> list[Run]:
    """Take the entries that stand on one line; the first is cut where it alone is longer."""
    kept: list[Run] = []
    for entry in entries:
        if measure_text(join_runs([[*kept, *entry]]).strip(), FOOT_SIZE) <= room:
            kept += entry
    if entries and not kept:
        return [replace(entries[0][0], text=fit_text(join_runs(entries[:1]), FOOT_SIZE, room))]
    return kept
