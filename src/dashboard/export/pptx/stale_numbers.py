"""Finds the sentences in which somebody wrote a number that has changed since: programs cannot mend
them, people must.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dashboard.export.shown_values import ShownValue

NUMBER_WORDS = "two three four five six seven eight nine ten eleven twelve".split()
"""How people write the numbers from 2 to 12."""
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
SENTENCE_ENDS = re.compile(r"(?<=[.!?])\s+|\n+|\x0b")
GROUP_MARKS = (",", ".", " ", "\u00a0", "\u202f", "'")
YEARS = range(1900, 2101)
"""Four digits such as 2025 are a year."""


@dataclass(frozen=True)
class OutdatedNumber:
    """A number that is not right any more: how it was shown, and a pattern of the ways to write it."""

    words: str
    pattern: re.Pattern[str]


def make_outdated(value: ShownValue) -> OutdatedNumber:
    """Make the pattern of a number that is not shown any more. Its value must be known."""
    written = value.wordings | _ways_to_write(abs(value.value or Decimal(0)))
    ways = {way.removeprefix("€") for way in written}
    either = "|".join(re.escape(way) for way in sorted(ways, key=len, reverse=True))
    after = rf"(?!\w|[.,'\u00a0\u202f]\d|\s?%|[-–/:]\d| [mb]illion| (?:{MONTHS})\b)"
    before = r"(?<![\w.,:/'])(?<!\d[-–\u00a0\u202f])"
    words = value.words.lstrip("−€")
    return OutdatedNumber(words, re.compile(rf"{before}(?:{either}){after}", re.IGNORECASE))


def _ways_to_write(number: Decimal) -> set[str]:
    """List the ways in which people write a number: 1,234; 1234; 1.234; 1 234; twelve."""
    if number % 1:
        return {f"{number:.2f}", f"{float(number):g}"}
    whole = int(number)
    ways = {f"{whole:,}".replace(",", mark) for mark in GROUP_MARKS}
    if whole not in YEARS:
        ways.add(str(whole))
    if whole >= 10_000 and whole % 10_000 == 0:
        ways.add(f"{whole / 1_000_000:g} million")
    if 2 <= whole <= 12:
        ways.add(NUMBER_WORDS[whole - 2])
    return ways


def split_sentences(text: str) -> Iterator[str]:
    """Split a text into its sentences, without white space around them."""
    for part in SENTENCE_ENDS.split(text):
        if part and part.strip():
            yield " ".join(part.split())


def find_stale(text: str, outdated: Sequence[OutdatedNumber]) -> Iterator[tuple[str, str]]:
    """Find the sentences that hold an outdated number, each with the first that it holds."""
    for sentence in split_sentences(text):
        hit = next((one for one in outdated if one.pattern.search(sentence)), None)
        if hit:
            yield sentence, hit.words
