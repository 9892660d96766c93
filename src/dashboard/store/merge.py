"""A delivery and the served version become one set of records, which then goes through the same check as ever."""

from collections.abc import Mapping
from enum import StrEnum

import duckdb
import pyarrow as pa

from dashboard.intake.contract import Table, tables
from dashboard.intake.convert import SPACES, quoted
from dashboard.intake.files import ROW, RawRecords, read_folder
from dashboard.intake.problems import Problem
from dashboard.store.versions import Version


class Mode(StrEnum):
    """What a delivered table does to the one that is served: its rows are added or take the place of those with the
    same key; or the whole table is exchanged."""

    MERGE = "merge"
    REPLACE = "replace"


def merge(version: Version | None, records: RawRecords, modes: Mapping[str, Mode] | Mode = Mode.REPLACE) -> RawRecords:
    """The records that a delivery and a version (None: an empty store) make together.

    `modes` holds for all tables or says it for each; a table that is not named is replaced. Tables that the delivery
    lacks come from the version. A column that the delivery lacks (all null; an empty cell is "") keeps its values in
    the rows that are merged. Rows that come from the version have negative row numbers; see files.place.
    """
    base = read_folder(version.records) if version else RawRecords()
    found = RawRecords({}, list(records.problems), list(records.notes), list(records.origins))
    broken = {problem.file.removesuffix(".csv") for problem in records.problems}
    for name, table in tables().items():
        delivered, kept = records.tables.get(name), _as_kept(base.tables.get(name))
        mode = modes if isinstance(modes, Mode) else modes.get(name, Mode.REPLACE)
        if delivered is not None and kept is not None and mode is Mode.MERGE:
            found.tables[name] = _by_key(table, kept, delivered)
        elif delivered is not None:
            found.tables[name] = delivered
        elif kept is not None and name not in broken:
            found.tables[name] = kept
        elif name not in broken:
            found.problems.append(_missing(table))
    return found


def _missing(table: Table) -> Problem:
    mend = f"An empty table is a file with the header {','.join(c.name for c in table.file_columns)}."
    return Problem(f"{table.name}.csv", None, None, None, "the file is missing", mend)


def _as_kept(table: pa.Table | None) -> pa.Table | None:
    if table is None:
        return None
    numbers = pa.array([-number for number in table.column(ROW).to_pylist()], pa.int64())
    return table.set_column(table.schema.get_field_index(ROW), ROW, numbers)


def _by_key(table: Table, kept: pa.Table, delivered: pa.Table) -> pa.Table:
    """Rows of both, those of the delivery where both have the key. Keys are compared without the spaces around."""
    absent = {c.name for c in table.file_columns if delivered.column(c.name).null_count == delivered.num_rows}
    columns = ", ".join(f"{'k' if c.name in absent else 'd'}.{quoted(c.name)}" for c in table.file_columns)
    same = " and ".join(f"trim(k.{quoted(n)}, e'{SPACES}') = trim(d.{quoted(n)}, e'{SPACES}')" for n in table.key)
    with duckdb.connect() as con:
        con.register("kept", kept)
        con.register("delivered", delivered)
        return con.sql(
            f"select d.{ROW}, {columns} from delivered as d left join kept as k on {same}"
            f" union all from kept as k where not exists (from delivered as d where {same})"
        ).to_arrow_table()
