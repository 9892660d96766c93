"""Comparing two versions, record by record: which rows were added, removed or changed, worked out
by DuckDB over their canonical CSV files. Only the rows that differ, and of them the first thousand
a table, reach Python.
"""

import csv
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import duckdb

from dashboard.schema.contract import Column, Table, tables
from dashboard.schema.convert import quote_identifier
from dashboard.store.versions import Version

MAX_LISTED_CHANGES = 1000
LABELS = ("title", "name", "label_en", "venue", "city", "alias")


@dataclass(frozen=True)
class RowChange:
    """One row that differs. `what` is added, removed or changed; `fields` gives per changed field
    the old and the new value as written; `record_id` is the key, its parts joined by a space.
    """

    table: str
    record_id: str
    label: str
    what: str
    fields: tuple[tuple[str, str | None, str | None], ...] = ()


@dataclass(frozen=True)
class Sum:
    """A column of numbers added up in both versions, None where it holds none."""

    column: str
    before: Decimal | None
    after: Decimal | None


@dataclass(frozen=True)
class TableChange:
    """One table in two versions: rows before and after, how many were added, removed and changed,
    the first LIMIT of them, and the sums of its counts of people and amounts.
    """

    table: str
    before: int
    after: int
    added: int
    removed: int
    changed: int
    rows: tuple[RowChange, ...]
    sums: tuple[Sum, ...]

    @property
    def differs(self) -> bool:
        return bool(self.added or self.removed or self.changed)


def compare_versions(
    before: Version | None, after: Version, limit: int = MAX_LISTED_CHANGES
) -> list[TableChange]:
    """Compare every table of the contract; None stands for an empty store."""
    with duckdb.connect() as con:
        for table in tables().values():
            _load_records(con, "b", table, before)
            _load_records(con, "a", table, after)
            _join_sides(con, table)
        return [_summarise_table(con, table, limit) for table in tables().values()]


def _load_records(
    con: duckdb.DuckDBPyConnection, side: str, table: Table, version: Version | None
) -> None:
    columns = ", ".join(f"{quote_identifier(c.name)} varchar" for c in table.file_columns)
    con.execute(f"create table {quote_identifier(f'{side}_{table.name}')} ({columns})")
    path = version.records / f"{table.name}.csv" if version else None
    if path and (path.exists() or not table.later):
        with path.open(encoding="utf-8", newline="") as file:
            # one that was added later may be missing
            types = dict.fromkeys(next(csv.reader(file)), "VARCHAR")
        con.execute(
            f"insert into {quote_identifier(f'{side}_{table.name}')} by name from read_csv($path, header ="
            f" true, columns = {types})",
            {"path": str(path)},
        )


def _join_sides(con: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Create a table d_<table> of the rows that differ: both sides as b and a, and what happened to
    them.
    """
    name, key = table.name, ", ".join(quote_identifier(n) for n in table.key)
    con.execute(f"""
        create table {quote_identifier(f"d_{name}")} as
        select {key}, b, a, case when b is null then 'added' when a is null then 'removed' else 'changed' end as what
        from (select {key}, t as b from {quote_identifier(f"b_{name}")} as t)
        full join (select {key}, t as a from {quote_identifier(f"a_{name}")} as t) using ({key})
        where b is distinct from a
        """)


def _summarise_table(con: duckdb.DuckDBPyConnection, table: Table, limit: int) -> TableChange:
    counts = dict(
        con.execute(
            f"select what, count(*) from {quote_identifier(f'd_{table.name}')} group by what"
        ).fetchall()
    )
    sums = tuple(
        _sum_column(con, table, c) for c in table.file_columns if c.people or c.form == "amount"
    )
    return TableChange(
        table.name,
        _count_rows(con, f"b_{table.name}"),
        _count_rows(con, f"a_{table.name}"),
        counts.get("added", 0),
        counts.get("removed", 0),
        counts.get("changed", 0),
        tuple(_list_changes(con, table, limit)) if counts else (),
        sums,
    )


def _list_changes(con: duckdb.DuckDBPyConnection, table: Table, limit: int) -> list[RowChange]:
    key, shown = (
        " || ' ' || ".join(quote_identifier(n) for n in table.key),
        {c.name for c in table.shown_columns},
    )
    order = ", ".join(quote_identifier(n) for n in table.key)
    rows = con.execute(
        f"select {key}, {_label_sql(table)}, what, b, a from {quote_identifier(f'd_{table.name}')} as d"
        f" order by array_position(['added', 'removed', 'changed'], what), {order} limit $limit",
        {"limit": limit},
    ).fetchall()
    return [
        RowChange(table.name, record, label, what, _changed_fields(shown, what, b, a))
        for record, label, what, b, a in rows
    ]


def _changed_fields(
    shown: set[str], what: str, b: dict[str, Any] | None, a: dict[str, Any] | None
) -> tuple[tuple[str, Any, Any], ...]:
    if what != "changed" or b is None or a is None:
        return ()
    return tuple((name, b[name], a[name]) for name in b if b[name] != a[name] and name in shown)


def _label_sql(table: Table) -> str:
    """Write SQL for what people call a row: its own title or name; of a row that joins others,
    theirs.
    """
    own = [c.name for c in table.file_columns if c.name in LABELS]
    if len(table.key) == 1 and own:
        names = ", ".join(
            f"a.{quote_identifier(n)}, b.{quote_identifier(n)}"
            for n in sorted(own, key=LABELS.index)
        )
        return f"coalesce({names}, {quote_identifier(table.key[0])})"
    targets = {reference.column: reference.target for reference in table.references}
    parts = [_label_part_sql(name, targets.get(name)) for name in table.key]
    return (
        f"concat_ws(' · ', {', '.join(parts)},"
        f" {', '.join(f'coalesce(a.{quote_identifier(n)}, b.{quote_identifier(n)})' for n in own) or 'null'})"
    )


def _label_part_sql(column: str, target: str | None) -> str:
    own = (
        next((c.name for c in tables()[target].file_columns if c.name in LABELS), None)
        if target
        else None
    )
    if target is None or own is None:
        return quote_identifier(column)
    key = quote_identifier(tables()[target].key[0])
    found = ", ".join(
        f"(select {quote_identifier(own)} from {quote_identifier(f'{side}_{target}')} as t where t.{key} ="
        f" d.{quote_identifier(column)})"
        for side in "ab"
    )
    return f"coalesce({found}, {quote_identifier(column)})"


def _sum_column(con: duckdb.DuckDBPyConnection, table: Table, column: Column) -> Sum:
    values = [
        con.execute(
            f"select sum(cast({quote_identifier(column.name)} as decimal(38, 2))) from"
            f" {quote_identifier(f'{side}_{table.name}')}"
        ).fetchone()
        for side in "ba"
    ]
    before, after = (row[0] if row else None for row in values)
    return Sum(column.name, before, after)


def _count_rows(con: duckdb.DuckDBPyConnection, table: str) -> int:
    row = con.execute(f"select count(*) from {quote_identifier(table)}").fetchone()
    return row[0] if row else 0
