"""The style of slides: our own template, or that of a house. Its layouts are known by the types of
their places, not by their names: a title, one large place for a chart, a table or a text, a footer and
the number of the slide.
"""

import io
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn
from pptx.util import Inches

from dashboard.export.pptx import DeckError
from dashboard.export.pptx.opening import open_presentation

PLACE = PP_PLACEHOLDER
TITLES = (PLACE.TITLE, PLACE.CENTER_TITLE)
AT_FOOT = (PLACE.DATE, PLACE.FOOTER, PLACE.SLIDE_NUMBER)
OPENING, NUMBERS, CHART, TABLE = "opening", "numbers", "chart", "table"
WANTED = {
    OPENING: (PLACE.SUBTITLE, PLACE.BODY, PLACE.OBJECT),
    NUMBERS: (PLACE.OBJECT, PLACE.BODY),
    CHART: (PLACE.CHART, PLACE.OBJECT, PLACE.BODY),
    TABLE: (PLACE.TABLE, PLACE.OBJECT, PLACE.BODY),
}
"""What a slide of a kind has beneath its title, the best first."""
VERTICAL = ".//p:ph[@orient='vert']"
LEAST_PART = 0.3
"""Of the slide: a place that is smaller is none for a chart or a table."""
OUR_LAYOUTS = ["Opening", *(f"Finding with {kind}" for kind in ("numbers", "chart", "table"))]
"""The names by which our template is known again in a deck that was made with it."""
OUR_TITLE_SIZE = 28.0


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

    @property
    def place(self) -> tuple[int, int, int, int]:
        """Left, top, width and height."""
        return self.left, self.top, self.width, self.height

    def below(self, used: float) -> "Box":
        """Take so many EMU from the top."""
        taken = min(round(used), self.height)
        return Box(self.left, self.top + taken, self.width, self.height - taken)

    def above(self, used: float) -> "Box":
        """Take so many EMU from the bottom."""
        return Box(self.left, self.top, self.width, max(self.height - round(used), 0))

    def part(self, left: float, width: float) -> "Box":
        """Take a part of the width; both in EMU from the left edge."""
        return Box(self.left + round(left), self.top, round(width), self.height)


@dataclass(frozen=True)
class Layout:
    """A layout for one kind of slide: where its title stands (None: nowhere) and how large its
    letters are in points, the number of the place beneath (None: there is none), and the room there.
    `is_ours`: a short title leaves its room to what is beneath, and the footer has room for a link.
    """

    layout: Any
    title: Box | None
    size: float
    holder: int | None
    room: Box
    is_ours: bool


@dataclass(frozen=True)
class Template:
    """A presentation without slides, and whether it is our own."""

    deck: Any
    is_ours: bool

    def choose(self, kind: str) -> Layout:
        """Choose the layout for a kind of slide by the types of its places."""
        deck = self.deck
        layouts = [layout for master in deck.slide_masters for layout in master.slide_layouts]
        layout = min(layouts, key=lambda one: self._weigh(one, kind))
        title, holder = self._find_title(layout, kind), self._find_holder(layout, kind)
        room = (holder and read_box(holder)) or self._find_room(title and read_box(title))
        size = _read_size(layout, title) if title else OUR_TITLE_SIZE
        index = holder.placeholder_format.idx if holder else None
        return Layout(layout, title and read_box(title), size, index, room, self.is_ours)

    def _weigh(self, layout: Any, kind: str) -> tuple[bool, bool, int, int]:
        """Weigh how little a layout suits: without title, without a place, another one, more places."""
        holder, wanted = self._find_holder(layout, kind), WANTED[kind]
        rank = wanted.index(holder.placeholder_format.type) if holder else len(wanted)
        others = [p for p in layout.placeholders if p.placeholder_format.type not in AT_FOOT]
        return self._find_title(layout, kind) is None, holder is None, rank, len(others)

    def _find_title(self, layout: Any, kind: str) -> Any:
        """Find the title of a layout, if it is at the top and wide; wherever it is for an opening."""
        for shape in layout.placeholders:
            box = read_box(shape)
            if shape.placeholder_format.type not in TITLES or box is None:
                continue
            inside = box.left >= 0 and box.top >= 0 and box.right <= self.deck.slide_width
            at_top = kind == OPENING or box.bottom <= self.deck.slide_height * 0.45
            if (
                inside
                and at_top
                and min(box.width / self.deck.slide_width, box.height / Inches(1)) >= 0.4
            ):
                return shape
        return None

    def _find_holder(self, layout: Any, kind: str) -> Any:
        """Find the place for what is beneath the title: the best type, then the largest."""
        wanted = WANTED[kind]
        found = [
            place
            for place in layout.placeholders
            if place.placeholder_format.type in wanted and not place._element.xpath(VERTICAL)
        ]
        large = [p for p in found if (box := read_box(p)) and self._is_large(box, kind)]
        return min(
            large,
            key=lambda p: (wanted.index(p.placeholder_format.type), -p.width * p.height),
            default=None,
        )

    def _is_large(self, box: Box, kind: str) -> bool:
        wide, tall = self.deck.slide_width, self.deck.slide_height
        if box.left < 0 or box.top < 0 or box.right > wide or box.bottom > tall:
            return False
        if kind == OPENING:
            return True
        return bool(box.width >= wide * 0.5 and box.width * box.height >= LEAST_PART * wide * tall)

    def _find_room(self, title: Box | None) -> Box:
        """Find the room of a layout that has no place: beneath the title, above the foot."""
        wide, tall = self.deck.slide_width, self.deck.slide_height
        margin = round(wide * 0.05)
        top = title.bottom + Inches(0.12) if title else round(tall * 0.21)
        return Box(margin, top, wide - 2 * margin, round(tall * 0.9) - top)


def read_box(shape: Any) -> Box | None:
    """Read where a place stands; None where that is not said."""
    if shape.width and shape.height and None not in (shape.left, shape.top):
        return Box(shape.left, shape.top, shape.width, shape.height)
    return None


def _read_size(layout: Any, title: Any) -> float:
    """Read the size of title text in points, of the layout or its master."""
    level = f"{qn('a:lvl1pPr')}/{qn('a:defRPr')}"
    master = layout.slide_master._element
    for root, path in (
        (title._element, f".//{level}"),
        (master, f"{qn('p:txStyles')}/{qn('p:titleStyle')}/{level}"),
    ):
        found = root.find(path)
        if found is not None and (found.get("sz") or "").isdigit():
            return int(found.get("sz")) / 100
    return 32.0


def read_template(template: bytes | None = None) -> Template:
    """Read the style of slides: our own, or that of a .pptx or .potx. Raises DeckError for a file
    that is none.
    """
    if template is None:
        own = (files(__package__) / "deck.potx").read_bytes()
        return Template(open_presentation(own), is_ours=True)
    try_template(template)
    return _read_file(template)


@lru_cache(maxsize=4)
def try_template(template: bytes) -> None:
    """Make a slide with notes after a template, and throw it away: what a template lacks or has
    twice shows before somebody asks for slides. Raises DeckError.
    """
    try:
        style = _read_file(template)
        for kind in WANTED:
            slide = style.deck.slides.add_slide(style.choose(kind).layout)
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
    layouts = [layout.name for master in deck.slide_masters for layout in master.slide_layouts]
    return Template(deck, is_ours=layouts == OUR_LAYOUTS)


def _empty(deck: Any) -> None:
    """Remove its slides, and what tells of them: sections, shows, titles in the properties, a
    thumbnail.
    """
    part, element = deck.part, deck.part._element
    for identity in list(element.sldIdLst if element.sldIdLst is not None else ()):
        part.drop_rel(identity.rId)
        element.sldIdLst.remove(identity)
    for tag in ("p:custShowLst", "p:extLst"):
        for found in element.findall(qn(tag)):
            element.remove(found)
    relations, told = part.package._rels, ("thumbnail", "extended-properties", "custom-properties")
    for key, relation in list(relations.items()):
        if relation.reltype.rpartition("/")[2] in told:
            relations.pop(key)


def save(deck: Any) -> bytes:
    """Save the presentation as the bytes of a file."""
    file = io.BytesIO()
    deck.save(file)
    return file.getvalue()
