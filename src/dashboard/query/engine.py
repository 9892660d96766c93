"""The seam to the database: run a statement with parameters on one version of the store.

`[engine]` in data/settings.toml chooses who answers: DuckDB with the version's own file, or a Spark
with the Parquet that was made of it (docs/adr/0016-another-engine.md). Both give the same columns
of the same types. Nothing of Spark is imported before it is chosen.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from dashboard.model import settings
from dashboard.query import duck
from dashboard.store import StoreError

if TYPE_CHECKING:
    import pyarrow as pa

_forced_to_duckdb: list[bool] = []
INSTALL_SPARK = "pip install --require-hashes -r requirements-spark.txt"


def query(database: Path, sql: str, params: Mapping[str, Any]) -> "pa.Table":
    """Ask for rows of a static statement, written for DuckDB. Of `params`, those that the statement
    names are bound.

    Raises UnreadableVersion where the version cannot be read (any more), StoreError where a Spark
    is chosen that cannot be used, and the engine's own error when the statement does not fit the
    database.
    """
    if chosen := _import_spark():
        found: pa.Table = chosen.query(database, sql, params)
        return found
    return duck.query(database, sql, params)


def rows(database: Path, sql: str, params: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Ask for rows as Python dictionaries, for few rows. Raises as `query`."""
    if chosen := _import_spark():
        found: list[dict[str, Any]] = chosen.rows(database, sql, params)
        return found
    return duck.rows(database, sql, params)


def browse(
    database: Path,
    table: str,
    order: Sequence[str],
    *,
    where: tuple[str, str] | None = None,
    columns: Sequence[str] = ("*",),
    limit: int = 1000,
    offset: int = 0,
) -> "pa.Table":
    """Read rows of one table as they are kept, or the one whose key is given. Table and column
    names come from the contract, never from a reader; values never become text in a statement.
    Raises as `query`.
    """
    chosen = _import_spark() or duck
    found: pa.Table = chosen.browse(
        database, table, order, where=where, columns=columns, limit=limit, offset=offset
    )
    return found


def force_duckdb() -> None:
    """Let this process ask DuckDB from now on, whatever was chosen: the answers are the same, and a
    process with limits has no room for the other one.
    """
    _forced_to_duckdb.append(True)


def close(database: Path) -> None:
    """Close a version in this process, so that its files can be removed."""
    duck.close(database)
    if chosen := _import_spark():
        chosen.close(database)


def _import_spark() -> ModuleType | None:
    """Import the module that asks a Spark, where one is chosen. Raises StoreError where its
    packages are not installed.
    """
    if _forced_to_duckdb or settings.current().engine.kind == "duckdb":
        return None
    try:
        from dashboard.query import spark  # noqa: PLC0415 - half a gigabyte, for who chose it
    except ImportError as error:
        raise StoreError(
            f'[engine] kind = "spark" needs packages that are not installed ({error}): {INSTALL_SPARK}'
        ) from error
    return spark
