"""Texts whose encoding was read wrongly and saved: “CafÃ©” for “Café”. The verdict is ftfy's."""

from collections.abc import Collection, Iterator

import ftfy
import pyarrow as pa
import pyarrow.compute as pc
from ftfy.badness import is_bad

from dashboard.intake.files import RawRecords, place
from dashboard.intake.problems import Problem, shorten
from dashboard.schema.contract import tables
from dashboard.schema.convert import MAX_CELL, ROW

MAX_LISTED = 1000


def look(records: RawRecords, sure: Collection[str] = ()) -> list[Problem]:
    """A problem for each cell that looks like it, with how it probably reads; not in the files
    whose encoding somebody chose, who has seen their words.
    """
    found: list[Problem] = []
    for name, rows in records.tables.items():
        for column in tables()[name].file_columns:
            cells = rows.column(column.name)
            bad = [
                text
                for text in pc.unique(cells).to_pylist()
                if text and not text.isascii() and is_bad(text[:MAX_CELL])
            ]
            if bad:
                hit = rows.filter(pc.is_in(cells, pa.array(bad, pa.string()))).select(
                    [ROW, column.name]
                )
                found += _problems(records, name, column.name, hit, sure)
    return found[:MAX_LISTED]


def _problems(
    records: RawRecords, table: str, column: str, rows: pa.Table, sure: Collection[str]
) -> Iterator[Problem]:
    for number, text in zip(*rows.to_pydict().values(), strict=True):
        origin, row = place(records.origins, table, number)
        if origin.file not in sure:
            rule = (
                "its letters were read wrongly once and saved so; it is probably"
                f" “{shorten(ftfy.fix_encoding(text))}”"
            )
            mend = (
                "Write it anew, take the file from which it came, or choose the encoding of the"
                " file."
            )
            yield Problem(origin.file, row, column, text, rule, mend, origin.sheet)
