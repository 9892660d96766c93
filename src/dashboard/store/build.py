"""Typed records into the files of a version: canonical CSV, and the database that the queries read."""

import hashlib
import tempfile
from dataclasses import replace
from pathlib import Path

import duckdb

from dashboard.schema.contract import Table, derive_sql, schema_sql, schema_version, tables
from dashboard.schema.convert import insert_sql, quote_identifier
from dashboard.store import durable
from dashboard.store.manifest import (
    DATABASE,
    MANIFEST,
    RECORDS,
    Manifest,
    compute_recipe,
    compute_sha256,
)

SMALL_BLOCK, LARGE_BLOCK = 16_384, 262_144
"""Bytes that DuckDB reads and writes at once. A table takes several blocks however few its rows
are: of large ones, a version of a thousand rows has 16 MB instead of one.
"""
MANY_ROWS = 50_000
"""From here on the blocks are full, and large ones are packed better and read faster."""


def write_records(candidate: duckdb.DuckDBPyConnection, folder: Path) -> str:
    """Write the canonical CSV files and return the id of the version: 16 hexadecimal digits of the
    records and the schema version, the same for the same records wherever they are built."""
    target = folder / RECORDS
    target.mkdir()
    digest = hashlib.sha256(f"schema {schema_version()}\n".encode())
    for table in tables().values():
        if table.later and not _has_rows(candidate, table):
            continue  # the same records keep the same id, as with a column that came later
        path = target / f"{table.name}.csv"
        candidate.execute(_copy_sql(candidate, table, path))
        digest.update(f"{table.name} {compute_sha256(path)}\n".encode())
    return digest.hexdigest()[:16]


def _has_rows(candidate: duckdb.DuckDBPyConnection, table: Table) -> bool:
    rows = f"select 1 from memory.typed.{quote_identifier(table.name)} limit 1"
    return candidate.execute(rows).fetchone() is not None


def _copy_sql(candidate: duckdb.DuckDBPyConnection, table: Table, path: Path) -> str:
    columns = ", ".join(quote_identifier(name) for name in _choose_columns(candidate, table))
    order = ", ".join(quote_identifier(name) for name in table.key)
    rows = f"select {columns} from memory.typed.{quote_identifier(table.name)} order by {order}"
    return f"copy ({rows}) to {_quote_path(path)} (format csv, header, delimiter ',')"


def _choose_columns(candidate: duckdb.DuckDBPyConnection, table: Table) -> list[str]:
    """Choose the columns that the file of a table has. One that was added to the contract stands in
    it once a row fills it: the same records keep the same id, and links that pin them keep working.
    """
    later = [c.name for c in table.file_columns if c.later]
    counts = ", ".join(f"count({quote_identifier(name)})" for name in later)
    found = (
        candidate.execute(
            f"select {counts} from memory.typed.{quote_identifier(table.name)}"
        ).fetchone()
        if later
        else ()
    )
    empty = {name for name, count in zip(later, found or (), strict=True) if not count}
    return [c.name for c in table.file_columns if c.name not in empty]


def write_database(candidate: duckdb.DuckDBPyConnection, folder: Path) -> dict[str, int]:
    """Build the database of the version from the typed records; returns the rows per table.

    Raises duckdb.ConstraintException if a row breaks a constraint that the checks let through.
    """
    rows = _count_rows(candidate)
    size = SMALL_BLOCK if sum(rows.values()) < MANY_ROWS else LARGE_BLOCK
    path = folder / DATABASE
    path.write_bytes(_make_empty(candidate, size))
    candidate.execute(f"attach {_quote_path(path)} as built; use built")
    try:
        for table in tables().values():
            candidate.execute(insert_sql(table))
        candidate.execute(derive_sql())
        candidate.execute("checkpoint built")
        return rows
    finally:
        candidate.execute("use memory; detach built")


_empty: dict[int, bytes] = {}
"""Databases of the contract without a row, by the size of their blocks."""


def _make_empty(candidate: duckdb.DuckDBPyConnection, size: int) -> bytes:
    """Make the file in which a version begins, once in a process: its hundreds of statements, most
    of them comments, take a quarter of what building a version of a thousand rows does.
    """
    if size not in _empty:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / DATABASE
            candidate.execute(f"attach {_quote_path(path)} as empty (block_size {size}); use empty")
            candidate.execute(f"begin; {schema_sql()}; commit; use memory; detach empty")
            _empty[size] = path.read_bytes()
    return _empty[size]


def complete_version(
    candidate: duckdb.DuckDBPyConnection, folder: Path, manifest: Manifest
) -> None:
    """Write what belongs to the records in the folder: the database and the manifest; make all of
    it durable.
    """
    rows = write_database(candidate, folder)
    durable.failpoint("database written")
    whole = replace(
        manifest,
        schema_version=schema_version(),
        recipe=compute_recipe(),
        parent=None if manifest.parent == manifest.id else manifest.parent,
        rows=rows,
        files=digest_files(folder),
    )
    whole.write(folder / MANIFEST)
    durable.fsync_tree(folder)
    durable.failpoint("version durable")


def digest_files(folder: Path) -> dict[str, str]:
    """Compute the SHA-256 of every file in a folder, by its path there."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): compute_sha256(path) for path in paths}


def _count_rows(candidate: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Count the typed rows of every table, which is how many the database will hold."""
    counts = ", ".join(
        f"(select count(*) from memory.typed.{quote_identifier(name)})" for name in tables()
    )
    found = candidate.execute(f"select {counts}").fetchone() or ()
    return dict(zip(tables(), found, strict=True))


def _quote_path(path: Path) -> str:
    """Quote a path as an SQL literal: copy and attach take no parameters."""
    return "'" + str(path).replace("'", "''") + "'"
