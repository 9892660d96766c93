"""Typed records into the files of a version: canonical CSV, and the database that the queries read."""

import hashlib
from importlib.resources import files
from pathlib import Path

import duckdb

from dashboard.intake.contract import Table, schema_sql, schema_version, tables
from dashboard.intake.convert import insert_sql, quoted
from dashboard.store.versions import DATABASE, RECORDS, sha256

WITHHELD = "withheld (small group)"


def withhold_small_groups(candidate: duckdb.DuckDBPyConnection, below: int) -> int:
    """Replace head counts under the threshold by *fewer than*, with what sources state of them.

    Returns how many were withheld. A lower bound under the threshold becomes unknown: "at least 3" may be
    many, and "fewer than 5" would be untrue. The numbers are then nowhere in the version: neither in its
    database nor in its records.
    """
    withheld = 0
    for table in tables().values():
        for column in (c for c in table.file_columns if c.people):
            name, count, kind = quoted(table.name), quoted(column.name), quoted(f"{column.name}_kind")
            key = quoted(table.key[0])
            small = f"select {key} from typed.{name} where {count} < $below"
            row = candidate.execute(f"select count(*) from ({small})", {"below": below}).fetchone()
            withheld += row[0] if row else 0
            candidate.execute(
                f"update typed.claims set stated = $withheld where table_name = '{table.name}' and record_id in ({small})",
                {"below": below, "withheld": WITHHELD},
            )
            candidate.execute(
                f"update typed.{name} set {count} = null,"
                f" {kind} = case {kind} when 'at-least' then 'unknown' else 'fewer-than' end where {count} < $below",
                {"below": below},
            )
    return withheld


def write_records(candidate: duckdb.DuckDBPyConnection, folder: Path) -> str:
    """Write the canonical CSV files and return the id of the version: 16 hexadecimal digits of the
    records and the schema version, the same for the same records wherever they are built."""
    target = folder / RECORDS
    target.mkdir()
    digest = hashlib.sha256(f"schema {schema_version()}\n".encode())
    for table in tables().values():
        path = target / f"{table.name}.csv"
        candidate.execute(_copy_sql(table, path))
        digest.update(f"{table.name} {sha256(path)}\n".encode())
    return digest.hexdigest()[:16]


def _copy_sql(table: Table, path: Path) -> str:
    columns = ", ".join(quoted(c.name) for c in table.file_columns)
    order = ", ".join(quoted(name) for name in table.key)
    rows = f"select {columns} from memory.typed.{quoted(table.name)} order by {order}"
    return f"copy ({rows}) to {_literal(path)} (format csv, header, delimiter ',')"


def write_database(candidate: duckdb.DuckDBPyConnection, folder: Path) -> dict[str, int]:
    """Build the database of the version from the typed records; returns the rows per table.

    Raises duckdb.ConstraintException if a row breaks a constraint that the checks let through.
    """
    candidate.execute(f"attach {_literal(folder / DATABASE)} as built; use built")
    try:
        candidate.execute(schema_sql())
        for table in tables().values():
            candidate.execute(insert_sql(table))
        candidate.execute(files("dashboard").joinpath("derive.sql").read_text("utf-8"))
        candidate.execute("checkpoint built")
        return {name: _count(candidate, name) for name in tables()}
    finally:
        candidate.execute("use memory; detach built")


def _count(candidate: duckdb.DuckDBPyConnection, table: str) -> int:
    row = candidate.execute(f"select count(*) from built.main.{quoted(table)}").fetchone()
    return row[0] if row else 0


def _literal(path: Path) -> str:
    """A path as an SQL literal: copy and attach take no parameters."""
    return "'" + str(path).replace("'", "''") + "'"
