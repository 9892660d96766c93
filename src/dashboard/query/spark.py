"""Spark: the Parquet of a version, through Spark Connect or, to try it, in this process.

Every version has a session of its own, in which its tables stand under their names. What Spark
gives is turned into the types that DuckDB would give, so that nobody who asks sees which engine
answered.
"""

import json
import tempfile
import threading
import warnings
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa

from dashboard.model import settings
from dashboard.query import duck
from dashboard.query.spark_sql import build_fold_function, read_functions, translate
from dashboard.store import UnreadableVersion, mark_damaged
from dashboard.store.manifest import compute_recipe
from dashboard.store.parquet import COMPLETE_FILE
from dashboard.store.versions import StoreError

# It warns of pandas 3, which nothing here asks it for: rows come as Arrow.
warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
warnings.filterwarnings("ignore", r"\[RETRIES_EXCEEDED\]", UserWarning)  # said below, once

from pyspark.errors import PySparkException  # noqa: E402
from pyspark.sql import DataFrame, SparkSession  # noqa: E402
from pyspark.sql import functions as f  # noqa: E402

MAX_RETRIES = 3
"""How often a call to a server that does not answer is repeated: some two seconds, because a reader
waits.
"""
SESSION_GONE_CODES = ("INVALID_HANDLE", "SESSION_CLOSED", "SESSION_CHANGED", "SESSION_NOT_FOUND")
"""How a server says that it forgot a session: after an hour without a question, or because it was
started anew.
"""
TYPE_NAMES = {
    pa.string(): "string",
    pa.int32(): "int",
    pa.int64(): "bigint",
    pa.date32(): "date",
    pa.float64(): "double",
}
MAX_LIMIT = 2**31 - 1
"""The largest limit that Spark knows; there are no tables of so many rows to browse."""
LOCAL_OPTIONS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}
"""Options of a Spark within this process."""
Answer = TypeVar("Answer")
_lock = threading.Lock()
_sessions: dict[tuple[settings.Engine, Path], SparkSession] = {}


def query(database: Path, sql: str, params: Mapping[str, Any]) -> pa.Table:
    """Ask for rows of a statement that is written for DuckDB, with DuckDB's columns. Raises
    UnreadableVersion where the version has no Parquet, StoreError where no Spark answers, and
    Untranslatable for SQL that was never tried on Spark.
    """
    absent = frozenset(name for name in ("limit", "offset") if params.get(name) is None)
    statement = translate(sql, absent)
    given = {name: params[name] for name in statement.named}
    found = _ask(database, lambda session: session.sql(statement.text, args=given).toArrow())
    return found.cast(_infer_schema(sql, params))


def rows(database: Path, sql: str, params: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Ask for rows as Python dictionaries. Raises as `query`."""
    table = query(database, sql, params)
    # DuckDB's widest whole numbers, which sums give, are int in Python
    for place, field in enumerate(table.schema):
        if field.type == pa.decimal128(38, 0):
            table = table.set_column(place, field.name, table.column(place).cast(pa.int64()))
    found: list[dict[str, Any]] = table.to_pylist()
    return found


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
    """Read rows of one table as they are kept, or the one whose key is given. Raises as `query`."""

    def chosen(session: SparkSession) -> pa.Table:
        found: DataFrame = session.table(table)
        if where:
            column, value = where
            found = found.where(f.col(column) == f.lit(value))
        found = found.orderBy(*(f.col(name).asc_nulls_last() for name in order))
        return found.offset(offset).limit(min(limit, MAX_LIMIT)).select(*columns).toArrow()

    found, whole = _ask(database, chosen), duck.read_schema(table)
    return found.cast(pa.schema([whole.field(name) for name in found.column_names]))


def close(database: Path) -> None:
    """Forget a version in this process."""
    with _lock:
        for key in [key for key in _sessions if key[1] == database]:
            _end_session(_sessions.pop(key))


def _ask(database: Path, question: Callable[[SparkSession], Answer]) -> Answer:
    try:
        try:
            return question(_get_session(database))
        except PySparkException as error:
            if not _is_session_gone(error):
                raise
            close(database)
            return question(_get_session(database))
    except PySparkException as error:
        if _is_missing(error):
            close(database)
            raise _report_missing(database, settings.current().engine) from error
        if _is_unreachable(error):
            close(database)
            raise StoreError(
                f"the Spark at {settings.current().engine.remote} does not answer: {_first_line(error)}"
            ) from error
        raise


def _is_missing(error: PySparkException) -> bool:
    """Return whether files are not where they were, from the beginning or since then."""
    return (error.getCondition() or "").startswith(("PATH_NOT_FOUND", "FAILED_READ_FILE"))


def _is_session_gone(error: PySparkException) -> bool:
    """Return whether the server does not know the session any more. Spark Connect gives these codes
    in the text of the error only, where its own client looks for them too.
    """
    return any(code in f"{error.getCondition()} {error}" for code in SESSION_GONE_CODES)


def _is_unreachable(error: PySparkException) -> bool:
    return (
        type(error).__name__ in ("SparkConnectGrpcException", "RetriesExceeded")
        and error.getSqlState() is None
    )


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n", 1)[0][:200]


def _report_missing(database: Path, chosen: settings.Engine) -> UnreadableVersion:
    """The version cannot be asked here: readers get the newest one that can."""
    version = database.parent.name
    reason = (
        f"its Parquet is not in {chosen.tables}: `python -m dashboard parquet FOLDER --version"
        f" {version}` writes it, with the same release of this program"
    )
    mark_damaged(database.parent, reason, sure=True)
    return UnreadableVersion(f"version {version} cannot be read: {reason}")


def _get_session(database: Path) -> SparkSession:
    chosen = settings.current().engine
    with _lock:
        if (opened := _sessions.get((chosen, database))) is None:
            opened = _sessions[chosen, database] = _open_session(database, chosen)
        return opened


def _open_session(database: Path, chosen: settings.Engine) -> SparkSession:
    """Open a session in which the tables and functions of a version stand under their names."""
    session, folder = _connect(chosen.remote), f"{chosen.tables}/{database.parent.name}"
    said = (
        session.read.text(f"{folder}/{COMPLETE_FILE}", wholetext=True)
        .toArrow()
        .column(0)[0]
        .as_py()
    )
    complete = _parse_complete(said)
    if (
        complete.get("version") != database.parent.name
        or complete.get("recipe") != compute_recipe()
    ):
        raise _report_missing(database, chosen)
    for table in complete["rows"]:
        columns = ", ".join(
            f"`{field.name}` {_name_type(field.type)}" for field in duck.read_schema(table)
        )
        session.read.schema(columns).parquet(f"{folder}/{table}").createOrReplaceTempView(table)
    for statement in (build_fold_function(), *read_functions().values()):
        session.sql(statement.replace("create temporary", "create or replace temporary", 1))
    return session


def _parse_complete(said: str) -> dict[str, Any]:
    """Parse what complete.json says; nothing where it is damaged."""
    try:
        complete: dict[str, Any] = json.loads(said)
    except ValueError:
        return {}
    return complete


def _connect(remote: str) -> SparkSession:
    if not remote.startswith("sc:"):
        return _start_local(remote).newSession()
    from pyspark.sql.connect.client.retries import DefaultPolicy  # noqa: PLC0415

    session = SparkSession.builder.remote(remote).create()
    session.client.set_retry_policies([DefaultPolicy(max_retries=MAX_RETRIES)])
    return session


@cache
def _start_local(master: str) -> SparkSession:
    """Start a Spark in this process, for trying it out: nothing listens for others, and statements
    over little data are not compiled and planned anew at every step, which would take longer than
    to answer them.
    """
    builder = SparkSession.builder.master(master).appName("dashboard")
    for name, value in LOCAL_OPTIONS.items():
        builder = builder.config(name, value)
    # it would make one where it is started
    builder = builder.config("spark.sql.warehouse.dir", tempfile.mkdtemp(prefix="dashboard-spark-"))
    return builder.getOrCreate()


def _end_session(session: SparkSession) -> None:
    """End a session at its server; one within this process shares its Spark with the others, and is
    only forgotten.
    """
    if hasattr(session, "client"):
        try:
            session.stop()
        except PySparkException:  # the server is away, and the session with it
            return


def _name_type(kind: pa.DataType) -> str:
    return TYPE_NAMES.get(kind) or f"decimal({kind.precision}, {kind.scale})"


_shapes: dict[str, pa.Schema] = {}


def _infer_schema(sql: str, params: Mapping[str, Any]) -> pa.Schema:
    """Infer DuckDB's columns for a statement: the types of the parameters are the same at every
    question.
    """
    if sql not in _shapes:
        _shapes[sql] = duck.infer_schema(sql, params)
    return _shapes[sql]
