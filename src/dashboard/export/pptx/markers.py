"""The names by which our shapes are known again, and the numbers that they show as data:
"dash|number|training_participants|0+0|||training_participants=589~|20260115T0930|en|/trainings".
Programs keep a shape's name when a slide is edited, moved, copied and saved. A text also carries a
short sum of what we wrote, so that a text which somebody rewrote is theirs.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from dashboard.export.shown_values import ShownValue, select_said
from dashboard.export.view_export import Export, clean
from dashboard.model.quantity import Kind

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
    """What a shape shows, as data: its numbers, and of which version, language and link they are."""

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
    """What a shape holds: its kind (title, number, chart, table …), whose it is, and for a text its
    sum; `start` of a table or title is the number of its slide among those of that name, from 0.
    """

    kind: str
    key: str = ""
    start: int = 0
    sum: str = ""
    stored: Stored | None = None

    def __str__(self) -> str:
        name = f"{OURS}|{self.kind}|{self.key.replace('|', '_')}|{self.start}+0|{self.sum}|"
        return name.rstrip("|") if self.stored is None else self.stored.after(name)


def make_marker(
    shown: Export,
    of_what: tuple[str, str, int],
    text: str = "",
    values: Iterable[ShownValue] | None = None,
) -> Marker:
    """Make a marker of a kind, key and start, with its values: where none are given, those it says."""
    said = select_said(text, shown.values) if values is None else tuple(dict.fromkeys(values))
    stored = Stored(said, shown.version, shown.view.language, shown.path)
    return Marker(*of_what, text_digest(text) if text else "", stored)


def read_marker(name: str) -> Marker | None:
    """Read the marker in the name of a shape; None where it is none of ours."""
    parts = name.split("|")
    if len(parts) < 2 or parts[0] != OURS:
        return None
    kind, key, place, total = (*parts[1:], "", "", "")[:4]
    start = _as_number(place.partition("+")[0])
    return Marker(kind, key, start, total, _read_stored(parts[6:]))


def _as_number(text: str) -> int:
    return int(text) if re.fullmatch(r"[0-9]{1,6}", text) else 0


def _read_stored(parts: list[str]) -> Stored | None:
    """Read what stands behind a name; None where nothing does."""
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
    """Find the link of a view at the end of a text, without host."""
    found = LINK.search(text.strip())
    return found[1] if found else ""
