"""What somebody uploads: any mix of CSV files, workbooks and calendars, each with some of the tables.

The answer is text as it was written; settle.py turns it into the form of the schema.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import PurePath

import pyarrow as pa
from openpyxl.utils import get_column_letter

from dashboard.intake import calendars, header, headings
from dashboard.intake.answers import Heading, Readings
from dashboard.intake.contract import Table
from dashboard.intake.files import ROW, RawRecords
from dashboard.intake.limits import Unreadable
from dashboard.intake.problems import Problem
from dashboard.intake.sheets import MAX_COLUMNS, Cell, Sheet, csv_sheet, workbook_sheets
from dashboard.intake.spoken import normal
from dashboard.settings import HOME_ZONE

MAX_UPLOAD_BYTES = 64 * 1024 * 1024
OURS = {"instructions", "lists", "problems"}
"""Sheets that template() and marked_workbook() add; they hold no records."""
MAX_LISTED = 1000
ACCEPTED = "Give .csv, .xlsx or .ics."
AS_THEY_SAY = Readings()


def read_upload(
    files: Mapping[str, bytes],
    today: date,
    readings: Readings = AS_THEY_SAY,
    *,
    home: str = HOME_ZONE,
) -> RawRecords:
    """Read uploaded files by name. Never raises for what is in them: that becomes problems and notes.

    Tables without a row count as absent. `today` tells a calendar's planned events from those held;
    `readings` is what a steward said of files and sheets, now or earlier; moments in UTC belong to
    the time zone `home`.
    """
    records = RawRecords()
    for name, data in files.items():
        try:
            _read(name, data, records, today, readings, home=home)
        except Unreadable as error:
            records.problems.append(Problem(name, None, None, None, error.rule, error.mend))
    return records


def _read(name: str, data: bytes, records: RawRecords, today: date, readings: Readings, *, home: str) -> None:
    if len(data) > MAX_UPLOAD_BYTES:
        raise Unreadable("the file is larger than 64 MB", "Split it, or check whether it is the right file.")
    if not data.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise Unreadable("the file is empty", "Check whether it is the right file.")
    kind = PurePath(name).suffix.lower()
    if kind in (".csv", ".txt", ".tsv"):
        _take(csv_sheet(name, data), records, readings)
    elif kind == ".xlsx":
        before = len(records.problems), len(records.origins)
        for sheet in workbook_sheets(name, data):
            _take(sheet, records, readings)
        if before == (len(records.problems), len(records.origins)):
            mend = "Fill in a sheet, below its header."
            records.notes.append(Problem(name, None, None, None, "the workbook holds no records", mend))
    elif kind == ".ics":
        calendars.take(name, data, records, today, home)
    else:
        raise Unreadable(f"files of the kind “{kind}” are not read", ACCEPTED)


def _take(sheet: Sheet, records: RawRecords, readings: Readings) -> None:
    """Add the rows of a sheet to the table that it is."""
    file, name = sheet.origin.file, sheet.origin.sheet
    if name is not None and normal(name) in OURS:
        return
    if sheet.hidden:
        records.problems.append(Problem(file, None, None, None, "the sheet is hidden", "Show it, or remove it.", name))
        return
    if not sheet.rows:
        records.problems.append(Problem(file, None, None, None, "there are no rows", "Start with a header.", name))
        return
    if max(len(cells) for _, cells in sheet.rows[: headings.WITHIN]) > MAX_COLUMNS:
        rule, mend = f"the header has more than {MAX_COLUMNS} columns", "Check whether it is the right file."
        records.problems.append(Problem(file, None, None, None, rule, mend, name))
        return
    table = headings.table_of(sheet, records, readings)
    if table is None:
        records.headings.append(Heading(file, name, sheet.name, ""))
        return
    said = readings.reading((file, name), normal(sheet.name))
    meant = {**readings.remembered.columns.get(table.name, {}), **said.columns}
    reading = replace(said, columns=meant)
    start = headings.row_of(sheet, table, meant)
    number, cells = sheet.rows[start]
    texts = [str(cell) for cell in cells]
    columns = header.columns_of(table, texts, meant)
    records.headings.append(headings.heading(sheet, table, start, said, reading))
    if not columns:
        mend = header.suggest(" ".join(texts)[:200], [c.name for c in table.file_columns])
        rule = f"no header of {table.name} is found"
        records.problems.append(Problem(file, number, None, None, rule, mend, name, code="no-header"))
        return
    for _, column, value, rule, mend, code in header.faults(table, texts, reading):
        records.problems.append(Problem(file, number, column, value, rule, mend, name, code=code))
    records.notes += headings.as_said(sheet, number, table, said, reading)
    _cell_faults(sheet, columns, number, records)
    origin = replace(sheet.origin, dutch=header.is_dutch(table, texts), reading=reading)
    _rows(replace(sheet, origin=origin), start, table, columns, records)


def _cell_faults(sheet: Sheet, columns: Mapping[int, str], header_row: int, records: RawRecords) -> None:
    """Faults of cells from the header down, with the column that they stand in."""
    for row, position, rule, mend in sheet.faults:
        if 0 < row < header_row:
            continue
        letter = get_column_letter(position) if position else None
        cell = f"cell {letter}{row} " if letter and row else ""
        column = columns.get(position - 1, letter)
        said = f"column {letter}: {rule}" if letter and not row else f"{cell}{rule}"
        origin = sheet.origin
        records.problems.append(Problem(origin.file, row or None, column, None, said, mend, origin.sheet))


def _rows(sheet: Sheet, start: int, table: Table, columns: Mapping[int, str], records: RawRecords) -> None:
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
                rule, mend = wrong
                records.problems.append(Problem(sheet.origin.file, number, None, None, rule, mend, sheet.origin.sheet))
        else:
            numbers.append(number)
            kept.append(cells)
    if not numbers:
        if sheet.origin.sheet is None and not listed:
            mend = f"Nothing is said about {table.name}."
            records.notes.append(Problem(sheet.origin.file, None, None, None, "the file has no rows", mend))
        return
    lacks = header.lacking(table, columns.values(), sheet.origin.reading)
    base = records.add_origin(replace(sheet.origin, lacks=lacks))
    positions = {name: position for position, name in columns.items()}
    arrays = [
        pa.array([_text(cells, positions.get(c.name), c.form) for cells in kept], pa.string())
        for c in table.file_columns
    ]
    rows = pa.table(
        [pa.array([base + number for number in numbers], pa.int64()), *arrays],
        names=[ROW, *(c.name for c in table.file_columns)],
    )
    records.add_rows(table.name, rows)


def _trimmed(cells: Sequence[Cell]) -> Sequence[Cell]:
    end = len(cells)
    while end and not str(cells[end - 1]).strip():
        end -= 1
    return cells[:end]


def _shape(sheet: Sheet, cells: Sequence[Cell], width: int, unnamed: set[int]) -> tuple[str, str] | None:
    """What is wrong with the number of cells of a row: rule and mend."""
    if sheet.strict_length and len(cells) < width:
        rule = f"the row has {len(cells)} cells, the header {width}"
        return rule, "Look for a missing delimiter, or a quotation mark that is not closed."
    if len(cells) > width and len(_trimmed(cells)) > width:
        rule = f"the row has {len(_trimmed(cells))} cells, the header {width}"
        return rule, "Name the column, or look for a delimiter that is not inside quotation marks."
    if any(i < len(cells) and str(cells[i]).strip() for i in unnamed):
        return "a cell stands under an empty header", "Name the column, or remove the cell."
    return None


def _text(cells: Sequence[Cell], position: int | None, form: str) -> str | None:
    """A cell as text. A number with three decimals would be read as thousands where people write 1.234 for
    them, so that it gets a fourth."""
    if position is None or position >= len(cells):
        return None
    cell = cells[position]
    if isinstance(cell, str):
        return cell
    text = f"{cell:f}".rstrip("0") if "e" in repr(cell) else repr(cell)
    return text + "0" if form in ("count", "amount") and len(text.partition(".")[2]) == 3 else text
