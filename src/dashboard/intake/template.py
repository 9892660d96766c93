"""Makes an empty workbook for new records from the contract: what the schema asks, the workbook says."""

from collections.abc import Mapping
from typing import Any

import openpyxl
import pyarrow as pa
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from dashboard.intake.workbook_writer import save_book, write_cell
from dashboard.schema.contract import Column, Table, tables
from dashboard.schema.convert import FORMS

LAST_ROW = 2000
"""Drop-down lists reach down to here; more rows may be filled."""
NEEDED = PatternFill("solid", fgColor="DCE9F5")
EXAMPLES = {
    "id": "open-day-2026",
    "date": "2026-05-14, 14 mei 2026, mei 2026, 2026",
    "period": "2025-2026",
    "count": "400, 1.000, ca. 400, > 400, unknown",
    "amount": "1234.50, € 1.234,50, 3 miljoen, unknown",
    "double": "53.21917",
}

INSTRUCTIONS = (
    ("New records for the dashboard", "Nieuwe gegevens voor het dashboard"),
    (
        (
            "Each sheet is a table, each row one thing. Fill in only the sheets that you need; an"
            " empty sheet says nothing."
        ),
        (
            "Elk blad is een tabel, elke rij één ding. Vul alleen de bladen die u nodig hebt; een"
            " leeg blad zegt niets."
        ),
    ),
    (
        "Blue columns are required. Point at a header to read what belongs there, with examples.",
        (
            "Blauwe kolommen zijn verplicht. Wijs een kop aan om te lezen wat er hoort, met"
            " voorbeelden."
        ),
    ),
    (
        (
            "A blank cell: not known in a new row; what is there stays in a row that exists. Never"
            " write 0 for unknown."
        ),
        (
            "Een lege cel: in een nieuwe rij niet bekend; in een bestaande rij blijft staan wat er"
            " staat. Schrijf nooit 0 voor onbekend."
        ),
    ),
    (
        "To empty a value that is there, write (empty).",
        "Schrijf (leeg) om een waarde die er staat leeg te maken.",
    ),
    (
        (
            "Dates as 2026-05-14, 14 mei 2026, mei 2026 or 2026. Numbers as 400 or ca. 400. Write"
            " years in full."
        ),
        (
            "Datums als 2026-05-14, 14 mei 2026, mei 2026 of 2026. Aantallen als 400 of ca. 400."
            " Schrijf jaartallen voluit."
        ),
    ),
    (
        "People, organisations and places may be named by id or by name; terms by id or by label.",
        (
            "Personen, organisaties en plaatsen mogen met id of naam worden genoemd; begrippen met"
            " id of omschrijving."
        ),
    ),
    (
        (
            "No formulas, merged cells or hidden rows. No patient data: nothing about patients"
            " belongs here."
        ),
        (
            "Geen formules, samengevoegde cellen of verborgen rijen. Geen patiëntgegevens: die"
            " horen hier niet."
        ),
    ),
    (
        (
            "Upload the workbook; what is wrong is said with sheet, row and column, and nothing is"
            " published by itself."
        ),
        (
            "Upload de werkmap; wat niet klopt, wordt gemeld met blad, rij en kolom. Er wordt niets"
            " vanzelf gepubliceerd."
        ),
    ),
)


def build_template(known: Mapping[str, pa.Table] | None = None) -> bytes:
    """Build the workbook for people to fill in, as a file. `known` are the records of the store:
    their terms and ids fill the drop-down lists; without them a list offers what stands in the
    other sheet.
    """
    book = openpyxl.Workbook()
    _write_instructions(book.active)
    lists = _Lists(book, known or {})
    for table in tables().values():
        _fill_sheet(book.create_sheet(table.name), table, lists)
    book.move_sheet(lists.sheet, len(book.sheetnames))
    return save_book(book)


def _write_instructions(sheet: Any) -> None:
    sheet.title = "Instructions"
    for row, (english, dutch) in enumerate((("English", "Nederlands"), *INSTRUCTIONS), start=1):
        write_cell(sheet.cell(row, 1), english)
        write_cell(sheet.cell(row, 2), dutch)
    for row in (1, 2):
        for cell in sheet[row]:
            cell.font = Font(bold=True)
    for letter in "AB":
        sheet.column_dimensions[letter].width = 110


class _Lists:
    """The last sheet: a column per vocabulary, and one per table of the store that others refer to."""

    def __init__(self, book: openpyxl.Workbook, known: Mapping[str, pa.Table]) -> None:
        self.sheet = book.create_sheet("Lists")
        self.ranges: dict[str, str] = {}
        terms = known["terms"].select(["list", "term_id"]).to_pylist() if "terms" in known else []
        for name in dict.fromkeys(row["list"] for row in terms):
            self._add(name, [row["term_id"] for row in terms if row["list"] == name])
        for table in tables().values():
            if table.name in known and known[table.name].num_rows and len(table.key) == 1:
                self._add(
                    f"ids of {table.name}",
                    sorted(filter(None, known[table.name][table.key[0]].to_pylist())),
                )

    def _add(self, name: str, values: list[str]) -> None:
        column = len(self.ranges) + 1
        for row, value in enumerate([name, *values], start=1):
            write_cell(self.sheet.cell(row, column), value)
        letter = get_column_letter(column)
        self.sheet.column_dimensions[letter].width = 28
        self.ranges[name] = f"Lists!${letter}$2:${letter}${len(values) + 1}"


def _fill_sheet(sheet: Any, table: Table, lists: _Lists) -> None:
    """Write the header of a table, each column with its comment, form and drop-down list."""
    targets = {ref.column: ref for ref in table.references}
    for position, column in enumerate(table.shown_columns, start=1):
        cell, letter = sheet.cell(1, position), get_column_letter(position)
        write_cell(cell, column.name)
        cell.font = Font(bold=True)
        cell.comment = Comment(_explain(column, targets.get(column.name)), "dashboard", 200, 340)
        if column.required:
            cell.fill = NEEDED
        sheet.column_dimensions[letter].width = max(14, len(column.name) + 4)
        if column.form not in ("count", "amount", "double"):
            # else a spreadsheet makes dates of what looks like one
            sheet.column_dimensions[letter].number_format = "@"
        if source := _source(column, targets.get(column.name), lists):
            sheet.add_data_validation(_drop_down(source, letter))
    sheet.freeze_panes = "A2"


def _drop_down(source: str, letter: str) -> DataValidation:
    """Offer a list in the cells of a column, and allow what is not in it."""
    offered = DataValidation(
        "list", formula1=f"={source}", allow_blank=True, showErrorMessage=False
    )
    offered.add(f"{letter}2:{letter}{LAST_ROW}")
    return offered


def _source(column: Column, reference: Any, lists: _Lists) -> str | None:
    """Find where the list of a column stands. Other values are allowed: a label or name is
    understood as well.
    """
    if column.terms:
        return lists.ranges.get(column.terms)
    if reference is None:
        return None
    position = [c.name for c in tables()[reference.target].shown_columns].index(
        reference.target_column
    ) + 1
    letter = get_column_letter(position)
    return lists.ranges.get(
        f"ids of {reference.target}", f"{reference.target}!${letter}$2:${letter}${LAST_ROW}"
    )


def _explain(column: Column, reference: Any) -> str:
    parts = [f"In Dutch: {column.nl}.", column.meaning, f"{column.rule}." if column.rule else ""]
    if reference:
        parts.append(f"An id of {reference.target}, or its name.")
    elif column.terms:
        parts.append(f"A term of the list {column.terms}, or its label.")
    elif FORMS[column.form].message:
        parts.append(f"Example: {EXAMPLES[column.form]}.")
    parts.append("Required." if column.required else "May be empty.")
    return "\n".join(part for part in parts if part)
