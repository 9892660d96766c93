"""The cells of a column of a sheet as text, and one note for the column on what was changed."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from dashboard.intake.formulas import remove_guard
from dashboard.intake.messages import N_, Text, _, ngettext
from dashboard.intake.problems import shorten
from dashboard.language.nouns import plural
from dashboard.schema.contract import Column

Cell = str | float
Row = tuple[int, Sequence[Cell]]
MULTILINE_COLUMNS = {"note", "definition", "decision", "reason"}
"""Columns whose texts may have several lines; in titles and names a line break is a space. So may
what says the same in Dutch: note_nl.
"""


CHANGES: Mapping[str, tuple[tuple[str, str], str]] = {
    "guard-removed": (
        plural(
            "{n} cell begins with the apostrophe that a download puts before formulas; it is taken off:"
            " “{example}”",
            "{n} cells begin with the apostrophe that a download puts before formulas; it is taken off:"
            " “{example}”",
        ),
        N_("Nothing is to be done; write two apostrophes where one is meant."),
    ),
    "line-break-removed": (
        plural(
            "{n} cell holds a line break, which becomes a space: “{example}”",
            "{n} cells hold a line break, which becomes a space: “{example}”",
        ),
        N_("Nothing is to be done, if this is one title or name."),
    ),
}
"""What is changed in cells: the message for one cell and for many, and the hint, by code."""


class ColumnNote(NamedTuple):
    """What was changed in cells of a column: the first `row` of which it is said, and how many."""

    code: str
    row: int
    cells: int
    example: str

    def describe(self) -> tuple[Text, Text]:
        """Return the message and the hint."""
        forms, hint = CHANGES[self.code]
        return ngettext(*forms, self.cells, example=shorten(self.example)), _(hint)


def read_column(
    column: Column, position: int | None, rows: Sequence[Row], serial_start: int = 0
) -> tuple[list[str | None], list[ColumnNote]]:
    """Return the texts of a column, None where a row has no such cell, and notes on changes."""
    if position is None:
        return [None] * len(rows), []
    texts = [_read_cell(cells, position, column, serial_start) for _row, cells in rows]
    if column.form in ("count", "amount", "double"):
        return texts, []
    bare = [None if text is None else remove_guard(text) for text in texts]
    joined = bare if is_multiline(column) else [_on_one_line(text) for text in bare]
    guards = _note_changes("guard-removed", rows, texts, bare)
    return joined, [*guards, *_note_changes("line-break-removed", rows, bare, joined)]


def is_multiline(column: Column) -> bool:
    """Return whether a text of this column may have several lines."""
    return column.name.removesuffix("_nl") in MULTILINE_COLUMNS


def _read_cell(
    cells: Sequence[Cell], position: int, column: Column, serial_start: int
) -> str | None:
    """Return a cell as text. A number with three decimals would be read as thousands where people
    write 1.234 for them, so that it gets a fourth.
    """
    if position >= len(cells):
        return None
    cell = cells[position]
    text = cell if isinstance(cell, str) else _format_number(cell)
    whole, _point, decimals = text.partition(".")
    is_day = column.form in ("date", "period") and whole.isdecimal() and len(text) > 4
    if serial_start and is_day:
        return str(int(whole) + serial_start)
    is_number = isinstance(cell, float) and column.form in ("count", "amount")
    return text + "0" if is_number and len(decimals) == 3 else text


def _format_number(cell: float) -> str:
    return f"{cell:f}".rstrip("0") if "e" in repr(cell) else repr(cell)


def _on_one_line(text: str | None) -> str | None:
    if not text or "\n" not in text.strip():
        return text
    return " ".join(line.strip() for line in text.strip().split("\n"))


def _note_changes(
    code: str, rows: Sequence[Row], before: Sequence[str | None], after: Sequence[str | None]
) -> list[ColumnNote]:
    """Return one note on the cells that differ, if there are any."""
    pairs = enumerate(zip(before, after, strict=True))
    changed = [index for index, (old, new) in pairs if old != new]
    if not changed:
        return []
    first = changed[0]
    return [ColumnNote(code, rows[first][0], len(changed), after[first] or "")]
