"""The database of shares: opened for each call, made by the first one that writes, migrated to the
newest schema.

A rollback journal and not a write-ahead log: that one needs shared memory, which network file
systems lack.
"""

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote

from dashboard.language.messages import N_
from dashboard.shares import digests
from dashboard.store.saying import Saying, SpokenError

NEWEST_SCHEMA = 3
"""The schema that this program writes, as `pragma user_version` says it; schema_<n>.sql leads from
n-1 to n.
"""
WRITE_TIMEOUT = 20.0
"""Seconds to wait for others who are writing."""
DAMAGED_FILE = N_(
    "{path} is damaged ({error}): put its backup in its place, or move it away to begin anew;"
    " nothing was deleted"
)
UNREADABLE_FILE = N_(
    "{path} cannot be read ({error}): put its backup in its place, or move it away to begin anew;"
    " nothing was deleted"
)


class SharesError(SpokenError):
    """What was asked cannot be done; the message says why and what to do. Nothing was changed."""


class Conflict(SharesError):
    """Somebody else changed it meanwhile; the message says what it says now."""


class Damaged(SharesError):
    """What was kept has changed on the disk: it is not opened, because it might be something else."""


@cache
def statements() -> Mapping[str, str]:
    """Read the statements of statements.sql by their names."""
    text = files(__package__).joinpath("statements.sql").read_text("utf-8")
    found = re.split(r"^-- ([a-z_]+)$", text, flags=re.MULTILINE)[1:]
    return {name: sql.strip() for name, sql in zip(found[::2], found[1::2], strict=True)}


class Transaction:
    """An open transaction: the statements of the database by name."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def rows(self, name: str, **values: Any) -> list[dict[str, Any]]:
        """Read the rows that a statement gives."""
        return [dict(row) for row in self._connection.execute(statements()[name], values)]

    def row(self, name: str, **values: Any) -> dict[str, Any] | None:
        """Read the first of them, if any."""
        return next(iter(self.rows(name, **values)), None)

    def change(self, name: str, **values: Any) -> int:
        """Run a statement; returns how many rows it changed."""
        return self._connection.execute(statements()[name], values).rowcount

    def copy_to(self, other: sqlite3.Connection) -> None:
        """Write everything into another database."""
        self._connection.backup(other)


class SharesDb:
    """The database: the path of its file, which need not exist. Threads and processes may share it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def reading(self) -> Iterator[Transaction | None]:
        """Open the database to read it, as it is at one moment; None where nobody has written yet.
        Raises SharesError.
        """
        with self._explain_faults():
            connection = self._open("rw") if self.path.exists() else None
            if connection is None:
                yield None
                return
            try:
                if 0 < self._read_schema(connection) < NEWEST_SCHEMA:  # of a former release
                    connection.execute("begin immediate")
                    self._migrate(connection)
                    connection.execute("commit")
                connection.execute("begin")
                yield Transaction(connection) if self._read_schema(connection) else None
            finally:
                connection.close()

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """Open the database to change it: everything is done or nothing. Raises SharesError."""
        with self._explain_faults():
            # not what is above it: a store that is away must not be made anew
            self.path.parent.mkdir(exist_ok=True)
            connection = self._open("rwc")
            try:
                connection.execute("begin immediate")
                self._migrate(connection)
                yield Transaction(connection)
                connection.execute("commit")
            finally:
                connection.close()  # what was not committed is undone

    def tidy(self) -> None:
        """Vacuum: leave nothing in the file of what was deleted or changed before. Raises
        SharesError.
        """
        with self._explain_faults():
            connection = self._open("rw")
            try:
                connection.execute("vacuum")
            finally:
                connection.close()

    def _open(self, mode: str) -> sqlite3.Connection:
        address = f"file:{quote(str(self.path.absolute()))}?mode={mode}"
        connection = sqlite3.connect(address, uri=True, timeout=WRITE_TIMEOUT, isolation_level=None)
        connection.row_factory = sqlite3.Row
        connection.execute("pragma foreign_keys = on")
        # what is deleted is overwritten: it may name somebody
        connection.execute("pragma secure_delete = on")
        return connection

    def _read_schema(self, connection: sqlite3.Connection) -> int:
        form = int(connection.execute("pragma user_version").fetchone()[0])
        if form > NEWEST_SCHEMA:
            raise SharesError(
                N_("{path} was written by a newer release (form {form}): use that release"),
                path=self.path,
                form=form,
            )
        return form

    def _migrate(self, connection: sqlite3.Connection) -> None:
        for form in range(self._read_schema(connection) + 1, NEWEST_SCHEMA + 1):
            script = files(__package__).joinpath(f"schema_{form}.sql").read_text("utf-8")
            for statement in re.sub(r"^--.*$", "", script, flags=re.MULTILINE).split(";"):
                connection.execute(statement)
            if form == NEWEST_SCHEMA:
                digests.seal_all(Transaction(connection))
            connection.execute(f"pragma user_version = {form}")

    @contextmanager
    def _explain_faults(self) -> Iterator[None]:
        """Explain faults of the file in words that help."""
        try:
            yield
        except sqlite3.OperationalError as error:
            raise SharesError(self._describe_fault(error)) from error
        except sqlite3.DatabaseError as error:
            raise SharesError(DAMAGED_FILE, path=self.path, error=str(error)) from error
        except OSError as error:
            raise SharesError(
                N_("{path} cannot be used: {error}"),
                path=self.path,
                error=str(error.strerror or error),
            ) from error

    def _describe_fault(self, error: sqlite3.OperationalError) -> Saying:
        match getattr(error, "sqlite_errorname", "").removeprefix("SQLITE_").split("_")[0]:
            case "BUSY" | "LOCKED":
                return Saying(
                    N_(
                        "{path} is being written by others for longer than {seconds:.0f} seconds:"
                        " try again"
                    ),
                    {"path": self.path, "seconds": WRITE_TIMEOUT},
                )
            case "READONLY" | "CANTOPEN" | "PERM" | "AUTH":
                return Saying(
                    N_(
                        "{path} cannot be written: let the dashboard's user write its folder ({error})"
                    ),
                    {"path": self.path, "error": str(error)},
                )
            case "FULL":
                return Saying(N_("the disk of {path} is full"), {"path": self.path})
            case _:
                return Saying(UNREADABLE_FILE, {"path": self.path, "error": str(error)})


def copy_database(shares: SharesDb, to: Path) -> bool:
    """Copy the database, as it is at one moment, into a new file; False where nobody has written
    yet. Raises SharesError.
    """
    with shares.reading() as transaction:
        if transaction is None:
            return False
        with closing(sqlite3.connect(to)) as copied:
            transaction.copy_to(copied)
            found = copied.execute("pragma quick_check").fetchone()[0]
            if found != "ok":
                raise sqlite3.DatabaseError(found)  # reading() says it in words
    return True
