"""Where each target of a year stands on a day, and whether that is where it should be by then.

Targets are of the programme as a whole for a calendar year. A day counts as passed: what happens on
it is in the number. A number with unknown records is a lower bound: nothing is behind that they
might lift over the mark.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP
from enum import Enum
from fractions import Fraction
from functools import partial

from dashboard.model.filters import Filters
from dashboard.model.quantity import Number, Quantity, format_number, singular
from dashboard.query import questions
from dashboard.query.metrics import METRICS, Metric, evaluate, is_recorded
from dashboard.query.target_paths import Due, Target, elapsed, path_at, remaining, rounded, whole
from dashboard.store import Version
from dashboard.text.wording import day


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
class Deviation:
    """A miss that leadership accepted until a day; no longer `in_force` after it."""

    reason: str
    accepted_by: str
    until: date
    in_force: bool


@dataclass(frozen=True)
class Progress(Target):
    """How a target stands at the end of `today`. `expected` is where the path should be by then,
    for `less` what may have been used; `pace_needed` what is needed (`less`: what fits) a month
    from now on, None when there is nothing to say. Both have one decimal below 100 and none above.
    `deviation` is in force or expired, never yet to come.
    """

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
        begun, over, accepted = (
            self.today.year >= self.year,
            not remaining(self.year, self.today),
            self.deviation,
        )
        most, due = ("at most ", "allowed") if self.direction == "less" else ("", "expected")
        now = (
            f"{self.quantity.words()} of"
            if self.quantity.value is not None
            else "no known number towards"
        )
        when = (
            f"in {self.year}"
            if over
            else f"by {day(self.today)}"
            if begun
            else f"before {self.year}"
        )
        text = (
            f"{now[0].upper()}{now[1:]} {most}{_metric(self.metric).words(Quantity(self.value))}"
            f" {when}: {self.status.word}"
        )
        if accepted and self.status is Status.ACCEPTED:
            text += f" by {accepted.accepted_by} until {day(accepted.until)} ({accepted.reason})"
        text += f", {self.reason}" if self.reason else ""
        if begun and not over and self.status is not Status.REACHED:
            text += f"; {_said(self.expected)} {due} by then on {self.path_words}"
        text += f". {self.pace[0].upper()}{self.pace[1:]}." if self.pace else "."
        if accepted and self.status is Status.BEHIND:
            text += f" What {accepted.accepted_by} accepted ended on {day(accepted.until)}."
        return text


def applies(filters: Filters) -> bool:
    """Whether targets can be judged under these filters: exactly a year is chosen."""
    return filters.chosen == ("year",)


def progress(version: Version, filters: Filters, today: date) -> list[Progress]:
    """The targets of the filters' year, by metric; of a metric that does not exist it cannot be
    said.
    """
    if not applies(filters):
        return []
    decided, found = questions.rows(version, "deviations", filters), []
    recorded = questions.rows(version, "recorded", Filters())
    for row in questions.rows(version, "targets", filters):
        target = Target(**row)
        quantity, path, known = Quantity(None, unknown=1), Due(elapsed(target.year, today)), True
        if metric := METRICS.get(target.metric):
            number = partial(evaluate, version, metric)
            known = today.year < target.year or is_recorded(metric, target.year, recorded)
            quantity = number(filters) if known else quantity
            path = path_at(
                target,
                metric,
                today,
                number,
                recorded=is_recorded(metric, target.year - 1, recorded),
            )
        deviation = deviation_at(today, [d for d in decided if d["target_id"] == target.target_id])
        found.append(assess(target, quantity, path, today, deviation, recorded=known))
    return found


def deviation_at(today: date, decided: Iterable[questions.Row]) -> Deviation | None:
    """Of the deviations of a target the one in force, else the one that expired last, else none."""
    last = max(
        (row for row in decided if row["first_day"] <= today),
        key=lambda row: row["last_day"],
        default=None,
    )
    return (
        Deviation(last["reason"], last["accepted_by"], last["last_day"], today <= last["last_day"])
        if last
        else None
    )


def assess(
    target: Target,
    quantity: Quantity,
    path: Due,
    today: date,
    deviation: Deviation | None,
    *,
    recorded: bool = True,
) -> Progress:
    """How a target stands with this number on this path; `recorded`: whether its year has any
    record of its sort. Pure.
    """
    metric = _metric(target.metric)
    status = judge(target, quantity, path.share, over=not remaining(target.year, today))
    if status is Status.BEHIND and deviation and deviation.in_force:
        status = Status.ACCEPTED
    pace, needed = pace_at(target, quantity, today)
    return Progress(
        **vars(target),
        label=metric.label,
        unit=metric.unit,
        quantity=quantity,
        status=status,
        today=today,
        expected=_expected(target, path.share),
        path_words=path.words,
        path_note=path.note,
        pace=pace,
        pace_needed=needed,
        reason=(
            _reason(target, quantity, status, today)
            if recorded
            else f"{target.year} is not recorded"
        ),
        deviation=deviation,
    )


def judge(target: Target, quantity: Quantity, share: Fraction, *, over: bool) -> Status:
    """The status before deviations. It compares with what is expected as that is shown, rounded."""
    value, lower_bound = quantity.value, bool(quantity.not_known or quantity.at_least)
    if value is None:
        return Status.CANNOT_BE_SAID
    more, above = target.direction == "more", value > target.value
    if more and value >= target.value:
        return Status.REACHED
    expected, near = (
        _due(target.value, share),
        None if target.near is None else _due(target.near, share),
    )
    if lower_bound and not above and not (more and value >= expected):
        return Status.CANNOT_BE_SAID
    if value >= expected if more else value <= expected:
        return Status.REACHED if over else Status.ON_COURSE
    # `less`: for sure above, and it can only grow
    if near is None or (above and (lower_bound or not over)):
        return Status.BEHIND
    return Status.NEARLY if (value >= near if more else value <= near) else Status.BEHIND


def _reason(target: Target, quantity: Quantity, status: Status, today: date) -> str:
    if status is Status.CANNOT_BE_SAID:
        known = METRICS.get(target.metric)
        lacking = known.coverage(quantity) if known else f"no number is called “{target.metric}”"
        return lacking or "only a lower bound is known"
    return (
        ""
        if quantity.total or today.year < target.year
        else f"nothing that counts is recorded for {target.year}"
    )


def pace_at(target: Target, quantity: Quantity, today: date) -> tuple[str, Number | None]:
    """What is missing until the end of the year, or for `less` what fits, and how much that is a
    month: in words, things as whole ones, and the rate as a number.
    """
    left, more = remaining(target.year, today), target.direction == "more"
    gap = (
        Fraction(-1)
        if quantity.value is None
        else Fraction(target.value) - Fraction(quantity.value)
    )
    if not left or gap < 0 or (more and not gap):
        return "", None
    rounding = ROUND_CEILING if more else ROUND_FLOOR
    rate, metric = rounded(gap / left, rounding), _metric(target.metric)
    amount = whole(gap, rounding) if not metric.divisible else rounded(gap, rounding)
    one, what = amount == 1, metric.unit if amount != 1 else singular(metric.unit)
    said = f"{_said(amount) if amount else 'no'} more {what}"
    said = f"about {said}" if quantity.about and amount else said
    end = f"until the end of {target.year}{_monthly(gap / left, amount, metric)}"
    if not more:
        return (
            f"{'up to ' if amount else ''}{said} {'fits' if one else 'fit'} under the target {end}",
            rate,
        )
    most = "at most " if quantity.not_known or quantity.at_least else ""
    return f"{most}{said} {'is' if one else 'are'} needed {end}", rate


def _monthly(rate: Fraction, amount: Number, metric: Metric) -> str:
    """How much that is a month, where it is one thing at least and not all of them: ": about 54
    more a month".
    """
    shown = whole(rate, ROUND_HALF_UP) if not metric.divisible else rounded(rate, ROUND_HALF_UP)
    if not 0 < shown < amount:
        return ""
    return f": {'' if shown == rate else 'about '}{_said(shown)} more a month"


def _metric(name: str) -> Metric:
    """The metric of a name; where there is none, one that only has the name."""
    return METRICS.get(name) or Metric(
        name=name,
        label=name,
        unit=f"“{name}”",
        noun="records",
        table="events",
        question="",
        counted="",
        not_counted="",
        formula="",
        calendar="",
    )


def _due(value: Number, share: Fraction) -> Number:
    return value if share == 1 else rounded(Fraction(value) * share, ROUND_HALF_UP)


def _expected(target: Target, share: Fraction) -> Number:
    """What is due by now: of things the whole number with which it is on course, and not behind."""
    due = _due(target.value, share)
    if share == 1 or _metric(target.metric).divisible:
        return due
    return whole(Fraction(due), ROUND_CEILING if target.direction == "more" else ROUND_FLOOR)


def _said(value: Number) -> str:
    return f"{value:,.1f}" if value % 1 else format_number(value)
