"""Reads the cells of a column by the form of the column: what each says, and what is unclear."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from dashboard.intake.messages import N_, Text, _, ngettext
from dashboard.intake.numbers import detect_separators
from dashboard.intake.parse_result import (
    ColumnRemark,
    Dialect,
    ParsedValue,
    Separators,
    UnclearValueError,
)
from dashboard.intake.parse_values import PARSERS
from dashboard.language.nouns import plural
from dashboard.schema.contract import Column

Wrong = dict[str, tuple[Text, Text]]
"""A cell that is unclear -> message and hint."""
ASIDES: Mapping[ColumnRemark, tuple[tuple[str, str], str]] = {
    ColumnRemark.TIME: (
        plural(
            "{n} cell holds a time of day, which is left out: “{value}” is {text}",
            "{n} cells hold a time of day, which is left out: “{value}” is {text}",
        ),
        N_(
            "Nothing is to be done where the day is enough; write the time in a note where it is"
            " not."
        ),
    ),
    ColumnRemark.SERIAL: (
        plural(
            "{n} cell holds a number, read as a spreadsheet counts days: “{value}” is {text}",
            "{n} cells hold a number, read as a spreadsheet counts days: “{value}” is {text}",
        ),
        N_("Look whether the days are right; or show the column as dates in the spreadsheet."),
    ),
    ColumnRemark.DUTCH: (
        plural(
            "{n} cell has a dot for thousands, as other amounts of the column show: “{value}” is"
            " {text}",
            "{n} cells have a dot for thousands, as other amounts of the column show: “{value}” is"
            " {text}",
        ),
        N_("Look whether the amounts are right; or write them without dots."),
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
            wrong[value] = (error.said, error.mend)
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


def describe_aside(aside: ColumnRemark, cells: int, value: str, text: str) -> tuple[Text, Text]:
    """Return message and hint of the one note for a column; `value` is the first of its `cells`,
    `text` what it was read as.
    """
    forms, hint = ASIDES[aside]
    return ngettext(*forms, cells, value=value, text=text), _(hint)
