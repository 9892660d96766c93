"""Finding what changed since: numbers, records, targets and what is to be watched, ranked."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard.model.filters import Filters
from dashboard.publishing.since.changes import (
    PART_OF,
    WATCH,
    Change,
)
from dashboard.publishing.since.differing import OWNERS, SCOPED, Differing, find_differing
from dashboard.publishing.since.named import tell_named
from dashboard.publishing.since.numbers import (
    WEIGHTS,
    MovedNumber,
    find_moved_numbers,
)
from dashboard.publishing.since.sorts import is_quiet, loud_columns
from dashboard.publishing.since.values import read_vocabulary
from dashboard.publishing.since.watch import (
    find_deviations,
    find_disagreements,
    find_targets,
)
from dashboard.store import RecordChange, TableDifference, Version

WEIGHT_OF_NUMBERS = 100
"""What a number that moved weighs more than a record."""
WEIGHT_OF_KIND: Mapping[str, int] = {
    "money": 150,
    "ended": 140,
    "begun": 135,
    "ready": 130,
    "cancelled": 128,
    "moved": 126,
    "held": 125,
    "planned": 120,
    "registered": 110,
    "named": 100,
    "known": 90,
    "record": 80,
}
QUIET, OURS, OUR_MONEY = -60, 1, 10
"""What less a note weighs than a fact, and what more weighs that is our own."""
WEIGHTY_COLUMNS = frozenset(
    {"participants", "amount_eur", "status", "start_date", "period", "date"}
)
MINOR = -15
"""What less a corrected column weighs than one of these."""


@dataclass(frozen=True)
class Since:
    """What differs between `before`, as it was seen on `day_before`, and `after`, as it is seen
    `today`. `changes` are ranked; `outside` counts the records that differ and are not in scope of
    the filters, `others` those of tables that no page tells one by one, and `too_many` names the
    tables of which so many differ that they are counted only.
    """

    before: Version
    day_before: date
    after: Version
    today: date
    filters: Filters
    changes: tuple[Change, ...]
    numbers: tuple[MovedNumber, ...]
    outside: int = 0
    others: tuple[tuple[str, int], ...] = ()
    too_many: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be told."""
        return not (self.changes or self.outside or self.others or self.too_many)

    @property
    def has_news(self) -> bool:
        """Whether anything changed, beside what is to be watched."""
        return any(one.part != WATCH for one in self.changes)

    def part(self, name: str) -> tuple[Change, ...]:
        """Give the changes of one part, such as HAPPENED, what matters most first."""
        return tuple(one for one in self.changes if one.part == name)

    def of_kind(self, kind: str, table: str = "") -> tuple[Change, ...]:
        """Give the changes of one kind, such as held, of one table where that is named."""
        return tuple(one for one in self.changes if one.kind == kind and table in ("", one.table))


def find_since(
    before: Version,
    day_before: date,
    after: Version,
    today: date,
    filters: Filters,
    *,
    tables: Mapping[str, TableDifference] | None = None,
) -> Since:
    """Find what changed: the numbers that moved and why, what happened to which records, which
    targets stand otherwise, and what is to be watched. `tables` is what compare_records gives of the
    two, where that is known already. Raises UnreadableVersion.
    """
    differing = find_differing(before, after, filters, day_before, tables)
    numbers = find_moved_numbers(differing) if differing.tables else ()
    told = [
        *(_tell_number(number) for number in numbers if number.is_told),
        *find_targets(differing, today),
        *_tell_records(differing),
        *tell_named(differing),
        *find_deviations(differing, today),
        *find_disagreements(differing),
    ]
    return Since(
        before,
        day_before,
        after,
        today,
        filters,
        tuple(sorted(told, key=_place)),
        numbers,
        sum(1 for key in differing.changes if key[0] in SCOPED and key not in differing.scope),
        tuple(_count_others(differing)),
        differing.too_many,
    )


def _place(change: Change) -> tuple[object, ...]:
    """Rank by weight; of equal weight by day, then by id."""
    day = change.row.get("last_day") or change.row.get("first_day") or date.min
    return (-change.weight, -day.toordinal(), change.table, change.record_id, change.metric)


def _tell_number(number: MovedNumber) -> Change:
    name = number.metric.name
    weight = WEIGHTS[name] + (WEIGHT_OF_NUMBERS if number.says_otherwise else 0)
    return Change(
        "number",
        PART_OF[number.sort],
        weight,
        metric=name,
        facts={"number": number},
    )


def _tell_records(differing: Differing) -> Iterator[Change]:
    """Tell the records in scope that differ, each by what happened to it."""
    told = [
        (key, one)
        for key, one in differing.changes.items()
        if key in differing.scope and _is_told(one)
    ]
    vocabulary = read_vocabulary((differing.before, differing.after), (one for _key, one in told))
    for (table, identity), one in told:
        verdict = differing.verdicts[table, identity]
        yield Change(
            verdict.kind,
            PART_OF[verdict.sort],
            _weigh(verdict.kind, one),
            table,
            identity,
            before=one.before,
            after=one.after,
            columns=loud_columns(one),
            vocabulary=vocabulary,
        )


def _is_told(change: RecordChange) -> bool:
    """Tell whether anything of a record differs that people read."""
    return change.before is None or change.after is None or bool(change.columns)


def _weigh(kind: str, change: RecordChange) -> int:
    weight = WEIGHT_OF_KIND[kind]
    if kind == "money":
        return weight + _weigh_money(change.row)
    columns = loud_columns(change)
    if columns and all(map(is_quiet, columns)):
        weight += QUIET
    elif kind == "record" and columns and not WEIGHTY_COLUMNS & {*columns}:
        weight += MINOR
    ours = change.row.get("our_role") in ("organised", "co-organised", "led", "recipient")
    return weight + (OURS if ours else 0)


def _weigh_money(row: Mapping[str, Any]) -> int:
    """Weigh a grant: what is ours first, then the larger ones."""
    digits = len(str(int(row["amount_eur"]))) if row["amount_eur"] is not None else 0
    return digits + (OUR_MONEY if row["our_role"] == "recipient" else 0)


def _count_others(differing: Differing) -> Iterator[tuple[str, int]]:
    """Count the records that differ of tables that are not told one by one, where no filter but the
    year is chosen.
    """
    if set(differing.filters.chosen) - {"year"}:
        return
    told = {*SCOPED, *OWNERS, "targets", "deviations", "claims"}
    counts = Counter({name: one.number for name, one in differing.tables.items()})
    yield from sorted((name, n) for name, n in counts.items() if name not in told)
