"""Dates and numbers as people write them, in Dutch and English, into the form that the schema asks for.

What can be read in one way only is read; what can be read in two is refused with both readings.
Only cells that are not in the form of the schema come here.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dashboard.intake.folding import fold


class Unclear(ValueError):
    """The text cannot be read, or in more ways than one. `mend` says what to write instead."""

    def __init__(self, rule: str, mend: str) -> None:
        super().__init__(rule)
        self.rule, self.mend = rule, mend


def normal(name: str) -> str:
    """A name of a table or column as it is compared: lower case, words joined by underscores."""
    return "_".join(fold(name).replace("-", " ").replace("_", " ").replace("*", " ").split())


@dataclass(frozen=True)
class Said:
    """What a cell says: `text` in the form of the schema (None: not known), the `kind` of quantity where
    its words give one, and a `note` where something was lost in reading."""

    text: str | None
    kind: str | None = None
    note: str | None = None


MONTHS = {
    word: month
    for month, words in enumerate(
        (
            "januari january jan", "februari february feb febr", "maart march mrt mar", "april apr",
            "mei may", "juni june jun", "juli july jul", "augustus august aug", "september sep sept",
            "oktober october okt oct", "november nov", "december dec",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
UNKNOWN = {"onbekend", "unknown", "?", "niet bekend", "not known"}
WEEKDAY = re.compile(
    r"^(maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b,?\s*"
)
TWO_DIGITS = ("a year of two digits may be in more than one century", "Write the year in full, such as 2026.")
NO_SUCH_DAY = ("no such day in the calendar", "Look at the day and the month.")
NOT_A_DATE = (
    "a date is written like 14-05-2025, 14 mei 2025, mei 2025, 2025 or 2025-05-14",
    "Write as much as is known: year, month and year, or the day. An end has a column of its own.",
)


def as_date(text: str) -> Said:
    """A day, month or year. Raises Unclear."""
    if text.strip().lower() in UNKNOWN:
        return Said(None)
    plain = WEEKDAY.sub("", " ".join(text.lower().split()))
    for pattern, read in DATES:
        if found := re.fullmatch(pattern, plain):
            return Said(read(*found.groups()))
    raise Unclear(*NOT_A_DATE)


def as_period(text: str) -> Said:
    """A date or an academic year. Raises Unclear."""
    plain = re.sub(r"^(studiejaar|collegejaar|academisch jaar|academic year)\s+", "", " ".join(text.lower().split()))
    if not (found := re.fullmatch(r"(\d{4})\s*[-/–]\s*(\d{4}|\d{2})", plain)):
        return as_date(plain)
    first, second = found.groups()
    if len(second) == 2 and int(second) <= 12:
        raise Unclear(
            f"“{text}” may be a month or an academic year", f"Write {first}-{second} or {first}-{first[:2]}{second}."
        )
    second = first[:2] + second if len(second) == 2 else second
    if int(second) != int(first) + 1:
        raise Unclear("an academic year is two years that follow each other", f"Write {first}-{int(first) + 1}.")
    return Said(f"{first}-{second}")


def _day(year: str, month: int | str, day: str) -> str:
    if len(year) != 4:
        raise Unclear(*TWO_DIGITS)
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        raise Unclear(*NO_SUCH_DAY) from None


def _month(year: str, month: int | str) -> str:
    return _day(year, month, "1")[:7]


def _named(word: str) -> int:
    if word not in MONTHS:
        raise Unclear(*NOT_A_DATE)
    return MONTHS[word]


def _slashes(first: str, second: str, year: str) -> str:
    """Dutch order is day/month, American month/day; only a number above 12 tells which it is."""
    if len(year) == 4 and int(first) <= 12:
        if int(second) > 12:
            raise Unclear("a date with slashes is read as day/month/year", f"Write {_day(year, first, second)}?")
        readings = f"{_day(year, second, first)} or {_day(year, first, second)}"
        raise Unclear("the day and the month may be either way round", f"Write {readings}.")
    return _day(year, second, first)


DATES: tuple[tuple[str, Callable[..., str]], ...] = (
    (r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ t]\d{2}:\d{2}(?::\d{2})?)?", _day),
    (r"(\d{1,2})\s?[-.]\s?(\d{1,2})\s?[-.]\s?['’]?(\d{4}|\d{2})", lambda d, m, y: _day(y, m, d)),
    (r"(\d{1,2})/(\d{1,2})/['’]?(\d{4}|\d{2})", _slashes),
    (r"(\d{1,2})(?:st|nd|rd|th|e)?[ -]([a-z]+)\.?,?[ -]['’]?(\d{4}|\d{2})", lambda d, m, y: _day(y, _named(m), d)),
    (r"([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? ['’]?(\d{4}|\d{2})", lambda m, d, y: _day(y, _named(m), d)),
    (r"([a-z]+)\.?[ -]['’]?(\d{4}|\d{2})", lambda m, y: _month(y, _named(m))),
    (r"(\d{1,2})[-/](\d{4})", lambda m, y: _month(y, m)),
    (r"(\d{4})[-/](\d{1,2})", _month),
    (r"(\d{4})", lambda y: _month(y, 1)[:4]),
)

KINDS = (
    ("about", r"(?:ca\.?|circa|ongeveer|about|around|approximately|approx\.?|rond|±|\+/-|~|≈)\s*(?=[\d€e])"),
    ("at-least", r"(?:≥|>=|at least|minstens|ten minste|tenminste|minimaal)\s*(?=[\d€e])"),
    ("more-than", r"(?:>|meer dan|more than|over|ruim)\s*(?=[\d€e])"),
    ("fewer", r"(?:<=?|≤|minder dan|fewer than|less than|hooguit|at most|maximaal)\s*(?=[\d€e])"),
)
SPACES = r"[ \u00a0\u202f\u2009'’]"


def _qualified(text: str) -> tuple[str, str | None, str | None]:
    """The number without the words before it, the kind that these say, and what was lost."""
    plain = text.strip().lower()
    for kind, pattern in KINDS:
        if found := re.match(pattern, plain):
            rest = plain[found.end() :]
            if kind == "fewer":
                raise Unclear("an upper bound is not kept", "Write the number with its kind, or unknown.")
            if kind == "more-than":
                return rest, "at-least", f"“{text}” is kept as at least {rest}"
            return rest, kind, None
    if re.search(r"\d\s?\+$", plain):
        return plain.rstrip("+ "), "at-least", None
    return plain, None, None


def as_count(text: str) -> Said:
    """A whole number, with separators for thousands and the words before it. Raises Unclear."""
    if text.strip().lower() in UNKNOWN:
        return Said(None, "unknown")
    plain, kind, note = _qualified(text)
    if not re.fullmatch(rf"\d{{1,9}}|\d{{1,3}}(?:(?:\.\d{{3}})+|(?:,\d{{3}})+|(?:{SPACES}\d{{3}})+)", plain):
        raise Unclear("a count is a whole number, such as 400, 1.000, ca. 400 or > 400", "Write it in digits.")
    digits = re.sub(r"\D", "", plain)
    if len(digits) > 9:
        raise Unclear("a count has at most nine digits", "Look whether it stands in the right column.")
    return Said(digits, kind, note)


SCALES = {
    "duizend": 3, "thousand": 3, "k": 3, "miljoen": 6, "million": 6, "mln": 6, "mio": 6, "miljard": 9, "billion": 9,
}  # fmt: skip
EURO = r"(?:€|eur\b|euro\b)"


def as_amount(text: str) -> Said:
    """Euro, as a number with a point before the decimals. Raises Unclear."""
    if text.strip().lower() in UNKNOWN:
        return Said(None, "unknown")
    plain, kind, note = _qualified(text)
    plain = re.sub(rf"^{EURO}\s*|\s*{EURO}$", "", plain).strip()
    if kind is None:
        plain, kind, note = _qualified(plain)
        note = note and f"“{text}” is kept as at least {plain}"
    scale = re.search(r"(?<=[\d ])\s*(" + "|".join(SCALES) + r")\.?$", plain)
    number = plain[: scale.start()] if scale else plain
    value = _number(number.strip(), text)
    if scale:
        value = value.scaleb(SCALES[scale[1]])
    if value != round(value, 2) or value >= 10**15:
        raise Unclear("an amount has at most two decimals and fifteen digits", "Round it to cents.")
    return Said(f"{value.quantize(Decimal(1)) if value == value.to_integral_value() else value:f}", kind, note)


def _number(plain: str, text: str) -> Decimal:
    """The number of an amount. One separator before three digits may be for thousands or for decimals."""
    plain = re.sub(r"[,.](-|--|—|–)$", "", plain)
    if unclear := re.fullmatch(r"(\d{1,3})[.,](\d{3})", plain):
        whole, rest = unclear.groups()
        raise Unclear(f"“{text}” may be {whole}{rest} or {whole}.{rest}", f"Write {whole}{rest} or {whole}.{rest[:2]}.")
    if found := re.fullmatch(r"(\d{1,3}(?:,\d{3})+)\.(\d{1,2})", plain):
        english = found[1].replace(",", "") + "." + found[2]
        dutch = found[1].split(",")[0] + "." + "".join(found[1].split(",")[1:]) + found[2]
        raise Unclear(f"“{text}” may be {english} (English) or {dutch} (Dutch)", f"Write {english} if that is meant.")
    for pattern, thousands in (
        (r"\d{1,15}(?:[.,]\d{1,9})?", ""),
        (r"\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?", "."),
        (r"\d{1,3}(?:,\d{3}){2,}", ","),
        (rf"\d{{1,3}}(?:{SPACES}\d{{3}})+(?:[.,]\d{{1,2}})?", SPACES),
    ):
        if re.fullmatch(pattern, plain):
            joined = (
                re.sub(thousands if thousands == SPACES else re.escape(thousands), "", plain) if thousands else plain
            )
            return Decimal(joined.replace(",", "."))
    raise Unclear(
        "an amount is in euro, such as 1234.50, € 1.234,50 or 3 miljoen",
        "Write it in digits, without another currency.",
    )


def as_degrees(text: str) -> Said:
    """A coordinate, also with a decimal comma. Raises Unclear."""
    plain = text.strip().rstrip("°").strip()
    if not re.fullmatch(r"-?\d{1,3}([.,]\d+)?", plain):
        raise Unclear("a coordinate is in degrees, with a decimal point or comma", "Write 53.21917.")
    return Said(plain.replace(",", "."))


SPOKEN: dict[str, Callable[[str], Said]] = {
    "date": as_date,
    "period": as_period,
    "count": as_count,
    "amount": as_amount,
    "double": as_degrees,
}
