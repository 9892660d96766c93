"""A consistent copy of the database while others read and write it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from dashboard.shares.database import SharesDb


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
