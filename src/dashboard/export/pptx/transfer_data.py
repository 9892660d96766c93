"""Puts the data of today into charts and tables of an earlier deck. The form of a series, a bar or a
row goes with its name; what somebody took away stays away, a cell that somebody rewrote stays.
"""

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from pptx.oxml.ns import qn
from pptx.table import _Cell
from pptx.util import Emu

from dashboard.export.pptx.edit_text import align_elements, read_text, transfer_paragraphs
from dashboard.export.pptx.marked_slides import (
    OF_ANOTHER_FORM,
    OF_OTHER_COLUMNS,
    WITHOUT_ROWS,
    Marked,
    OtherForm,
)

SERIES, NUMBER, LABELS = qn("c:ser"), qn("c:idx"), qn("c:dLbls")
FILLED = (NUMBER, *map(qn, ("c:order", "c:tx", "c:cat", "c:val")))
Cells = Sequence[Sequence[Any]]
Texts = Sequence[Sequence[str]]


def list_bars(chart: Any) -> dict[tuple[str, str], float | None]:
    """List what a chart says: value by series and name of the bar; nothing of other sorts."""
    try:
        return {
            (series.name, str(name)): value
            for plot in chart.plots
            for series in plot.series
            for name, value in zip(plot.categories, series.values, strict=False)
        }
    except (AttributeError, ValueError):
        return {}


def transfer_chart(old: Marked, fresh: Marked, made: Marked | None) -> None:
    """Put in the data of today; raises OtherForm where the old chart is of another sort."""
    before = list_bars(made.shape.chart) if made and made.shape.has_chart else {}
    away = {series for series, _ in before} - {series for series, _ in list_bars(old.shape.chart)}
    plots = [one.shape.chart._chartSpace.xpath(".//c:plotArea/*[c:ser]") for one in (old, fresh)]
    if not list_bars(old.shape.chart) or len(plots[0]) != len(plots[1]):
        raise OtherForm(OF_ANOTHER_FORM)
    for mine, new in zip(*plots, strict=True):
        _put_series(mine, [one for one in new.findall(SERIES) if _name(one) not in away])
    workbook = fresh.shape.chart.part.chart_workbook.xlsx_part
    if workbook is not None:
        old.shape.chart.part.chart_workbook.update_from_xlsx_blob(workbook.blob)


def _name(series: Any) -> str:
    return "".join(series.xpath("c:tx//c:v/text()"))


def _put_series(plot: Any, wanted: list[Any]) -> None:
    olds = plot.findall(SERIES)
    forms, place = {_name(series): series for series in olds}, plot.index(olds[0])
    for series in olds:
        plot.remove(series)
    for number, new in enumerate(wanted):
        form = forms.pop(_name(new), None)
        if form is None and new.getparent().tag != plot.tag:
            form = deepcopy(olds[-1])  # somebody made lines of bars
        plot.insert(place + number, deepcopy(new) if form is None else _fill(form, new))


def _fill(series: Any, new: Any) -> Any:
    """Fill a series with the name and the data of another, and the words that this has at its bars."""
    was, now = (one.xpath("c:cat//c:pt/c:v/text()") for one in (series, new))
    words = [LABELS] if new.find(f"{LABELS}/{qn('c:dLbl')}") is not None else []
    for tag in (*FILLED, *words):
        old, fresh = series.find(tag), new.find(tag)
        if old is not None and fresh is not None:
            series.replace(old, deepcopy(fresh))
    for point in series.xpath("c:dPt" if words else "c:dPt | c:dLbls/c:dLbl"):
        number = int(point.find(NUMBER).get("val"))
        if number < len(was) and was[number] in now:
            point.find(NUMBER).set("val", str(now.index(was[number])))
        else:
            point.getparent().remove(point)
    return series


def list_rows(one: Marked) -> dict[str, str]:
    """List the rows of a table by their labels."""
    rows = _read(one.shape.table.rows)
    label = _find_label(rows)
    return {row[label]: "; ".join(row) for row in rows}


def transfer_table(old: Marked, fresh: Marked, made: Marked | None) -> None:
    """Put in the rows of today; raises OtherForm for a table whose columns people changed."""
    head, header = int(bool(fresh.shape.table.first_row)), _read(old.shape.table.rows)[0]
    rows, today = (_choose_columns(header, one, head) for one in (old, fresh))
    if not rows:
        raise OtherForm(WITHOUT_ROWS)
    texts = _read(rows)
    was = _read(_choose_columns(header, made, head)) if made and made.shape.has_table else texts
    label = _find_label(was)
    if len(was) != len(texts):
        away = {row[label] for row in was} - {row[label] for row in texts}
        today = [row for row in today if read_text(row[label].text_frame) not in away]
        was = texts
    _put_rows(rows, was, today, label)
    old.shape.height = Emu(sum(row.height for row in old.shape.table.rows))


def _read(rows: Any) -> Texts:
    cells = (getattr(row, "cells", row) for row in rows)
    return [[read_text(cell.text_frame) for cell in row] for row in cells]


def _choose_columns(header: Sequence[str], one: Marked, head: int) -> Cells:
    """Choose the cells of a table that belong into some columns: by name, else by place where there
    are as many.
    """
    rows = [list(row.cells) for row in one.shape.table.rows]
    names = _read(rows)[0]
    if head and set(header) <= set(names):
        return [[row[names.index(name)] for name in header] for row in rows[head:]]
    if len(header) != len(names):
        raise OtherForm(OF_OTHER_COLUMNS)
    return rows[head:]


def _find_label(rows: Texts) -> int:
    """Find the first column that tells the rows apart."""
    columns = range(len(rows[0]) if rows else 0)
    return next((i for i in columns if len({row[i] for row in rows}) == len(rows)), 0)


def _put_rows(rows: Cells, was: Texts, today: Cells, label: int) -> None:
    """Put words into the cells that stand there, `rows`; `was` is what we wrote into them."""
    elements, texts = [row[0]._tc.getparent() for row in rows], _read(rows)
    labels = [[row[label] for row in some] for some in (was, _read(today))]
    for element, cells in zip(align_elements(elements, *labels), today, strict=True):
        number = elements.index(element) if element in elements else None
        tall = int(cells[0]._tc.getparent().get("h"))
        element.set("h", str(max(int(element.get("h")), tall)))
        for column, tc in enumerate(element.findall(qn("a:tc"))):
            if number is None or texts[number][column] == was[number][column]:
                frames = _Cell(tc, rows[0][0]._parent).text_frame, cells[column].text_frame
                transfer_paragraphs(*(list(frame.paragraphs) for frame in frames))
