"""Arithmetic with numbers that are exact, approximate, a lower bound, withheld or unknown.

A sum of quantities carries how well it is known: its kind, and from how many records it comes.
Unknown is never zero; a number that is not known is left out of the value and lowers the coverage.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

Number = int | Decimal
MINUS = "\N{MINUS SIGN}"
MILLION, BILLION = 1_000_000, 1_000_000_000
SINGULAR = {
    "attendances": "attendance",
    "contributions": "contribution",
    "countries": "country",
    "euro": "euro",
    "events": "event",
    "grants": "grant",
    "modules": "module",
    "organisations": "organisation",
    "participants": "participant",
    "people": "person",
    "projects": "project",
    "records": "record",
    "results": "result",
    "series": "series",
    "trainings": "training",
}
"""The nouns for what is counted, each with its singular."""


class Kind(StrEnum):
    """How well a number is known."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at-least"
    AT_LEAST_ABOUT = "at-least-about"
    FEWER_THAN = "fewer-than"
    UNKNOWN = "unknown"


QUALIFIER = {
    Kind.EXACT: "",
    Kind.ABOUT: "about ",
    Kind.AT_LEAST: "at least ",
    Kind.AT_LEAST_ABOUT: "at least about ",
}
SIGN = {Kind.EXACT: "", Kind.ABOUT: "≈", Kind.AT_LEAST: "≥", Kind.AT_LEAST_ABOUT: "≥≈"}


@dataclass(frozen=True)
class Quantity:
    """A sum over records, with the number of records of each kind.

    `value` is the sum of the known numbers, or None where no number is known although there are
    records. `exact`, `about`, `at_least`, `fewer_than` (withheld small groups) and `unknown` count
    the records; `disputed` counts those of the known whose sources disagree.
    """

    value: Number | None
    exact: int = 0
    about: int = 0
    at_least: int = 0
    fewer_than: int = 0
    unknown: int = 0
    disputed: int = 0

    @property
    def known(self) -> int:
        """Number of records whose number is in the value."""
        return self.exact + self.about + self.at_least

    @property
    def not_known(self) -> int:
        """Number of records whose number is unknown or withheld."""
        return self.unknown + self.fewer_than

    @property
    def total(self) -> int:
        """Number of records, whether their number is known or not."""
        return self.known + self.not_known

    @property
    def kind(self) -> Kind:
        """Kind of the sum. No records at all is exactly zero; records without a number are not."""
        if self.at_least:
            return Kind.AT_LEAST_ABOUT if self.about else Kind.AT_LEAST
        if self.about:
            return Kind.ABOUT
        if self.exact or not self.total:
            return Kind.EXACT
        return Kind.UNKNOWN if self.unknown else Kind.FEWER_THAN

    def __add__(self, other: "Quantity") -> "Quantity":
        counts = {
            field.name: getattr(self, field.name) + getattr(other, field.name)
            for field in fields(self)
            if field.name != "value"
        }
        values: list[Number] = [q.value for q in (self, other) if q.value is not None]
        nothing_known = bool(self.total or other.total) and not (self.known or other.known)
        return Quantity(None if nothing_known else sum(values), **counts)

    def words(self, unit: str = "", one: str = "") -> str:
        """Say the value with its qualifier: "about 589 people", "1 event", "unknown".

        `one` is the unit in the singular, where that differs.
        """
        if self.kind is Kind.UNKNOWN:
            return "unknown"
        if self.kind is Kind.FEWER_THAN:
            return "withheld (small groups)"
        noun = one if one and self.value == 1 else unit
        return f"{QUALIFIER[self.kind]}{format_number(self.value)} {noun}".strip()

    def coverage(self, noun: str) -> str:
        """Say from how many records the value comes: "from 5 of 12 trainings"; empty when from all."""
        if not self.not_known:
            return ""
        if not self.known:
            return (
                f"unknown for all {self.total:,} {noun}"
                if self.total > 1
                else f"unknown for the one {singular(noun)}"
            )
        text = f"from {self.known:,} of {self.total:,} {noun}"
        return f"{text}, of which {self.disputed:,} disputed" if self.disputed else text


ZERO = Quantity(0)


def make_quantity(value: Number | None, kind: str, disputed: bool = False) -> Quantity:
    """Make the quantity of one record, from its stored value and kind.

    Raises ValueError for a kind that a single record cannot have.
    """
    match Kind(kind):
        case Kind.EXACT:
            return Quantity(value, exact=1, disputed=int(disputed))
        case Kind.ABOUT:
            return Quantity(value, about=1, disputed=int(disputed))
        case Kind.AT_LEAST:
            return Quantity(value, at_least=1, disputed=int(disputed))
        case Kind.FEWER_THAN:
            return Quantity(None, fewer_than=1)
        case Kind.UNKNOWN:
            return Quantity(None, unknown=1)
        case other:
            raise ValueError(f"one record cannot be {other}")


def singular(noun: str) -> str:
    """Find the noun for one of the things: "country" of "countries"; another word stays as it is."""
    return SINGULAR.get(noun, noun)


def sum_quantities(quantities: Iterable[Quantity]) -> Quantity:
    """Sum quantities: exact zero for none."""
    return sum(quantities, ZERO)


@dataclass(frozen=True)
class Change:
    """How a quantity differs from an earlier one, or the reason why that cannot be said."""

    difference: Number | None
    kind: Kind = Kind.EXACT
    reason: str = ""


def compare_quantities(now: Quantity, before: Quantity, then: str) -> Change:
    """Work out the difference to an earlier quantity; refused, with the reason, where a side is not
    known.

    `then` names the earlier period ("2024"). A lower bound or a sum with gaps is not known well
    enough to compare; approximate numbers give an approximate difference.
    """
    if not before.total:
        return Change(None, reason=f"{then} not recorded")
    for quantity, name in ((now, "this period"), (before, then)):
        if quantity.not_known:
            return Change(
                None, reason=f"{name}: {quantity.words()}, {quantity.coverage('records')}"
            )
        if quantity.at_least:
            return Change(None, reason=f"{name}: only a lower bound is known")
    both = now + Quantity(
        0 if before.value is None else -before.value, exact=before.exact, about=before.about
    )
    return Change(both.value, both.kind)


def format_number(value: Number | None) -> str:
    """Format a number as people write it: 1,234; −1,234; 3 million; 1.25 million; 3 billion."""
    if value is None:
        return "unknown"
    if value < 0:
        return f"{MINUS}{format_number(-value)}"
    if value >= MILLION and not value % 10_000:
        return _format_millions(Decimal(value))
    return f"{value:,.2f}" if value % 1 else f"{int(value):,}"


def format_euro(value: Number) -> str:
    """Format an amount for a card, of a million or more in three digits: €725,000; −€725,000; €1.23
    million; €1 billion. The exact one stands behind the number.
    """
    if value < 0:
        return f"{MINUS}{format_euro(-value)}"
    if value < MILLION:
        return f"€{format_number(value)}"
    digits = Decimal(value).adjusted() - 2
    rounded = (Decimal(value) / Decimal(10) ** digits).quantize(
        Decimal(1), ROUND_HALF_UP
    ) * Decimal(10) ** digits
    return f"€{_format_millions(rounded)}"


def _format_millions(value: Decimal) -> str:
    size, word = (BILLION, "billion") if value >= BILLION else (MILLION, "million")
    return f"{(value / size).normalize():,f} {word}"
