"""DuckDB: the database of a version, in this process.

Every version is opened once per process, read-only, under its own path, and anew when its file was
replaced; each query gets a cursor of its own, because a DuckDB connection cannot be used from
several threads.
"""

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from dashboard.schema.contract import derive_sql, structure_sql
from dashboard.schema.folding import fold_sql
from dashboard.store import UnreadableVersion, mark_damaged

UNREADABLE_ERRORS = (
    duckdb.IOException,
    duckdb.FatalException,
    duckdb.InternalException,
    duckdb.SerializationException,
)
"""What DuckDB raises where a file is at fault and not the question; a wrong checksum it says with a
bare Error.
"""
SMALL_BYTES = 64_000_000
"""A database of fewer bytes is asked by one thread for each statement, whose plan takes longer than
its rows: a second one waits for work that does not come, and costs a tenth of the processor.
"""
_lock = threading.Lock()


def query(database: Path, sql: str, params: Mapping[str, Any]) -> pa.Table:
    """Ask for rows of a static statement. Of `params`, those that the statement names are bound.

    Raises UnreadableVersion where the file cannot be read (any more), and duckdb.Error when the
    statement does not fit the database.
    """
    named = _parse_statement(sql).named_parameters
    with _open_cursor(database) as cursor:
        return cursor.sql(sql, params={name: params[name] for name in named}).to_arrow_table()


def rows(database: Path, sql: str, params: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Ask for rows as Python dictionaries, for few rows: without Arrow, a third of the time. Raises
    as `query`.
    """
    statement = _parse_statement(sql)
    named = statement.named_parameters
    with _open_cursor(database) as cursor:
        cursor.execute(statement, {name: params[name] for name in named})
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def browse(
    database: Path,
    table: str,
    order: Sequence[str],
    *,
    where: tuple[str, str] | None = None,
    columns: Sequence[str] = ("*",),
    limit: int = 1000,
    offset: int = 0,
) -> pa.Table:
    """Read rows of one table as they are kept, or the one whose key is given. Table and column
    names come from the contract, never from a reader; values are constants of DuckDB's own, not
    text in a statement. Raises UnreadableVersion.
    """
    with _open_cursor(database) as cursor:
        relation = cursor.table(table)
        if where:
            column, value = where
            relation = relation.filter(
                duckdb.ColumnExpression(column) == duckdb.ConstantExpression(value)
            )
        ordered = relation.order(", ".join(f'"{name}"' for name in order))
        chosen = [
            duckdb.StarExpression() if name == "*" else duckdb.ColumnExpression(name)
            for name in columns
        ]
        return ordered.limit(limit, offset).select(*chosen).to_arrow_table()


def infer_schema(sql: str, params: Mapping[str, Any]) -> pa.Schema:
    """Infer names and types of the columns that a statement gives, from a database without rows."""
    named = _parse_statement(sql).named_parameters
    with _open_empty().cursor() as cursor:
        return (
            cursor.sql(sql, params={name: params[name] for name in named}).to_arrow_table().schema
        )


def read_schema(table: str) -> pa.Schema:
    """Read names and types of the columns of a table of a version."""
    with _open_empty().cursor() as cursor:
        return cursor.table(table).to_arrow_table().schema


def read_letters() -> list[tuple[str, str]]:
    """Read what `fold` makes of single letters: those that change, in the order in which
    letters.sql gives them.
    """
    statement = files("dashboard.query").joinpath("letters.sql").read_text("utf-8")
    with _open_empty().cursor() as cursor:
        return cursor.execute(statement).fetchall()


def close(database: Path) -> None:
    """Close a version in this process, so that its files can be removed."""
    with _lock:
        opened = _connections.pop(database, None)
    if opened is not None:
        opened[1].close()


@contextmanager
def _open_cursor(database: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a cursor on a version. A file that cannot be read becomes one exception, after which the
    version is not served.
    """
    try:
        with _open_connection(database).cursor() as cursor:
            yield cursor
    except (duckdb.Error, RuntimeError, UnicodeError, pa.ArrowException) as error:
        sure = isinstance(error, UNREADABLE_ERRORS) or type(error) is duckdb.Error
        if not mark_damaged(database.parent, f"{database.name} cannot be read: {error}", sure=sure):
            raise
        close(database)
        raise UnreadableVersion(
            f"version {database.parent.name} cannot be read: {error}"
        ) from error


_connections: dict[Path, tuple[int, duckdb.DuckDBPyConnection]] = {}


def _open_connection(database: Path) -> duckdb.DuckDBPyConnection:
    with _lock:
        file, opened = _read_inode(database), _connections.get(database)
        # another file took its place: a version that was mended
        if opened and file not in (None, opened[0]):
            _connections.pop(database)
            opened[1].close()
            opened = None
        if opened is None:
            opened = _connections[database] = file or 0, _connect(database)
        return opened[1]


def _read_inode(database: Path) -> int | None:
    try:
        return database.stat().st_ino
    except OSError:  # gone for the moment: what is open can still be read
        return None


def _connect(database: Path) -> duckdb.DuckDBPyConnection:
    """Open an in-memory database with views of the version's tables, so that scope.sql is that of
    the program that reads, not of the one that built the version, and all cursors share it.
    """
    connection = duckdb.connect()
    if database.stat().st_size < SMALL_BYTES:
        connection.execute("set threads = 1")
    path = str(database).replace("'", "''")
    connection.execute(f"attach '{path}' as version (read_only)")  # attach takes no parameter
    connection.execute("set enable_external_access = false; set lock_configuration = true")
    for (name,) in connection.execute(
        "select table_name from duckdb_tables() where database_name = 'version'"
    ).fetchall():
        connection.execute(f'create view "{name}" as from version.main."{name}"')
    for statements in (fold_sql(), read_scope_sql()):
        connection.execute(statements)
    return connection


@cache
def _open_empty() -> duckdb.DuckDBPyConnection:
    """Open a database with the tables of a version and no row in them."""
    connection = duckdb.connect()
    connection.execute(structure_sql())
    for statements in (derive_sql(), read_scope_sql()):
        connection.execute(statements)
    return connection


def read_scope_sql() -> str:
    """Read scope.sql: the records that filters leave, as macros."""
    return files("dashboard.query").joinpath("scope.sql").read_text("utf-8")


@lru_cache(maxsize=500)
def _parse_statement(sql: str) -> duckdb.Statement:
    """Parse a static statement once; every execution works on a copy."""
    return duckdb.extract_statements(sql)[0]
