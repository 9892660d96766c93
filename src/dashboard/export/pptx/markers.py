"""The names by which our shapes are known again, and the numbers that they show as data:
"dash|number|training_participants|0+0|||training_participants=589~|20260115T0930|en|/trainings".
Programs keep a shape's name when a slide is edited, moved, copied and saved. A text also carries a
short sum of what we wrote, so that a text which somebody rewrote is theirs.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from dashboard.export.shown_values import ShownValue, select_said
from dashboard.export.view_export import Export, clean
from dashboard.model.quantity import Kind
from dashboard.text.messages import LOCALE

OURS = "dash"
LINK = re.compile(r"(?:https?://[^\s/]+)?(/[a-z_]*(?:\?[^\s]*)?)$")
MAX_NAME_LENGTH = 255
"""Characters of a name that holds values: programs keep no longer names."""
KIND_CODES = {
    Kind.EXACT: "",
    Kind.ABOUT: "~",
    Kind.AT_LEAST: ">",
    Kind.AT_LEAST_ABOUT: ">~",
    Kind.FEWER_THAN: "<",
    Kind.UNKNOWN: "?",
}
KINDS = {code: kind for kind, code in KIND_CODES.items()}
VALUE = re.compile(r"(?:([a-z][a-z0-9_]*)=)?(-?\d{1,18}(?:\.\d{1,20})?)?(>~|[~><?]|)")


@dataclass(frozen=True)
class Stored:
    """What a shape shows, as data: its numbers, and of which version, in which language and of
    which link they are.
    """

    values: tuple[ShownValue, ...]
    version: str
    language: str
    link: str = ""

    def after(self, name: str) -> str:
        """Write it behind a name: as many values as a name holds, and the link where that fits."""
        origin, texts = f"|{self.version}|{self.language}", [*map(_write_value, self.values)]
        while texts and len(name) + 1 + len(",".join(texts)) + len(origin) > MAX_NAME_LENGTH:
            texts.pop()
        whole = f"{name}|{','.join(texts)}{origin}"
        link = f"|{self.link.replace('|', '%7C')}" if self.link else ""
        return whole + link if len(whole + link) <= MAX_NAME_LENGTH else whole


@dataclass(frozen=True)
class Marker:
    """What a shape holds: its kind (title, lead, number, chart, table …), whose it is, and for a
    text its sum; `start` and `count` are the rows or lines of a longer table or list that it holds,
    `start` of a title is the number of its slide among those with the same title, from 0, `count`
    of a note the rows or lines of which it says that they are on no slide.
    """

    kind: str
    key: str = ""
    start: int = 0
    count: int = 0
    sum: str = ""
    beside: str = ""
    """Of a footer: key, sum and number of the title, because LibreOffice gives the placeholders of
    titles other names.
    """
    stored: Stored | None = None
    """None where the shape shows no number, and in slides of former releases."""

    def __str__(self) -> str:
        parts = (
            OURS,
            self.kind,
            self.key.replace("|", "_"),
            f"{self.start}+{self.count}",
            self.sum,
            self.beside,
        )
        name = "|".join(parts)
        return name.rstrip("|") if self.stored is None else self.stored.after(name)

    @property
    def title(self) -> "Marker":
        """Of a footer: the marker of the title on the same slide."""
        if self.stored is None:  # of a former release: the number of the slide stands in the title
            key, _, total = self.beside.rpartition("~")
            return Marker("title", key, sum=total)
        key, total, part = (*self.beside.rsplit("~", 2), "", "")[:3]
        return Marker("title", key, _as_number(part), sum=total, stored=self.stored)

    def beside_title(self, title: "Marker") -> "Marker":
        """Of a footer: the same beside a title, which it makes known where that lost its name."""
        known = f"{title.key}~{title.sum}"
        if self.stored is None:
            return replace(self, beside=known)
        values = title.stored.values if title.stored else ()
        stored = replace(self.stored, values=values)
        return replace(self, beside=f"{known}~{title.start}", stored=stored)


def make_marker(
    kind: str, key: str = "", *, text: str = "", start: int = 0, count: int = 0
) -> Marker:
    """Make a marker for a text or a shape."""
    return Marker(kind, key, start, count, text_digest(text) if text else "")


def stamp(found: Marker, shown: Export, values: Iterable[ShownValue] = ()) -> Marker:
    """Store in a marker what its shape shows: values, and the origin of these."""
    origin = shown.version, LOCALE.language, shown.view.link()
    return replace(found, stored=Stored(tuple(dict.fromkeys(values)), *origin))


def stamp_text(found: Marker, shown: Export, text: str) -> Marker:
    """Store in a marker the sum of its text, and the values that the text says."""
    return stamp(replace(found, sum=text_digest(text)), shown, select_said(text, shown.values))


def read_marker(name: str) -> Marker | None:
    """Read the marker in the name of a shape; None where it is none of ours."""
    parts = name.split("|")
    if len(parts) < 2 or parts[0] != OURS:
        return None
    kind, key, place, total, beside = (*parts[1:], "", "", "", "")[:5]
    start, _, count = place.partition("+")
    stored = _read_stored(parts[6:])
    return Marker(kind, key, _as_number(start), _as_number(count), total, beside, stored)


def _as_number(text: str) -> int:
    return int(text) if re.fullmatch(r"[0-9]{1,6}", text) else 0


def _read_stored(parts: list[str]) -> Stored | None:
    """Read what stands behind a name; None where nothing does, as in slides of former releases."""
    if len(parts) < 3:
        return None
    texts, version, language, link = (*parts, "")[:4]
    found = [VALUE.fullmatch(text) for text in texts.split(",") if text]
    values = [_read_value(one) for one in found if one]
    return Stored(tuple(values), version, language, find_link(link)) if all(found) else None


def write_values(values: Iterable[ShownValue]) -> str:
    """Write values in one word: "events_held=29,589~"."""
    return ",".join(map(_write_value, values))


def read_values(text: str) -> list[ShownValue]:
    """Read such values, but for what somebody damaged."""
    found = (VALUE.fullmatch(one) for one in text.split(",") if one)
    return [_read_value(one) for one in found if one]


def _read_value(found: re.Match[str]) -> ShownValue:
    metric, value, code = found.groups()
    return ShownValue(Decimal(value) if value else None, KINDS[code], metric or "")


def _write_value(value: ShownValue) -> str:
    number = "" if value.value is None else f"{value.value:f}"
    name = f"{value.metric}=" if value.metric else ""
    return f"{name}{number}{KIND_CODES[value.kind]}"


def text_digest(text: str) -> str:
    """Make a short sum of a text, whatever its white space."""
    return hashlib.sha256(" ".join(text.split()).encode("utf-8", "replace")).hexdigest()[:8]


def is_as_written(found: Marker, text: str) -> bool:
    """Return whether a text is still the one that we wrote."""
    return found.sum == text_digest(text)


def name_shape(shape: Any, found: Marker, alt: str = "") -> None:
    """Name a shape, and say what it shows to those who do not see it."""
    shape.name = clean(found)
    if alt:
        set_alt_text(shape, alt)


def set_alt_text(shape: Any, alt: str) -> None:
    """Set the alternative text of a shape."""
    shape._element._nvXxPr.cNvPr.set("descr", clean(alt))


def read_alt_text(shape: Any) -> str:
    """Read the alternative text of a shape."""
    found: str = shape._element._nvXxPr.cNvPr.get("descr", "")
    return found


def find_link(text: str) -> str:
    """Find the link of a view at the end of a text, without host; empty where there is none."""
    found = LINK.search(text.strip())
    return found[1] if found else ""
