"""Two versions side by side: which records differ, which numbers move and because of which records,
and what is so large a change that somebody has to confirm it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from dashboard.language.messages import _
from dashboard.language.numbers import Number, format_number
from dashboard.model.filters import Filters
from dashboard.model.quantity import ZERO, Kind, Quantity
from dashboard.publishing.causes import CAUSE_VERBS, Cause, Reason, explain_change, find_causes
from dashboard.query import questions
from dashboard.query.metrics import METRICS, Metric, evaluate
from dashboard.store import TableChange, Version, compare_versions
from dashboard.text.counts import format_count

MAX_LOST_SHARE = Decimal("0.2")
TENFOLD = 10
MIN_TENFOLD = 100
"""Things that have become ten times as many are no mistake where they are fewer than these: one
list of a secretary may add them, and each is named.
"""


@dataclass(frozen=True)
class NumberChange:
    """A number of the dashboard that moves, for a year or (None) all years. `causes` are the rows
    behind it that differ, at most LIMIT; `reasons` are all of them by sort.
    """

    metric: Metric
    year: int | None
    before: Quantity
    after: Quantity
    causes: tuple[Cause, ...]
    reasons: tuple[Reason, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many rows behind the number differ, by what happened to their records."""
        return {
            what: sum(one.rows for one in self.reasons if one.what == what)
            for what in CAUSE_VERBS
            if any(one.what == what for one in self.reasons)
        }

    def words(self) -> str:
        """ "Participants in trainings, 2025: about 420 → about 450 participants, because 2 trainings
        were added and 1 corrected".
        """
        said = {"number": self.metric.label, "step": self.step()}
        if self.year is None:
            return _("{number}, all years: {step}", **said)
        return _("{number}, {year}: {step}", year=str(self.year), **said)

    def step(self) -> str:
        """Describe the step from what to what, and why, without saying of what; "still 7 countries"
        where only its coverage differs.
        """
        now = _describe(self.metric, self.after)
        says_otherwise = _shown(self.before) != _shown(self.after)
        same_value = (self.before.value or 0) == (self.after.value or 0)
        step = (
            _("{before} → {after}", before=_bare(self.metric, self.before), after=now)
            if says_otherwise
            else _("still {number}", number=now)
        )
        return explain_change(
            self.metric, step, self.reasons, says_otherwise=says_otherwise, same_value=same_value
        )


@dataclass(frozen=True)
class Changes:
    """What publishing `after` in the place of `before` (None: an empty store) does. `tables` holds
    those that differ; `numbers` those that move, all years first.
    """

    before: Version | None
    after: Version
    tables: tuple[TableChange, ...]
    numbers: tuple[NumberChange, ...]

    @property
    def needs_confirmation(self) -> tuple[str, ...]:
        """The reasons to ask before it is published, none where there is no doubt."""
        return (
            *_find_lost(self.tables),
            *_find_tenfold_sums(self.tables),
            *_find_tenfold_numbers(self.numbers),
        )


def find_changes(before: Version | None, after: Version) -> Changes:
    """Compare two versions or candidates of the same schema."""
    if before and before.id == after.id:
        return Changes(before, after, (), ())
    tables = tuple(table for table in compare_versions(before, after) if table.differs)
    numbers = (
        tuple(_compare_all(before, after, {table.table for table in tables})) if before else ()
    )
    return Changes(before, after, tables, numbers)


def compare_numbers(
    before: Version, after: Version, names: Iterable[str], filters: Filters
) -> tuple[NumberChange, ...]:
    """Find which of some numbers differ between two versions under the filters of a view."""
    if before.id == after.id:
        return ()
    metrics = [METRICS[name] for name in names]
    return tuple(_compare_numbers(before, after, metrics, filters, filters.year))


# Numbers
# -------------------------------------------------------------------------------------------------------------


def _compare_all(before: Version, after: Version, differing: set[str]) -> Iterator[NumberChange]:
    years = {
        row["year"]
        for version in (before, after)
        for row in questions.rows(version, "years", Filters())
    }
    touched = [
        m
        for m in METRICS.values()
        if differing
        & (questions.list_tables_read(m.question) | questions.list_tables_read(m.records_question))
    ]
    for year in [None, *sorted(years, reverse=True)]:
        yield from _compare_numbers(before, after, touched, Filters(year=year), year)


def _compare_numbers(
    before: Version, after: Version, metrics: Iterable[Metric], filters: Filters, year: int | None
) -> Iterator[NumberChange]:
    for metric in metrics:
        old, new = evaluate(before, metric, filters), evaluate(after, metric, filters)
        if old != new:
            yield NumberChange(metric, year, old, new, *find_causes(before, after, metric, filters))


# Doubts
# --------------------------------------------------------------------------------------------------------------


def _find_lost(tables: tuple[TableChange, ...]) -> Iterator[str]:
    for table in tables:
        if table.removed > MAX_LOST_SHARE * table.before:
            yield _(
                "{removed:,} of {rows} of {table} would be gone: more than a fifth",
                removed=table.removed,
                rows=format_count(table.before, "row"),
                table=table.table,
            )


def _find_tenfold_sums(tables: tuple[TableChange, ...]) -> Iterator[str]:
    for table in tables:
        for total in table.sums:
            if _is_tenfold(total.before, total.after):
                yield _(
                    "the sum of {column} in {table} would go from {before} to {after}: tenfold or"
                    " more",
                    column=total.column,
                    table=table.table,
                    before=_plain(total.before),
                    after=_plain(total.after),
                )


def _find_tenfold_numbers(numbers: tuple[NumberChange, ...]) -> Iterator[str]:
    asked = set()
    for number in numbers:  # all years come first: a year that moves with them is not asked again
        before, after = number.before.value, number.after.value
        listed = number.metric.counts_rows and (before or 0) < (after or 0) < MIN_TENFOLD
        if number.metric.name not in asked and not listed and _is_tenfold(before, after):
            asked.add(number.metric.name)
            yield _("a number would change tenfold or more: {change}", change=number.words())


def _is_tenfold(before: Number | None, after: Number | None) -> bool:
    """Return whether a number changes by a factor of ten or more; from ten or more to nothing is
    one as well, from nothing is none.
    """
    if not before:
        return False
    if not after:
        return before >= TENFOLD
    return max(before, after) >= TENFOLD * min(before, after)


# Words
# ---------------------------------------------------------------------------------------------------------------


def _describe(metric: Metric, quantity: Quantity) -> str:
    """Return a number with its unit and from how many records it comes."""
    coverage = metric.coverage(quantity)
    return f"{metric.words(quantity)} ({coverage})" if coverage else metric.words(quantity)


def _bare(metric: Metric, quantity: Quantity) -> str:
    """Return the number before the arrow: the unit is said once, after it."""
    coverage, number = metric.coverage(quantity), _or_zero(quantity).words()
    return f"{number} ({coverage})" if coverage else number


def _shown(quantity: Quantity) -> tuple[Kind, Number | None]:
    """Return what is shown of a number beside its coverage: two that are equal in this say the
    same.
    """
    number = _or_zero(quantity)
    return number.kind, number.value if number.known or not number.total else None


def _or_zero(quantity: Quantity) -> Quantity:
    return quantity if quantity.total else ZERO


def _plain(value: Decimal | None) -> str:
    return _("nothing") if value is None else format_number(value)
