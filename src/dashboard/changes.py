"""Two versions side by side: which records differ, which numbers move and because of which records, and what is so
large a change that somebody has to confirm it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from dashboard import queries
from dashboard.filters import Filters
from dashboard.metrics import METRICS, Metric, evaluate
from dashboard.quantity import ZERO, Number, Quantity, format_number
from dashboard.store import LIMIT, TableChange, Version, differences

KEY = ["table_name", "record_id"]
LOST = Decimal("0.2")
TENFOLD = 10
ONE = {"series": "series", "countries": "country", "people": "person"}
DOES = {
    "added": "added",
    "corrected": "corrected",
    "removed": "removed",
    "counts": "newly counted",
    "counts not": "no longer counted",
}


@dataclass(frozen=True)
class Cause:
    """A row behind a number that differs. `what`: its record was added, removed or corrected; or it counts or counts
    not any more because another record changed, such as its date."""

    table: str
    record_id: str
    label: str
    what: str


@dataclass(frozen=True)
class NumberChange:
    """A number of the dashboard that moves, for a year or (None) all years. `causes` are the rows behind it that
    differ, at most LIMIT; `counts` says how many there are of each sort."""

    metric: Metric
    year: int | None
    before: Quantity
    after: Quantity
    causes: tuple[Cause, ...]
    counts: dict[str, int]

    def words(self) -> str:
        """ "Participants in trainings, 2025: about 420 → about 450 participants, because 2 trainings were added and 1
        corrected"."""
        return f"{self.metric.label}, {self.year or 'all years'}: {self.step()}"

    def step(self) -> str:
        """From what to what, and why, without saying of what."""
        return f"{_bare(self.metric, self.before)} → {_said(self.metric, self.after)}{self._because()}"

    def _because(self) -> str:
        parts: list[str] = []
        for what, count in self.counts.items():
            noun = _noun(self.metric, count)
            were = f" {noun} {'was' if count == 1 else 'were'}" if not parts else ""
            parts.append(f"{count}{were} {DOES[what]}")
        return f", because {_and(parts)}" if parts else ""


@dataclass(frozen=True)
class Changes:
    """What publishing `after` in the place of `before` (None: an empty store) does. `tables` holds those that differ;
    `numbers` those that move, all years first; `needs_confirmation` the reasons to ask, none where there is no doubt."""

    before: Version | None
    after: Version
    tables: tuple[TableChange, ...]
    numbers: tuple[NumberChange, ...]
    needs_confirmation: tuple[str, ...]


def compare(before: Version | None, after: Version) -> Changes:
    """The differences between two versions or candidates of the same schema."""
    if before and before.id == after.id:
        return Changes(before, after, (), (), ())
    tables = tuple(table for table in differences(before, after) if table.differs)
    numbers = tuple(_numbers(before, after, {table.table for table in tables})) if before else ()
    return Changes(before, after, tables, numbers, (*_lost(tables), *_tenfold_sums(tables), *_tenfold_numbers(numbers)))


def moved(before: Version, after: Version, names: Iterable[str], filters: Filters) -> tuple[NumberChange, ...]:
    """Those of some numbers that differ between two versions under the filters of a view."""
    if before.id == after.id:
        return ()
    metrics = [METRICS[name] for name in names]
    return tuple(_moves(before, after, metrics, filters, filters.year))


# Numbers -------------------------------------------------------------------------------------------------------------


def _numbers(before: Version, after: Version, differing: set[str]) -> Iterator[NumberChange]:
    years = {row["year"] for version in (before, after) for row in queries.rows(version, "years", Filters())}
    touched = [m for m in METRICS.values() if differing & (queries.reads(m.question) | queries.reads(m.rows_question))]
    for year in [None, *sorted(years, reverse=True)]:
        yield from _moves(before, after, touched, Filters(year=year), year)


def _moves(
    before: Version, after: Version, metrics: Iterable[Metric], filters: Filters, year: int | None
) -> Iterator[NumberChange]:
    for metric in metrics:
        old, new = evaluate(before, metric, filters), evaluate(after, metric, filters)
        if old != new:
            causes, counts = _causes(before, after, metric, filters)
            yield NumberChange(metric, year, old, new, causes, counts)


def _causes(
    before: Version, after: Version, metric: Metric, filters: Filters
) -> tuple[tuple[Cause, ...], dict[str, int]]:
    """The rows behind a number that differ, and how many of each sort there are."""
    both = _behind(before, metric, filters).join(
        _behind(after, metric, filters), KEY, join_type="full outer", right_suffix="_after"
    )
    both = both.filter(_any_differs(both, ["value", "kind", "disputed", "rows"]))
    what = _what(both, *(_ids(version, both) for version in (before, after)))
    both = both.append_column("what", what).sort_by([("what", "ascending"), ("record_id", "ascending")])
    tally = {row["values"]: row["counts"] for row in both.column("what").value_counts().to_pylist()}
    causes = tuple(
        Cause(row["table_name"], row["record_id"], row["label_after"] or row["label"], row["what"])
        for row in both.slice(0, LIMIT).to_pylist()
    )
    return causes, {name: tally[name] for name in DOES if name in tally}


def _behind(version: Version, metric: Metric, filters: Filters) -> pa.Table:
    """One row per record behind a number: its value, kind, whether it is disputed, and how often it counts."""
    rows = queries.run(version, metric.rows_question, filters, **metric.params)
    if "disputed" not in rows.column_names:
        rows = rows.append_column("disputed", pa.array([False] * rows.num_rows, pa.bool_()))
    rows = rows.set_column(
        rows.schema.get_field_index("value"), "value", pc.cast(rows.column("value"), pa.decimal128(38, 2))
    )
    found = rows.group_by(KEY).aggregate(
        [("label", "max"), ("value", "sum"), ("kind", "max"), ("disputed", "any"), ("kind", "count")]
    )
    return found.select([*KEY, "label_max", "value_sum", "kind_max", "disputed_any", "kind_count"]).rename_columns(
        [*KEY, "label", "value", "kind", "disputed", "rows"]
    )


def _any_differs(both: pa.Table, columns: list[str]) -> pa.Array:
    """Which rows differ in one of the columns; null differs from every value."""
    found = pa.array([False] * both.num_rows)
    for name in columns:
        old, new = both.column(name), both.column(f"{name}_after")
        differs = pc.fill_null(pc.not_equal(old, new), pc.xor(pc.is_null(old), pc.is_null(new)))
        found = pc.or_(found, differs)
    return found


def _ids(version: Version, rows: pa.Table) -> pa.Array:
    """For each row whether its record is in the version; a country is, where an event of it is."""
    found = pa.array([False] * rows.num_rows)
    for table in rows.column("table_name").unique().to_pylist():
        ids = queries.ids(version, table)
        here = pc.and_(pc.equal(rows.column("table_name"), table), pc.is_in(rows.column("record_id"), value_set=ids))
        found = pc.or_(found, here)
    return found


def _what(rows: pa.Table, in_before: pa.Array, in_after: pa.Array) -> pa.Array:
    came, went = pc.is_null(rows.column("rows")), pc.is_null(rows.column("rows_after"))
    return pc.case_when(
        pc.make_struct(pc.and_(came, pc.invert(in_before)), pc.and_(went, pc.invert(in_after)), came, went),
        "added", "removed", "counts", "counts not", "corrected",
    )  # fmt: skip


# Doubts --------------------------------------------------------------------------------------------------------------


def _lost(tables: tuple[TableChange, ...]) -> Iterator[str]:
    for table in tables:
        if table.removed > LOST * table.before:
            yield f"{table.removed} of {table.before} rows of {table.table} would be gone: more than a fifth"


def _tenfold_sums(tables: tuple[TableChange, ...]) -> Iterator[str]:
    for table in tables:
        for total in table.sums:
            if _is_tenfold(total.before, total.after):
                old, new = _plain(total.before), _plain(total.after)
                yield f"the sum of {total.column} in {table.table} would go from {old} to {new}: tenfold or more"


def _tenfold_numbers(numbers: tuple[NumberChange, ...]) -> Iterator[str]:
    asked = set()
    for number in numbers:  # all years come first: a year that moves with them is not asked again
        if number.metric.name not in asked and _is_tenfold(number.before.value, number.after.value):
            asked.add(number.metric.name)
            yield f"a number would change tenfold or more: {number.words()}"


def _is_tenfold(before: Number | None, after: Number | None) -> bool:
    """A change by a factor of ten or more; from ten or more to nothing is one as well, from nothing is none."""
    if not before:
        return False
    if not after:
        return before >= TENFOLD
    return max(before, after) >= TENFOLD * min(before, after)


# Words ---------------------------------------------------------------------------------------------------------------


def _said(metric: Metric, quantity: Quantity) -> str:
    coverage = metric.coverage(quantity)
    return f"{metric.words(quantity)} ({coverage})" if coverage else metric.words(quantity)


def _bare(metric: Metric, quantity: Quantity) -> str:
    """The number before the arrow: the unit is said once, after it."""
    coverage = metric.coverage(quantity)
    words = (quantity if quantity.total else ZERO).words()
    return f"{words} ({coverage})" if coverage else words


def _noun(metric: Metric, count: int) -> str:
    return ONE.get(metric.noun, metric.noun.removesuffix("s")) if count == 1 else metric.noun


def _and(parts: list[str]) -> str:
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else parts[0]


def _plain(value: Decimal | None) -> str:
    return "nothing" if value is None else format_number(value)
