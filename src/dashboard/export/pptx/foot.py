"""The foot of a slide: key of its marks, programme, day of the data, link, number of the slide."""

from collections.abc import Iterator, Sequence
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from dashboard.charts.letters import fit_text, measure_text
from dashboard.charts.markup import Element
from dashboard.charts.theme import NO_PILLAR
from dashboard.export.pptx.canvas import FOOT, Canvas
from dashboard.export.pptx.markers import Marker, name_shape, set_alt_text
from dashboard.export.pptx.shapes import (
    ACCENT,
    INK,
    LIGHT,
    POINT,
    QUIET,
    Box,
    Run,
    add_text_box,
    join_runs,
    write_paragraphs,
)
from dashboard.export.pptx.template import OPENING, PLACE, read_box
from dashboard.export.view_export import Export, clean_line, name_language
from dashboard.language.messages import _

SIZE = 12.0
"""Points of letters at the foot."""
LONGEST_LINK, LONGEST_KEY, LONGEST_SHOWN = 2000, 180, 48
"""Characters: what is longer programs cut, is not kept as the name of a shape, is not printed."""
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
FIELD = (
    f'<a:fld {nsdecls("a")} id="{{{{C1FF6DA9-008F-8B48-92A6-B652298478BF}}}}" type="slidenum">'
    '<a:rPr lang="{language}"/><a:t>‹#›</a:t></a:fld>'
)


def add_foot(canvas: Canvas) -> None:
    """Add the line with the key of the marks, and what the layout has at its foot."""
    room, at_foot = canvas.layout.room, canvas.layout.at_foot
    # the place for the contents of a meeting is filled wholly: the line stands beneath it
    top = room.bottom + 4 - (0 if canvas.source.key == OPENING else FOOT)
    line = Box(room.left, top, room.width, FOOT - 4)
    link = _compose_link(canvas.shown)
    taken = measure_text(link.said, SIZE) + 12 if link.said else 1
    # our own footer has room for the link; that of a house may be narrow
    at_footer = read_box(at_foot.get(PLACE.FOOTER)) if canvas.layout.is_ours else None
    box = at_footer or line
    _add_link(canvas, box.part(box.width - taken, taken), link)
    line = line if at_footer else line.part(0, line.width - taken)
    if runs := _fit_entries(list(_compose_key(canvas)), line.width):
        canvas.write("key", line, runs)
    _add_footer(canvas, taken if at_footer else 0)
    if number := at_foot.get(PLACE.SLIDE_NUMBER):
        shape = _copy_place(canvas.slide, number)
        field = parse_xml(FIELD.format(language=name_language()))
        shape.text_frame.paragraphs[0]._p.insert(0, field)
        name_shape(shape, Marker("slide-number"))


def _copy_place(slide: Any, place: Any) -> Any:
    """Copy a place of the layout that the library leaves out: footer and number."""
    known = place._element.nvSpPr.nvPr.find(qn("p:ph"))
    attributes = "".join(f' {key}="{value}"' for key, value in known.attrib.items())
    identity = max(int(one) for one in slide.shapes._spTree.xpath("//@id") if one.isdigit()) + 1
    slide.shapes._spTree.append(
        parse_xml(
            f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{identity}" name=""/><p:cNvSpPr>'
            f'<a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph{attributes}/></p:nvPr></p:nvSpPr>'
            "<p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/><a:p/></p:txBody></p:sp>"
        )
    )
    return slide.shapes[-1]


def _compose_link(shown: Export) -> Run:
    """Compose the link as it is printed; nothing where it leads nowhere but on this machine."""
    address = urlsplit(shown.link)
    if address.scheme not in ("http", "https") or _is_here(address.hostname or ""):
        return Run("")
    target = shown.link if len(shown.link) <= LONGEST_LINK else ""
    printed = shown.link.removeprefix("https://")
    if len(printed) > LONGEST_SHOWN:
        printed = _("open in the dashboard") if target else printed[:LONGEST_SHOWN]
    return Run(printed, SIZE, link=target)


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host in ("", "localhost")


def _add_link(canvas: Canvas, box: Box, link: Run) -> None:
    """Add the link, which makes known the view of the slide."""
    asked = canvas.shown.path
    found = canvas.mark("footer", asked if len(asked) <= LONGEST_KEY else "", link.said, ())
    shape = add_text_box(
        canvas.slide.shapes,
        box,
        [[link] if link.said else []],
        found,
        align="right",
        anchor="bottom",
        wrap=False,
    )
    set_alt_text(shape, _("Link of this slide: {link}", link=asked))


def _add_footer(canvas: Canvas, taken: float) -> None:
    """Add what must not be overlooked, the programme and the day of the data: into the place of the
    layout, and that of the date beside it, without so much that is `taken` by the link.
    """
    room, at_foot = canvas.layout.room, canvas.layout.at_foot
    place, beside = at_foot.get(PLACE.FOOTER), read_box(at_foot.get(PLACE.DATE))
    box = whole = read_box(place)
    if box is None:
        presentation = canvas.slide.part.package.presentation_part.presentation
        top = min(room.bottom + 4, presentation.slide_height / POINT - 23)
        line = Box(room.left, top, room.width - taken, 17)
        canvas.write("programme", line, _fit_footer(canvas, line.width, SIZE))
        return
    if beside and beside.right <= box.left:
        box = beside._replace(width=box.right - beside.left)
    box = box.part(0, box.width - taken)
    shape, runs = _copy_place(canvas.slide, place), _fit_footer(canvas, box.width, 0)
    if box != whole:
        shape.left, shape.top, shape.width, shape.height = box.place
    write_paragraphs(shape.text_frame, [runs])
    name_shape(shape, canvas.mark("text", "programme", join_runs([runs])))


def _fit_footer(canvas: Canvas, wide: float, size: float) -> list[Run]:
    """Fit as much as stands on one line: a warning always, programme, day of the data, page."""
    shown, kept = canvas.shown, ""
    day = _("data as of {day}", day=shown.as_of)
    parts = clean_line(shown.programme), day, shown.as_shown, clean_line(canvas.source.title)
    warning = " · ".join(shown.warnings)
    left = wide - (measure_text(f"{warning} · ", SIZE, bold=True) if warning else 0)
    for part in filter(None, parts):
        longer = f"{kept} · {part}" if kept else part
        kept = longer if measure_text(longer, SIZE) <= left else kept
    if not warning:
        return [Run(kept or fit_text(parts[0], SIZE, wide), size)]
    lead = Run(f"{warning} · " if kept else warning, size, bold=True, colour=ACCENT)
    return [lead, *([Run(kept, size)] if kept else [])]


def _compose_key(canvas: Canvas) -> Iterator[list[Run]]:
    """Compose the entries of a key: marks and pillars, what is in none, what numbers in it count."""
    picture, notes = canvas.source.picture, [canvas.source.foot]
    markup = picture.chart.markup if picture else None
    children = markup.children if markup and picture and picture.chart.figure else ()
    entries = [entry for entry in children if isinstance(entry, Element)]
    marks = [entry for entry in entries if entry.css or entry.find("mark")]
    yield from (list(_write_entry(canvas, entry)) for entry in marks)
    if picture:
        chart, is_matrix = picture.chart, bool(markup and markup.find("matrix-table"))
        notes += [
            picture.note,
            chart.bars.note if chart.bars and not (chart.figure or is_matrix) else "",
        ]
    yield from ([Run(f"{clean_line(said)}    ", SIZE, colour=QUIET)] for said in notes if said)
    yield from (list(_write_entry(canvas, entry)) for entry in entries if entry not in marks)


def find_pillar_colour(shown: Export, element: Element) -> str:
    """Find the colour of the pillar that an element of the page is of, by its class."""
    names = (css.removeprefix("pillar-") for css in element.css.split() if css[:7] == "pillar-")
    colours, name = shown.view.settings.colours, next(names, NO_PILLAR)
    return colours[name][0] if name in colours else LIGHT.no_pillar


def _write_entry(canvas: Canvas, entry: Element) -> Iterator[Run]:
    """Write an entry of a key: its mark and its word, or a pillar in its colour."""
    marks = entry.find("mark")
    if sign := SIGNS.get(marks[0].css.partition("mark-")[2] if marks else ""):
        yield Run(f"{sign[0]} ", SIZE, colour=sign[1])
    words = (x if isinstance(x, str) else x.text for x in entry.children if x not in marks)
    pillar = "pillar-" in entry.css
    colour = find_pillar_colour(canvas.shown, entry) if pillar else QUIET
    yield Run(f"{clean_line(' '.join(words))}    ", SIZE, bold=pillar or None, colour=colour)


def _fit_entries(entries: Sequence[Sequence[Run]], room: float) -> list[Run]:
    """Take the entries that stand on one line; the first is cut where it alone is longer."""
    kept: list[Run] = []
    for entry in entries:
        if measure_text(join_runs([[*kept, *entry]]).strip(), SIZE) <= room:
            kept += entry
    if entries and not kept:
        return [entries[0][0]._replace(text=fit_text(join_runs(entries[:1]), SIZE, room))]
    return kept
