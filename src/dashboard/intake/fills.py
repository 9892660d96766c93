"""Empty cells that a steward answered for all rows: “put exact in each”.

After the delivery has joined what is served: a cell that a served record fills is not empty.
"""

import pyarrow as pa
import pyarrow.compute as pc

from dashboard.intake.files import Origin, RawRecords
from dashboard.intake.header import number_of
from dashboard.intake.problems import Problem
from dashboard.schema.contract import Table, tables
from dashboard.schema.convert import ROW

INDEX_BITS = 32


def fill(records: RawRecords, settled: RawRecords) -> None:
    """Put the terms that were said for the empty cells of columns in place, with a note for each
    column. What was emptied on purpose in the delivery as it was `settled` stays empty.
    """
    for index, origin in enumerate(records.origins, start=1):
        for column, term in origin.reading.fills.items():
            for name, rows in records.tables.items():
                if column in rows.column_names:
                    empty = _empty(tables()[name], rows, column, index)
                    empty = pc.and_(
                        empty, pc.invert(_emptied(settled.tables.get(name), rows, column))
                    )
                    if count := pc.sum(empty).as_py():
                        records.tables[name] = _with(
                            rows, column, pc.if_else(empty, term, rows.column(column))
                        )
                        records.notes.append(_note(origin, column, term, count))


def _empty(table: Table, rows: pa.Table, column: str, index: int) -> pa.ChunkedArray:
    """Which cells of an origin are empty; a kind is wanted only where its number stands."""
    here = pc.equal(pc.shift_right(rows.column(ROW), INDEX_BITS), index)
    empty = pc.and_(here, _blank(rows.column(column)))
    number = number_of(table, column)
    return pc.and_(empty, pc.invert(_blank(rows.column(number)))) if number else empty


def _emptied(settled: pa.Table | None, rows: pa.Table, column: str) -> pa.ChunkedArray:
    """Which rows have a cell that the delivery empties by a word."""
    if settled is None:
        return pc.is_null(rows.column(ROW))
    said = settled.filter(pc.fill_null(pc.equal(settled.column(column), ""), False)).column(ROW)
    return pc.is_in(rows.column(ROW), value_set=said)


def _blank(cells: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.equal(pc.utf8_trim_whitespace(pc.fill_null(cells, "")), "")


def _with(rows: pa.Table, column: str, cells: pa.ChunkedArray) -> pa.Table:
    return rows.set_column(rows.schema.get_field_index(column), column, cells)


def _note(origin: Origin, column: str, term: str, count: int) -> Problem:
    rows = "1 row" if count == 1 else f"{count:,} rows"
    rule = f"{term} is put in the empty cells of {rows}, as you said"
    mend = "Say otherwise if that is not meant."
    return Problem(
        origin.file, None, column, None, rule, mend, origin.sheet, code="filled", rows=count
    )
