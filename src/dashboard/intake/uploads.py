"""Reads what somebody uploads: any mix of CSV files, workbooks and calendars, each with some of
the tables.

The result is text as it was written; resolve.py turns it into the form of the schema.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import PurePath
from types import MappingProxyType

from openpyxl.utils import get_column_letter

from dashboard.intake import calendars, header_names, mojibake, our_sheets, table_detection
from dashboard.intake.files import Origin, RawRecords, add_file_columns, make_unreadable_problem
from dashboard.intake.limits import RowBudget, UnreadableFile
from dashboard.intake.messages import _
from dashboard.intake.parse_values import normalize_name
from dashboard.intake.problems import Problem
from dashboard.intake.reading_options import DeliveryOptions, Heading, ReadingOptions
from dashboard.intake.sheet_rows import add_rows, describe_faults
from dashboard.intake.sheets import (
    HEADER_WITHIN,
    MAX_COLUMNS,
    Sheet,
    read_csv_sheet,
    read_workbook_sheets,
)
from dashboard.model.settings import HOME_ZONE
from dashboard.schema.contract import Table

MAX_UPLOAD_BYTES = 64 * 1024 * 1024
TEXT_ENDINGS = (".csv", ".txt", ".tsv")
DEFAULT_OPTIONS = DeliveryOptions()
NO_ENCODINGS: Mapping[str, str] = MappingProxyType({})


def map_by_name(files: Iterable[tuple[str, bytes]]) -> dict[str, bytes]:
    """Map files by their names; a second one of a name gets a number, as a copy has: events
    (2).csv.
    """
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
    readings: DeliveryOptions = DEFAULT_OPTIONS,
    *,
    home: str = HOME_ZONE,
    encodings: Mapping[str, str] = NO_ENCODINGS,
) -> RawRecords:
    """Read uploaded files by name. Never raises for what is in them: that becomes problems and
    notes.

    Tables without a row count as absent. `today` tells a calendar's planned events from those held;
    `readings` is what a steward said of files and sheets, now or earlier; moments in UTC belong to
    the time zone `home`; `encodings` says for a file, by a name of encodings.CHOICES, how its
    letters are written, and `decodings` of the result how they were read. All together they hold no
    more than so many rows and cells (limits.Room).
    """
    records, room = RawRecords(), RowBudget()
    for name, data in files.items():
        try:
            if PurePath(name).suffix.lower() == ".ics":
                _check_size(data)
                calendars.read_calendar(name, data, records, room, today=today, home=home)
            else:
                _read_tables(name, data, records, readings, room, encoding=encodings.get(name))
        except UnreadableFile as error:
            records.problems.append(make_unreadable_problem(Origin(name), error))
    records.problems += add_file_columns(
        mojibake.find_mojibake(records, encodings), records.origins
    )
    return records


def _check_size(data: bytes) -> None:
    """Refuse what is too large or holds nothing. Raises UnreadableFile."""
    if len(data) > MAX_UPLOAD_BYTES:
        hint = _("Split it, or check whether it is the right file.")
        raise UnreadableFile(_("the file is larger than 64 MB"), hint, code="too-large")
    if not data.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n"):
        hint = _("Check whether it is the right file.")
        raise UnreadableFile(_("the file is empty"), hint, code="empty-file")


def _read_tables(
    name: str,
    data: bytes,
    records: RawRecords,
    readings: DeliveryOptions,
    room: RowBudget,
    *,
    encoding: str | None,
) -> None:
    """Add the rows of a CSV file or workbook to the records. Raises UnreadableFile."""
    _check_size(data)
    kind = PurePath(name).suffix.lower()
    if kind in TEXT_ENDINGS:
        _take_sheet(
            read_csv_sheet(name, data, records.decodings, encoding, room), records, readings
        )
    elif kind == ".xlsx":
        before = len(records.problems), len(records.origins)
        for sheet in read_workbook_sheets(name, data, room):
            _take_sheet(sheet, records, readings)
        if before == (len(records.problems), len(records.origins)):
            message, hint = (
                _("the workbook holds no records"),
                _("Fill in a sheet, below its header."),
            )
            records.notes.append(Origin(name).problem("no-records", message, hint))
    else:
        message = _("files of the kind “{kind}” are not read", kind=kind)
        raise UnreadableFile(message, _("Give .csv, .xlsx or .ics."), code="other-format")


def _take_sheet(sheet: Sheet, records: RawRecords, readings: DeliveryOptions) -> None:
    """Add the rows of a sheet to the table that it is."""
    file, name = sheet.origin.file, sheet.origin.sheet
    if name is not None and our_sheets.is_ours(name):
        return
    if problem := _find_sheet_problem(sheet):
        records.problems.append(problem)
        return
    table = table_detection.find_table(sheet, records, readings)
    if table is None:
        records.headings.append(Heading(file, name, sheet.name, ""))
        return
    _take_table(sheet, table, records, readings)


def _find_sheet_problem(sheet: Sheet) -> Problem | None:
    """Say why nothing of a sheet is read; None where it is."""
    origin = sheet.origin
    if sheet.hidden:
        message, hint = _("the sheet is hidden"), _("Show it, or remove it.")
        return origin.problem("hidden-sheet", message, hint)
    if not sheet.rows:
        return origin.problem("no-rows", _("there are no rows"), _("Start with a header."))
    if max(len(cells) for _row, cells in sheet.rows[:HEADER_WITHIN]) > MAX_COLUMNS:
        message = _("the header has more than {n} columns", n=MAX_COLUMNS)
        hint = _("Check whether it is the right file.")
        return origin.problem("too-many-columns", message, hint)
    return None


def _take_table(sheet: Sheet, table: Table, records: RawRecords, readings: DeliveryOptions) -> None:
    """Add the rows of a sheet whose table is known."""
    said = readings.reading((sheet.origin.file, sheet.origin.sheet), normalize_name(sheet.name))
    remembered = readings.remembered.columns.get(table.name, {})
    start = table_detection.find_header_row(sheet, table, {**remembered, **said.columns})
    texts = [str(cell) for cell in sheet.rows[start][1]]
    meant = {
        **header_names.select_remembered(table, texts, remembered, said.columns),
        **said.columns,
    }
    reading = replace(said, columns=meant)
    records.headings.append(table_detection.describe_header(sheet, table, start, said, reading))
    columns = header_names.map_columns(table, texts, meant)
    if not columns:
        records.problems.append(_no_header(sheet, start, table))
        return
    _note_header(sheet, start, table, records, said=said, reading=reading)
    sheet.origin = _with_header(sheet, start, table, columns, reading)
    describe_faults(sheet, start, columns, records)
    add_rows(sheet, start, table, columns, records)


def _no_header(sheet: Sheet, start: int, table: Table) -> Problem:
    number, cells = sheet.rows[start]
    written = " ".join(map(str, cells))[:200]
    message = _("no header of {table} is found", table=table.name)
    hint = header_names.suggest(written, [column.name for column in table.file_columns])
    return sheet.origin.problem("no-header", message, hint, row=number)


def _note_header(
    sheet: Sheet,
    start: int,
    table: Table,
    records: RawRecords,
    *,
    said: ReadingOptions,
    reading: ReadingOptions,
) -> None:
    """Add what is wrong with a header, and how it is read otherwise than it says."""
    row, cells = sheet.rows[start]
    for fault in header_names.find_faults(table, [str(cell) for cell in cells], reading):
        problem = sheet.origin.problem(
            fault.code, fault.said, fault.mend, row=row, column=fault.column, value=fault.value
        )
        called = str(cells[fault.position]).strip()
        letter = get_column_letter(fault.position + 1)
        records.problems.append(replace(problem, header=called, letter=letter))
    records.notes += table_detection.note_answers(sheet, row, table, said, reading)


def _with_header(
    sheet: Sheet, start: int, table: Table, columns: Mapping[int, str], reading: ReadingOptions
) -> Origin:
    """Return the origin of a sheet with what its header says."""
    number, cells = sheet.rows[start]
    texts = [str(cell) for cell in cells]
    called = {
        column: (texts[position].strip(), get_column_letter(position + 1))
        for position, column in columns.items()
    }
    dutch = header_names.is_dutch(table, texts)
    return replace(sheet.origin, columns=called, header=number, dutch=dutch, reading=reading)
