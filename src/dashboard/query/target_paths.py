"""The path along which a target should be reached: evenly through its year, or in the shape of the
year before.
"""

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

from dashboard.language.messages import N_, _
from dashboard.language.nouns import name_noun
from dashboard.language.numbers import Number
from dashboard.model.filters import APPLIES, Filters
from dashboard.model.quantity import Quantity
from dashboard.query.metrics import Metric

EVEN, LAST_YEAR = "even", "last-year"
PATHS: Mapping[str, str] = MappingProxyType(
    {EVEN: N_("the even path"), LAST_YEAR: N_("last year’s path")}
)
"""What the paths are called in a sentence."""


@dataclass(frozen=True)
class Target:
    """What was decided: `direction` more or less, `path` even or last-year; from `near` on it is
    nearly reached.
    """

    target_id: str
    metric: str
    year: int
    direction: str
    value: Number
    near: Number | None
    path: str
    decision: str
    owner: str | None


@dataclass(frozen=True)
class Due:
    """The part of the target due by a day, on which path (one of PATHS); `note` says why not on the
    one that was asked for.
    """

    share: Fraction
    path: str = EVEN
    note: str = ""

    @property
    def words(self) -> str:
        """What the path is called in a sentence."""
        return _(PATHS[self.path])


def compute_elapsed_share(year: int, today: date) -> Fraction:
    """Work out the part of the year that has passed at the end of a day: 0 before it begins, 1 from
    31 December on.
    """
    days, length = (
        (today - date(year, 1, 1)).days + 1,
        (date(year + 1, 1, 1) - date(year, 1, 1)).days,
    )
    return Fraction(max(0, min(days, length)), length)


def remaining(year: int, today: date) -> Fraction:
    """Count the months that are left of the year at the end of a day, each day a part of its own
    month.
    """
    if today.year != year:
        return Fraction(12 if today.year < year else 0)
    return 13 - today.month - Fraction(today.day, monthrange(year, today.month)[1])


def find_path(
    target: Target,
    metric: Metric,
    today: date,
    number: Callable[[Filters], Quantity],
    *,
    recorded: bool = False,
) -> Due:
    """Find the path of a target. Last year's shape is worked out from the metric: its number from
    January to a month together, which is right for distinct things too; inside the present month it
    grows evenly.
    """
    even, then = Due(compute_elapsed_share(target.year, today)), target.year - 1
    if target.path != LAST_YEAR or even.share in (0, 1):
        return even
    last = number(Filters(year=then))
    if why := _find_obstacle(metric, then, last, number, recorded=recorded):
        return Due(even.share, note=why)
    month, part = today.month, 13 - today.month - remaining(target.year, today)
    grown = (
        _sum_until(month - 1, then, number) * (1 - part) + _sum_until(month, then, number) * part
    )
    note = _describe_gaps(metric, then, last)
    return Due(grown / Fraction(last.value or 1), LAST_YEAR, note)


def _describe_gaps(metric: Metric, year: int, last: Quantity) -> str:
    """Say of how much a year's shape is that; empty where of all."""
    number = metric.words(last)
    if coverage := metric.coverage(last):
        return _(
            "The shape of {year} is that of what is known: {number}, {coverage}.",
            year=year,
            number=number,
            coverage=coverage,
        )
    if last.at_least:
        return _(
            "The shape of {year} is that of what is known: {number}, only a lower bound is known.",
            year=year,
            number=number,
        )
    return ""


def _find_obstacle(
    metric: Metric,
    year: int,
    last: Quantity,
    number: Callable[[Filters], Quantity],
    *,
    recorded: bool,
) -> str:
    """Say why a year has no shape to follow; empty where it has one."""
    if last.value:
        whole = Fraction(last.value)
        if "month" in APPLIES[metric.table] and _sum_until(12, year, number) == whole:
            return ""
        return _(
            "The even path, because {year} is not known by the month for all {noun}.",
            year=year,
            noun=name_noun(metric.noun),
        )
    if last.known or (recorded and not last.total):
        return _("The even path, because {year} comes to zero.", year=year)
    if last.total:
        return _("The even path, because {year} has no known number.", year=year)
    return _("The even path, because {year} is not recorded.", year=year)


def _sum_until(month: int, year: int, number: Callable[[Filters], Quantity]) -> Fraction:
    """Ask for the number of a year from January to a month."""
    months = tuple(f"{year}-{nr:02}" for nr in range(1, month + 1))
    return Fraction(number(Filters(month=months)).value or 0) if months else Fraction(0)


def round_whole(value: Fraction, rounding: str) -> Decimal:
    """Round to a whole number."""
    return (Decimal(value.numerator) / value.denominator).quantize(Decimal(1), rounding)


def round_tenth(value: Fraction, rounding: str) -> Decimal:
    """Round to a tenth below 100, to a whole number above."""
    digits = Decimal("0.1" if value < 100 else "1")
    return (Decimal(value.numerator) / value.denominator).quantize(digits, rounding)
