"""A table of the contract as a file that can be uploaded again: all of its rows, in the columns
that a file has.
"""

from collections.abc import Iterable
from typing import Any

from dashboard.export.csv_files import to_csv
from dashboard.query import questions
from dashboard.schema.contract import tables
from dashboard.store import Version
from dashboard.views.content.events import MAX_ROWS_IN_A_FILE


def select_file_columns(table: str, rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Select the columns of the file, without what is worked out from them."""
    return [
        {column.name: row[column.name] for column in tables()[table].file_columns} for row in rows
    ]


def table_to_csv(version: Version, table: str) -> str:
    """Write a table as CSV: every row, or the first of them where a file cannot hold more. Raises
    KeyError for no table.
    """
    return to_csv(
        select_file_columns(table, questions.browse(version, table, limit=MAX_ROWS_IN_A_FILE))
    )
