"""Where each target of a year stands on a day, and whether that is where it should be by then.

Targets are of the programme as a whole for a calendar year. A day counts as passed: what happens on
it is in the number. A number with unknown records is a lower bound: nothing is behind that they
might lift over the mark.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP
from enum import Enum
from fractions import Fraction
from functools import partial
from types import MappingProxyType

from dashboard.language.messages import N_, _
from dashboard.language.numbers import Number, format_number
from dashboard.model.filters import Filters
from dashboard.model.quantity import Quantity
from dashboard.query import questions
from dashboard.query.metrics import METRICS, evaluate, is_recorded
from dashboard.query.target_pace import compute_pace, format_amount
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

    REACHED = (N_("reached"), "✓")
    ON_COURSE = (N_("on course"), "●")
    NEARLY = (N_("nearly"), "◆")
    BEHIND = (N_("behind"), "▼")
    CANNOT_BE_SAID = (N_("cannot be said"), "○")
    ACCEPTED = (N_("accepted"), "‖")

    def __init__(self, word_en: str, shape: str) -> None:
        self.word_en, self.shape = word_en, shape

    @property
    def word(self) -> str:
        """The word in the reader's language."""
        return _(self.word_en)


STANDINGS: Mapping[tuple[bool, bool, str], str] = MappingProxyType(
    {
        (True, False, "by"): N_("{number} of {aim} by {day}: {status}"),
        (True, False, "before"): N_("{number} of {aim} before {year}: {status}"),
        (True, False, "in"): N_("{number} of {aim} in {year}: {status}"),
        (True, True, "by"): N_("{number} of at most {aim} by {day}: {status}"),
        (True, True, "before"): N_("{number} of at most {aim} before {year}: {status}"),
        (True, True, "in"): N_("{number} of at most {aim} in {year}: {status}"),
        (False, False, "by"): N_("No known number towards {aim} by {day}: {status}"),
        (False, False, "before"): N_("No known number towards {aim} before {year}: {status}"),
        (False, False, "in"): N_("No known number towards {aim} in {year}: {status}"),
        (False, True, "by"): N_("No known number towards at most {aim} by {day}: {status}"),
        (False, True, "before"): N_(
            "No known number towards at most {aim} before {year}: {status}"
        ),
        (False, True, "in"): N_("No known number towards at most {aim} in {year}: {status}"),
    }
)
"""Where a target stands, by whether its number is known, whether less is better, and when: by a day
of its year, before it, or in all of it.
"""


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
        sentences = [self._describe_course()]
        if self.pace:
            sentences.append(f"{_begin_sentence(self.pace)}.")
        if self.deviation and self.status is Status.BEHIND:
            sentences.append(
                _(
                    "What {somebody} accepted ended on {day}.",
                    somebody=self.deviation.accepted_by,
                    day=format_day(self.deviation.until),
                )
            )
        return " ".join(sentences)

    def _is_under_way(self) -> bool:
        return self.today.year >= self.year and bool(remaining(self.year, self.today))

    def _describe_course(self) -> str:
        """Describe where a target stands, and beside what is due by then."""
        places = {"standing": self._describe_standing()}
        if not self._is_under_way() or self.status is Status.REACHED:
            if self.reason:
                return _("{standing}, {reason}.", reason=self.reason, **places)
            return f"{places['standing']}."
        places |= {"amount": format_amount(self.expected), "path": self.path_words}
        if self.direction == "less":
            if self.reason:
                return _(
                    "{standing}, {reason}; {amount} allowed by then on {path}.",
                    reason=self.reason,
                    **places,
                )
            return _("{standing}; {amount} allowed by then on {path}.", **places)
        if self.reason:
            return _(
                "{standing}, {reason}; {amount} expected by then on {path}.",
                reason=self.reason,
                **places,
            )
        return _("{standing}; {amount} expected by then on {path}.", **places)

    def _describe_standing(self) -> str:
        """Describe where a target stands: "3 of 44 events by 24 November 2026: behind"."""
        known = self.quantity.value is not None
        when = "before" if self.today.year < self.year else "in"
        return _(
            STANDINGS[known, self.direction == "less", "by" if self._is_under_way() else when],
            number=_begin_sentence(self.quantity.words()),
            aim=self._describe_aim(),
            day=format_day(self.today),
            year=self.year,
            status=self._describe_status(),
        )

    def _describe_aim(self) -> str:
        if metric := METRICS.get(self.metric):
            return metric.words(Quantity(self.value))
        number = format_number(self.value)
        return _("{number} “{name}”", number=number, name=self.metric)

    def _describe_status(self) -> str:
        accepted = self.deviation
        if accepted is None or self.status is not Status.ACCEPTED:
            return self.status.word
        return _(
            "accepted by {somebody} until {day} ({reason})",
            somebody=accepted.accepted_by,
            day=format_day(accepted.until),
            reason=accepted.reason,
        )


def _begin_sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


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
    metric = METRICS.get(target.metric)
    status = judge(target, quantity, path.share, over=not remaining(target.year, today))
    if status is Status.BEHIND and deviation and deviation.in_force:
        status = Status.ACCEPTED
    pace, needed = compute_pace(target, quantity, today)
    return Progress(
        **vars(target),
        label=metric.label if metric else target.metric,
        unit=metric.unit if metric else "",
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
            else _("{year} is not recorded", year=target.year)
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
        metric = METRICS.get(target.metric)
        if metric is None:
            return _("no number is called “{name}”", name=target.metric)
        return metric.coverage(quantity) or _("only a lower bound is known")
    if quantity.total or today.year < target.year:
        return ""
    return _("nothing that counts is recorded for {year}", year=target.year)


def _due_value(value: Number, share: Fraction) -> Number:
    return value if share == 1 else round_tenth(Fraction(value) * share, ROUND_HALF_UP)


def _round_expected(target: Target, share: Fraction) -> Number:
    """Round what is due by now: of things the whole number with which it is on course, and not
    behind.
    """
    due = _due_value(target.value, share)
    metric = METRICS.get(target.metric)
    if share == 1 or (metric and metric.divisible):
        return due
    return round_whole(Fraction(due), ROUND_CEILING if target.direction == "more" else ROUND_FLOOR)
