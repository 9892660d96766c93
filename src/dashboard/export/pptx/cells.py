"""Cells of tables as slides say them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from dashboard.export.view_export import clean_line
from dashboard.model.quantity import Quantity, format_number
from dashboard.text.dates import format_day

Row = Mapping[str, Any]
NOT_STATED = "–"
"""A cell about which nothing is stated."""


def choose_columns(rows: Sequence[Row]) -> list[str]:
    """Choose the columns in which any row says something."""
    names = dict.fromkeys(name for row in rows for name in row)
    return [name for name in names if any(row.get(name) not in (None, "", [], ()) for row in rows)]


def format_cell(name: str, value: object) -> str:  # noqa: PLR0911 - a line for each sort of cell
    """Format a cell: a date as 2 April 2025, a quantity with its qualifier, a number as people
    write it, a year as it is.
    """
    match value:
        case None | "":
            return NOT_STATED
        case bool():
            return "yes" if value else "no"
        case Quantity():
            return value.words()
        case int() | Decimal():
            return str(value) if name.strip().lower().endswith("year") else format_number(value)
        case float():
            return format_number(Decimal(str(value))) if value - value == 0 else NOT_STATED
        case datetime():
            return format_day(value.date())
        case date():
            return format_day(value)
        case list() | tuple():
            return "; ".join(format_cell(name, item) for item in value) or NOT_STATED
        case _:
            return clean_line(value) or NOT_STATED


def is_number(value: object) -> bool:
    """Return whether a cell is a number, which stands at the right of its column."""
    return isinstance(value, int | float | Decimal | Quantity) and not isinstance(value, bool)
