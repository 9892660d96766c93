"""The rows of a sheet below its header, as rows of its table; and what is wrong with their cells."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import pyarrow as pa
from openpyxl.utils import get_column_letter

from dashboard.intake import header_names
from dashboard.intake.cells import Cell, read_column
from dashboard.intake.files import RawRecords, add_file_columns, make_width_problem
from dashboard.intake.messages import N_, _
from dashboard.intake.problems import Problem, SheetFault, shorten
from dashboard.intake.sheets import Sheet
from dashboard.schema.contract import Table
from dashboard.schema.convert import ROW

MAX_LISTED = 1000
"""Rows with a wrong number of cells that are listed for one sheet."""
TOO_FEW = N_("Look for a missing delimiter, or a quotation mark that is not closed.")
TOO_MANY = N_("Name the column, or look for a delimiter that is not inside quotation marks.")
Row = tuple[int, Sequence[Cell]]
Describe = Callable[[], Problem]


def describe_faults(
    sheet: Sheet, start: int, columns: Mapping[int, str], records: RawRecords
) -> None:
    """Add to the records what was found in cells when the sheet was read."""
    header_row = sheet.rows[start][0]
    faults = [fault for fault in sheet.faults if not 0 < fault.row < header_row]
    records.problems += _find_columns(sheet, columns, faults)
    notes = [*sheet.notes, *_note_title(sheet, start)]
    records.notes += _find_columns(sheet, columns, notes)


def _note_title(sheet: Sheet, start: int) -> list[SheetFault]:
    """Note what stands above the header: it is a title, and no record."""
    if not start:
        return []
    cells = [str(cell).strip() for _row, cells in sheet.rows[:start] for cell in cells]
    title = shorten(" · ".join(filter(None, cells)))
    message = _("what stands above the header is left out: “{title}”", title=title)
    hint = _("Nothing is to be done, if it is a title.")
    return [SheetFault(sheet.rows[0][0], 0, message, hint, "title-left-out")]


def _find_columns(
    sheet: Sheet, columns: Mapping[int, str], faults: Sequence[SheetFault]
) -> list[Problem]:
    """Make problems of faults, each with the column that it stands in."""
    found = []
    for fault in faults:
        letter = get_column_letter(fault.column) if fault.column else None
        found.append(
            sheet.origin.problem(
                fault.code,
                fault.said,
                fault.mend,
                row=fault.row or None,
                column=columns.get(fault.column - 1, letter),
                variant=f"{letter}{fault.row}" if letter else "",
            )
        )
    return add_file_columns(found, [sheet.origin])


def add_rows(
    sheet: Sheet, start: int, table: Table, columns: Mapping[int, str], records: RawRecords
) -> None:
    """Add the rows below the header to the records as an Arrow table."""
    rows, wrong = _split_rows(sheet, start)
    records.problems += [describe() for describe in wrong[:MAX_LISTED]]
    if not rows:
        if sheet.origin.sheet is None and not wrong:
            message, hint = (
                _("the file has no rows"),
                _("Nothing is said about {table}.", table=table.name),
            )
            records.notes.append(sheet.origin.problem("no-rows", message, hint))
        return
    lacks = header_names.list_lacking(table, columns.values(), sheet.origin.reading)
    base = records.add_origin(replace(sheet.origin, lacks=lacks))
    positions = {name: position for position, name in columns.items()}
    arrays = []
    for column in table.file_columns:
        position = positions.get(column.name)
        texts, notes = read_column(column, position, rows, sheet.serial_start)
        arrays.append(pa.array(texts, pa.string()))
        for note in notes:
            told = sheet.origin.problem(
                note.code, *note.describe(), row=note.row, column=column.name
            )
            records.notes += add_file_columns([told], [sheet.origin])
    numbers = pa.array([base + number for number, _cells in rows], pa.int64())
    names = [ROW, *(column.name for column in table.file_columns)]
    records.add_rows(table.name, pa.table([numbers, *arrays], names=names))


@dataclass(frozen=True)
class _Shape:
    """How many cells a row may have, and the positions that have no name in the header."""

    width: int
    unnamed: tuple[int, ...]


def _split_rows(sheet: Sheet, start: int) -> tuple[list[Row], list[Describe]]:
    """Split the rows below the header into those with the cells of the header, and what describes
    the problem of each other one: of a hostile file that is done for the first ones only.
    """
    names = [str(cell) for cell in sheet.rows[start][1]]
    unnamed = tuple(i for i, name in enumerate(names) if not name.strip())
    shape = _Shape(len(_trim(sheet.rows[start][1])), unnamed)
    rows: list[Row] = []
    wrong: list[Describe] = []
    for number, cells in sheet.rows[start + 1 :]:
        if describe := _check_shape(sheet, number, cells, shape):
            wrong.append(describe)
        else:
            rows.append((number, cells))
    return rows, wrong


def _trim(cells: Sequence[Cell]) -> Sequence[Cell]:
    """Take off the empty cells at the end of a row."""
    end = len(cells)
    while end and not str(cells[end - 1]).strip():
        end -= 1
    return cells[:end]


def _check_shape(
    sheet: Sheet, number: int, cells: Sequence[Cell], shape: _Shape
) -> Describe | None:
    """Check the number of cells of a row; return what describes its problem, None where it fits."""
    if sheet.strict_length and len(cells) < shape.width:
        return partial(_describe_width, sheet, number, len(cells), shape.width, TOO_FEW)
    if len(cells) > shape.width and (filled := len(_trim(cells))) > shape.width:
        return partial(_describe_width, sheet, number, filled, shape.width, TOO_MANY)
    below = [i for i in shape.unnamed if i < len(cells) and str(cells[i]).strip()]
    return partial(_describe_unnamed, sheet, number, below[0] + 1) if below else None


def _describe_width(sheet: Sheet, row: int, cells: int, header: int, hint: str) -> Problem:
    return make_width_problem(sheet.origin, row, cells, header, _(hint))


def _describe_unnamed(sheet: Sheet, row: int, position: int) -> Problem:
    message, hint = (
        _("a cell stands under an empty header"),
        _("Name the column, or remove the cell."),
    )
    column = get_column_letter(position)
    return sheet.origin.problem("unnamed-column", message, hint, row=row, column=column)
