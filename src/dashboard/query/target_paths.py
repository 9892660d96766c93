"""The path along which a target should be reached: evenly through its year, or in the shape of the
year before.
"""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from dashboard.language.numbers import Number
from dashboard.model.filters import APPLIES, Filters
from dashboard.model.quantity import Quantity
from dashboard.query.metrics import Metric


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
    """The part of the target due by a day, on which path; `note` says why not on the one that was
    asked for.
    """

    share: Fraction
    words: str = "the even path"
    note: str = ""


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
    if target.path != "last-year" or even.share in (0, 1):
        return even
    last = number(Filters(year=then))
    if why := _find_obstacle(metric, then, last, number, recorded=recorded):
        return Due(even.share, note=f"The even path, because {then} {why}.")
    month, part = today.month, 13 - today.month - remaining(target.year, today)
    grown = (
        _sum_until(month - 1, then, number) * (1 - part) + _sum_until(month, then, number) * part
    )
    gaps = metric.coverage(last) or ("only a lower bound is known" if last.at_least else "")
    known = f"The shape of {then} is that of what is known: {metric.words(last)}, {gaps}."
    return Due(grown / Fraction(last.value or 1), "last year’s path", known if gaps else "")


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
        by_month = "month" in APPLIES[metric.table] and _sum_until(12, year, number) == Fraction(
            last.value
        )
        return "" if by_month else f"is not known by the month for all {metric.noun}"
    if last.known or (recorded and not last.total):
        return "comes to zero"
    return "has no known number" if last.total else "is not recorded"


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
