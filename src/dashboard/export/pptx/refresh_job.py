"""What goes on while slides are renewed: what was found, and what is left to people."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from dashboard.export.pptx import legacy_text
from dashboard.export.pptx.markers import Marker
from dashboard.export.shown_values import ShownValue, select_outdated, select_said
from dashboard.export.view_export import Export


class Changed(NamedTuple):
    """Something that was renewed: number of the slide, what it is, and what it said before and says
    now.
    """

    slide: int
    what: str
    old: str
    new: str


class LeftToPeople(NamedTuple):
    """A sentence of somebody's own that holds an old number; or what could not be renewed, with an
    empty number.
    """

    slide: int
    sentence: str
    number: str


@dataclass
class RefreshJob:
    """The renewal of one slide: its number, what its view shows now, how wide its letters are,
    where tables and lists end, where the last part of each table and list begins that any slide
    holds, and what was found.
    """

    slide: int
    page: Any
    shown: Export
    factor: float
    bottom: int
    last_parts: dict[str, int]
    changed: list[Changed] = field(default_factory=list)
    left: list[LeftToPeople] = field(default_factory=list)
    outdated: list[ShownValue] = field(default_factory=list)
    """Numbers that were stored and are not shown any more."""
    title: Marker | None = None
    """The title, where it was renewed: the footer knows it too."""
    own_texts: list[str] = field(default_factory=list)
    """Texts of ours that somebody rewrote."""

    def record(self, what: str, old: str, new: str) -> None:
        """Record that something was renewed."""
        self.changed.append(Changed(self.slide, what, old, new))

    def record_text(self, what: str, found: Marker, old: str, new: str) -> None:
        """Record that a text was renewed, and which of its numbers it says no more."""
        self.record(what, old, new)
        if found.stored is None:
            self.drop_values(legacy_text.read_values(old), legacy_text.read_values(new))
        else:
            self.drop_values(found.stored.values, select_said(new, found.stored.values))

    def drop_values(self, before: Sequence[ShownValue], now: Sequence[ShownValue]) -> None:
        """Note the numbers that were stored and are not shown any more."""
        self.outdated += select_outdated(before, now)

    def leave(self, why: str) -> None:
        """Note that something stays as it was."""
        self.left.append(LeftToPeople(self.slide, why, ""))

    def holds_last_part(self, found: Marker) -> bool:
        """Return whether no slide holds a later part of the same table or list."""
        return self.last_parts.get(f"{found.kind} {found.key}", 0) <= found.start

    def name_of_slide(self) -> str:
        """Find the title of the slide, by which people know what stands on it."""
        title = self.page.shapes.title
        return str(title.text_frame.text) if title is not None else str(self.slide)
