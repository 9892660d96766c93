"""The cells of a column, read by the form of the column: what each says, and why some say nothing
clear.
"""

from collections.abc import Iterable
from dataclasses import replace

from dashboard.intake.numbers import shown_separators
from dashboard.intake.parse_values import SPOKEN
from dashboard.intake.said import Aside, Dialect, Said, Separators, Unclear
from dashboard.schema.contract import Column

Wrong = dict[str, tuple[str, str]]
"""A cell that is unclear -> rule and mend."""

ASIDES = {
    Aside.TIME: (
        "{cells} a time of day, which is left out: “{value}” is {text}",
        "Nothing is to be done where the day is enough; write the time in a note where it is not.",
        ("holds", "hold"),
    ),
    Aside.SERIAL: (
        "{cells} a number, read as a spreadsheet counts days: “{value}” is {text}",
        "Look whether the days are right; or show the column as dates in the spreadsheet.",
        ("holds", "hold"),
    ),
    Aside.DUTCH: (
        "{cells} a dot for thousands, as other amounts of the column show: “{value}” is {text}",
        "Look whether the amounts are right; or write them without dots.",
        ("has", "have"),
    ),
}


def read_all(
    column: Column, values: Iterable[str], dialect: Dialect
) -> tuple[dict[str, Said], Wrong]:
    """What each text of a column says, and what is unclear."""
    found: dict[str, Said] = {}
    wrong: Wrong = {}
    for value in values:
        try:
            found[value] = SPOKEN[column.form](value, dialect)
        except Unclear as error:
            wrong[value] = (error.rule, error.mend)
    return found, wrong


def as_others_show(
    column: Column, wrong: Iterable[str], amounts: Iterable[str], dialect: Dialect
) -> dict[str, Said]:
    """The unclear amounts that are clear in a column whose other amounts are written in the Dutch
    way, and none in the English: 25.000 beside 12.500,- is no 25 euro.
    """
    if shown_separators(amounts) is not Separators.DUTCH:
        return {}
    found, _ = read_all(column, wrong, replace(dialect, amounts=Separators.DUTCH))
    return {value: replace(said, aside=Aside.DUTCH) for value, said in found.items()}


def in_words(aside: Aside, count: int, value: str, text: str) -> tuple[str, str]:
    """Rule and mend of the one note for a column."""
    rule, mend, (one, more) = ASIDES[aside]
    cells = f"1 cell {one}" if count == 1 else f"{count} cells {more}"
    return rule.format(cells=cells, value=value, text=text), mend
