"""The style of slides: our own, or that of a template. Where a slide has its title, and where
it has room.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pptx
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches, Pt

from dashboard.export.pptx import DeckError
from dashboard.export.pptx.opening import open_presentation

INK, ACCENT, QUIET, FAINT = "1C2126", "24506F", "5B636D", "D9DDE2"
FOOTER_PLACEHOLDERS = {PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER}
WIDE_FONTS = {
    "verdana": 1.16,
    "dejavu sans": 1.16,
    "tahoma": 1.02,
    "georgia": 1.04,
    "courier new": 1.1,
    "century gothic": 1.1,
}
MARGIN, GAP = Inches(0.6), Inches(0.18)


@dataclass(frozen=True)
class Box:
    """A rectangle on a slide, in EMU."""

    left: int
    top: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.left + self.width

    @property
    def bottom(self) -> int:
        return self.top + self.height

    def meets(self, other: "Box") -> bool:
        """Return whether two boxes share any area."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


@dataclass
class Template:
    """A presentation without slides, the layout for ours, where the title stands (`placed`: in a
    placeholder of the layout), the free area beneath it, the size of title text in points, and how
    wide the font is.
    """

    deck: Any
    layout: Any
    title: Box
    placed: bool
    area: Box
    size: float
    factor: float
    numbered: bool
    """Whether the layout has a place for the number of the slide."""


def read_template(template: bytes | None = None) -> Template:
    """Read the style of slides: our own, or that of a .pptx or .potx. Raises DeckError for a file
    that is none.
    """
    if template is None:
        return _measure(_make_own())
    try_template(template)
    return _read_file(template)


@lru_cache(maxsize=4)
def try_template(template: bytes) -> None:
    """Make a slide with notes after a template, and throw it away: what a template lacks or has
    twice shows before somebody asks for slides. Raises DeckError.
    """
    try:
        style = _read_file(template)
        slide = style.deck.slides.add_slide(style.layout)
        if style.placed:
            slide.shapes.title.text_frame.text = "Title"
        slide.shapes.add_textbox(
            style.area.left, style.area.top, style.area.width, style.area.height
        )
        slide.notes_slide.notes_text_frame.text = "Notes"
        save(style.deck)
    except DeckError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever the library raises for what it does not expect
        raise DeckError(
            f"the template cannot be used for slides ({type(error).__name__}: {str(error)[:120]}):"
            " open it in the presentation program, keep one layout with a title, and save it as"
            " .potx or .pptx"
        ) from None


def _read_file(template: bytes) -> Template:
    deck = open_presentation(template, "the template")
    if not any(len(master.slide_layouts) for master in deck.slide_masters):
        raise DeckError(
            "the template has no slide layout: save it from the presentation program as .potx or"
            " .pptx"
        )
    _empty(deck)
    return _measure(deck)


def _empty(deck: Any) -> None:
    """Remove its slides, and what tells of them: sections, shows, titles in the
    properties, a thumbnail.
    """
    part, element = (
        deck.part,
        deck.part._element,
    )
    for identity in list(element.sldIdLst if element.sldIdLst is not None else ()):
        part.drop_rel(identity.rId)
        element.sldIdLst.remove(identity)
    for tag in ("p:custShowLst", "p:extLst"):
        for found in element.findall(qn(tag)):
            element.remove(found)
    _drop_traces(deck)


def _drop_traces(deck: Any) -> None:
    """Remove what tells of other slides: a thumbnail, titles in the properties."""
    relations = deck.part.package._rels
    for key, relation in list(relations.items()):
        if relation.reltype.rpartition("/")[2] in (
            "thumbnail",
            "extended-properties",
            "custom-properties",
        ):
            relations.pop(key)


def _make_own() -> Any:
    """Make wide slides with generous margins, a title from the left, one accent; the font of the
    theme.
    """
    deck = pptx.Presentation()
    deck.slide_width, deck.slide_height = Inches(13.333), Inches(7.5)
    keep = next(layout for layout in deck.slide_layouts if _types(layout) == [PP_PLACEHOLDER.TITLE])
    for layout in list(deck.slide_layouts):
        if layout is not keep:
            deck.slide_layouts.remove(layout)
    master = deck.slide_master
    for shape in [*keep.placeholders, *master.placeholders]:
        if shape.placeholder_format.type in FOOTER_PLACEHOLDERS:
            shape._element.getparent().remove(shape._element)
        elif shape.placeholder_format.type is PP_PLACEHOLDER.TITLE:
            shape.left, shape.top, shape.width, shape.height = (
                MARGIN,
                Inches(0.5),
                deck.slide_width - 2 * MARGIN,
                Inches(1.0),
            )
    _style_title(master)
    _colour_theme(master)
    _drop_traces(deck)
    return deck


def _style_title(master: Any) -> None:
    style = master._element.find(f"{qn('p:txStyles')}/{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    style.set("algn", "l")
    style.find(qn("a:defRPr")).set("sz", "2600")
    style.find(qn("a:defRPr")).set("b", "1")
    for shape in master.placeholders:
        body = shape._element.txBody.find(qn("a:bodyPr"))
        body.set("lIns", "0")
        body.set("anchor", "t")
    rule = parse_xml(
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="90" name="Accent"/><p:cNvSpPr/><p:nvPr'
        f' userDrawn="1"/></p:nvSpPr><p:spPr><a:xfrm><a:off x="{MARGIN}" y="{Inches(0.36)}"/><a:ext'
        f' cx="{Inches(0.7)}" cy="{Pt(4)}"/></a:xfrm><a:prstGeom'
        ' prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:schemeClr'
        ' val="accent1"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>'
    )
    master.shapes._spTree.append(rule)


def _colour_theme(master: Any) -> None:
    theme = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    text = theme.blob.decode("utf-8")
    for name, colour in (
        ("dk1", INK),
        ("accent1", ACCENT),
        ("hlink", ACCENT),
        ("folHlink", ACCENT),
    ):
        text = re.sub(
            rf"(<a:{name}>).*?(</a:{name}>)",
            rf'\g<1><a:srgbClr val="{colour}"/>\g<2>',
            text,
            flags=re.DOTALL,
        )
    theme._blob = text.encode()


def _types(layout: Any) -> list[Any]:
    return [
        p.placeholder_format.type
        for p in layout.placeholders
        if p.placeholder_format.type not in FOOTER_PLACEHOLDERS
    ]


def _measure(deck: Any) -> Template:
    """Choose the layout with a title and the least else, and measure the room on it."""
    layouts = [layout for master in deck.slide_masters for layout in master.slide_layouts]
    layout = min(layouts, key=lambda found: _unfit(found, deck))
    slide = Box(0, 0, deck.slide_width, deck.slide_height)
    margin = round(slide.width * 0.045)
    title, size = _title_of(layout, deck), _title_size(layout)
    placed = title is not None
    title = title or Box(margin, margin, slide.width - 2 * margin, round(slide.height * 0.13))
    area = _free(layout, slide, title, placed, margin)
    # a layout of its own kind: what is sure
    if area.height < slide.height * 0.4 or area.width < slide.width * 0.5:
        area = Box(
            margin,
            title.bottom,
            slide.width - 2 * margin,
            round(slide.height * 0.93) - title.bottom,
        )
    numbered = any(
        p.placeholder_format.type is PP_PLACEHOLDER.SLIDE_NUMBER for p in layout.placeholders
    )
    return Template(deck, layout, title, placed, area, size, find_font_factor(layout), numbered)


def _unfit(layout: Any, deck: Any) -> tuple[bool, bool, int]:
    types = _types(layout)
    wrong = types.count(PP_PLACEHOLDER.TITLE) != 1 or _title_of(layout, deck) is None
    return bool(types) and wrong, wrong, len(types)


def _title_of(layout: Any, deck: Any) -> Box | None:
    """Find where the layout has its title, if that is at the top and leaves room."""
    for shape in layout.placeholders:
        if (
            shape.placeholder_format.type is PP_PLACEHOLDER.TITLE
            and shape.width
            and shape.height is not None
        ):
            box = Box(shape.left, shape.top, shape.width, shape.height)
            inside = box.left >= 0 and box.top >= 0 and box.right <= deck.slide_width
            if (
                inside
                and box.bottom <= deck.slide_height * 0.45
                and box.width >= deck.slide_width * 0.4
            ):
                return box
    return None


def _free(layout: Any, slide: Box, title: Box, placed: bool, margin: int) -> Box:
    """Find the room below the title and clear of what the layout and its master draw at the edges."""
    left, right = (title.left, title.right) if placed else (margin, slide.width - margin)
    left, right = max(left, round(slide.width * 0.02)), min(right, round(slide.width * 0.98))
    top, bottom = title.bottom, round(slide.height * 0.96)
    for box in _obstacles(layout, slide):
        if not box.meets(Box(left, top, right - left, bottom - top)):
            continue
        if box.top >= slide.height * 0.6:
            bottom = min(bottom, box.top)
        elif box.bottom <= slide.height * 0.4:
            top = max(top, box.bottom)
        elif box.right <= slide.width * 0.35:
            left = max(left, box.right + GAP)
        elif box.left >= slide.width * 0.65:
            right = min(right, box.left - GAP)
    return Box(left, top, right - left, bottom - top)


def _obstacles(layout: Any, slide: Box) -> Iterator[Box]:
    """Find where footers, logos and ornaments stand; what covers most of the slide is its
    background.
    """
    drawn = [
        s
        for s in layout.shapes
        if not s.is_placeholder or s.placeholder_format.type in FOOTER_PLACEHOLDERS
    ]
    if layout._element.get("showMasterSp", "1") not in ("0", "false"):
        drawn += [s for s in layout.slide_master.shapes if not s.is_placeholder]
    for shape in drawn:
        if None in (shape.left, shape.top, shape.width, shape.height):
            continue
        box = Box(shape.left, shape.top, shape.width, shape.height)
        if box.width * box.height < slide.width * slide.height * 0.4:
            yield box


def _title_size(layout: Any) -> float:
    """Find the size of title text in points, from the layout or its master."""
    master = layout.slide_master._element
    for root, path in (
        *(
            (p._element, f".//{qn('a:lvl1pPr')}/{qn('a:defRPr')}")
            for p in layout.placeholders
            if p.placeholder_format.type is PP_PLACEHOLDER.TITLE
        ),
        (master, f"{qn('p:txStyles')}/{qn('p:titleStyle')}/{qn('a:lvl1pPr')}/{qn('a:defRPr')}"),
    ):
        found = root.find(path)
        if found is not None and (found.get("sz") or "").isdigit():
            return int(found.get("sz")) / 100
    return 32.0


def find_font_factor(layout: Any) -> float:
    """Find how much wider the fonts of a layout's theme are than most."""
    try:
        theme = layout.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME).blob.decode(
            "utf-8", "replace"
        )
    except KeyError:
        return 1.0
    fonts = re.findall(r'<a:latin typeface="([^"]*)"', theme)
    return max((WIDE_FONTS.get(font.lower(), 1.0) for font in fonts[:2]), default=1.0)


def save(deck: Any) -> bytes:
    """Save the presentation as the bytes of a file."""
    file = io.BytesIO()
    deck.save(file)
    return file.getvalue()
