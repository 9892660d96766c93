"""Counts, amounts and degrees as people write them, in Dutch and English.

What can be read in one way only is read; what can be read in two is refused with both readings,
unless the dialect of the delivery says which.
"""

import re
from collections.abc import Iterable
from decimal import Decimal

from dashboard.intake.dates import UNKNOWN
from dashboard.intake.messages import N_, Text, _
from dashboard.intake.parse_result import (
    DEFAULT_DIALECT,
    Dialect,
    ParsedValue,
    Separators,
    UnclearValueError,
)

KINDS = (
    (
        "about",
        r"(?:ca\.?|circa|ongeveer|about|around|approximately|approx\.?|rond|roughly|zo['’]n|±|\+/-|~|≈)\s*(?=[\d€e])",
    ),
    ("at-least", r"(?:≥|>=|at least|minstens|ten minste|tenminste|minimaal)\s*(?=[\d€e])"),
    ("more-than", r"(?:>|meer dan|more than|over|ruim)\s*(?=[\d€e])"),
    ("fewer", r"(?:<=?|≤|minder dan|fewer than|less than|hooguit|at most|maximaal)\s*(?=[\d€e])"),
)
SPACES = r"[ \u00a0\u202f\u2009'’]"


def _note_at_least(text: str, number: str) -> Text:
    return _("“{text}” is kept as at least {number}", text=text, number=number)


def _qualified(text: str) -> tuple[str, str | None, Text | None]:
    """Split off the number without the words before it, the kind that these say, and what was lost."""
    plain = text.strip().lower()
    for kind, pattern in KINDS:
        if found := re.match(pattern, plain):
            rest = plain[found.end() :]
            if kind == "fewer":
                raise UnclearValueError(
                    _("an upper bound is not kept"),
                    _("Write the number with its kind, or unknown."),
                )
            if kind == "more-than":
                return rest, "at-least", _note_at_least(text, rest)
            return rest, kind, None
    if re.search(r"\d\s?\+$", plain):
        return plain.rstrip("+ "), "at-least", None
    return plain, None, None


def parse_count(text: str, _dialect: Dialect = DEFAULT_DIALECT) -> ParsedValue:
    """Parse a whole number, with separators for thousands and the words before it. Raises
    UnclearValueError.
    """
    if text.strip().lower() in UNKNOWN:
        return ParsedValue(None, "unknown")
    plain, kind, note = _qualified(text)
    if not re.fullmatch(
        rf"\d{{1,9}}|\d{{1,3}}(?:(?:\.\d{{3}})+|(?:,\d{{3}})+|(?:{SPACES}\d{{3}})+)", plain
    ):
        raise UnclearValueError(
            _("a count is a whole number, such as 400, 1.000, ca. 400 or > 400"),
            _("Write it in digits."),
        )
    digits = re.sub(r"\D", "", plain)
    if len(digits) > 9:
        raise UnclearValueError(
            _("a count has at most nine digits"), _("Look whether it stands in the right column.")
        )
    return ParsedValue(digits, kind, note)


SCALES = {
    "duizend": 3,
    "thousand": 3,
    "k": 3,
    "miljoen": 6,
    "million": 6,
    "mln": 6,
    "mio": 6,
    "miljard": 9,
    "billion": 9,
}
EURO = r"(?:€|eur\b|euro\b)"


def parse_amount(text: str, dialect: Dialect = DEFAULT_DIALECT) -> ParsedValue:
    """Read euro, as a number with a point before the decimals. Raises UnclearValueError."""
    if text.strip().lower() in UNKNOWN:
        return ParsedValue(None, "unknown")
    plain, kind, note = _qualified(text)
    plain = re.sub(rf"^{EURO}\s*|\s*{EURO}$", "", plain).strip()
    if kind is None:
        plain, kind, note = _qualified(plain)
        note = note and _note_at_least(text, plain)
    value = _scaled(plain, text, dialect)
    whole = value == value.to_integral_value()
    return ParsedValue(f"{value.quantize(Decimal(1)) if whole else value:f}", kind, note)


def _scaled(plain: str, text: str, dialect: Dialect) -> Decimal:
    """Read a number with the word behind it that scales it: 3 miljoen. Raises UnclearValueError."""
    scale = re.search(r"(?<=[\d ])\s*(" + "|".join(SCALES) + r")\.?$", plain)
    number = plain[: scale.start()] if scale else plain
    value = _number(number.strip(), text, dialect.amounts)
    if scale:
        value = value.scaleb(SCALES[scale[1]])
    if value != round(value, 2) or value >= 10**15:
        message = _("an amount has at most two decimals and fifteen digits")
        raise UnclearValueError(message, _("Round it to cents."))
    return value


WHOLE = re.compile(r"(\d{1,3}(?:[.,]\d{3})+)[.,](?:--?|[—–=])")
"""12.500,- : what stands before “,-” is whole, so that its mark is one for thousands."""
EITHER = re.compile(r"(\d{1,3})([.,])(\d{3})")
ENGLISH = re.compile(r"(\d{1,3}(?:,\d{3})+)\.(\d{1,2})")
THOUSANDS = {Separators.DUTCH: ".", Separators.ENGLISH: ","}
THREE_DIGITS = {
    Separators.DUTCH: N_("“{text}” has three digits where Dutch amounts have cents"),
    Separators.ENGLISH: N_("“{text}” has three digits where English amounts have cents"),
}
PLAIN: tuple[tuple[str, str], ...] = (
    (r"\d{1,15}(?:[.,]\d{1,9})?", ""),
    (r"\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?", r"\."),
    (r"\d{1,3}(?:,\d{3}){2,}", ","),
    (rf"\d{{1,3}}(?:{SPACES}\d{{3}})+(?:[.,]\d{{1,2}})?", SPACES),
)
SHOWS = {
    Separators.DUTCH: re.compile(r"\d,\d{1,2}(?!\d)|\d(?:\.\d{3})+,|\d(?:\.\d{3}){2,}"),
    Separators.ENGLISH: re.compile(r"\d\.\d{1,2}(?!\d)|\d(?:,\d{3})+\.|\d(?:,\d{3}){2,}"),
}


def detect_separators(amounts: Iterable[str]) -> Separators | None:
    """Detect which mark is for thousands, where amounts beside the doubtful ones show it and none
    shows the other.
    """
    shown = {which for text in amounts for which, pattern in SHOWS.items() if pattern.search(text)}
    return next(iter(shown)) if len(shown) == 1 else None


def _number(plain: str, text: str, separators: Separators | None) -> Decimal:
    """Read the number of an amount. One separator before three digits may be for thousands or for
    decimals.
    """
    if whole := WHOLE.fullmatch(plain):
        return Decimal(re.sub(r"[.,]", "", whole[1]))
    plain = re.sub(r"[,.](--?|[—–=])$", "", plain)
    if unclear := EITHER.fullmatch(plain):
        return _either(unclear, text, separators)
    if found := ENGLISH.fullmatch(plain):
        return _english(found, text, separators)
    for pattern, thousands in PLAIN:
        if re.fullmatch(pattern, plain):
            return Decimal((re.sub(thousands, "", plain) if thousands else plain).replace(",", "."))
    message = _("an amount is in euro, such as 1234.50, € 1.234,50 or 3 miljoen")
    raise UnclearValueError(message, _("Write it in digits, without another currency."))


def _english(found: re.Match[str], text: str, separators: Separators | None) -> Decimal:
    """Read 1,234.50 where amounts are said to be English. Raises UnclearValueError."""
    english = found[1].replace(",", "") + "." + found[2]
    if separators is Separators.ENGLISH:
        return Decimal(english)
    first, *groups = found[1].split(",")
    dutch = first + "." + "".join(groups) + found[2]
    message = _(
        "“{text}” may be {english} (English) or {dutch} (Dutch)",
        text=text,
        english=english,
        dutch=dutch,
    )
    raise UnclearValueError(message, _("Write {amount} if that is meant.", amount=english))


def _either(found: re.Match[str], text: str, separators: Separators | None) -> Decimal:
    """Read a number with one separator before three digits. Raises UnclearValueError."""
    whole, mark, rest = found.groups()
    cents = f"{whole}.{rest[:2]}"
    hint = _("Write {one} or {other}.", one=whole + rest, other=cents)
    if separators is None:
        either = {"one": whole + rest, "other": f"{whole}.{rest}"}
        raise UnclearValueError(_("“{text}” may be {one} or {other}", text=text, **either), hint)
    if mark != THOUSANDS[separators]:
        raise UnclearValueError(_(THREE_DIGITS[separators], text=text), hint)
    return Decimal(whole + rest)


def parse_degrees(text: str, _dialect: Dialect = DEFAULT_DIALECT) -> ParsedValue:
    """Parse a coordinate, also with a decimal comma. Raises UnclearValueError."""
    plain = text.strip().rstrip("°").strip()
    if not re.fullmatch(r"-?\d{1,3}([.,]\d+)?", plain):
        raise UnclearValueError(
            _("a coordinate is in degrees, with a decimal point or comma"), _("Write 53.21917.")
        )
    return ParsedValue(plain.replace(",", "."))
