"""Slides as they are found again: their shapes by the markers in their names, the link of their
view, and their notes.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from dashboard.export.pptx import edit_text, notes
from dashboard.export.pptx.markers import Marker, find_link, read_alt_text, read_marker

Place = tuple[str, str, int]
"""Kind, key and start of a shape: what it is, and of what."""
ON_EVERY_SLIDE = ("footer", "slide-number", "rule", "code")
"""Kinds of shapes that do not tell one slide from another; but for the footer, none of them makes a
slide one of ours.
"""


class OtherForm(Exception):
    """A shape stays as it is, because people or the page gave it another form; the message says
    which.
    """


@dataclass(frozen=True)
class Marked:
    """A shape with its marker, and the shapes among which it stands."""

    shape: Any
    marker: Marker
    siblings: Any

    @property
    def place(self) -> Place:
        return self.marker.kind, self.marker.key, self.marker.start

    @property
    def of_what(self) -> tuple[str, str]:
        """Kind and key: of which table or list it is a part."""
        return self.marker.kind, self.marker.key

    @property
    def rows(self) -> int:
        """The rows of a table; of a list its lines."""
        if getattr(self.shape, "has_table", False):
            table = self.shape.table
            return len(table.rows) - bool(table.first_row)
        return self.marker.count

    @property
    def is_number(self) -> bool:
        """Whether it is the number of a card, beside which words may stand."""
        return self.marker.kind == "number"

    def is_number_of(self, coverage: "Marked") -> bool:
        """Return whether it is the number of which a text says how well it is known."""
        is_beside = self.is_number and coverage.marker.kind == "coverage"
        return is_beside and self.marker.key == coverage.marker.key

    @property
    def is_drawn(self) -> bool:
        """Whether it is drawn for one thing, or beneath such things: it is renewed as a whole."""
        is_group = hasattr(self.shape, "shapes")
        return self.marker.kind == "mark" or (is_group and self.marker.kind == "chart")


Then = Callable[[], Marked | None]
"""Gives a shape as it was when the deck was made; None where that is not known."""


@dataclass(frozen=True)
class MarkedSlide:
    """A slide of a deck by its number: its shapes of ours, and the others."""

    number: int
    page: Any
    marked: Sequence[Marked]
    others: Sequence[Any]
    is_renamed: bool = False
    """Whether LibreOffice saved it: places have other names, and the layouts are its own."""

    @cached_property
    def title(self) -> Marked | None:
        """Find the title, if it is ours."""
        return next((one for one in self.marked if one.marker.kind == "title"), None)

    @cached_property
    def footer(self) -> Marked | None:
        return next((one for one in self.marked if one.marker.kind == "footer"), None)

    @cached_property
    def places(self) -> set[Place]:
        """Say what stands on this slide, without what stands on every one."""
        return {one.place for one in self.marked if one.marker.kind not in ON_EVERY_SLIDE}

    @cached_property
    def link(self) -> str:
        """Find the link of its view: in its footer, its notes, else in any shape; empty where the
        slide is none of ours.
        """
        if not self.places and not self.footer:
            return ""
        foot = self.footer
        of_foot = [read_alt_text(foot.shape), foot.marker.key] if foot else []
        of_notes = notes.read_links(map(edit_text.read_paragraph, self.our_notes)).get(
            "address", ""
        )
        stored = (one.marker.stored.link for one in self.marked if one.marker.stored)
        texts = [*of_foot, of_notes, *stored]
        return next(filter(None, map(find_link, texts)), "")

    def by_link(self) -> dict[str, list[Marked]]:
        """Group our shapes by the link that they show: a card that was copied from another slide
        shows another one.
        """
        found: dict[str, list[Marked]] = {}
        for one in self.marked:
            link = (one.marker.stored.link if one.marker.stored else "") or self.link
            if link:
                found.setdefault(link, []).append(one)
        return found

    @cached_property
    def version(self) -> str:
        """Find the version of the records that it shows; empty where an older release made it."""
        first = [self.footer] if self.footer else []
        stored = [one.marker.stored for one in (*first, *self.marked)]
        return next((one.version for one in stored if one), "")

    @property
    def notes(self) -> list[Any]:
        """The paragraphs of its notes."""
        frame = self.page.notes_slide.notes_text_frame if self.page.has_notes_slide else None
        return list(frame.paragraphs) if frame is not None else []

    @property
    def our_notes(self) -> list[Any]:
        """The paragraphs of its notes that are ours; none where somebody took them away."""
        lines = [edit_text.read_paragraph(one).strip() for one in self.notes]
        if not {notes.FIRST_LINE, notes.LAST_LINE} <= set(lines):
            return []
        first, last = lines.index(notes.FIRST_LINE), lines.index(notes.LAST_LINE)
        return self.notes[first : last + 1]

    def own_texts(self) -> Iterator[str]:
        """Give the texts that are none of ours: of shapes, tables and notes."""
        for shape in self.others:
            if shape.has_text_frame and not shape._element.xpath(".//a:fld"):
                yield shape.text_frame.text
            if getattr(shape, "has_table", False):
                rows = shape.table.rows
                yield from (cell.text_frame.text for row in rows for cell in row.cells)
        ours = {one._p for one in self.our_notes}
        yield from (edit_text.read_paragraph(one) for one in self.notes if one._p not in ours)


def read_slides(deck: Any) -> list[MarkedSlide]:
    """Read the slides of a deck."""
    return [_read_slide(number, page) for number, page in enumerate(deck.slides, start=1)]


def _read_slide(number: int, page: Any) -> MarkedSlide:
    shapes = [(shape, siblings, read_marker(shape.name)) for shape, siblings in _walk(page.shapes)]
    marked = [Marked(shape, marker, siblings) for shape, siblings, marker in shapes if marker]
    slide = MarkedSlide(number, page, marked, [shape for shape, _, marker in shapes if not marker])
    title = page.shapes.title
    if slide.title or title is None or not slide.footer or not slide.footer.marker.beside:
        return slide
    # LibreOffice gives the places of titles other names: the footer knows it
    named = Marked(title, slide.footer.marker.title, page.shapes)
    others = [shape for shape in slide.others if shape.shape_id != title.shape_id]
    return replace(slide, marked=[named, *marked], others=others, is_renamed=True)


def _walk(shapes: Any) -> Iterator[tuple[Any, Any]]:
    """Walk over every shape with those among which it stands; of groups that are not drawn for one
    thing over those in them too.
    """
    for shape in shapes:
        yield shape, shapes
        marker = read_marker(shape.name)
        if hasattr(shape, "shapes") and not (marker and Marked(shape, marker, shapes).is_drawn):
            yield from _walk(shape.shapes)
