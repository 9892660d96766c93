"""Where each target of a year stands on a day, and whether that is where it should be by then.

Targets are of the programme as a whole for a calendar year. A day counts as passed: what happens on it is in the
number. A number with unknown records is a lower bound: nothing is behind that they might lift over the mark.
"""

from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from enum import Enum
from fractions import Fraction
from functools import partial

from dashboard import queries
from dashboard.filters import APPLIES, Filters
from dashboard.metrics import METRICS, Metric, evaluate
from dashboard.quantity import Number, Quantity, format_number, singular
from dashboard.store import Version
from dashboard.wording import MONTH_NAMES


class Status(Enum):
    """How a target stands: a word, and a shape that tells it without colour."""

    REACHED = ("reached", "✓")
    ON_COURSE = ("on course", "●")
    NEARLY = ("nearly", "◆")
    BEHIND = ("behind", "▼")
    CANNOT_BE_SAID = ("cannot be said", "○")
    ACCEPTED = ("accepted", "‖")

    def __init__(self, word: str, shape: str) -> None:
        self.word, self.shape = word, shape


@dataclass(frozen=True)
class Target:
    """What was decided: `direction` more or less, `path` even or last-year; from `near` on it is nearly reached."""

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
class Deviation:
    """A miss that leadership accepted until a day; no longer `in_force` after it."""

    reason: str
    accepted_by: str
    until: date
    in_force: bool


@dataclass(frozen=True)
class Due:
    """The part of the target due by a day, on which path; `note` says why not on the one that was asked for."""

    share: Fraction
    words: str = "the even path"
    note: str = ""


@dataclass(frozen=True)
class Progress(Target):
    """How a target stands at the end of `today`. `expected` is where the path should be by then, for `less` what may
    have been used; `pace_needed` what is needed (`less`: what fits) a month from now on, None when there is nothing
    to say. Both have one decimal below 100 and none above. `deviation` is in force or expired, never yet to come."""

    label: str
    unit: str
    quantity: Quantity
    status: Status
    today: date
    expected: Number
    path_words: str
    path_note: str
    pace: str
    pace_needed: Number | None
    reason: str
    deviation: Deviation | None

    @property
    def sentence(self) -> str:
        """All of it in plain words."""
        begun, over, accepted = self.today.year >= self.year, not remaining(self.year, self.today), self.deviation
        most, due = ("at most ", "allowed") if self.direction == "less" else ("", "expected")
        now = f"{self.quantity.words()} of" if self.quantity.value is not None else "no known number towards"
        when = f"in {self.year}" if over else f"by {_day(self.today)}" if begun else f"before {self.year}"
        text = f"{now[0].upper()}{now[1:]} {most}{_metric(self.metric).words(Quantity(self.value))} {when}: {self.status.word}"
        if accepted and self.status is Status.ACCEPTED:
            text += f" by {accepted.accepted_by} until {_day(accepted.until)} ({accepted.reason})"
        text += f", {self.reason}" if self.reason else ""
        if begun and not over and self.status is not Status.REACHED:
            text += f"; {_said(self.expected)} {due} by then on {self.path_words}"
        text += f". {self.pace[0].upper()}{self.pace[1:]}." if self.pace else "."
        if accepted and self.status is Status.BEHIND:
            text += f" What {accepted.accepted_by} accepted ended on {_day(accepted.until)}."
        return text


def applies(filters: Filters) -> bool:
    """Whether targets can be judged under these filters: exactly a year is chosen."""
    return filters.chosen == ("year",)


def progress(version: Version, filters: Filters, today: date) -> list[Progress]:
    """The targets of the filters' year, by metric; of a metric that does not exist it cannot be said."""
    if not applies(filters):
        return []
    decided, found = queries.rows(version, "deviations", filters), []
    for row in queries.rows(version, "targets", filters):
        target = Target(**row)
        quantity, path = Quantity(None, unknown=1), Due(elapsed(target.year, today))
        if metric := METRICS.get(target.metric):
            number = partial(evaluate, version, metric)
            quantity, path = number(filters), path_at(target, metric, today, number)
        deviation = deviation_at(today, [d for d in decided if d["target_id"] == target.target_id])
        found.append(assess(target, quantity, path, today, deviation))
    return found


def deviation_at(today: date, decided: Iterable[queries.Row]) -> Deviation | None:
    """Of the deviations of a target the one in force, else the one that expired last, else none."""
    last = max((row for row in decided if row["first_day"] <= today), key=lambda row: row["last_day"], default=None)
    return Deviation(last["reason"], last["accepted_by"], last["last_day"], today <= last["last_day"]) if last else None


def assess(target: Target, quantity: Quantity, path: Due, today: date, deviation: Deviation | None) -> Progress:
    """How a target stands with this number on this path. Pure."""
    metric = _metric(target.metric)
    status = judge(target, quantity, path.share, over=not remaining(target.year, today))
    if status is Status.BEHIND and deviation and deviation.in_force:
        status = Status.ACCEPTED
    pace, needed = pace_at(target, quantity, today)
    return Progress(
        **vars(target), label=metric.label, unit=metric.unit, quantity=quantity, status=status, today=today,
        expected=_expected(target, path.share), path_words=path.words, path_note=path.note, pace=pace,
        pace_needed=needed, reason=_reason(target, quantity, status, today), deviation=deviation,
    )  # fmt: skip


def judge(target: Target, quantity: Quantity, share: Fraction, *, over: bool) -> Status:
    """The status before deviations. It compares with what is expected as that is shown, rounded."""
    value, lower_bound = quantity.value, bool(quantity.not_known or quantity.at_least)
    if value is None:
        return Status.CANNOT_BE_SAID
    more, above = target.direction == "more", value > target.value
    if more and value >= target.value:
        return Status.REACHED
    expected, near = _due(target.value, share), None if target.near is None else _due(target.near, share)
    if lower_bound and not above and not (more and value >= expected):
        return Status.CANNOT_BE_SAID
    if value >= expected if more else value <= expected:
        return Status.REACHED if over else Status.ON_COURSE
    if near is None or (above and (lower_bound or not over)):  # `less`: for sure above, and it can only grow
        return Status.BEHIND
    return Status.NEARLY if (value >= near if more else value <= near) else Status.BEHIND


def _reason(target: Target, quantity: Quantity, status: Status, today: date) -> str:
    if status is Status.CANNOT_BE_SAID:
        known = METRICS.get(target.metric)
        lacking = known.coverage(quantity) if known else f"no number is called “{target.metric}”"
        return lacking or "only a lower bound is known"
    return "" if quantity.total or today.year < target.year else f"nothing that counts is recorded for {target.year}"


def elapsed(year: int, today: date) -> Fraction:
    """The part of the year that has passed at the end of a day: 0 before it begins, 1 from 31 December on."""
    days, length = (today - date(year, 1, 1)).days + 1, (date(year + 1, 1, 1) - date(year, 1, 1)).days
    return Fraction(max(0, min(days, length)), length)


def remaining(year: int, today: date) -> Fraction:
    """Months that are left of the year at the end of a day, each day a part of its own month."""
    if today.year != year:
        return Fraction(12 if today.year < year else 0)
    return 13 - today.month - Fraction(today.day, monthrange(year, today.month)[1])


def path_at(target: Target, metric: Metric, today: date, number: Callable[[Filters], Quantity]) -> Due:
    """The path of a target. Last year's shape is worked out from the metric: its number from January to a month
    together, which is right for distinct things too; inside the present month it grows evenly."""
    even, then = Due(elapsed(target.year, today)), target.year - 1
    if target.path != "last-year" or even.share in (0, 1):
        return even

    def until(month: int) -> Fraction:
        months = tuple(f"{then}-{nr:02}" for nr in range(1, month + 1))
        return Fraction(number(Filters(month=months)).value or 0) if months else Fraction(0)

    whole = number(Filters(year=then))
    total, part = Fraction(whole.value or 0), 13 - today.month - remaining(target.year, today)
    if not total:
        why = "comes to zero" if whole.known else "has no known number" if whole.total else "is not recorded"
    elif "month" not in APPLIES[metric.table] or until(12) != total:
        why = f"is not known by the month for all {metric.noun}"
    else:
        grown = until(today.month - 1) * (1 - part) + until(today.month) * part
        gaps = metric.coverage(whole) or ("only a lower bound is known" if whole.at_least else "")
        note = f"The shape of {then} is that of what is known: {metric.words(whole)}, {gaps}." if gaps else ""
        return Due(grown / total, "last year’s path", note)
    return Due(even.share, note=f"The even path, because {then} {why}.")


def pace_at(target: Target, quantity: Quantity, today: date) -> tuple[str, Number | None]:
    """What is missing until the end of the year, or for `less` what fits, and how much that is a month: in words, things
    as whole ones, and the rate as a number."""
    left, more = remaining(target.year, today), target.direction == "more"
    gap = Fraction(-1) if quantity.value is None else Fraction(target.value) - Fraction(quantity.value)
    if not left or gap < 0 or (more and not gap):
        return "", None
    rounding = ROUND_CEILING if more else ROUND_FLOOR
    rate, metric = _rounded(gap / left, rounding), _metric(target.metric)
    amount = _whole(gap, rounding) if metric.of_things else _rounded(gap, rounding)
    one, what = amount == 1, metric.unit if amount != 1 else singular(metric.unit)
    said = f"{_said(amount) if amount else 'no'} more {what}"
    said = f"about {said}" if quantity.about and amount else said
    end = f"until the end of {target.year}{_monthly(gap / left, amount, metric)}"
    if not more:
        return f"{'up to ' if amount else ''}{said} {'fits' if one else 'fit'} under the target {end}", rate
    most = "at most " if quantity.not_known or quantity.at_least else ""
    return f"{most}{said} {'is' if one else 'are'} needed {end}", rate


def _monthly(rate: Fraction, amount: Number, metric: Metric) -> str:
    """How much that is a month, where it is one thing at least and not all of them: ": about 54 more a month"."""
    shown = _whole(rate, ROUND_HALF_UP) if metric.of_things else _rounded(rate, ROUND_HALF_UP)
    if not 0 < shown < amount:
        return ""
    return f": {'' if shown == rate else 'about '}{_said(shown)} more a month"


def _day(value: date) -> str:
    return f"{value.day} {MONTH_NAMES[value.month - 1]} {value.year}"


def _metric(name: str) -> Metric:
    return METRICS.get(name) or Metric(name, name, f"“{name}”", "records", "events", "", "", "", "", "")


def _due(value: Number, share: Fraction) -> Number:
    return value if share == 1 else _rounded(Fraction(value) * share, ROUND_HALF_UP)


def _expected(target: Target, share: Fraction) -> Number:
    """What is due by now: of things the whole number with which it is on course, and not behind."""
    due = _due(target.value, share)
    if share == 1 or not _metric(target.metric).of_things:
        return due
    return _whole(Fraction(due), ROUND_CEILING if target.direction == "more" else ROUND_FLOOR)


def _whole(value: Fraction, rounding: str) -> Decimal:
    return (Decimal(value.numerator) / value.denominator).quantize(Decimal(1), rounding)


def _rounded(value: Fraction, rounding: str) -> Decimal:
    return (Decimal(value.numerator) / value.denominator).quantize(Decimal("0.1" if value < 100 else "1"), rounding)


def _said(value: Number) -> str:
    return f"{value:,.1f}" if value % 1 else format_number(value)
