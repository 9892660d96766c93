"""The style of slides, ours or of a house; its layouts are known by the types of their places."""

import io
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER

from dashboard.export.pptx import DeckError
from dashboard.export.pptx.opening import open_presentation
from dashboard.export.pptx.shapes import POINT, Box
from dashboard.language.messages import _

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
LEAST_WIDTH, LEAST_PART = 0.5, 0.3
"""Of the slide: a place that is smaller is none for a chart or a table."""
OUR_LAYOUTS = ["Opening", *(f"Finding with {kind}" for kind in ("numbers", "chart", "table"))]
"""The names by which our template is known again in a deck that was made with it."""
TITLE_SIZE = 28.0


@dataclass(frozen=True)
class Layout:
    """A layout for one kind of slide: its title and the place beneath, if any, and the room there.
    `is_ours`: a short title leaves its room to what is beneath, and the footer has room for a link.
    """

    layout: Any
    title: Any
    holder: Any
    room: Box
    is_ours: bool

    @property
    def at_foot(self) -> dict[Any, Any]:
        places = {shape.placeholder_format.type: shape for shape in self.layout.placeholders}
        return {kind: shape for kind, shape in places.items() if kind in AT_FOOT}

    @property
    def size(self) -> float:
        """The size of letters in the title, of the layout or its master."""
        if self.title is None:
            return TITLE_SIZE
        sized = "a:lvl1pPr/a:defRPr/@sz"
        master = self.layout.slide_master._element.xpath(f"p:txStyles/p:titleStyle/{sized}")
        sizes = [*self.title._element.xpath(f".//{sized}"), *master, "3200"]
        return next(int(size) / 100 for size in sizes if size.isdigit())


def choose_layout(deck: Any, kind: str) -> Layout:
    """Choose the layout with a title, the best type of place beneath it, and no others."""
    return min(
        (_read_layout(deck, one, kind) for one in list_layouts(deck)),
        key=lambda one: _weigh(one, WANTED[kind]),
    )


def list_layouts(deck: Any) -> list[Any]:
    """List the layouts of a presentation."""
    return [one for master in deck.slide_masters for one in master.slide_layouts]


def _weigh(layout: Layout, wanted: tuple[Any, ...]) -> tuple[bool, bool, int, int]:
    """Weigh how little a layout suits."""
    holder = layout.holder
    rank = wanted.index(_type(holder)) if holder else len(wanted)
    others = [p for p in layout.layout.placeholders if _type(p) not in AT_FOOT]
    return layout.title is None, holder is None, rank, len(others)


def _read_layout(deck: Any, layout: Any, kind: str) -> Layout:
    wanted, places = WANTED[kind], [p for p in layout.placeholders if _suits(deck, p, kind)]
    titles, holders = ([p for p in places if _type(p) in some] for some in (TITLES, wanted))
    holders.sort(key=lambda p: (wanted.index(_type(p)), -p.width * p.height))
    title, holder = (next(iter(some), None) for some in (titles, holders))
    room = read_box(holder) or _find_room(deck, read_box(title))
    is_ours = [one.name for one in list_layouts(deck)] == OUR_LAYOUTS
    return Layout(layout, title, holder, room, is_ours)


def _type(place: Any) -> Any:
    return place.placeholder_format.type


def _suits(deck: Any, place: Any, kind: str) -> bool:
    """Return whether a place is on the slide and large enough, and a title at the top."""
    box, wide, tall = read_box(place), deck.slide_width / POINT, deck.slide_height / POINT
    if box is None or min(box.left, box.top) < 0 or box.right > wide or box.bottom > tall:
        return False
    across, down, is_free = box.width / wide, box.height / tall, kind == OPENING
    if _type(place) in TITLES:
        return across >= 0.4 and box.height >= 28 and (is_free or box.bottom <= tall * 0.45)
    is_large = is_free or (across >= LEAST_WIDTH and across * down >= LEAST_PART)
    return is_large and not place._element.xpath(".//p:ph[@orient='vert']")


def _find_room(deck: Any, title: Box | None) -> Box:
    """Find the room of a layout that has no place: beneath the title, above the foot."""
    wide, tall = deck.slide_width / POINT, deck.slide_height / POINT
    top = title.bottom + 9 if title else tall * 0.21
    return Box(wide * 0.05, top, wide * 0.9, tall * 0.9 - top)


def read_box(place: Any) -> Box | None:
    """Read where a place stands; None where there is none, or that is not said."""
    if place is None:
        return None
    sides = place.left, place.top, place.width, place.height
    return None if None in sides or not all(sides[2:]) else Box(*(side / POINT for side in sides))


def read_template(template: bytes | None = None) -> Any:
    """Read a style as a presentation without slides. Raises DeckError for a file that is none."""
    if template is None:
        return open_presentation((files(__package__) / "deck.potx").read_bytes())
    try_template(template)
    return _read_file(template, _("the template"))


@lru_cache(maxsize=4)
def try_template(template: bytes, name: str = "") -> None:
    """Try a template on a slide with notes, before somebody asks for slides; `name` is what it is
    called in a sentence. Raises DeckError.
    """
    name = name or _("the template")
    try:
        deck = _read_file(template, name)
        for kind in WANTED:
            slide = deck.slides.add_slide(choose_layout(deck, kind).layout)
            slide.notes_slide.notes_text_frame.text = "Notes"
        save(deck)
    except DeckError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever the library raises for what it does not expect
        fault = f"{type(error).__name__}: {str(error)[:120]}"
        raise DeckError(
            _(
                "{file} cannot be used for slides ({fault}): open it in the presentation program, keep"
                " one layout with a title, and save it as .potx or .pptx",
                file=name,
                fault=fault,
            )
        ) from None


def _read_file(template: bytes, name: str) -> Any:
    """Read a template without its slides, and what tells of them: sections, shows, a thumbnail."""
    deck = open_presentation(template, name)
    if not list_layouts(deck):
        raise DeckError(
            _(
                "{file} has no slide layout: save it from the presentation program as .potx or .pptx",
                file=name,
            )
        )
    part, element = deck.part, deck.part._element
    for identity in list(element.sldIdLst if element.sldIdLst is not None else ()):
        part.drop_rel(identity.rId)
        element.sldIdLst.remove(identity)
    for found in element.xpath("p:custShowLst | p:extLst"):
        element.remove(found)
    relations, told = part.package._rels, ("thumbnail", "extended-properties", "custom-properties")
    for key, relation in list(relations.items()):
        if relation.reltype.rpartition("/")[2] in told:
            relations.pop(key)
    return deck


def save(deck: Any) -> bytes:
    """Save the presentation as the bytes of a file."""
    file = io.BytesIO()
    deck.save(file)
    return file.getvalue()
