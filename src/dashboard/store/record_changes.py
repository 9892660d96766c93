"""The records that differ between two versions, as they are in both: worked out by DuckDB over the
databases of the versions, whose rows are typed and hold the days that dates stand for.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

from dashboard.schema.contract import Table, tables
from dashboard.schema.convert import quote_identifier
from dashboard.store.manifest import UnreadableVersion
from dashboard.store.versions import Version

MAX_COMPARED_RECORDS = 20_000
"""Records of a table that are looked at one by one: of more, only their number is known."""
Row = Mapping[str, Any]


@dataclass(frozen=True)
class RecordChange:
    """A row that differs, as it was `before` and as it is `after`; None where it is not there.
    `record_id` is its key, the parts joined by a space.
    """

    table: str
    record_id: str
    before: Row | None
    after: Row | None

    @property
    def owner(self) -> str:
        """The id of the record that a row of a joining table belongs to: the first part of its key."""
        return self.record_id.split(" ", 1)[0]

    @property
    def row(self) -> Row:
        """The record as it is now, or else as it was."""
        return self.after or self.before or {}

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that people fill in and that differ, where the record is in both versions."""
        if self.before is None or self.after is None:
            return ()
        names = (column.name for column in tables()[self.table].shown_columns)
        return tuple(name for name in names if self.before[name] != self.after[name])


@dataclass(frozen=True)
class TableDifference:
    """The rows of one table that differ: how many, and each of them unless there are too many."""

    table: str
    number: int
    records: tuple[RecordChange, ...]

    @property
    def is_whole(self) -> bool:
        """Whether every row that differs is known, and not only how many do."""
        return self.number == len(self.records)


def compare_records(
    before: Version, after: Version, limit: int = MAX_COMPARED_RECORDS
) -> dict[str, TableDifference]:
    """Find the records that differ between two versions, by table; a table without any is left out.
    Raises UnreadableVersion where one of them cannot be read any more.
    """
    if before.id == after.id:
        return {}
    try:
        with duckdb.connect() as con:
            _attach(con, "b", before)
            _attach(con, "a", after)
            found = (_compare_table(con, table, limit) for table in tables().values())
            return {one.table: one for one in found if one.number}
    except (duckdb.IOException, duckdb.InternalException, duckdb.FatalException) as error:
        raise UnreadableVersion(
            f"versions {before.id} and {after.id} cannot be compared: {error}"
        ) from error


def _attach(con: duckdb.DuckDBPyConnection, side: str, version: Version) -> None:
    path = str(version.database).replace("'", "''")
    con.execute(f"attach '{path}' as {side} (read_only)")  # attach takes no parameter


def _compare_table(con: duckdb.DuckDBPyConnection, table: Table, limit: int) -> TableDifference:
    """Find by a hash of each row which differ: only these are read, however long the table is."""
    name, differing = quote_identifier(table.name), quote_identifier(f"d_{table.name}")
    key = _list_columns(table.key)
    values = _list_columns(column.name for column in table.file_columns)
    hashed = f"select {key}, hash({values}) as h from {{side}}.main.{name}"
    con.execute(f"""
        create temp table {differing} as
        select {key} from ({hashed.format(side="b")}) as b
        full join ({hashed.format(side="a")}) as a using ({key})
        where b.h is distinct from a.h
        """)
    number = (con.execute(f"select count(*) from {differing}").fetchone() or (0,))[0]
    if not 0 < number <= limit:
        return TableDifference(table.name, number, ())
    sides = [dict(_read_side(con, table, side)) for side in "ba"]
    ids = sorted({*sides[0], *sides[1]})
    rows = (RecordChange(table.name, one, sides[0].get(one), sides[1].get(one)) for one in ids)
    return TableDifference(table.name, number, tuple(rows))


def _read_side(
    con: duckdb.DuckDBPyConnection, table: Table, side: str
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Read of one version the rows that differ, by their keys."""
    name, key = quote_identifier(table.name), _list_columns(table.key)
    cursor = con.execute(
        f"select t.* from {side}.main.{name} as t semi join {quote_identifier(f'd_{table.name}')}"
        f" using ({key})"
    )
    columns = [column[0] for column in cursor.description or ()]
    for values in cursor.fetchall():
        row = dict(zip(columns, values, strict=True))
        yield " ".join(str(row[part]) for part in table.key), row


def _list_columns(names: Iterable[str]) -> str:
    return ", ".join(quote_identifier(name) for name in names)
