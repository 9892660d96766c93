"""Writes workbooks: the uploaded one with its faulty cells coloured and explained, which runs in the
limited process of limits.py; and cells in which text is never a formula.
"""

import io
import re
from typing import Any

import openpyxl
import orjson
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import column_index_from_string

from dashboard.intake.formulas import starts_formula
from dashboard.intake.parse_values import normalize_name

PROBLEM, NOTE = PatternFill("solid", fgColor="F8C9C4"), PatternFill("solid", fgColor="FFF2B3")
WIDTHS = {"what": 10, "sheet": 18, "row": 7, "column": 20, "value": 30, "rule": 60, "mend": 60}
"""Of the columns of the list of problems, by the fields that stand in them."""
HEADER_WITHIN = 10
MAX_TEXT = 32_000
MAX_COMMENT = 1000


def mark_problems(data: bytes, argument: dict[str, Any]) -> bytes:
    """Return the workbook (or, with `rows`, one made of JSON rows) with `problems` marked and
    listed first.

    Each problem has the fields above; `title` and `columns` say in the reader's language what the
    list and its columns are called, `titles` what such a list may be called; `spellings` gives the headers by which a column may be known.
    """
    made = argument["rows"] is not None
    if made:
        book = _make_book(argument["rows"], data)
    else:
        book = openpyxl.load_workbook(io.BytesIO(data), keep_links=False)
    for problem in argument["problems"]:
        sheet = problem["sheet"] or (book.sheetnames[0] if made else None)
        if sheet in book.sheetnames and problem["row"]:
            _mark_cell(book[sheet], problem, argument["spellings"])
    _list_problems(book, argument)
    return save_book(book)


def _make_book(title: str, rows: bytes) -> openpyxl.Workbook:
    """Make a workbook of JSON rows."""
    book = openpyxl.Workbook()
    book.active.title = title
    for number, cells in orjson.loads(rows):
        for position, cell in enumerate(cells, start=1):
            write_cell(book.active.cell(number, position), cell)
    return book


def save_book(book: openpyxl.Workbook) -> bytes:
    """Return the workbook as a file."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def write_cell(cell: Cell, value: Any) -> None:
    """Write a value; text stays text, also where it starts like a formula."""
    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("�", value)[:MAX_TEXT]
    cell.value = value
    if isinstance(value, str) and value:
        cell.data_type = "s"
        cell.quotePrefix = starts_formula(value)


def _mark_cell(sheet: Any, problem: dict[str, Any], spellings: dict[str, list[str]]) -> None:
    column = _find_column(sheet, problem, spellings)
    cell = sheet.cell(problem["row"], column or 1)
    if not isinstance(cell, Cell):  # inside a merged range only its first cell can be written
        merged = next(m for m in sheet.merged_cells.ranges if cell.coordinate in m)
        cell = sheet.cell(merged.min_row, merged.min_col)
    said = f"{problem['rule']}. {problem['mend']}"
    before = f"{cell.comment.text}\n" if cell.comment else ""
    cell.comment = Comment(
        ILLEGAL_CHARACTERS_RE.sub("�", before + said)[:MAX_COMMENT], "dashboard", 160, 320
    )
    if problem["bad"] or cell.fill != PROBLEM:
        cell.fill = PROBLEM if problem["bad"] else NOTE


def _find_column(
    sheet: Any, problem: dict[str, Any], spellings: dict[str, list[str]]
) -> int | None:
    """Find the column of a problem: by its letter, else by the header that names it."""
    if letter := problem["letter"]:
        return int(column_index_from_string(letter))
    name = problem["header"]
    names = {*spellings.get(name or "", ()), normalize_name(name or "")} - {""}
    for row in sheet.iter_rows(max_row=min(HEADER_WITHIN, sheet.max_row)):
        for cell in row:
            if isinstance(cell.value, str) and normalize_name(cell.value) in names:
                return int(cell.column)
    return column_index_from_string(name) if name and re.fullmatch("[A-Z]{1,2}", name) else None


def _list_problems(book: openpyxl.Workbook, argument: dict[str, Any]) -> None:
    """Put the list of problems first, in place of one that an earlier marking left there."""
    for title in argument["titles"]:
        if title in book.sheetnames:
            del book[title]
    sheet = book.create_sheet(argument["title"], 0)
    for row, problem in enumerate([argument["columns"], *argument["problems"]], start=1):
        for position, name in enumerate(WIDTHS, start=1):
            write_cell(sheet.cell(row, position), problem[name])
    for cell, width in zip(sheet[1], WIDTHS.values(), strict=True):
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = width
    sheet.freeze_panes = "A2"
    for other in book.worksheets:
        other.sheet_view.tabSelected = False
    book.active = 0
