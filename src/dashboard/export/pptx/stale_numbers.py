"""Finds the sentences in which somebody wrote a number that has changed since: programs cannot mend
them, people must.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

NUMBER = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?(?: million| billion)?(?![\w])")
IN_WORDS = (
    "",
    "",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
TIMES = {" million": 1_000_000, " billion": 1_000_000_000}
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
SENTENCES = re.compile(r"(?<=[.!?])\s+|\n+|\x0b")


@dataclass(frozen=True)
class Old:
    """A number that is not right any more, as it was written, and as a pattern of the ways to write
    it.
    """

    words: str
    pattern: re.Pattern[str]


def numbers_in(text: str) -> list[str]:
    """The numbers in a text, as they are written: "about 1,234 from 5 of 12" → 1,234; 5; 12."""
    return [found[0] for found in NUMBER.finditer(text)]


def value_of(number: str) -> float:
    """The value of a number as it is written."""
    plain = number.removeprefix("€").replace(",", "")
    word = next((word for word in TIMES if plain.endswith(word)), "")
    return float(plain.removesuffix(word)) * TIMES.get(word, 1)


def old(number: str) -> Old:
    """An old number with the ways in which people write it: 1,234; 1234; 1.234; 1 234; twelve."""
    value = value_of(number)
    ways = {number.removeprefix("€")}
    if value == int(value):
        plain = f"{int(value):,}"
        ways |= {plain.replace(",", mark) for mark in (",", ".", " ", "\u00a0", "\u202f", "'")}
        if not 1900 <= value <= 2100:  # four digits such as 2025 are a year
            ways.add(str(int(value)))
        if value >= 10_000 and value % 10_000 == 0:
            ways.add(f"{value / 1_000_000:g} million")
        if 2 <= value <= 12:
            ways.add(IN_WORDS[int(value)])
    else:
        ways |= {f"{value:.2f}", f"{value:g}"}
    either = "|".join(re.escape(way) for way in sorted(ways, key=len, reverse=True))
    after = rf"(?!\w|[.,'\u00a0\u202f]\d|\s?%|[-–/:]\d| [mb]illion| (?:{MONTHS})\b)"
    return Old(
        number,
        re.compile(rf"(?<![\w.,:/'])(?<!\d[-–\u00a0\u202f])(?:{either}){after}", re.IGNORECASE),
    )


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, without white space around them."""
    for part in SENTENCES.split(text):
        if part and part.strip():
            yield " ".join(part.split())


def stale(text: str, olds: Sequence[Old]) -> list[tuple[str, str]]:
    """The sentences that hold an old number, each with the first that it holds."""
    found = []
    for sentence in sentences(text):
        hit = next((one for one in olds if one.pattern.search(sentence)), None)
        if hit:
            found.append((sentence, hit.words))
    return found
