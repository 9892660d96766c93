"""Tables as files hold them: a quantity is two columns, its value and how well that is known."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.export.csv_files import to_csv
from dashboard.export.view_export import known_as
from dashboard.model.quantity import Quantity
from dashboard.views.content import Sheet

Row = Mapping[str, Any]


def apart(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Rows with the same columns, each quantity as its value (None where it is not known) and "…,
    known as".
    """
    names = list(dict.fromkeys(name for row in rows for name in row))
    quantities = {
        name for name in names if any(isinstance(row.get(name), Quantity) for row in rows)
    }
    found = []
    for row in rows:
        cells: dict[str, Any] = {}
        for name in names:
            value = row.get(name)
            if name not in quantities:
                cells[name] = value
                continue
            cells[name] = value.value if isinstance(value, Quantity) else value
            cells[f"{name}, known as"] = known_as(value) if isinstance(value, Quantity) else None
        found.append(cells)
    return found


def csv(sheet: Sheet) -> str:
    """A table as CSV: dates as 2025-04-02, a quantity in two columns, no text that a spreadsheet
    would run.
    """
    return to_csv(apart(sheet.rows))
