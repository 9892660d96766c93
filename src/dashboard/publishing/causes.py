"""Why a number differs between two versions: the records behind it that differ, and by how much each
moves it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import pyarrow as pa
import pyarrow.compute as pc

from dashboard.language.messages import _, ngettext
from dashboard.language.nouns import count_noun, plural
from dashboard.language.numbers import Number, format_integer
from dashboard.model.filters import Filters
from dashboard.query import questions
from dashboard.query.metrics import Metric
from dashboard.schema.contract import tables
from dashboard.store import MAX_LISTED_CHANGES, Version
from dashboard.text.lists import join_names

KEY = ["table_name", "record_id"]
AMOUNT = pa.decimal128(34, 2)
CAUSED: Mapping[str, tuple[str, str]] = {
    "added": plural("{things} was added", "{things} were added"),
    "corrected": plural("{things} was corrected", "{things} were corrected"),
    "removed": plural("{things} was removed", "{things} were removed"),
    "counts": plural("{things} was newly counted", "{things} were newly counted"),
    "counts not": plural("{things} was no longer counted", "{things} were no longer counted"),
    "disputed": plural("{things} was newly disputed", "{things} were newly disputed"),
    "not disputed": plural("{things} was no longer disputed", "{things} were no longer disputed"),
}
"""What happened to a number of things, in the order in which reasons are told."""
MORE_CAUSED: Mapping[str, tuple[str, str]] = {
    "added": plural("{number} added", "{number} added"),
    "corrected": plural("{number} corrected", "{number} corrected"),
    "removed": plural("{number} removed", "{number} removed"),
    "counts": plural("{number} newly counted", "{number} newly counted"),
    "counts not": plural("{number} no longer counted", "{number} no longer counted"),
    "disputed": plural("{number} newly disputed", "{number} newly disputed"),
    "not disputed": plural("{number} no longer disputed", "{number} no longer disputed"),
}
"""The same of things that the list has named just before."""


@dataclass(frozen=True)
class Cause:
    """A row behind a number that differs. `what`: its record was added, removed or corrected; or it
    counts or counts not any more because another record changed, such as its date; or a source
    newly disputes it, or none any more.
    """

    table: str
    record_id: str
    label: str
    what: str


@dataclass(frozen=True)
class Reason:
    """How many rows behind a number differ in one way, and by how much they move it together: 0 for
    those whose number is not known, or only known better or worse. `unknown`: they have no number.
    """

    what: str
    rows: int
    effect: Number = 0
    unknown: bool = False


def find_causes(
    before: Version, after: Version, metric: Metric, filters: Filters
) -> tuple[tuple[Cause, ...], tuple[Reason, ...]]:
    """Find the rows behind a number that differ, at most LIMIT of them, and the reasons: all of
    them by sort. The effects of the reasons are together what the number differs.
    """
    differing = find_differing_rows(before, after, metric, filters)
    present = (_are_present(version, differing) for version in (before, after))
    found = _explain_rows(differing, metric, *present)
    first = found.sort_by([("what", "ascending"), ("record_id", "ascending")]).slice(
        0, MAX_LISTED_CHANGES
    )
    causes = tuple(
        Cause(row["table_name"], row["record_id"], row["label_after"] or row["label"], row["what"])
        for row in first.to_pylist()
    )
    return causes, tuple(_sum_reasons(found))


def find_differing_rows(
    before: Version,
    after: Version,
    metric: Metric,
    filters: Filters,
    only: Sequence[str] | None = None,
) -> pa.Table:
    """Find the rows behind a number that differ: one per record, with its value on both sides and by
    how much it moves the number (`effect`). Of all records, or of those `only` that are given by
    their ids.
    """
    both = _behind(before, metric, filters, only).join(
        _behind(after, metric, filters, only), KEY, join_type="full outer", right_suffix="_after"
    )
    found = both.filter(_any_differs(both, ["value", "kind", "disputed", "rows"]))
    nothing = pa.scalar(0, AMOUNT)
    effect = pc.subtract(
        pc.fill_null(found.column("value_after"), nothing),
        pc.fill_null(found.column("value"), nothing),
    )
    return found.append_column("effect", effect)


def _behind(
    version: Version, metric: Metric, filters: Filters, only: Sequence[str] | None = None
) -> pa.Table:
    """Find one row per record behind a number: its value, kind, whether it is disputed, and how
    often it counts.
    """
    asked = metric.records_question
    rows = (
        questions.run(version, asked, filters, **metric.params)
        if only is None
        else questions.run_some(version, asked, filters, only, **metric.params)
    )
    if "disputed" not in rows.column_names:
        rows = rows.append_column("disputed", pa.array([False] * rows.num_rows, pa.bool_()))
    rows = _with_amounts(rows)
    sums = [("label", "max"), ("value", "sum"), ("kind", "max"), ("disputed", "any")]
    found = rows.group_by(KEY).aggregate([*sums, ("kind", "count")])
    summed = [f"{name}_{how}" for name, how in sums]
    found = found.select([*KEY, *summed, "kind_count"])
    return _with_amounts(found.rename_columns([*KEY, *(name for name, _how in sums), "rows"]))


def _with_amounts(rows: pa.Table) -> pa.Table:
    """Give the column `value` the type of amounts."""
    index = rows.schema.get_field_index("value")
    return rows.set_column(index, "value", pc.cast(rows.column("value"), AMOUNT))


def _any_differs(both: pa.Table, columns: list[str]) -> pa.Array:
    """Mark the rows that differ in one of the columns; null differs from every value."""
    found = pa.array([False] * both.num_rows, pa.bool_())
    for name in columns:
        old, new = both.column(name), both.column(f"{name}_after")
        differs = pc.fill_null(pc.not_equal(old, new), pc.xor(pc.is_null(old), pc.is_null(new)))
        found = pc.or_(found, differs)
    return found


def _are_present(version: Version, rows: pa.Table) -> pa.Array:
    """Find for each row whether its record is in the version; what is no record, such as a country,
    always is.
    """
    found = pa.array([False] * rows.num_rows, pa.bool_())
    for table in rows.column("table_name").unique().to_pylist():
        here = pc.equal(rows.column("table_name"), table)
        if table in tables():
            here = pc.and_(
                here, pc.is_in(rows.column("record_id"), value_set=questions.ids(version, table))
            )
        found = pc.or_(found, here)
    return found


def _explain_rows(
    rows: pa.Table, metric: Metric, in_before: pa.Array, in_after: pa.Array
) -> pa.Table:
    """Return the rows with what happened to each, as Cause says, and whether it has a number."""
    unknown = pc.and_(pc.is_null(rows.column("value")), pc.is_null(rows.column("value_after")))
    effect = rows.column("effect")
    what = _classify(rows, effect, in_before, in_after, counts_rows=metric.counts_rows)
    return rows.append_column("what", what).append_column("unknown", unknown)


def _classify(
    rows: pa.Table, effect: pa.Array, in_before: pa.Array, in_after: pa.Array, *, counts_rows: bool
) -> pa.Array:
    """Find what happened to the record of each row. Where rows are counted, a record that counts more
    often than before has got one: a contribution was added to its event.
    """
    came, went = pc.is_null(rows.column("rows")), pc.is_null(rows.column("rows_after"))
    only_disputed = pc.invert(_any_differs(rows, ["value", "kind", "rows"]))
    now_disputed = pc.fill_null(rows.column("disputed_after"), False)
    zero = pa.scalar(0, AMOUNT)
    cases = [
        ("added", pc.and_(came, pc.invert(in_before))),
        ("removed", pc.and_(went, pc.invert(in_after))),
        ("counts", came),
        ("counts not", went),
        ("disputed", pc.and_(only_disputed, now_disputed)),
        ("not disputed", only_disputed),
    ]
    if counts_rows:
        cases += [("added", pc.greater(effect, zero)), ("removed", pc.less(effect, zero))]
    return pc.case_when(
        pc.make_struct(*(case for _what, case in cases)),
        *(what for what, _case in cases),
        "corrected",
    )


def _sum_reasons(rows: pa.Table) -> Iterator[Reason]:
    moves = pc.not_equal(rows.column("effect"), pa.scalar(0, AMOUNT))
    sums = (
        rows.append_column("moves", moves)
        .group_by(["what", "unknown", "moves"])
        .aggregate([("effect", "sum"), ("what", "count")])
        .to_pylist()
    )
    for row in sorted(
        sums,
        key=lambda row: (list(CAUSED).index(row["what"]), row["unknown"], not row["moves"]),
    ):
        effect = row["effect_sum"]
        yield Reason(
            row["what"],
            row["what_count"],
            int(effect) if effect == int(effect) else effect,
            row["unknown"],
        )


# Words
# ---------------------------------------------------------------------------------------------------------------


def explain_change(
    metric: Metric,
    step: str,
    reasons: Iterable[Reason],
    *,
    says_otherwise: bool,
    same_value: bool,
) -> str:
    """Say a step from what to what, and why: "2 → 4 events, because 3 events were added and 1
    removed". What does not move the value stands apart; where the number says the same as before
    (not `says_otherwise`), nothing is its cause.
    """
    found = list(reasons)
    moving = [one for one in found if one.effect or (same_value and says_otherwise)]
    others = [one for one in found if one not in moving]
    if moving and others:
        return _(
            "{step}, because {causes}; {others} without changing it",
            step=step,
            causes=_list_reasons(metric, moving),
            others=_list_reasons(metric, others),
        )
    if moving:
        return _("{step}, because {causes}", step=step, causes=_list_reasons(metric, moving))
    if others:
        return _("{step}; {others}", step=step, others=_list_reasons(metric, others))
    return step


def _list_reasons(metric: Metric, reasons: Sequence[Reason]) -> str:
    """Say "3 events were added and 1 removed": things of one sort are named once."""
    parts: list[str] = []
    named = ""
    for (what, unknown), group in groupby(reasons, key=lambda one: (one.what, one.unknown)):
        number = sum(_number(metric, one) for one in group)
        sort = "gap" if unknown and metric.gap else "noun"
        if sort == named:
            parts.append(ngettext(*MORE_CAUSED[what], number, number=format_integer(number)))
        else:
            parts.append(ngettext(*CAUSED[what], number, things=_count(metric, number, sort)))
        named = sort
    return join_names(parts)


def _number(metric: Metric, reason: Reason) -> int:
    """Count how many things a reason is about: of what is counted, as many as it moves the number
    by.
    """
    return abs(int(reason.effect)) if metric.counts_rows and reason.effect else reason.rows


def _count(metric: Metric, number: int, sort: str) -> str:
    if sort == "gap":
        gap = metric.gap_of_one if number == 1 else metric.gap
        return f"{format_integer(number)} {gap}"
    return count_noun(metric.noun, number, format_integer(number))
