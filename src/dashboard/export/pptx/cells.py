"""Cells of tables as slides say them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from dashboard.export.view_export import clean
from dashboard.model.quantity import Quantity, format_number
from dashboard.text.words import day

Row = Mapping[str, Any]
NOTHING = "–"
"""A cell about which nothing is stated."""


def columns_of(rows: Sequence[Row]) -> list[str]:
    """The columns in which any row says something."""
    names = dict.fromkeys(name for row in rows for name in row)
    return [name for name in names if any(row.get(name) not in (None, "", [], ()) for row in rows)]


def in_words(name: str, value: object) -> str:  # noqa: PLR0911 - a line for each sort of cell
    """One cell: a date as 2 April 2025, a quantity with its qualifier, a number as people write it,
    a year as it is.
    """
    match value:
        case None | "":
            return NOTHING
        case bool():
            return "yes" if value else "no"
        case Quantity():
            return value.words()
        case int() | Decimal():
            return str(value) if name.strip().lower().endswith("year") else format_number(value)
        case float():
            return format_number(Decimal(str(value))) if value - value == 0 else NOTHING
        case datetime():
            return day(value.date())
        case date():
            return day(value)
        case list() | tuple():
            return "; ".join(in_words(name, item) for item in value) or NOTHING
        case _:
            return " ".join(clean(value).split()) or NOTHING


def is_number(value: object) -> bool:
    """Whether a cell stands at the right of its column."""
    return isinstance(value, int | float | Decimal | Quantity) and not isinstance(value, bool)
