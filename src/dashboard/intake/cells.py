"""The cells of a column of a sheet as text, and what was changed in them, told once for the column."""

from collections.abc import Sequence

from dashboard.intake.formulas import unguarded
from dashboard.intake.problems import shorten
from dashboard.schema.contract import Column

Cell = str | float
Row = tuple[int, Sequence[Cell]]
Told = tuple[int, str, str]
"""The first row of which something is told, the rule and the way to mend it."""
OF_LINES = {"note", "definition", "decision", "reason"}
"""Columns whose texts may have several lines; in titles and names a line break is a space."""
GUARD = (
    "{cells} with the apostrophe that a download puts before formulas; it is taken off: {example}",
    "Nothing is to be done; write two apostrophes where one is meant.",
    ("cell begins", "cells begin"),
)
BREAK = (
    "{cells} a line break, which becomes a space: {example}",
    "Nothing is to be done, if this is one title or name.",
    ("cell holds", "cells hold"),
)


def texts_of(
    column: Column, position: int | None, rows: Sequence[Row], serial_start: int = 0
) -> tuple[list[str | None], list[Told]]:
    """The texts of a column, None where a row has no such cell, and notes on what was changed."""
    if position is None:
        return [None] * len(rows), []
    texts = [_text(cells, position, column, serial_start) for _, cells in rows]
    if column.form in ("count", "amount", "double"):
        return texts, []
    bare = [None if text is None else unguarded(text) for text in texts]
    joined = bare if column.name in OF_LINES else [_on_one_line(text) for text in bare]
    notes = [*_told(rows, texts, bare, GUARD), *_told(rows, bare, joined, BREAK)]
    return joined, notes


def _text(cells: Sequence[Cell], position: int, column: Column, serial_start: int) -> str | None:
    """A cell as text. A number with three decimals would be read as thousands where people write
    1.234 for them, so that it gets a fourth.
    """
    if position >= len(cells):
        return None
    cell = cells[position]
    text = (
        cell
        if isinstance(cell, str)
        else f"{cell:f}".rstrip("0")
        if "e" in repr(cell)
        else repr(cell)
    )
    if (
        serial_start
        and column.form in ("date", "period")
        and text.partition(".")[0].isdecimal()
        and len(text) > 4
    ):
        return str(int(text.partition(".")[0]) + serial_start)
    if (
        isinstance(cell, float)
        and column.form in ("count", "amount")
        and len(text.partition(".")[2]) == 3
    ):
        return text + "0"
    return text


def _on_one_line(text: str | None) -> str | None:
    return (
        " ".join(line.strip() for line in text.strip().split("\n"))
        if text and "\n" in text.strip()
        else text
    )


def _told(
    rows: Sequence[Row],
    before: Sequence[str | None],
    after: Sequence[str | None],
    words: tuple[str, str, tuple[str, str]],
) -> list[Told]:
    changed = [
        index for index, (old, new) in enumerate(zip(before, after, strict=True)) if old != new
    ]
    if not changed:
        return []
    rule, mend, (one, more) = words
    example = f"“{shorten(after[changed[0]] or '')}”"
    cells = f"1 {one}" if len(changed) == 1 else f"{len(changed)} {more}"
    return [(rows[changed[0]][0], rule.format(cells=cells, example=example), mend)]
