"""Puts the rows of a fresh table into one of an earlier deck: a row's form goes with its label, a cell
that somebody rewrote stays, a row that somebody took away stays away.
"""

from collections.abc import Sequence
from typing import Any

from pptx.oxml.ns import qn
from pptx.table import _Cell
from pptx.util import Emu

from dashboard.export.pptx import edit_text
from dashboard.export.pptx.marked_slides import Marked, OtherForm, Then
from dashboard.export.pptx.markers import is_as_written

Cells = Sequence[Sequence[Any]]
Texts = Sequence[Sequence[str]]


def transfer_table(
    old: Marked, fresh: Marked, then: Then
) -> tuple[dict[str, str], dict[str, str]] | None:
    """Put in the rows of today; returns the rows before and now by their labels, None where nothing
    changed. Raises OtherForm for a table whose columns people changed.
    """
    head, mine, news = int(bool(fresh.shape.table.first_row)), _read_cells(old), _read_cells(fresh)
    columns = _match_columns(_read(mine)[0], _read(news)[0], named=bool(head))
    rows, today = mine[head:], [[row[column] for column in columns] for row in news[head:]]
    texts, now = _read(rows), _read(today)
    made = None if now == texts else _find_rows_then(old, then, columns, head)
    if now in (texts, made):
        return None
    if not rows:
        raise OtherForm("has no rows any more")
    was = made or texts
    label = _find_label(was)
    if len(was) > len(rows):
        away = {row[label] for row in was} - {row[label] for row in texts}
        today = [row for row in today if edit_text.read_text(row[label].text_frame) not in away]
    _put_rows(old, rows, was if len(was) == len(rows) else texts, today, label)
    both = [{row[label]: "; ".join(row) for row in some} for some in (texts, _read(today))]
    return both[0], both[1]


def _read_cells(one: Marked) -> Cells:
    return [list(row.cells) for row in one.shape.table.rows]


def _read(rows: Cells) -> Texts:
    return [[edit_text.read_text(cell.text_frame) for cell in row] for row in rows]


def _match_columns(header: Sequence[str], fresh: Sequence[str], *, named: bool) -> Sequence[int]:
    """Match the columns of a table to those of the fresh one: by name, else by place where there are
    as many.
    """
    if named and all(name in fresh for name in header):
        return [fresh.index(name) for name in header]
    if len(header) != len(fresh):
        raise OtherForm("has other columns on the page")
    return range(len(header))


def _find_rows_then(old: Marked, then: Then, columns: Sequence[int], head: int) -> Texts | None:
    """Find the rows as they were made, where somebody rewrote any."""
    if is_as_written(
        old.marker, "\n".join(cell for row in _read(_read_cells(old)) for cell in row)
    ):
        return None
    made = then()
    rows = _read(_read_cells(made)) if made and made.shape.has_table else []
    if not rows or max(columns) >= len(rows[0]):
        return None
    return [[row[column] for column in columns] for row in rows[head:]]


def _find_label(rows: Texts) -> int:
    """Find the first column that tells the rows apart."""
    columns = range(len(rows[0]) if rows else 0)
    return next((i for i in columns if len({row[i] for row in rows}) == len(rows)), 0)


def _put_rows(old: Marked, rows: Cells, was: Texts, today: Cells, label: int) -> None:
    """Put the words of cells into a table; `was` are those that we wrote, `rows` the cells that stand
    there.
    """
    elements, texts = [row[0]._tc.getparent() for row in rows], _read(rows)
    labels = [[row[label] for row in some] for some in (was, _read(today))]
    aligned = edit_text.align_elements(elements, *labels)
    for element, cells in zip(aligned, today, strict=True):
        number = elements.index(element) if element in elements else None
        tall = int(cells[0]._tc.getparent().get("h"))
        element.set("h", str(max(int(element.get("h")), tall)))
        for column, tc in enumerate(element.findall(qn("a:tc"))):
            if number is None or texts[number][column] == was[number][column]:
                frames = _Cell(tc, rows[0][0]._parent).text_frame, cells[column].text_frame
                edit_text.transfer_paragraphs(*(list(frame.paragraphs) for frame in frames))
    old.shape.height = Emu(sum(row.height for row in old.shape.table.rows))
