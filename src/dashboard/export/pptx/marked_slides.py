"""Slides as they are found again: their shapes by the markers in their names, the link of their
view, and their notes.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dashboard.export.pptx import notes
from dashboard.export.pptx.edit_text import read_paragraph
from dashboard.export.pptx.markers import (
    Marker,
    Stored,
    find_link,
    is_as_written,
    read_alt_text,
    read_marker,
)
from dashboard.export.shown_values import ShownValue
from dashboard.language.messages import ENGLISH, N_, is_language

Place = tuple[str, str, int]
"""Kind, key and start of a shape: what it is, and of what."""
TELLING = ("title", "number", "chart", "table")
"""Kinds of shapes that tell one slide from another."""


OF_ANOTHER_FORM = N_("“{what}” is of another form on the page: it stays as it was")
OF_OTHER_COLUMNS = N_("“{what}” has other columns on the page: it stays as it was")
WITHOUT_ROWS = N_("“{what}” has no rows any more: it stays as it was")


class OtherForm(Exception):
    """A shape stays as it is, because people or the page gave it another form; which is the message
    that it holds.
    """


@dataclass(frozen=True)
class Marked:
    """A shape with its marker."""

    shape: Any
    marker: Marker

    @property
    def place(self) -> Place:
        return self.marker.kind, self.marker.key, self.marker.start

    @property
    def values(self) -> Sequence[ShownValue]:
        """The numbers that it stores."""
        return self.marker.stored.values if self.marker.stored else ()

    @property
    def is_drawn(self) -> bool:
        """Whether it is drawn for one thing, or beneath such things: it is renewed as a whole."""
        is_group = hasattr(self.shape, "shapes")
        return self.marker.kind == "mark" or (is_group and self.marker.kind == "chart")


@dataclass(frozen=True)
class MarkedSlide:
    """A slide of a deck by its number: its shapes of ours, and the others."""

    number: int
    page: Any
    marked: list[Marked]
    others: list[Any]

    def find(self, kind: str) -> Marked | None:
        """Find the first shape of a kind."""
        return next((one for one in self.marked if one.marker.kind == kind), None)

    @property
    def is_renamed(self) -> bool:
        """Whether LibreOffice saved it: places have other names, and the layouts are its own."""
        return bool(self.find("footer") and self.page.shapes.title and not self.find("title"))

    @cached_property
    def places(self) -> set[Place]:
        """Say by what it is told from other slides."""
        return {one.place for one in self.marked if one.marker.kind in TELLING}

    @cached_property
    def link(self) -> str:
        """Find the link of its view: in its footer, its notes, else in any shape; empty where the
        slide is none of ours.
        """
        foot = self.find("footer")
        if not (foot or self.places or self.version):
            return ""
        of_foot = [read_alt_text(foot.shape), foot.marker.key] if foot else []
        stored = [one.marker.stored.link for one in self.marked if one.marker.stored]
        texts = [*of_foot, self.printed.get("address", ""), *stored]
        return next(filter(None, map(find_link, texts)), "")

    @property
    def printed(self) -> dict[str, str]:
        """Read its links as the notes print them."""
        return notes.read_links(map(read_paragraph, self.our_notes))

    def link_of(self, one: Marked) -> str:
        """Give the link that a shape shows: copied from another slide, it shows another one."""
        return (one.marker.stored.link if one.marker.stored else "") or self.link

    def language_of(self, one: Marked) -> str:
        """Give the language in which a shape was made; English where an older release made it."""
        stored = one.marker.stored
        return _read_language(stored) if stored else self.language or ENGLISH

    @cached_property
    def language(self) -> str:
        """Find the language in which it was made; empty where it is none of ours, or of an older
        release.
        """
        found = (one.marker.stored for one in self.marked)
        return next((_read_language(stored) for stored in found if stored), "")

    @cached_property
    def version(self) -> str:
        """Find the version of the records that it shows; empty where an older release made it."""
        return next((one.marker.stored.version for one in self.marked if one.marker.stored), "")

    @property
    def notes(self) -> list[Any]:
        """The paragraphs of its notes."""
        frame = self.page.notes_slide.notes_text_frame if self.page.has_notes_slide else None
        return list(frame.paragraphs) if frame is not None else []

    @property
    def our_notes(self) -> list[Any]:
        """The paragraphs of its notes that are ours; none where somebody took them away."""
        found = notes.find_ours([read_paragraph(one).strip() for one in self.notes])
        return self.notes[found]

    def own_texts(self) -> Iterator[str]:
        """Give the texts of somebody's own: of shapes, tables and notes, and ours rewritten."""
        for shape in self.others:
            if shape.has_text_frame and not shape._element.xpath(".//a:fld"):
                yield shape.text_frame.text
            if getattr(shape, "has_table", False):
                yield from (cell.text_frame.text for row in shape.table.rows for cell in row.cells)
        ours = {one._p for one in self.our_notes}
        yield from (read_paragraph(one) for one in self.notes if one._p not in ours)
        for one in (one.shape for one in self.marked if one.shape.has_text_frame):
            marker, text = read_marker(one.name), one.text_frame.text
            if marker and marker.sum and not is_as_written(marker, text):
                yield text


def _read_language(stored: Stored) -> str:
    return stored.language if is_language(stored.language) else ENGLISH


def find_shape(place: Place, slides: Iterable[MarkedSlide]) -> Marked | None:
    """Find the first shape that is the same of the same."""
    return next((one for slide in slides for one in slide.marked if one.place == place), None)


def read_slides(deck: Any) -> Sequence[MarkedSlide]:
    """Read the slides of a deck."""
    found = []
    for number, page in enumerate(deck.slides, start=1):
        shapes = [(shape, read_marker(shape.name)) for shape in _walk(page.shapes)]
        marked = [Marked(shape, marker) for shape, marker in shapes if marker]
        others = [shape for shape, marker in shapes if not marker]
        found.append(MarkedSlide(number, page, marked, others))
    return found


def _walk(shapes: Any) -> Iterator[Any]:
    """Walk over every shape; of groups that are not drawn for one thing over those in them too."""
    for shape in shapes:
        yield shape
        marker = read_marker(shape.name)
        if hasattr(shape, "shapes") and not (marker and Marked(shape, marker).is_drawn):
            yield from _walk(shape.shapes)
