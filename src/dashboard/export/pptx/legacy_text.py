"""Slides of former releases, whose shapes do not hold their numbers as data: these are read back
from the English texts that those releases wrote. Nothing else may ask this module, and nothing new
belongs into it.
"""

import re
from decimal import Decimal
from typing import NamedTuple

from dashboard.export.shown_values import ShownValue
from dashboard.export.view_export import clean_line

MAX_NUMBER_LENGTH = 30
NUMBER = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?(?: million| billion)?(?![\w])")
FACTORS = {" million": 1_000_000, " billion": 1_000_000_000}
PART = re.compile(r", part (\d{1,4})$")
VALUE = re.compile(
    r"(?P<qualifier>\b(?:at least about|at least|about)\s+)?"
    r"(?P<value>€?\d[\d,]*(?:\.\d+)?(?: million)?|\bunknown\b|withheld \(small groups\))"
)
MORE = re.compile(r"And [\d,]+ more (?:rows?|lines?): see the workbook or the link\.")


class ValueSpan(NamedTuple):
    """Where a paragraph says a number: its first character with the qualifier, the first of the
    value, and the end.
    """

    start: int
    value: int
    end: int


def find_value(text: str) -> ValueSpan | None:
    """Find the number of a card."""
    found = VALUE.search(text)
    return ValueSpan(found.start(), found.start("value"), found.end()) if found else None


def read_values(text: str) -> list[ShownValue]:
    """Read the numbers in a text: "about 1,234 from 5 of 12" holds 1234, 5 and 12."""
    found = (one[0] for one in NUMBER.finditer(text))
    return [ShownValue(read_value(one)) for one in found if len(one) <= MAX_NUMBER_LENGTH]


def read_value(number: str) -> Decimal:
    """Read a number as it is written: "1,234", "€1.25 million"."""
    plain = number.removeprefix("€").replace(",", "")
    word = next((word for word in FACTORS if plain.endswith(word)), "")
    return Decimal(plain.removesuffix(word)) * FACTORS.get(word, 1)


def read_part(title: str) -> int:
    """Read the number of a slide among those with the same title, from 0: ", part 2" is 1."""
    found = PART.search(title)
    return max(int(found[1]) - 1, 0) if found else 0


def find_more(note: str) -> str:
    """Find what a note says of rows or lines that are on no slide; empty where it says nothing."""
    found = MORE.search(note)
    return found[0] if found else ""


def list_key(heading: str) -> str:
    """Make the key of a list: its heading whatever the numbers in it, which change."""
    flat = clean_line(heading)
    plain_numbers = re.sub(r"\d+(?:[.,]\d+)*|\bno\b", "#", flat)
    return "list:" + re.sub(r"(# [a-z]+?)s\b", r"\1", plain_numbers)[:120]
