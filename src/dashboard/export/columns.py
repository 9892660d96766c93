"""Tables as files hold them: a quantity is two columns, its value and how well that is known."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dashboard.export.csv_files import to_csv
from dashboard.export.view_export import name_kind
from dashboard.language.messages import _
from dashboard.model.quantity import Quantity
from dashboard.views.content import Sheet

Row = Mapping[str, Any]


def split_quantities(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Split quantities: rows with the same columns, each quantity as its value (None where it is
    not known) and "…, known as".
    """
    names = list(dict.fromkeys(name for row in rows for name in row))
    quantities = {
        name for name in names if any(isinstance(row.get(name), Quantity) for row in rows)
    }
    return [
        {
            column: cell
            for name in names
            for column, cell in _split(name, row.get(name), counted=name in quantities)
        }
        for row in rows
    ]


def _split(name: str, value: Any, *, counted: bool) -> Iterator[tuple[str, Any]]:
    """Give the cells of a value: two where the column holds quantities."""
    quantity = value if isinstance(value, Quantity) else None
    yield name, quantity.value if quantity else value
    if counted:
        known_as = _("{column}, known as", column=name)
        yield known_as, name_kind(quantity) if quantity else None


def sheet_to_csv(sheet: Sheet) -> str:
    """Write a table as CSV: dates as 2025-04-02, a quantity in two columns, no text that a
    spreadsheet would run.
    """
    return to_csv(split_quantities(sheet.rows))
