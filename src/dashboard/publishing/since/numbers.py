"""The numbers that differ between two versions, and of each difference how much happened since, was
registered late, became known, or was corrected: the parts are together the difference.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import groupby
from typing import Any, NamedTuple

from dashboard.language.messages import _, ngettext
from dashboard.language.nouns import count_noun, plural
from dashboard.language.numbers import Number, format_integer, format_number
from dashboard.model.filters import Filters
from dashboard.model.quantity import Kind, Quantity
from dashboard.publishing.causes import find_differing_rows
from dashboard.publishing.since.contributions import Piece, split_contributions
from dashboard.publishing.since.differing import BEST, Differing, Key
from dashboard.publishing.since.sorts import Sort
from dashboard.query import questions
from dashboard.query.metrics import METRICS, Metric, evaluate, read_number
from dashboard.store import MAX_LISTED_CHANGES, Version
from dashboard.text.lists import join_names

WEIGHTS: Mapping[str, int] = {
    "events_held": 100,
    "training_participants": 99,
    "funding_received": 98,
    "projects_completed": 97,
    "countries": 96,
    "contributors": 95,
    "partners": 94,
    "projects_running": 93,
    "results": 92,
    "events_planned": 91,
    "trainings_held": 90,
    "modules_developed": 89,
    "keynotes": 88,
    "contributions": 87,
    "projects_coming": 86,
    "events_organised": 85,
    "event_participants": 84,
    "events_abroad": 83,
    "awards": 82,
    "funding_elsewhere": 81,
    "series": 80,
}
"""The numbers that are told, and how much each matters. What follows from the others is left out."""


class How(StrEnum):
    """What is told of a part beside its sort. COUNTED: it counted before, without a number that is known
    now. REMOVED: it is not recorded any more. COUNTS_NOT: it is there, and counts no more because of other
    records.
    """

    COUNTED = "counted"
    REMOVED = "removed"
    COUNTS_NOT = "counts not"


DERIVED = frozenset({"people", "organisations", "countries"})
"""What counts because of the records that name it."""
Evaluate = Callable[[Version, Metric, Filters], Quantity]
BECAUSE: Mapping[tuple[Sort, bool], tuple[str, str]] = {
    (Sort.HAPPENED, True): plural(
        "{things} since then ({effect})", "{things} since then ({effect})"
    ),
    (Sort.HAPPENED, False): plural(
        "{things} that no longer counts ({effect})", "{things} that no longer count ({effect})"
    ),
    (Sort.REGISTERED, True): plural(
        "{things} registered since ({effect})", "{things} registered since ({effect})"
    ),
    (Sort.REGISTERED, False): plural(
        "{things} that no longer counts ({effect})", "{things} that no longer count ({effect})"
    ),
    (Sort.KNOWN, True): plural(
        "{things} of which more is known now ({effect})",
        "{things} of which more is known now ({effect})",
    ),
    (Sort.KNOWN, False): plural(
        "{things} that no longer counts ({effect})", "{things} that no longer count ({effect})"
    ),
    (Sort.CORRECTED, True): plural(
        "{things} corrected ({effect})", "{things} corrected ({effect})"
    ),
    (Sort.UNSORTED, True): plural(
        "{things} that differs ({effect})", "{things} that differ ({effect})"
    ),
}
"""What is behind a part of a difference, in the order in which it is told, by whether it adds to the
number. Where nothing is said of what takes away, the same is said as of what adds.
"""
BECAUSE_OF: Mapping[How, tuple[str, str]] = {
    How.COUNTED: plural(
        "{things} of which the number is known now ({effect})",
        "{things} of which the numbers are known now ({effect})",
    ),
    How.REMOVED: plural("{things} removed ({effect})", "{things} removed ({effect})"),
    How.COUNTS_NOT: BECAUSE[Sort.HAPPENED, False],
}
"""The same of that which is told in its own way."""
UNMOVED: Mapping[Sort, tuple[str, str]] = {
    Sort.HAPPENED: plural("{things} since then", "{things} since then"),
    Sort.REGISTERED: plural("{things} registered since", "{things} registered since"),
    Sort.KNOWN: plural(
        "{things} of which more is known now", "{things} of which more is known now"
    ),
    Sort.CORRECTED: plural("{things} corrected", "{things} corrected"),
    Sort.UNSORTED: plural("{things} that differs", "{things} that differ"),
}
UNMOVED_REMOVED = plural("{things} removed", "{things} removed")
"""The same where the number reads otherwise though nothing moves it: about 40 instead of 40, or
unknown instead of 0.
"""


@dataclass(frozen=True)
class Part:
    """A part of a difference: why, by how much, and how many things are behind it, of which the
    first are named. Its effect is 0 where they are only known better or worse. `how` says more of
    them, where there is more to say.
    """

    sort: Sort
    effect: Number
    things: int
    records: tuple[Key, ...] = ()
    how: How | None = None


@dataclass(frozen=True)
class MovedNumber:
    """A number that differs under the filters, and why: `parts` are together its `difference`."""

    metric: Metric
    before: Quantity
    after: Quantity
    parts: tuple[Part, ...]

    @property
    def difference(self) -> Number:
        """By how much it differs; a number that is not known counts for nothing."""
        return (self.after.value or 0) - (self.before.value or 0)

    @property
    def is_told(self) -> bool:
        """Whether it says something else than before: another number, or of a sum from how many
        records it comes. A new dispute is told where it is to be watched.
        """
        if self.says_otherwise:
            return True
        return not self.metric.counts_rows and self.before.known != self.after.known

    @property
    def says_otherwise(self) -> bool:
        """Whether the number itself reads otherwise than before."""
        return self.before.words() != self.after.words()

    @property
    def adds_up(self) -> bool:
        """Whether the parts are together the difference."""
        return sum((part.effect for part in self.parts), 0) == self.difference

    def sum_of(self, sort: Sort) -> Number:
        """Add up what of the difference has one reason."""
        return sum((part.effect for part in self.parts if part.sort is sort), 0)

    @property
    def sort(self) -> Sort:
        """The reason that weighs most: what happened, before what was merely said differently."""
        moving = [part for part in self.parts if part.effect] or self.parts
        return min((part.sort for part in moving), key=BEST.index, default=Sort.CORRECTED)

    def step(self) -> str:
        """Say from what to what, without the reasons: about 420 → about 450 participants."""
        now = self.metric.words(self.after)
        coverage = self.metric.coverage(self.after)
        if not self.says_otherwise:
            return _("still {number}, {coverage}", number=now, coverage=coverage or _("from all"))
        return _("{before} → {after}", before=self.before.words(), after=now)

    def because(self) -> str:
        """Say the reasons with how much each makes: "2 trainings since then (+25) and 1 training
        corrected (+5)". Where none moves a number that reads otherwise, they are said without; of
        one that reads as before there are none.
        """
        moving = [part for part in self.parts if part.effect and part.things]
        if not moving and self.says_otherwise:
            moving = [part for part in self.parts if part.things]
        return join_names([self._say_part(part) for part in moving])

    def _say_part(self, part: Part) -> str:
        said = BECAUSE.get((part.sort, part.effect > 0)) or BECAUSE[part.sort, True]
        if not part.effect and self.metric.gap:
            gap = self.metric.gap_of_one if part.things == 1 else self.metric.gap
            return f"{format_integer(part.things)} {gap}"
        if not part.effect:
            said = UNMOVED_REMOVED if part.how is How.REMOVED else UNMOVED[part.sort]
        elif part.how:
            said = BECAUSE_OF[part.how]
        things = count_noun(self.metric.noun, part.things, format_integer(part.things))
        return ngettext(*said, part.things, things=things, effect=say_effect(part.effect))


def say_effect(effect: Number) -> str:
    """Write a difference with its sign: +30; −2."""
    return f"+{format_number(effect)}" if effect > 0 else format_number(effect)


def find_moved_numbers(differing: Differing) -> tuple[MovedNumber, ...]:
    """Find the numbers that are told and differ, the weightiest first; those to which a chosen
    filter means nothing are left out.
    """
    asked = (METRICS[name] for name in sorted(WEIGHTS, key=lambda name: -WEIGHTS[name]))
    ask = _Asking()
    found = (
        split_number(differing, metric, ask.evaluate)
        for metric in asked
        if _may_differ(differing, metric) and not differing.filters.ignored_by(metric.table)
    )
    return tuple(one for one in found if one)


def _may_differ(differing: Differing, metric: Metric) -> bool:
    """Tell whether any table differs that a number is worked out from."""
    read = questions.list_tables_read(metric.question)
    return bool(read & {*differing.tables})


class _Asking:
    """Asks each question once: some give the numbers of several metrics."""

    def __init__(self) -> None:
        self._answers: dict[Hashable, list[dict[str, Any]]] = {}

    def evaluate(self, version: Version, metric: Metric, filters: Filters) -> Quantity:
        key = (version.id, metric.question, repr(sorted(metric.number_params.items())))
        if key not in self._answers:
            self._answers[key] = questions.rows(
                version, metric.question, filters, **metric.number_params
            )
        return read_number(metric, self._answers[key])


def split_number(
    differing: Differing, metric: Metric, evaluate: Evaluate = evaluate
) -> MovedNumber | None:
    """Split the difference of a number by its reasons; None where it does not differ."""
    old, new = (
        evaluate(version, metric, differing.filters)
        for version in (differing.before, differing.after)
    )
    if old == new:
        return None
    read = questions.list_tables_read(metric.records_question)
    if read & {*differing.too_many}:
        return MovedNumber(metric, old, new, (_make_unsorted(metric, old, new),))
    number = MovedNumber(metric, old, new, _find_parts(differing, metric, differing.touched))
    if number.adds_up:
        return number
    # something else differs on which records depend, such as a place
    return MovedNumber(metric, old, new, _find_parts(differing, metric, None))


def _find_parts(
    differing: Differing, metric: Metric, only: Sequence[str] | None
) -> tuple[Part, ...]:
    """Find the parts of a difference, of all records or of those that are touched by one that
    differs.
    """
    rows = find_differing_rows(differing.before, differing.after, metric, differing.filters, only)
    return tuple(_gather(differing, metric, rows.to_pylist()))


def _make_unsorted(metric: Metric, old: Quantity, new: Quantity) -> Part:
    """Make the only part of a difference of which no reason is told."""
    effect = (new.value or 0) - (old.value or 0)
    return Part(Sort.UNSORTED, effect, abs(int(effect)) if metric.counts_rows else 0)


def _gather(differing: Differing, metric: Metric, rows: list[dict[str, Any]]) -> Iterator[Part]:
    """Gather rows with one reason that move the number in one direction."""
    judged = [one for row in rows for one in _judge_row(differing, metric, row)]

    def place(one: _Judged) -> tuple[int, int, str]:
        direction = -1 if one.effect > 0 else 1 if one.effect < 0 else 2
        return BEST.index(one.sort), direction, one.how or ""

    for (nr, _direction, how), group in groupby(sorted(judged, key=place), key=place):
        found = list(group)
        effect = _as_number(sum((one.effect for one in found), Decimal(0)))
        things = abs(int(effect)) if metric.counts_rows and effect else len(found)
        records = tuple(one.record for one in found)[:MAX_LISTED_CHANGES]
        yield Part(BEST[nr], effect, things, records, How(how) if how else None)


class _Judged(NamedTuple):
    """A row behind a number, or a part of what it counts, with why it differs."""

    record: Key
    sort: Sort
    effect: Decimal
    how: How | None = None


def _judge_row(differing: Differing, metric: Metric, row: dict[str, Any]) -> Iterator[_Judged]:
    """Judge why one row behind a number differs; the contributions of an event one by one."""
    record, effect = (row["table_name"], row["record_id"]), row["effect"]
    pieces: Sequence[Piece] = ()
    if record in differing.linked and (_is_on_both_sides(row) or record not in differing.changes):
        pieces = split_contributions(differing, metric, record[1], int(effect))
    for piece in pieces:
        how = How.REMOVED if piece.removed else None
        yield _Judged(record, piece.sort, Decimal(piece.effect), how)
    if pieces:
        return
    sort = _sort_row(differing, metric, row)
    yield _Judged(record, sort, effect, _find_how(differing, metric, row, sort))


def _find_how(differing: Differing, metric: Metric, row: dict[str, Any], sort: Sort) -> How | None:
    """Find what is told of a row beside why it differs."""
    change = differing.changes.get((row["table_name"], row["record_id"]))
    if change and change.after is None:
        return How.REMOVED
    if sort is Sort.KNOWN and not metric.counts_rows and _is_on_both_sides(row):
        return How.COUNTED
    gone = row["rows_after"] is None and row["table_name"] in DERIVED
    return How.COUNTS_NOT if gone and sort is Sort.CORRECTED and row["effect"] < 0 else None


def _sort_row(differing: Differing, metric: Metric, row: dict[str, Any]) -> Sort:
    """Find why one row behind a number differs: its number became known or was corrected, or it
    counts or counts not any more because of what happened to its record.
    """
    table, identity = row["table_name"], row["record_id"]
    if _is_on_both_sides(row) and not metric.counts_rows:
        was_known = row["kind"] not in (Kind.UNKNOWN, Kind.FEWER_THAN)
        return Sort.CORRECTED if was_known else Sort.KNOWN
    if _is_on_both_sides(row) and (table, identity) in differing.linked:
        return differing.linked[table, identity] if row["effect"] > 0 else Sort.CORRECTED
    return differing.find_sort(table, identity)


def _is_on_both_sides(row: Mapping[str, Any]) -> bool:
    """Tell whether a row counts before and after."""
    return row["rows"] is not None and row["rows_after"] is not None


def _as_number(value: Decimal) -> Number:
    return int(value) if value == int(value) else value
