"""The seam to the database: run a statement with parameters on one version of the store.

Every version is opened once per process, read-only, under its own path; each query gets a cursor of its
own, because a DuckDB connection cannot be used from several threads.
"""

import threading
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

_lock = threading.Lock()


def query(database: Path, sql: str, params: Mapping[str, Any]) -> pa.Table:
    """Rows of a static statement. Of `params`, those that the statement names are bound.

    Raises duckdb.Error when the statement does not fit the database.
    """
    named = _named_parameters(sql)
    with _connection(database).cursor() as cursor:
        return cursor.sql(sql, params={name: params[name] for name in named}).to_arrow_table()


def close(database: Path) -> None:
    """Close a version in this process, so that its files can be removed."""
    with _lock:
        connection = _connections.pop(database, None)
    if connection is not None:
        connection.close()


_connections: dict[Path, duckdb.DuckDBPyConnection] = {}


def _connection(database: Path) -> duckdb.DuckDBPyConnection:
    with _lock:
        if database not in _connections:
            _connections[database] = _connect(database)
        return _connections[database]


def _connect(database: Path) -> duckdb.DuckDBPyConnection:
    """An in-memory database with views of the version's tables, so that scope.sql is that of the
    program that reads, not of the one that built the version, and all cursors share it."""
    connection = duckdb.connect()
    path = str(database).replace("'", "''")
    connection.execute(f"attach '{path}' as version (read_only)")  # attach takes no parameter
    connection.execute("set enable_external_access = false; set lock_configuration = true")
    for (name,) in connection.execute(
        "select table_name from duckdb_tables() where database_name = 'version'"
    ).fetchall():
        connection.execute(f'create view "{name}" as from version.main."{name}"')
    connection.execute(files("dashboard").joinpath("scope.sql").read_text("utf-8"))
    return connection


@lru_cache(maxsize=500)
def _named_parameters(sql: str) -> frozenset[str]:
    return frozenset(duckdb.extract_statements(sql)[0].named_parameters)
