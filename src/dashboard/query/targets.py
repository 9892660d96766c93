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

from dashboard.language.numbers import Number
from dashboard.model.filters import Filters
from dashboard.model.quantity import Quantity
from dashboard.query import questions
from dashboard.query.metrics import METRICS, evaluate, is_recorded
from dashboard.query.target_pace import compute_pace, find_metric, format_amount
from dashboard.query.target_paths import (
    Due,
    Target,
    compute_elapsed_share,
    find_path,
    remaining,
    round_tenth,
    round_whole,
)
from dashboard.store import Version
from dashboard.text.dates import format_day


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
        text = f"{self._describe_standing()}{self._describe_acceptance()}"
        text += f", {self.reason}" if self.reason else ""
        if self._is_under_way() and self.status is not Status.REACHED:
            due = "allowed" if self.direction == "less" else "expected"
            text += f"; {format_amount(self.expected)} {due} by then on {self.path_words}"
        text += f". {self.pace[0].upper()}{self.pace[1:]}." if self.pace else "."
        if self.deviation and self.status is Status.BEHIND:
            text += f" What {self.deviation.accepted_by} accepted ended on {format_day(self.deviation.until)}."
        return text

    def _is_under_way(self) -> bool:
        return self.today.year >= self.year and bool(remaining(self.year, self.today))

    def _describe_standing(self) -> str:
        """Describe where a target stands: "3 of 44 events by 24 November 2026: behind"."""
        number = self.quantity.words() if self.quantity.value is not None else None
        now = f"{number} of" if number else "no known number towards"
        most = "at most " if self.direction == "less" else ""
        aim = find_metric(self.metric).words(Quantity(self.value))
        if self.today.year < self.year:
            when = f"before {self.year}"
        else:
            when = f"by {format_day(self.today)}" if self._is_under_way() else f"in {self.year}"
        return f"{now[0].upper()}{now[1:]} {most}{aim} {when}: {self.status.word}"

    def _describe_acceptance(self) -> str:
        accepted = self.deviation
        if accepted is None or self.status is not Status.ACCEPTED:
            return ""
        return f" by {accepted.accepted_by} until {format_day(accepted.until)} ({accepted.reason})"


def can_assess(filters: Filters) -> bool:
    """Return whether targets can be judged under these filters: exactly a year is chosen."""
    return filters.chosen == ("year",)


def assess_targets(version: Version, filters: Filters, today: date) -> list[Progress]:
    """Work out how the targets of the filters' year stand, by metric; of a metric that does not
    exist it cannot be said.
    """
    if not can_assess(filters):
        return []
    decided = questions.rows(version, "deviations", filters)
    years = questions.rows(version, "recorded", Filters())
    found = []
    for row in questions.rows(version, "targets", filters):
        target = Target(**row)
        quantity, path, recorded = _measure_target(version, target, filters, today, years)
        deviation = deviation_at(today, [d for d in decided if d["target_id"] == target.target_id])
        found.append(assess(target, quantity, path, today, deviation, recorded=recorded))
    return found


def _measure_target(
    version: Version, target: Target, filters: Filters, today: date, years: list[questions.Row]
) -> tuple[Quantity, Due, bool]:
    """Ask for the number of a target and its path; the last says whether its year is recorded."""
    nothing = Quantity(None, unknown=1)
    metric = METRICS.get(target.metric)
    if metric is None:
        return nothing, Due(compute_elapsed_share(target.year, today)), True
    number = partial(evaluate, version, metric)
    recorded = today.year < target.year or is_recorded(metric, target.year, years)
    quantity = number(filters) if recorded else nothing
    recorded_before = is_recorded(metric, target.year - 1, years)
    path = find_path(target, metric, today, number, recorded=recorded_before)
    return quantity, path, recorded


def deviation_at(today: date, decided: Iterable[questions.Row]) -> Deviation | None:
    """Find of the deviations of a target the one in force, else the one that expired last, else
    none.
    """
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
    """Assess how a target stands with this number on this path; `recorded`: whether its year has
    any record of its sort. Pure.
    """
    metric = find_metric(target.metric)
    status = judge(target, quantity, path.share, over=not remaining(target.year, today))
    if status is Status.BEHIND and deviation and deviation.in_force:
        status = Status.ACCEPTED
    pace, needed = compute_pace(target, quantity, today)
    return Progress(
        **vars(target),
        label=metric.label,
        unit=metric.unit,
        quantity=quantity,
        status=status,
        today=today,
        expected=_round_expected(target, path.share),
        path_words=path.words,
        path_note=path.note,
        pace=pace,
        pace_needed=needed,
        reason=(
            _explain(target, quantity, status, today)
            if recorded
            else f"{target.year} is not recorded"
        ),
        deviation=deviation,
    )


def judge(target: Target, quantity: Quantity, share: Fraction, *, over: bool) -> Status:
    """Judge the status before deviations. It compares with what is expected as that is shown,
    rounded.
    """
    value, lower_bound = quantity.value, bool(quantity.not_known or quantity.at_least)
    if value is None:
        return Status.CANNOT_BE_SAID
    more, above = target.direction == "more", value > target.value
    if more and value >= target.value:
        return Status.REACHED
    expected, near = (
        _due_value(target.value, share),
        None if target.near is None else _due_value(target.near, share),
    )
    if lower_bound and not above and not (more and value >= expected):
        return Status.CANNOT_BE_SAID
    if value >= expected if more else value <= expected:
        return Status.REACHED if over else Status.ON_COURSE
    # `less`: for sure above, and it can only grow
    if near is None or (above and (lower_bound or not over)):
        return Status.BEHIND
    return Status.NEARLY if (value >= near if more else value <= near) else Status.BEHIND


def _explain(target: Target, quantity: Quantity, status: Status, today: date) -> str:
    if status is Status.CANNOT_BE_SAID:
        known = METRICS.get(target.metric)
        lacking = known.coverage(quantity) if known else f"no number is called “{target.metric}”"
        return lacking or "only a lower bound is known"
    return (
        ""
        if quantity.total or today.year < target.year
        else f"nothing that counts is recorded for {target.year}"
    )


def _due_value(value: Number, share: Fraction) -> Number:
    return value if share == 1 else round_tenth(Fraction(value) * share, ROUND_HALF_UP)


def _round_expected(target: Target, share: Fraction) -> Number:
    """Round what is due by now: of things the whole number with which it is on course, and not
    behind.
    """
    due = _due_value(target.value, share)
    if share == 1 or find_metric(target.metric).divisible:
        return due
    return round_whole(Fraction(due), ROUND_CEILING if target.direction == "more" else ROUND_FLOOR)
