"""What a person sees in the sheets of a workbook, as text; runs in the limited process of
limits.py.

Nothing is read as a table here. What a person cannot see, or a program would read otherwise than a
person (formulas, errors, merged cells, what is hidden), is named with its cell.
"""

import io
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import openpyxl
import orjson
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet._reader import WorkSheetParser

from dashboard.intake.limits import SPLIT, RowBudget, UnreadableFile
from dashboard.intake.messages import _
from dashboard.intake.problems import SheetFault

MAX_CHARACTERS = 120_000_000
MAX_FAULTS = 1000
FROM_1904 = 1462
"""Days between 1900 and 1904, from which workbooks of an old Mac count."""
FIRST_OWN_FORMAT = 164
"""Number formats below are those that Excel has built in."""
LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
CURRENCY = re.compile(r"\[\$([^\]-]*)[^\]]*\]")
"""How a number format writes a currency with its country: [$€-413]."""
FOREIGN = re.compile(r"[$£¥]|\b(?:USD|GBP|CHF|JPY|SEK|NOK|DKK)\b")
FAULTY_TYPES = {"f": "formula", "e": "spreadsheet-error", "b": "truth-value"}
"""Types of cells (as the file has them) that are no values, with the code of the problem."""


def read_workbook(data: bytes, argument: dict[str, int]) -> bytes:
    """Read a workbook as JSON: a list of sheets with name, hidden, rows [[number, [cells]]], faults
    (problems.SheetFault) and serial_start, which is added to a number that stands for a day.

    A cell is text, or a number where it has decimals: what these mean depends on the column.
    `argument` has how many `rows` and `cells` it may have. Raises UnreadableFile.
    """
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
    room, left = RowBudget(argument["rows"], argument["cells"]), [MAX_CHARACTERS]
    return orjson.dumps([_read_sheet(book, sheet, room, left) for sheet in book.worksheets])


def _read_sheet(book: Any, sheet: Any, room: RowBudget, left: list[int]) -> dict[str, Any]:
    """Read the cells in one pass. The parser behind openpyxl's read-only sheets is used itself,
    because only it knows merged and hidden cells without holding the whole sheet in memory.
    """
    rows: list[tuple[int, list[Any]]] = []
    faults: list[SheetFault] = []
    with sheet._get_source() as source:
        parser = _open_parser(book, sheet, source)
        read = ((number, _read_row(book, cells, faults, left)) for number, cells in parser.parse())
        rows += room.admitted(read, len)
    faults += _find_hidden(parser, {number for number, _cells in rows})
    faults += _find_merged(parser)
    return {
        "name": sheet.title,
        "hidden": sheet.sheet_state != "visible",
        "rows": rows,
        "serial_start": FROM_1904 if book.epoch == CALENDAR_MAC_1904 else 0,
        "faults": sorted(faults)[:MAX_FAULTS],
        "more": max(0, len(faults) - MAX_FAULTS),
    }


def _open_parser(book: Any, sheet: Any, source: Any) -> WorkSheetParser:
    return WorkSheetParser(
        source,
        sheet._shared_strings,
        epoch=book.epoch,
        date_formats=book._date_formats,
        timedelta_formats=book._timedelta_formats,
    )


def _read_row(
    book: Any, cells: list[dict[str, Any]], faults: list[SheetFault], left: list[int]
) -> list[Any]:
    row: list[Any] = []
    for cell in cells:
        value, column = cell["value"], cell["column"]
        if value is None or value == "":
            continue
        if cell["data_type"] in FAULTY_TYPES:
            faults.append(_faulty_cell(cell))
            value = ""
        padding = max(0, column - len(row))
        row += [""] * padding
        row[column - 1] = text = _seen(value, book, cell["style_id"])
        left[0] -= len(text) if isinstance(text, str) else 8
    if left[0] < 0:
        message = _("the workbook holds more than {n:,} characters", n=MAX_CHARACTERS)
        raise UnreadableFile(message, SPLIT, code="too-large")
    return row


def _faulty_cell(cell: dict[str, Any]) -> SheetFault:
    """Say what is no value in a cell."""
    place = f"{get_column_letter(cell['column'])}{cell['row']}"
    match code := FAULTY_TYPES[cell["data_type"]]:
        case "formula":
            message = _("cell {cell} holds a formula", cell=place)
            hint = _("Copy it and paste it as a value.")
        case "spreadsheet-error":
            message = _(
                "cell {cell} holds an error of the spreadsheet ({value})",
                cell=place,
                value=str(cell["value"]),
            )
            hint = _("Mend the formula, or write the value.")
        case _unused:
            message = _("cell {cell} holds TRUE or FALSE", cell=place)
            hint = _("Write the value in words.")
    return SheetFault(cell["row"], cell["column"], message, hint, code)


def _seen(value: Any, book: Any, style: int) -> str | float:
    """Return a value as a person sees it in the spreadsheet."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float):
        return _as_shown(value, _code(book, style))
    if isinstance(value, date):  # a datetime is a date as well
        return _day(value, _bare(_code(book, style)))
    return str(value.isoformat() if hasattr(value, "isoformat") else value)


def _as_shown(value: float, code: str) -> str | float:
    """Read a number with what its format adds to it: 1 that is shown as 100% is not one person, and
    what is shown in dollars is not in euro.
    """
    if "%" in _bare(code):
        return f"{value * 100:.15g}%"
    text = f"{value:.0f}" if float(value).is_integer() else float(f"{value:.15g}")
    currency = FOREIGN.search(CURRENCY.sub(r"\1", code))
    return f"{currency[0]} {text}" if currency else text


def _code(book: Any, style: int) -> str:
    """Find the number format of a style. The currency of a format that Excel has built in is that
    of the country it runs in, which the file does not tell: it is left out.
    """
    number = book._cell_styles[style].numFmtId
    if builtin := openpyxl.styles.numbers.BUILTIN_FORMATS.get(number):
        return str(builtin).replace("$", "")
    own = number - FIRST_OWN_FORMAT
    known = book._number_formats
    return str(known[own]) if 0 <= own < len(known) else "General"


def _bare(code: str) -> str:
    """Reduce a number format to what tells what is shown: without literal text and colours, d, m, y
    and h.
    """
    return LITERAL.sub("", code).lower()


def _day(value: date, code: str) -> str:
    """Format a date as ISO, as precise as it is shown: a cell that shows “May 2025” does not say
    the first of May.
    """
    day = value.isoformat()[:10]
    if "y" in code and "d" not in code:
        return day[:7] if "m" in code else day[:4]
    if isinstance(value, datetime) and (value.hour or value.minute):
        return f"{day} {value:%H:%M}"
    return day


def _find_hidden(parser: WorkSheetParser, filled: set[int]) -> Iterator[SheetFault]:
    hint = _("Show it, or remove it.")
    for number, row in parser.row_dimensions.items():
        if row.get("hidden") in ("1", "true") and int(number) in filled:
            yield SheetFault(int(number), 0, _("the row is hidden"), hint, "hidden-row")
    for column in parser.column_dimensions.values():
        if column.get("hidden") in ("1", "true"):
            first = int(column["min"])
            message = _("column {letter}: the column is hidden", letter=get_column_letter(first))
            yield SheetFault(0, first, message, hint, "hidden-column")


def _find_merged(parser: WorkSheetParser) -> Iterator[SheetFault]:
    for merged in parser.merged_cells.mergeCell if parser.merged_cells else []:
        left, top, _right, bottom = range_boundaries(merged.ref)
        last = f"{get_column_letter(left)}{bottom}"
        message = _("cell {cell} {cells} is merged", cell=last, cells=merged.ref)
        first = f"{get_column_letter(left)}{top}"
        hint = _("Unmerge it and fill every cell from {first} on.", first=first)
        yield SheetFault(bottom, left, message, hint, "merged-cells")
