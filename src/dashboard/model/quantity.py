"""Arithmetic with numbers that are exact, approximate, a lower bound, withheld or unknown.

A sum of quantities carries how well it is known: its kind, and from how many records it comes.
Unknown is never zero; a number that is not known is left out of the value and lowers the coverage.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from enum import StrEnum

from dashboard.language.messages import N_, _
from dashboard.language.nouns import count_noun, name_noun
from dashboard.language.numbers import Number, format_integer, format_number


class Kind(StrEnum):
    """How well a number is known."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at-least"
    AT_LEAST_ABOUT = "at-least-about"
    FEWER_THAN = "fewer-than"
    UNKNOWN = "unknown"


QUALIFIED = {
    Kind.ABOUT: N_("about {amount}"),
    Kind.AT_LEAST: N_("at least {amount}"),
    Kind.AT_LEAST_ABOUT: N_("at least about {amount}"),
}
"""How well a number is known, around it in a sentence."""
QUALIFIERS = {
    Kind.ABOUT: N_("about"),
    Kind.AT_LEAST: N_("at least"),
    Kind.AT_LEAST_ABOUT: N_("at least about"),
}
"""The same, in a cell of its own."""
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

    def words(self, noun: str = "") -> str:
        """Say the value with its qualifier: "about 589 people", "1 event", "unknown". `noun` is one of
        language.nouns, if any.
        """
        if self.kind is Kind.UNKNOWN:
            return _("unknown")
        if self.kind is Kind.FEWER_THAN:
            return _("withheld (small groups)")
        number = format_number(self.value)
        return qualify(
            self.kind,
            count_noun(noun, 1 if self.value == 1 else 2, number) if noun else number,
        )

    def coverage(self, noun: str) -> str:
        """Say from how many records the value comes: "from 5 of 12 trainings"; empty when from all."""
        if not self.not_known:
            return ""
        things = count_noun(noun, self.total, format_integer(self.total))
        if not self.known:
            return (
                _("unknown for all {things}", things=things)
                if self.total > 1
                else _("unknown for the one {thing}", thing=name_noun(noun, 1))
            )
        if self.disputed:
            return _(
                "from {known:,} of {things}, of which {disputed:,} disputed",
                known=self.known,
                things=things,
                disputed=self.disputed,
            )
        return _("from {known:,} of {things}", known=self.known, things=things)


def name_qualifier(kind: Kind) -> str:
    """Name how well a number is known, beside it: "about"; empty for an exact or unknown one."""
    return _(QUALIFIERS[kind]) if kind in QUALIFIERS else ""


def qualify(kind: Kind, amount: str) -> str:
    """Say how well an amount is known: "about €3 million"; an unknown one has no such word."""
    return _(QUALIFIED[kind], amount=amount) if kind in QUALIFIED else amount


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
        return Change(None, reason=_("{period} not recorded", period=then))
    for quantity, name in ((now, _("this period")), (before, then)):
        if quantity.not_known:
            said = {"period": name, "number": quantity.words()}
            gaps = quantity.coverage("records")
            return Change(None, reason=_("{period}: {number}, {coverage}", coverage=gaps, **said))
        if quantity.at_least:
            return Change(None, reason=_("{period}: only a lower bound is known", period=name))
    both = now + Quantity(
        0 if before.value is None else -before.value, exact=before.exact, about=before.about
    )
    return Change(both.value, both.kind)
