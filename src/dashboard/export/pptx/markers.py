"""The names by which our shapes are known again: "dash|number|training_participants". Programs keep
a shape's name when a slide is edited, moved, copied and saved. A text also carries a short sum of
what we wrote, so that a text which somebody rewrote is theirs.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dashboard.export.view_export import clean

OURS = "dash"
LINK = re.compile(r"(?:https?://[^\s/]+)?(/[a-z_]*(?:\?[^\s]*)?)$")


@dataclass(frozen=True)
class Marker:
    """What a shape holds: its kind (title, lead, number, chart, table …), whose it is, and for a
    text its sum; `start` and `count` are the rows or lines of a longer table or list that it holds.
    """

    kind: str
    key: str = ""
    start: int = 0
    count: int = 0
    sum: str = ""
    beside: str = ""
    """Of a footer: key and sum of the title, because LibreOffice gives the placeholders of titles
    other names.
    """

    def __str__(self) -> str:
        parts = (
            OURS,
            self.kind,
            self.key.replace("|", "_"),
            f"{self.start}+{self.count}",
            self.sum,
            self.beside,
        )
        return "|".join(parts).rstrip("|")

    @property
    def title(self) -> "Marker":
        """Of a footer: the marker of the title on the same slide."""
        key, _, total = self.beside.rpartition("~")
        return Marker("title", key, sum=total)


def marker(kind: str, key: str = "", *, text: str = "", start: int = 0, count: int = 0) -> Marker:
    """A marker for a text or a shape."""
    return Marker(kind, key, start, count, sum_of(text) if text else "")


def read(name: str) -> Marker | None:
    """The marker in the name of a shape; None where it is none of ours."""
    parts = name.split("|")
    if len(parts) < 2 or parts[0] != OURS:
        return None
    kind, key, place, total, beside = (*parts[1:], "", "", "", "")[:5]
    start, _, count = place.partition("+")
    numbers = [int(n) if re.fullmatch(r"\d{1,6}", n) else 0 for n in (start, count)]
    return Marker(kind, key, numbers[0], numbers[1], total, beside)


def sum_of(text: str) -> str:
    """A short sum of a text, whatever its white space."""
    return hashlib.sha256(" ".join(text.split()).encode("utf-8", "replace")).hexdigest()[:8]


def is_as_written(found: Marker, text: str) -> bool:
    """Whether a text is still the one that we wrote."""
    return found.sum == sum_of(text)


def mark(shape: Any, found: Marker, alt: str = "") -> None:
    """Name a shape, and say what it shows to those who do not see it."""
    shape.name = clean(found)
    if alt:
        describe(shape, alt)


def describe(shape: Any, alt: str) -> None:
    """The alternative text of a shape."""
    shape._element._nvXxPr.cNvPr.set("descr", clean(alt))


def alt_of(shape: Any) -> str:
    """The alternative text of a shape."""
    found: str = shape._element._nvXxPr.cNvPr.get("descr", "")
    return found


def link_in(text: str) -> str:
    """The link of a view at the end of a text, without host; empty where there is none."""
    found = LINK.search(text.strip())
    return found[1] if found else ""


def shapes_of(shapes: Any) -> Iterator[Any]:
    """Every shape, those in groups too."""
    for shape in shapes:
        if shape.shape_type is not None and shape.shape_type.name == "GROUP":
            yield from shapes_of(shape.shapes)
        else:
            yield shape
