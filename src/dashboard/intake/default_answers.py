"""Fills empty cells with what a steward answered for all rows: “put exact in each”.

After the delivery has joined what is served: a cell that a served record fills is not empty.
"""

import pyarrow as pa
import pyarrow.compute as pc

from dashboard.intake.files import Origin, RawRecords
from dashboard.intake.header_names import find_number_column
from dashboard.intake.messages import _, ngettext
from dashboard.intake.problems import Problem
from dashboard.schema.contract import Table, tables
from dashboard.schema.convert import ROW

INDEX_BITS = 32


def fill_empty_cells(records: RawRecords, settled: RawRecords) -> None:
    """Put the terms that were said for the empty cells of columns in place, with a note for each
    column. What was emptied on purpose in the delivery as it was `settled` stays empty.
    """
    for index, origin in enumerate(records.origins, start=1):
        for column, term in origin.reading.fills.items():
            for name, rows in records.tables.items():
                if column not in rows.column_names:
                    continue
                emptied = _find_emptied(settled.tables.get(name), rows, column)
                empty = _find_empty(tables()[name], rows, column, index)
                empty = pc.and_(empty, pc.invert(emptied))
                if count := pc.sum(empty).as_py():
                    cells = pc.if_else(empty, term, rows.column(column))
                    records.tables[name] = _set_column(rows, column, cells)
                    records.notes.append(_note(origin, column, term, count))


def _find_empty(table: Table, rows: pa.Table, column: str, index: int) -> pa.ChunkedArray:
    """Find the cells of an origin that are empty; a kind is wanted only where its number stands."""
    here = pc.equal(pc.shift_right(rows.column(ROW), INDEX_BITS), index)
    empty = pc.and_(here, _is_blank(rows.column(column)))
    number = find_number_column(table, column)
    return pc.and_(empty, pc.invert(_is_blank(rows.column(number)))) if number else empty


def _find_emptied(settled: pa.Table | None, rows: pa.Table, column: str) -> pa.ChunkedArray:
    """Find the rows with a cell that the delivery empties by a word."""
    if settled is None:
        return pc.is_null(rows.column(ROW))
    said = settled.filter(pc.fill_null(pc.equal(settled.column(column), ""), False)).column(ROW)
    return pc.is_in(rows.column(ROW), value_set=said)


def _is_blank(cells: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.equal(pc.utf8_trim_whitespace(pc.fill_null(cells, "")), "")


def _set_column(rows: pa.Table, column: str, cells: pa.ChunkedArray) -> pa.Table:
    return rows.set_column(rows.schema.get_field_index(column), column, cells)


def _note(origin: Origin, column: str, term: str, count: int) -> Problem:
    message = ngettext(
        "{term} is put in the empty cells of {n} row, as you said",
        "{term} is put in the empty cells of {n:,} rows, as you said",
        count,
        term=term,
    )
    hint = _("Say otherwise if that is not meant.")
    return origin.problem("filled", message, hint, column=column, rows=count)
