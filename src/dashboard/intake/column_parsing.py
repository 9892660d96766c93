"""Reads the cells of a column by the form of the column: what each says, and what is unclear."""

from collections.abc import Iterable
from dataclasses import replace

from dashboard.intake.numbers import detect_separators
from dashboard.intake.parse_result import (
    ColumnRemark,
    Dialect,
    ParsedValue,
    Separators,
    UnclearValueError,
)
from dashboard.intake.parse_values import PARSERS
from dashboard.language.messages import _, ngettext
from dashboard.schema.contract import Column

Wrong = dict[str, tuple[str, str]]
"""A cell that is unclear -> message and hint."""
ASIDES = {
    ColumnRemark.TIME: (
        "{n} cell holds a time of day, which is left out: “{value}” is {text}",
        "{n} cells hold a time of day, which is left out: “{value}” is {text}",
        "Nothing is to be done where the day is enough; write the time in a note where it is not.",
    ),
    ColumnRemark.SERIAL: (
        "{n} cell holds a number, read as a spreadsheet counts days: “{value}” is {text}",
        "{n} cells hold a number, read as a spreadsheet counts days: “{value}” is {text}",
        "Look whether the days are right; or show the column as dates in the spreadsheet.",
    ),
    ColumnRemark.DUTCH: (
        "{n} cell has a dot for thousands, as other amounts of the column show: “{value}” is {text}",
        (
            "{n} cells have a dot for thousands, as other amounts of the column show: “{value}” is"
            " {text}"
        ),
        "Look whether the amounts are right; or write them without dots.",
    ),
}
"""What is noted once for a column: the message for one cell and for many, and the hint."""


def read_cells(
    column: Column, values: Iterable[str], dialect: Dialect
) -> tuple[dict[str, ParsedValue], Wrong]:
    """Return what each text of a column says, and what is unclear."""
    found: dict[str, ParsedValue] = {}
    wrong: Wrong = {}
    for value in values:
        try:
            found[value] = PARSERS[column.form](value, dialect)
        except UnclearValueError as error:
            wrong[value] = (error.message, error.hint)
    return found, wrong


def read_as_others(
    column: Column, wrong: Iterable[str], amounts: Iterable[str], dialect: Dialect
) -> dict[str, ParsedValue]:
    """Read the unclear amounts that are clear in a column whose other amounts are written in the
    Dutch way, and none in the English: 25.000 beside 12.500,- is no 25 euro.
    """
    if detect_separators(amounts) is not Separators.DUTCH:
        return {}
    found, _unclear = read_cells(column, wrong, replace(dialect, amounts=Separators.DUTCH))
    return {value: replace(said, aside=ColumnRemark.DUTCH) for value, said in found.items()}


def describe_aside(aside: ColumnRemark, cells: int, value: str, text: str) -> tuple[str, str]:
    """Return message and hint of the one note for a column; `value` is the first of its `cells`,
    `text` what it was read as.
    """
    one, many, hint = ASIDES[aside]
    return ngettext(one, many, cells, value=value, text=text), _(hint)
