"""A delivery and the served version become one set of records, which then goes through the same
check as ever.
"""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

import duckdb
import pyarrow as pa

from dashboard.intake.files import Origin, RawRecords, place, read_folder
from dashboard.intake.header import number_of
from dashboard.intake.problems import Problem
from dashboard.schema.contract import Table, tables
from dashboard.schema.convert import EMPTIED, ROW, SPACES, quoted
from dashboard.store.versions import Version

UNKNOWN = "unknown"
"""The kind of no number."""
MAX_NOTES = 100


class Mode(StrEnum):
    """What a delivered table does to the one that is served: its rows are added or take the place
    of those with the same key; or the whole table is exchanged.
    """

    MERGE = "merge"
    REPLACE = "replace"


def merge(
    version: Version | None, records: RawRecords, modes: Mapping[str, Mode] | Mode = Mode.REPLACE
) -> RawRecords:
    """The records that a delivery and a version (None: an empty store) make together.

    `modes` holds for all tables or says it for each; a table that is not named is replaced. Tables
    that the delivery lacks come from the version. In rows that are merged a cell that is null keeps
    the value of the version and one that is "" empties it, whatever stands beside it (settle gives
    them so). Rows that come from the version have negative row numbers; see files.place.
    """
    base = read_folder(version.records) if version else RawRecords()
    found = RawRecords({}, list(records.problems), list(records.notes), list(records.origins))
    broken = {problem.file.removesuffix(".csv") for problem in records.problems}
    for name, table in tables().items():
        delivered, kept = records.tables.get(name), _as_kept(base.tables.get(name))
        mode = modes if isinstance(modes, Mode) else modes.get(name, Mode.REPLACE)
        if delivered is not None:
            into = kept if kept is not None and mode is Mode.MERGE else delivered.slice(0, 0)
            found.tables[name] = by_key(table, into, delivered)
            found.notes += _kept_numbers(table, into, delivered, records.origins)
        elif kept is not None and name not in broken:
            found.tables[name] = kept
        elif name not in broken:
            found.problems.append(_missing(table))
    return found


def _missing(table: Table) -> Problem:
    mend = (
        f"An empty table is a file with the header {','.join(c.name for c in table.file_columns)}."
    )
    origin = Origin(f"{table.name}.csv")
    return origin.problem("missing-file", "the file is missing", mend)


def _as_kept(table: pa.Table | None) -> pa.Table | None:
    if table is None:
        return None
    numbers = pa.array([-number for number in table.column(ROW).to_pylist()], pa.int64())
    return table.set_column(table.schema.get_field_index(ROW), ROW, numbers)


def by_key(table: Table, kept: pa.Table, delivered: pa.Table) -> pa.Table:
    """Rows of both, those of the delivery joined with what is kept where both have the key."""
    columns = ", ".join(f"{_value(table, c.name)} as {quoted(c.name)}" for c in table.file_columns)
    return _asked(
        kept,
        delivered,
        f"select d.{ROW}, {columns} from delivered as d left join kept as k on {_same(table)}"
        f" union all from kept as k where not exists (from delivered as d where {_same(table)})",
    )


def _asked(kept: pa.Table, delivered: pa.Table, query: str) -> pa.Table:
    with duckdb.connect() as con:
        con.register("kept", kept)
        con.register("delivered", delivered)
        return con.sql(query).to_arrow_table()


def _same(table: Table) -> str:
    """Keys are compared without the spaces around."""
    return " and ".join(
        f"trim(k.{quoted(n)}, e'{SPACES}') = trim(d.{quoted(n)}, e'{SPACES}')" for n in table.key
    )


def _value(table: Table, column: str) -> str:
    """SQL for a cell of a merged row: d is the delivery, k what is kept (null for a new row)."""
    if number := number_of(table, column):
        return _kind(_value(table, number), *(_both(number)), *(_both(column)))
    delivered, kept = _both(column)
    return f"case when {delivered} is null then {kept} else nullif({delivered}, '') end"


def _both(column: str) -> tuple[str, str]:
    return f"d.{quoted(column)}", f"nullif(k.{quoted(column)}, '')"


def _kind(number: str, said: str, had: str, kind: str, kept: str) -> str:
    """SQL for the kind of a number, which follows it: no number is unknown, and “unknown” beside a
    blank cell does not contradict the number that stays. A kind of no number says nothing about one
    that is new.
    """
    beside_blank = f"nullif(nullif({kind}, ''), '{UNKNOWN}')"
    return (
        f"case when {said} = '' and {had} is not null then '{UNKNOWN}'"
        f" when {number} is null then coalesce({beside_blank}, {kept}, '{UNKNOWN}')"
        f" when {kind} = '' then null"
        f" when {said} is null then coalesce({beside_blank}, {kept})"
        f" else coalesce({kind}, case when {had} is not null then {kept} end) end"
    )


def _kept_numbers(
    table: Table, kept: pa.Table, delivered: pa.Table, origins: Sequence[Origin]
) -> Iterator[Problem]:
    """Notes on rows that say “unknown” beside a blank cell where a number is served; a calendar
    knows no numbers.
    """
    mend = f"Write {EMPTIED} below {{}} if it is not known any more."
    for column in table.file_columns:
        if (number := number_of(table, column.name)) is None:
            continue
        (said, had), (kind, _) = _both(number), _both(column.name)
        rows = _asked(
            kept,
            delivered,
            f"select d.{ROW} as place, {had} as had from delivered as d join kept as k on"
            f" {_same(table)} where {said} is null and {kind} = '{UNKNOWN}' and {had} is not null"
            f" order by d.{ROW} limit {MAX_NOTES}",
        )
        for row in rows.to_pylist():
            origin, nr = place(origins, table.name, row["place"])
            if not origin.calendar:
                rule = f"the number {row['had']} is served and stays, because its cell is blank"
                yield origin.problem(
                    "number-kept",
                    rule,
                    mend.format(number),
                    row=nr,
                    column=column.name,
                    value=UNKNOWN,
                    variant=f"{row['had']}",
                )
