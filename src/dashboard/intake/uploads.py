"""What somebody uploads: any mix of CSV files, workbooks and calendars, each with some of the
tables.

The answer is text as it was written; settle.py turns it into the form of the schema.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import PurePath
from types import MappingProxyType

import pyarrow as pa
from openpyxl.utils import get_column_letter

from dashboard.intake import calendars, header, headings, mojibake
from dashboard.intake.answers import Heading, Readings
from dashboard.intake.cells import Cell, Told, texts_of
from dashboard.intake.files import RawRecords, named
from dashboard.intake.limits import Room, Unreadable
from dashboard.intake.parse_values import normal
from dashboard.intake.problems import Problem, shorten
from dashboard.intake.sheets import (
    HEADER_WITHIN,
    MAX_COLUMNS,
    Fault,
    Sheet,
    csv_sheet,
    workbook_sheets,
)
from dashboard.model.settings import HOME_ZONE
from dashboard.schema.contract import Table
from dashboard.schema.convert import ROW

MAX_UPLOAD_BYTES = 64 * 1024 * 1024
OURS = {"instructions", "lists", "problems"}
"""Sheets that template() and marked_workbook() add; they hold no records."""
MAX_LISTED = 1000
ACCEPTED = "Give .csv, .xlsx or .ics."
AS_THEY_SAY = Readings()
NOTHING_CHOSEN: Mapping[str, str] = MappingProxyType({})


def by_name(files: Iterable[tuple[str, bytes]]) -> dict[str, bytes]:
    """Files by their names; a second one of a name gets a number, as a copy has: events (2).csv."""
    found: dict[str, bytes] = {}
    for name, data in files:
        path, number, free = PurePath(name), 1, name
        while free in found:
            number += 1
            free = f"{path.stem} ({number}){path.suffix}"
        found[free] = data
    return found


def read_upload(
    files: Mapping[str, bytes],
    today: date,
    readings: Readings = AS_THEY_SAY,
    *,
    home: str = HOME_ZONE,
    encodings: Mapping[str, str] = NOTHING_CHOSEN,
) -> RawRecords:
    """Read uploaded files by name. Never raises for what is in them: that becomes problems and
    notes.

    Tables without a row count as absent. `today` tells a calendar's planned events from those held;
    `readings` is what a steward said of files and sheets, now or earlier; moments in UTC belong to
    the time zone `home`; `encodings` says for a file, by a name of encodings.CHOICES, how its
    letters are written, and `decodings` of the result how they were read. All together they hold no
    more than so many rows and cells (limits.Room).
    """
    records, room = RawRecords(), Room()
    for name, data in files.items():
        try:
            _read(
                name,
                data,
                records,
                readings,
                room,
                today=today,
                home=home,
                encoding=encodings.get(name),
            )
        except Unreadable as error:
            records.problems.append(
                Problem(name, error.row, None, error.value, error.rule, error.mend)
            )
    records.problems += named(mojibake.look(records, encodings), records.origins)
    return records


def _read(
    name: str,
    data: bytes,
    records: RawRecords,
    readings: Readings,
    room: Room,
    *,
    today: date,
    home: str,
    encoding: str | None,
) -> None:
    if len(data) > MAX_UPLOAD_BYTES:
        raise Unreadable(
            "the file is larger than 64 MB", "Split it, or check whether it is the right file."
        )
    if not data.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise Unreadable("the file is empty", "Check whether it is the right file.")
    kind = PurePath(name).suffix.lower()
    if kind in (".csv", ".txt", ".tsv"):
        _take(csv_sheet(name, data, records.decodings, encoding, room), records, readings)
    elif kind == ".xlsx":
        before = len(records.problems), len(records.origins)
        for sheet in workbook_sheets(name, data, room):
            _take(sheet, records, readings)
        if before == (len(records.problems), len(records.origins)):
            mend = "Fill in a sheet, below its header."
            records.notes.append(
                Problem(name, None, None, None, "the workbook holds no records", mend)
            )
    elif kind == ".ics":
        calendars.take(name, data, records, room, today=today, home=home)
    else:
        raise Unreadable(f"files of the kind “{kind}” are not read", ACCEPTED)


def _take(sheet: Sheet, records: RawRecords, readings: Readings) -> None:
    """Add the rows of a sheet to the table that it is."""
    file, name = sheet.origin.file, sheet.origin.sheet
    if name is not None and normal(name) in OURS:
        return
    if sheet.hidden:
        records.problems.append(
            Problem(file, None, None, None, "the sheet is hidden", "Show it, or remove it.", name)
        )
        return
    if not sheet.rows:
        records.problems.append(
            Problem(file, None, None, None, "there are no rows", "Start with a header.", name)
        )
        return
    if max(len(cells) for _, cells in sheet.rows[:HEADER_WITHIN]) > MAX_COLUMNS:
        rule, mend = (
            f"the header has more than {MAX_COLUMNS} columns",
            "Check whether it is the right file.",
        )
        records.problems.append(Problem(file, None, None, None, rule, mend, name))
        return
    table = headings.table_of(sheet, records, readings)
    if table is None:
        records.headings.append(Heading(file, name, sheet.name, ""))
        return
    said = readings.reading((file, name), normal(sheet.name))
    remembered = readings.remembered.columns.get(table.name, {})
    start = headings.row_of(sheet, table, {**remembered, **said.columns})
    number, cells = sheet.rows[start]
    texts = [str(cell) for cell in cells]
    meant = {**header.of_use(table, texts, remembered, said.columns), **said.columns}
    reading = replace(said, columns=meant)
    columns = header.columns_of(table, texts, meant)
    records.headings.append(headings.heading(sheet, table, start, said, reading))
    if not columns:
        mend = header.suggest(" ".join(texts)[:200], [c.name for c in table.file_columns])
        rule = f"no header of {table.name} is found"
        records.problems.append(
            Problem(file, number, None, None, rule, mend, name, code="no-header")
        )
        return
    wrong = header.faults(table, texts, reading)
    records.problems += [_of_header(sheet, number, texts, fault) for fault in wrong]
    records.notes += headings.as_said(sheet, number, table, said, reading)
    sheet.origin = replace(
        sheet.origin,
        columns={
            column: (texts[i].strip(), get_column_letter(i + 1)) for i, column in columns.items()
        },
        header=number,
        dutch=header.is_dutch(table, texts),
        reading=reading,
    )
    told = [fault for fault in sheet.faults if not 0 < fault[0] < number]
    records.problems += _in_cells(sheet, columns, told)
    records.notes += _in_cells(sheet, columns, [*sheet.notes, *_above(sheet, start)])
    _rows(sheet, start, table, columns, records)


def _of_header(sheet: Sheet, row: int, texts: Sequence[str], fault: header.Fault) -> Problem:
    position, column, value, rule, mend, code = fault
    called = None if position is None else texts[position].strip()
    letter = None if position is None else get_column_letter(position + 1)
    origin = sheet.origin
    return Problem(
        origin.file, row, column, value, rule, mend, origin.sheet, called, letter, code=code
    )


def _above(sheet: Sheet, start: int) -> list[Fault]:
    """What stands above the header is a title, and no record."""
    if not start:
        return []
    words = " · ".join(
        str(cell).strip() for _, cells in sheet.rows[:start] for cell in cells if str(cell).strip()
    )
    rule = f"what stands above the header is left out: “{shorten(words)}”"
    return [(sheet.rows[0][0], 0, rule, "Nothing is to be done, if it is a title.")]


def _in_cells(sheet: Sheet, columns: Mapping[int, str], told: Iterable[Fault]) -> list[Problem]:
    """What was found in cells, with the column that they stand in."""
    found = []
    for row, position, rule, mend in told:
        letter = get_column_letter(position) if position else None
        cell = f"cell {letter}{row} " if letter and row else ""
        column = columns.get(position - 1, letter)
        said = f"column {letter}: {rule}" if letter and not row else f"{cell}{rule}"
        found.append(
            Problem(sheet.origin.file, row or None, column, None, said, mend, sheet.origin.sheet)
        )
    return named(found, [sheet.origin])


def _rows(
    sheet: Sheet, start: int, table: Table, columns: Mapping[int, str], records: RawRecords
) -> None:
    """The rows below the header as an Arrow table."""
    width = len(_trimmed(sheet.rows[start][1]))
    names = [str(cell) for cell in sheet.rows[start][1]]
    unnamed = {i for i, cell in enumerate(names) if not cell.strip()}
    numbers: list[int] = []
    kept: list[Sequence[Cell]] = []
    listed = 0
    for number, cells in sheet.rows[start + 1 :]:
        if wrong := _shape(sheet, cells, width, unnamed):
            listed += 1
            if listed <= MAX_LISTED:
                letter, rule, mend = wrong
                origin = sheet.origin
                records.problems.append(
                    Problem(origin.file, number, letter, None, rule, mend, origin.sheet)
                )
        else:
            numbers.append(number)
            kept.append(cells)
    if not numbers:
        if sheet.origin.sheet is None and not listed:
            mend = f"Nothing is said about {table.name}."
            records.notes.append(
                Problem(sheet.origin.file, None, None, None, "the file has no rows", mend)
            )
        return
    lacks = header.lacking(table, columns.values(), sheet.origin.reading)
    base = records.add_origin(replace(sheet.origin, lacks=lacks))
    positions = {name: position for position, name in columns.items()}
    arrays = []
    for column in table.file_columns:
        texts, notes = texts_of(
            column,
            positions.get(column.name),
            list(zip(numbers, kept, strict=True)),
            sheet.serial_start,
        )
        arrays.append(pa.array(texts, pa.string()))
        records.notes += _in_column(sheet, column.name, notes)
    rows = pa.table(
        [pa.array([base + number for number in numbers], pa.int64()), *arrays],
        names=[ROW, *(c.name for c in table.file_columns)],
    )
    records.add_rows(table.name, rows)


def _in_column(sheet: Sheet, column: str, notes: Iterable[Told]) -> list[Problem]:
    origin = sheet.origin
    return named(
        (
            Problem(origin.file, row, column, None, rule, mend, origin.sheet)
            for row, rule, mend in notes
        ),
        [origin],
    )


def _trimmed(cells: Sequence[Cell]) -> Sequence[Cell]:
    end = len(cells)
    while end and not str(cells[end - 1]).strip():
        end -= 1
    return cells[:end]


def _shape(
    sheet: Sheet, cells: Sequence[Cell], width: int, unnamed: set[int]
) -> tuple[str | None, str, str] | None:
    """What is wrong with the number of cells of a row: letter of the column, rule and mend."""
    if sheet.strict_length and len(cells) < width:
        rule = f"the row has {len(cells)} cells, the header {width}"
        return None, rule, "Look for a missing delimiter, or a quotation mark that is not closed."
    if len(cells) > width and len(_trimmed(cells)) > width:
        rule = f"the row has {len(_trimmed(cells))} cells, the header {width}"
        return (
            None,
            rule,
            "Name the column, or look for a delimiter that is not inside quotation marks.",
        )
    if below := [i for i in sorted(unnamed) if i < len(cells) and str(cells[i]).strip()]:
        rule, mend = "a cell stands under an empty header", "Name the column, or remove the cell."
        return get_column_letter(below[0] + 1), rule, mend
    return None
