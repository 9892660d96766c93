"""Texts whose encoding was read wrongly and saved: “CafÃ©” for “Café”. The verdict is ftfy's."""

from collections.abc import Collection, Iterator

import ftfy
import pyarrow as pa
import pyarrow.compute as pc
from ftfy.badness import is_bad

from dashboard.intake.files import RawRecords, find_origin
from dashboard.intake.messages import _
from dashboard.intake.problems import Problem, shorten
from dashboard.schema.contract import tables
from dashboard.schema.convert import MAX_CELL, ROW

MAX_LISTED = 1000


def find_mojibake(records: RawRecords, sure: Collection[str] = ()) -> list[Problem]:
    """Find the cells that look like it, with how each probably reads; not in the files whose
    encoding somebody chose, who has seen their words.
    """
    found: list[Problem] = []
    for name, rows in records.tables.items():
        for column in tables()[name].file_columns:
            cells = rows.column(column.name)
            bad = [text for text in pc.unique(cells).to_pylist() if _is_suspect(text)]
            if bad:
                hit = rows.filter(pc.is_in(cells, pa.array(bad, pa.string())))
                hit = hit.select([ROW, column.name])
                found += _make_problems(records, name, column.name, hit, sure)
    return found[:MAX_LISTED]


def _is_suspect(text: str | None) -> bool:
    return text is not None and not text.isascii() and is_bad(text[:MAX_CELL])


def _make_problems(
    records: RawRecords, table: str, column: str, rows: pa.Table, sure: Collection[str]
) -> Iterator[Problem]:
    hint = _("Write it anew, take the file from which it came, or choose the encoding of the file.")
    for number, text in zip(*rows.to_pydict().values(), strict=True):
        origin, row = find_origin(records.origins, table, number)
        if origin.file not in sure:
            fixed = shorten(ftfy.fix_encoding(text))
            message = _(
                "its letters were read wrongly once and saved so; it is probably “{text}”",
                text=fixed,
            )
            yield origin.problem(
                "mojibake", message, hint, row=row, column=column, value=text, variant=fixed
            )
