"""The words of which periods are made, and the words of a question as a reader of periods sees them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta

from dashboard.asking.words import Word
from dashboard.intake.dates import MONTHS

SINCE = (
    "since, from, sinds, vanaf, starting, starting from, starting in, as of, as from, since the start"
    " of, met ingang van, beginning in"
)
AFTER = "after, na, later than, following"
BEFORE = "before, prior to, earlier than, ahead of, eerder dan, tot"
UNTIL = (
    "until, till, til, up to, up to and including, up until, through, t m, tot en met, through to"
)
FOR_OR_BEFORE = "voor"
"""In Dutch one word for both, where its accents are not written."""
ACCENTED = "vóór"
TO = "to, until, till, through, t m, tot, tot en met, up to, up to and including"
LISTED = "and, or, en, of"
FROM = "from, van, vanaf, between, tussen, since, sinds"
ONWARDS = "onwards, onward, on, and later, or later, en later, of later, and on, verder"
THIS = "this, current, the current, dit, deze, huidige, het huidige, de huidige"
LAST = (
    "last, past, previous, the last, the past, the previous, vorig, vorige, afgelopen, het afgelopen,"
    " de afgelopen, laatste, de laatste, het vorige, de vorige, voorbije, verleden, het verleden"
)
NEXT = (
    "next, coming, the next, the coming, upcoming, volgend, volgende, het volgende, de volgende,"
    " komend, komende, het komende, de komende, aankomend, aankomende"
)
ACADEMIC = "academic year, academisch jaar, studiejaar, collegejaar, school year, schooljaar"
OF = ("of", "van", "in")
ARTICLES = ("the", "het", "de")
DUTCH_MONTHS = frozenset(
    "januari februari maart april mei juni juli augustus september oktober november december"
    " jan feb mrt apr jun jul aug sep sept okt nov dec".split()
)
YEAR = re.compile(r"(?:19|20)\d\d")
YEARS = ("year", "jaar")
QUARTERS = ("quarter", "kwartaal")
HALVES = ("half", "helft", "halfjaar")
AGO = ("ago", "geleden")


def _number(*names: str) -> dict[str, int]:
    """Number words from 1: each of `names` has those of one number."""
    return {word: nr for nr, words in enumerate(names, start=1) for word in words.split()}


NUMBERS: Mapping[str, int] = {
    **_number(
        "one een", "two twee", "three drie", "four vier", "five vijf", "six zes", "seven zeven",
        "eight acht", "nine negen", "ten tien", "eleven elf", "twelve twaalf",
    ),
    **{str(nr): nr for nr in range(1, 61)},
}  # fmt: skip


def _write_years() -> Iterator[tuple[str, int]]:
    """Write the years from 2001 as they are spoken, folded: twenty twenty six, tweeduizendzesentwintig."""
    english = (
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen eighteen nineteen"
    ).split()
    dutch = (
        "een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien"
        " zeventien achttien negentien"
    ).split()
    for ten, ten_nl in (("twenty", "twintig"), ("thirty", "dertig"), ("forty", "veertig")):
        english += [ten, *(f"{ten} {one}" for one in english[:9])]
        dutch += [ten_nl, *(f"{one}en{ten_nl}" for one in dutch[:9])]
    for nr, (one, een) in enumerate(zip(english, dutch, strict=True), start=1):
        for before in (
            "two thousand",
            "two thousand and",
            *(["twenty"] if nr > 9 else ["twenty oh"]),
        ):
            yield f"{before} {one}", 2000 + nr
        for before in ("tweeduizend ", "tweeduizend en ", "tweeduizend", "twintig "):
            if nr > 9 or before != "twintig ":
                yield f"{before}{een}", 2000 + nr


YEARS_IN_WORDS: Mapping[str, int] = dict(_write_years())
ORDINALS = _number(
    "first eerste 1st 1e 1ste",
    "second tweede 2nd 2e 2de",
    "third derde 3rd 3e 3de",
    "fourth vierde 4th 4e 4de",
)
SEASONS: Mapping[str, int] = {
    word: month
    for month, words in (
        (3, "spring springtime voorjaar lente"),
        (6, "summer summertime zomer"),
        (9, "autumn fall herfst najaar"),
        (12, "winter wintertime"),
    )
    for word in words.split()
}
"""The seasons, each with the month in which it begins."""
LENGTHS: Mapping[str, relativedelta] = {
    word: length
    for words, length in (
        ("day days dag dagen", relativedelta(days=1)),
        ("week weeks weken", relativedelta(weeks=1)),
        ("month months maand maanden", relativedelta(months=1)),
        ("quarter quarters kwartaal kwartalen", relativedelta(months=3)),
        ("halfjaar", relativedelta(months=6)),
        ("year years jaar jaren", relativedelta(years=1)),
    )
    for word in words.split()
}
DAYS_FROM_TODAY: Mapping[str, int] = {
    "today": 0,
    "vandaag": 0,
    "yesterday": -1,
    "gisteren": -1,
    "tomorrow": 1,
    "eergisteren": -2,
    "overmorgen": 2,
}
PHRASES = (SINCE, AFTER, BEFORE, UNTIL, TO, FROM, LISTED, ONWARDS, THIS, LAST, NEXT, ACADEMIC)
WORDS = frozenset(
    {
        *(word for phrases in PHRASES for word in phrases.replace(",", "").split()),
        *(word for word in (*NUMBERS, *ORDINALS) if word.isalpha()),
        *(*SEASONS, *LENGTHS, *DAYS_FROM_TODAY, *MONTHS, *QUARTERS, *HALVES, *AGO, FOR_OR_BEFORE),
    }
)
"""All words of which periods are made."""
MENDED = frozenset({word for word in WORDS if len(word) > 4} | {"jaar", "year", "last", "next"})
"""Those in which a typing error is looked for."""


@dataclass(frozen=True)
class Tokens:
    """The words of a question, with typing errors in words of periods mended, and what stands between
    them. A place beyond them has the empty word.
    """

    text: str
    words: Sequence[Word]
    mended: Sequence[str]

    def __len__(self) -> int:
        return len(self.mended)

    def __getitem__(self, at: int) -> str:
        return self.mended[at] if 0 <= at < len(self.mended) else ""

    def typed(self, at: int) -> str:
        """Return a word as it was typed, in small letters."""
        return self.text[self.words[at].start : self.words[at].end].lower()

    def skip(self, at: int, phrases: str) -> int | None:
        """Return where the longest of some phrases ends that begins at a word; None without one."""
        ends = [
            at + len(words)
            for words in (phrase.split() for phrase in phrases.split(", "))
            if self[at] == words[0] and list(self.mended[at : at + len(words)]) == words
        ]
        return max(ends, default=None)

    def find_between(self, at: int) -> str:
        """Return what stands between a word and the one before."""
        if not 0 < at < len(self.words):
            return ""
        return self.text[self.words[at - 1].end : self.words[at].start]

    def has_dash_before(self, at: int) -> bool:
        """Return whether a dash and nothing else stands before a word."""
        return re.fullmatch(r"\s*[-–—]\s*", self.find_between(at)) is not None

    def cuts_a_date(self, end: int) -> bool:
        """Return whether numbers that belong together would be cut: 2025-03 of 2025-03-27."""
        if not 0 < end < len(self.words) or self.words[end - 1].chunk != self.words[end].chunk:
            return False
        return self[end - 1][:1].isdigit() and self[end][:1].isdigit()

    def write_date(self, start: int, end: int) -> str:
        """Write words with what stands between them, without “of” and “year”."""
        pieces: list[str] = []
        for at in range(start, end):
            if self[at] not in {*OF, *ARTICLES, *YEARS}:
                between = self.find_between(at).strip() if pieces else ""
                dated = YEAR.fullmatch(self[at]) and not YEAR.fullmatch(self[at - 1])
                between = "" if between == "," and dated else between  # May 8, 2025
                pieces.append((between or " ") if pieces else "")
                pieces.append(self[at])
        return "".join(pieces)
