"""Makes an empty workbook for new records from the contract: what the schema asks, the workbook says."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import openpyxl
import pyarrow as pa
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation

from dashboard.intake import our_sheets
from dashboard.intake.header_names import name_column, name_table
from dashboard.intake.names import Term, Vocabulary
from dashboard.intake.suggestions import describe_column, quote_contract
from dashboard.intake.workbook_writer import save_book, write_cell
from dashboard.language.messages import DUTCH, LANGUAGES, N_, _, current_language, speaking
from dashboard.schema.contract import Column, Reference, Table, tables
from dashboard.schema.convert import FORMS
from dashboard.schema.folding import fold

LAST_ROW = 2000
"""Drop-down lists reach down to here; more rows may be filled."""
NEEDED = PatternFill("solid", fgColor="DCE9F5")
PLAIN_NAME = re.compile(r"[A-Za-z_]+")
"""A name of a sheet that a formula may hold without quotation marks."""
EXAMPLES = {
    "id": N_("open-day-2026"),
    "date": N_("2026-05-14, 14 mei 2026, mei 2026, 2026"),
    "period": N_("2025-2026"),
    "count": N_("400, 1.000, ca. 400, > 400, unknown"),
    "amount": N_("1234.50, € 1.234,50, 3 miljoen, unknown"),
    "double": N_("53.21917"),
}

INSTRUCTIONS = (
    N_("New records for the dashboard"),
    N_(
        "Each sheet is a table, each row one thing. Fill in only the sheets that you need; an empty"
        " sheet says nothing."
    ),
    N_("Blue columns are required. Point at a header to read what belongs there, with examples."),
    N_(
        "A blank cell: not known in a new row; what is there stays in a row that exists. Never"
        " write 0 for unknown."
    ),
    N_("To empty a value that is there, write (empty)."),
    N_(
        "Dates as 2026-05-14, 14 mei 2026, mei 2026 or 2026. Numbers as 400 or ca. 400. Write years"
        " in full."
    ),
    N_("People, organisations and places may be named by id or by name; terms by id or by label."),
    N_(
        "No formulas, merged cells or hidden rows. No patient data: nothing about patients belongs"
        " here."
    ),
    N_(
        "Upload the workbook; what is wrong is said with sheet, row and column, and nothing is"
        " published by itself."
    ),
)
"""What stands on the first sheet: in every language, the reader's first, for whom else fills it in."""


def build_template(known: Mapping[str, pa.Table] | None = None) -> bytes:
    """Build the workbook for people to fill in, as a file in the reader's language: the names in it
    are understood in both. `known` are the records of the store: their terms and ids fill the
    drop-down lists; without them a list offers what stands in the other sheet.
    """
    book = openpyxl.Workbook()
    _write_instructions(book.active)
    lists = _Lists(book, known or {})
    for table in tables().values():
        _fill_sheet(book.create_sheet(name_table(table)), table, lists)
    book.move_sheet(lists.sheet, len(book.sheetnames))
    return save_book(book)


def _write_instructions(sheet: Any) -> None:
    sheet.title = _(our_sheets.INSTRUCTIONS)
    own = current_language()
    languages = sorted(LANGUAGES, key=lambda language: language != own)
    for column, language in enumerate(languages, start=1):
        with speaking(own if column == 1 else language):
            texts = [LANGUAGES[language], *map(_, INSTRUCTIONS)]
        for row, text in enumerate(texts, start=1):
            write_cell(sheet.cell(row, column), text)
    for row in (1, 2):
        for cell in sheet[row]:
            cell.font = Font(bold=True)
    for letter in "AB":
        sheet.column_dimensions[letter].width = 110


class _Lists:
    """The last sheet: a column per vocabulary, and one per table of the store that others refer to."""

    def __init__(self, book: openpyxl.Workbook, known: Mapping[str, pa.Table]) -> None:
        self.sheet = book.create_sheet(_(our_sheets.LISTS))
        self.of_terms: dict[str, str] = {}
        self.of_ids: dict[str, str] = {}
        for name, terms in _group_terms(known).items():
            self.of_terms[name] = self._add(name, _offer(terms))
        for table in tables().values():
            if table.name in known and known[table.name].num_rows and len(table.key) == 1:
                ids = sorted(filter(None, known[table.name][table.key[0]].to_pylist()))
                head = _("ids of {table}", table=name_table(table))
                self.of_ids[table.name] = self._add(head, ids)

    def _add(self, head: str, values: list[str]) -> str:
        """Write a list; returns where it stands."""
        column = len(self.of_terms) + len(self.of_ids) + 1
        for row, value in enumerate([head, *values], start=1):
            write_cell(self.sheet.cell(row, column), value)
        letter = get_column_letter(column)
        self.sheet.column_dimensions[letter].width = 28
        return _name_range(self.sheet.title, letter, len(values) + 1)


def _group_terms(known: Mapping[str, pa.Table]) -> dict[str, list[Term]]:
    """Group the terms of the store by their list."""
    found: dict[str, list[Term]] = {}
    for row in known["terms"].to_pylist() if "terms" in known else []:
        english = row["label_en"] or row["term_id"]
        term = Term(row["term_id"], english, row["label_nl"] or english)
        found.setdefault(row["list"], []).append(term)
    return found


def _offer(terms: Sequence[Term]) -> list[str]:
    """Offer terms in Dutch by their labels, where a label means one term only; else by their ids."""
    if current_language() != DUTCH:
        return [term.id for term in terms]
    meanings = Vocabulary(tuple(terms)).meanings
    return [term.nl if meanings.get(fold(term.nl)) == term.id else term.id for term in terms]


def _name_range(sheet: str, letter: str, last: int) -> str:
    """Name the cells of a column below its head, as a formula does."""
    name = sheet if PLAIN_NAME.fullmatch(sheet) else quote_sheetname(sheet)
    return f"{name}!${letter}$2:${letter}${last}"


def _fill_sheet(sheet: Any, table: Table, lists: _Lists) -> None:
    """Write the header of a table, each column with its comment, form and drop-down list."""
    targets = {ref.column: ref for ref in table.references}
    for position, column in enumerate(table.shown_columns, start=1):
        cell, letter = sheet.cell(1, position), get_column_letter(position)
        name = name_column(column)
        write_cell(cell, name)
        cell.font = Font(bold=True)
        cell.comment = Comment(_explain(column, targets.get(column.name)), "dashboard", 200, 340)
        if column.required:
            cell.fill = NEEDED
        sheet.column_dimensions[letter].width = max(14, len(name) + 4)
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


def _source(column: Column, reference: Reference | None, lists: _Lists) -> str | None:
    """Find where the list of a column stands. Other values are allowed: a label or name is
    understood as well.
    """
    if column.terms:
        return lists.of_terms.get(column.terms)
    if reference is None:
        return None
    target = tables()[reference.target]
    names = [c.name for c in target.shown_columns]
    letter = get_column_letter(names.index(reference.target_column) + 1)
    own = _name_range(name_table(target), letter, LAST_ROW)
    return lists.of_ids.get(target.name, own)


def _explain(column: Column, reference: Reference | None) -> str:
    """Say what belongs into a column: a line for each thing that there is to say."""
    parts = [
        _name_otherwise(column),
        str(describe_column(column)),
        f"{quote_contract(column.rule)}." if column.rule else "",
    ]
    if reference:
        target = name_table(tables()[reference.target])
        parts.append(_("An id of {table}, or its name.", table=target))
    elif column.terms:
        parts.append(_("A term of the list {terms}, or its label.", terms=column.terms))
    elif FORMS[column.form].message:
        parts.append(_("Example: {example}.", example=_(EXAMPLES[column.form])))
    parts.append(_("Required.") if column.required else _("May be empty."))
    return "\n".join(filter(None, parts))


def _name_otherwise(column: Column) -> str:
    """Say what the column is called in the other language."""
    if current_language() == DUTCH:
        return _("In English: {name}.", name=column.name)
    return _("In Dutch: {name}.", name=column.nl)
