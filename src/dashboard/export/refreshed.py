"""What renewing a file that was taken along gives: what was renewed, and what is left to people,
above all the sentences in which somebody wrote a number that has changed since.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from dashboard.export.shown_values import LARGE, ShownValue
from dashboard.language.messages import (
    DUTCH,
    ENGLISH,
    LANGUAGES,
    LOCALES,
    current_language,
    localize,
)

NUMBER_WORDS = {
    ENGLISH: "two three four five six seven eight nine ten eleven twelve".split(),
    DUTCH: "twee drie vier vijf zes zeven acht negen tien elf twaalf".split(),
}
"""How people write the numbers from 2 to 12."""
MILLION = {ENGLISH: "million", DUTCH: "miljoen"}
MONTHS = "|".join(
    name for code in LANGUAGES for name in LOCALES[code].months["format"]["wide"].values()
)
"""Of any language: a file may hold both."""
SENTENCE_ENDS = re.compile(r"(?<=[.!?])\s+|\n+|\x0b")
GROUP_MARKS = (",", ".", " ", "\u00a0", "\u202f", "'")
YEARS = range(1900, 2101)
"""Four digits such as 2025 are a year."""


class Changed(NamedTuple):
    """Something that was renewed: its slide, what it is, what it said before and says now."""

    slide: int
    what: str
    old: str
    new: str


class LeftToPeople(NamedTuple):
    """A sentence of somebody's own with an old number; without one, what could not be renewed."""

    slide: int
    sentence: str
    number: str


@dataclass(frozen=True)
class Refreshed:
    """The file, the same bytes where nothing changed; and what is to be said of it and its links."""

    deck: bytes
    changed: Sequence[Changed]
    left: Sequence[LeftToPeople]
    notices: Sequence[str] = ()


def list_stale(
    texts: Iterable[tuple[int, str]], values: Iterable[ShownValue]
) -> Iterator[LeftToPeople]:
    """List the sentences of somebody's own, given with the number of their slide, that hold a value
    which is not right any more, each with the first that it holds.
    """
    outdated = {one: _find_written(one) for one in values if one.value is not None}
    for slide, text in texts:
        for part in SENTENCE_ENDS.split(text):
            sentence = " ".join(part.split()) if part else ""
            hit = next((one for one, found in outdated.items() if found.search(sentence)), None)
            if hit:
                yield LeftToPeople(slide, sentence, hit.words.lstrip("−€ \u00a0"))


def _find_written(value: ShownValue) -> re.Pattern[str]:
    """Make the pattern of the ways to write a number, as no part of another one, of a year or day."""
    written = value.wordings | _ways_to_write(abs(value.value or Decimal(0)))
    ways = sorted((" ".join(way.split()).lstrip("€ ") for way in written), key=len, reverse=True)
    after = rf"(?!\w|[.,'\u00a0\u202f]\d|\s?%|[-–/:]\d|\s(?:{LARGE})| (?:{MONTHS})\b)"
    before = r"(?<![\w.,:/'])(?<!\d[-–\u00a0\u202f])"
    return re.compile(rf"{before}(?:{'|'.join(map(re.escape, ways))}){after}", re.IGNORECASE)


def _ways_to_write(number: Decimal) -> set[str]:
    """List the ways in which people write a number in the language of a file: 1,234; 1234; 1.234; 1 234;
    twelve.
    """
    if number % 1:
        return {localize(f"{number:.2f}"), localize(f"{float(number):g}")}
    whole, language = int(number), current_language()
    ways = {f"{whole:,}".replace(",", mark) for mark in GROUP_MARKS}
    if whole not in YEARS:
        ways.add(str(whole))
    if whole >= 10_000 and whole % 10_000 == 0:
        ways.add(f"{localize(f'{whole / 1_000_000:g}')} {MILLION.get(language, MILLION[ENGLISH])}")
    if 2 <= whole <= 12:
        ways.add(NUMBER_WORDS.get(language, NUMBER_WORDS[ENGLISH])[whole - 2])
    return ways
