"""Merging a delivery with the served version: one set of records, which then goes through the same
check as ever.
"""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

import duckdb
import pyarrow as pa

from dashboard.intake.files import Origin, RawRecords, find_origin, make_empty_table, read_folder
from dashboard.intake.header_names import find_number_column
from dashboard.intake.messages import _
from dashboard.intake.problems import Problem
from dashboard.schema.contract import Table, tables
from dashboard.schema.convert import EMPTIED_WORD, ROW, SPACES, quote_identifier
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


def merge_delivery(
    version: Version | None, records: RawRecords, modes: Mapping[str, Mode] | Mode = Mode.REPLACE
) -> RawRecords:
    """Make one set of records of a delivery and a version (None: an empty store).

    `modes` holds for all tables or says it for each; a table that is not named is replaced. Tables
    that the delivery lacks come from the version. In rows that are merged a cell that is null keeps
    the value of the version and one that is "" empties it, whatever stands beside it (settle gives
    them so). Rows that come from the version have negative row numbers; see files.place.
    """
    base = read_folder(version.records) if version else RawRecords()
    found = RawRecords({}, list(records.problems), list(records.notes), list(records.origins))
    broken = {problem.file.removesuffix(".csv") for problem in records.problems}
    for name, table in tables().items():
        delivered, kept = records.tables.get(name), _negate_row_numbers(base.tables.get(name))
        mode = modes if isinstance(modes, Mode) else modes.get(name, Mode.REPLACE)
        if delivered is not None:
            into = kept if kept is not None and mode is Mode.MERGE else delivered.slice(0, 0)
            found.tables[name] = merge_by_key(table, into, delivered)
            found.notes += _note_kept_numbers(table, into, delivered, records.origins)
        elif name not in broken:
            if kept is None and table.later:
                found.tables[name] = make_empty_table(table)
            elif kept is None:
                found.problems.append(_report_missing_table(table))
            else:
                found.tables[name] = kept
    return found


def _report_missing_table(table: Table) -> Problem:
    mend = _(
        "An empty table is a file with the header {header}.",
        header=",".join(column.name for column in table.file_columns),
    )
    origin = Origin(f"{table.name}.csv")
    return origin.problem("missing-file", _("the file is missing"), mend)


def _negate_row_numbers(table: pa.Table | None) -> pa.Table | None:
    if table is None:
        return None
    numbers = pa.array([-number for number in table.column(ROW).to_pylist()], pa.int64())
    return table.set_column(table.schema.get_field_index(ROW), ROW, numbers)


def merge_by_key(table: Table, kept: pa.Table, delivered: pa.Table) -> pa.Table:
    """Merge the rows of both: those of the delivery take what they leave blank from the kept row
    with the same key.
    """
    columns = ", ".join(
        f"{_cell_sql(table, c.name)} as {quote_identifier(c.name)}" for c in table.file_columns
    )
    return _query_rows(
        kept,
        delivered,
        f"select d.{ROW}, {columns} from delivered as d left join kept as k on {_match_keys(table)}"
        f" union all from kept as k where not exists (from delivered as d where {_match_keys(table)})",
    )


def _query_rows(kept: pa.Table, delivered: pa.Table, query: str) -> pa.Table:
    with duckdb.connect() as con:
        con.register("kept", kept)
        con.register("delivered", delivered)
        return con.sql(query).to_arrow_table()


def _match_keys(table: Table) -> str:
    """Write SQL that compares keys without the spaces around."""
    return " and ".join(
        f"trim(k.{quote_identifier(n)}, e'{SPACES}') = trim(d.{quote_identifier(n)}, e'{SPACES}')"
        for n in table.key
    )


def _cell_sql(table: Table, column: str) -> str:
    """Write SQL for a cell of a merged row: d is the delivery, k what is kept (null for a new row)."""
    if number := find_number_column(table, column):
        return _kind_sql(_cell_sql(table, number), *(_both_cells(number)), *(_both_cells(column)))
    delivered, kept = _both_cells(column)
    return f"case when {delivered} is null then {kept} else nullif({delivered}, '') end"


def _both_cells(column: str) -> tuple[str, str]:
    return f"d.{quote_identifier(column)}", f"nullif(k.{quote_identifier(column)}, '')"


def _kind_sql(number: str, said: str, had: str, kind: str, kept: str) -> str:
    """Write SQL for the kind of a number, which follows it: no number is unknown, and “unknown”
    beside a blank cell does not contradict the number that stays. A kind of no number says nothing
    about one that is new.
    """
    beside_blank = f"nullif(nullif({kind}, ''), '{UNKNOWN}')"
    return (
        f"case when {said} = '' and {had} is not null then '{UNKNOWN}'"
        f" when {number} is null then coalesce({beside_blank}, {kept}, '{UNKNOWN}')"
        f" when {kind} = '' then null"
        f" when {said} is null then coalesce({beside_blank}, {kept})"
        f" else coalesce({kind}, case when {had} is not null then {kept} end) end"
    )


def _note_kept_numbers(
    table: Table, kept: pa.Table, delivered: pa.Table, origins: Sequence[Origin]
) -> Iterator[Problem]:
    """Note rows that say “unknown” beside a blank cell where a number is served; a calendar knows
    no numbers.
    """
    for column in table.file_columns:
        if (number := find_number_column(table, column.name)) is None:
            continue
        for row in _find_kept_numbers(table, kept, delivered, number, column.name):
            origin, nr = find_origin(origins, table.name, row["place"])
            if not origin.calendar:
                rule = _(
                    "the number {number} is served and stays, because its cell is blank",
                    number=str(row["had"]),
                )
                remedy = _(
                    "Write {word} below {column} if it is not known any more.",
                    word=EMPTIED_WORD,
                    column=number,
                )
                yield origin.problem(
                    "number-kept",
                    rule,
                    remedy,
                    row=nr,
                    column=column.name,
                    value=UNKNOWN,
                    variant=f"{row['had']}",
                )


def _find_kept_numbers(
    table: Table, kept: pa.Table, delivered: pa.Table, number: str, kind_column: str
) -> list[dict[str, Any]]:
    (said, had), kind = _both_cells(number), _both_cells(kind_column)[0]
    rows = _query_rows(
        kept,
        delivered,
        f"select d.{ROW} as place, {had} as had from delivered as d join kept as k on"
        f" {_match_keys(table)} where {said} is null and {kind} = '{UNKNOWN}' and {had} is not null"
        f" order by d.{ROW} limit {MAX_NOTES}",
    )
    found: list[dict[str, Any]] = rows.to_pylist()
    return found
