"""What goes on while slides are renewed: what was found, and what is left to people."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from dashboard.export.pptx.markers import Marker
from dashboard.export.pptx.stale_numbers import numbers_in
from dashboard.export.view_export import Shown


class Changed(NamedTuple):
    """Something that was renewed: number of the slide, what it is, and what it said before and says
    now.
    """

    slide: int
    what: str
    old: str
    new: str


class Left(NamedTuple):
    """A sentence of somebody's own that holds an old number; or what could not be renewed, with an
    empty number.
    """

    slide: int
    sentence: str
    number: str


@dataclass
class Work:
    """What is going on: the number of the slide, what its view shows now, how wide its letters are,
    the number of the last row or line that any slide holds of a table or list, and what was found.
    """

    slide: int
    page: Any
    shown: Shown
    factor: float
    foot: int
    ends: dict[str, int]
    changed: list[Changed] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    olds: list[str] = field(default_factory=list)
    titled: Marker | None = None
    """The title, where it was renewed: the footer knows it too."""
    theirs: list[str] = field(default_factory=list)
    """Texts of ours that somebody rewrote."""

    def note(self, what: str, old: str, new: str) -> None:
        """Something was renewed; the numbers that it does not say any more are old."""
        self.changed.append(Changed(self.slide, what, old, new))
        still = numbers_in(new)
        self.olds += [found for found in numbers_in(old) if found not in still]

    def cannot(self, why: str) -> None:
        """Something stays as it was."""
        self.left.append(Left(self.slide, why, ""))
