"""Renews charts and tables on a slide: other data in the same form."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace
from decimal import Decimal
from typing import Any

from pptx.oxml.ns import qn
from pptx.util import Emu

from dashboard.charts import Bars
from dashboard.export.pptx import bar_chart, edit_text, tables
from dashboard.export.pptx.cells import NOTHING, Row, columns_of
from dashboard.export.pptx.markers import Marker, alt_of, describe, is_as_written, sum_of
from dashboard.export.pptx.refresh_job import Work
from dashboard.export.pptx.refresh_texts import MORE_TALL, more_on, say_more
from dashboard.export.pptx.template import Box
from dashboard.model.quantity import format_number

MOST_SAID = 60
"""Cells of a table that are told one by one."""


def chart(work: Work, shape: Any, found: Marker) -> None:
    """Put the bars of today into a chart."""
    picture = work.shown.content.picture(found.key)
    told = picture.chart.bars if picture else None
    if picture is None or told is None or not bar_chart.can_be_drawn(told):
        work.cannot(
            f"The chart “{alt_of(shape) or found.key}” is no longer on the page: it stays as it was"
        )
        return
    if not shape.has_chart:
        work.cannot(f"“{alt_of(shape) or found.key}” is no chart any more: it stays as it was")
        return
    was, now = bar_chart.values_of(shape.chart), bar_chart.told(told)
    if list(was.items()) == list(now.items()):
        return
    _say_bars(work, was, now)
    _replace(shape.chart, told)
    if is_as_written(found, alt_of(shape)):
        describe(shape, bar_chart.alt_of(picture))
        shape.name = str(replace(found, sum=sum_of(bar_chart.alt_of(picture))))


Values = dict[tuple[str, str], float | None]


def _say_bars(work: Work, was: Values, now: Values) -> None:
    """Each bar that differs, by its name without its words; and words that differ."""

    def by_name(values: Values) -> Values:
        return {
            (series, category.partition(": ")[0]): value
            for (series, category), value in values.items()
        }

    before, after = by_name(was), by_name(now)
    for key in dict.fromkeys([*before, *after]):
        old, new = before.get(key), after.get(key)
        if old != new:
            work.note(f"Chart, {key[1]}, {key[0]}", _plain(old), _plain(new))
    words = [
        {name: rest for _, category in values for name, _, rest in [category.partition(": ")]}
        for values in (was, now)
    ]
    for name in words[0].keys() & words[1].keys():
        if words[0][name] != words[1][name]:
            work.note(f"Chart, {name}", words[0][name], words[1][name])
    if not work.changed:
        work.note("Chart", "order of the bars", "another order")


def _plain(value: float | None) -> str:
    return (
        bar_chart.NOT_KNOWN
        if value is None
        else format_number(int(value) if value == int(value) else Decimal(str(value)))
    )


def _replace(chart: Any, told: Bars) -> None:
    """Other data; each series keeps the form that it has under its name."""
    forms = {series.name: series._element.find(qn("c:spPr")) for series in chart.plots[0].series}
    chart.replace_data(bar_chart.data_of(told))
    for series, colour in zip(chart.plots[0].series, bar_chart.colours_of(told), strict=True):
        form, own = forms.get(series.name), series._element.find(qn("c:spPr"))
        if form is None:
            series.format.fill.solid()
            series.format.fill.fore_color.rgb = colour
        elif own is not form and own is not None:
            own.getparent().replace(own, deepcopy(form))


def table(work: Work, shape: Any, found: Marker) -> None:
    """Put the rows of today into a table: as many as it holds, the last part of a longer one as
    many as fit.
    """
    rows = _rows(work, found.key)
    if rows is None or not shape.has_table:
        work.cannot(f"“{alt_of(shape) or found.key}” is no longer on the page: it stays as it was")
        return
    was = [[_cell(cell) for cell in row.cells] for row in shape.table.rows]
    names = _names(was[0], rows)
    if names is None:
        work.cannot(
            f"“{alt_of(shape) or found.key}” has other columns than the page: it stays as it was"
        )
        return
    measured = tables.measured(
        rows,
        Box(0, 0, shape.width, work.foot - shape.top),
        work.factor,
        (_size(shape.table),),
        names,
    )
    count = min(found.count, max(len(rows) - found.start, 0))
    if work.ends.get(f"table {found.key}", 0) <= found.start:
        room = work.foot - shape.top - MORE_TALL
        fits = tables.fitting_rows(measured, found.start, room) if len(rows) > found.start else 0
        count = min(len(rows) - found.start, max(found.count, 0 if more_on(work) else fits))
        say_more(work, max(len(rows) - found.start - count, 0), "row")
    now = [list(texts) for texts, _ in measured.rows[found.start : found.start + count]] or [
        [NOTHING] * len(names)
    ]
    if was[1:] == now:
        return
    _say_rows(work, was, now)
    _put_rows(
        shape,
        now,
        [round(high * 12_700) for _, high in measured.rows[found.start : found.start + count]],
    )
    shape.name = str(replace(found, count=max(count, 1)))


def _rows(work: Work, key: str) -> Sequence[Row] | None:
    kind, _, name = key.partition(":")
    if kind == "chart":
        picture = work.shown.content.picture(name)
        return picture.chart.table if picture else None
    return next((sheet.rows for sheet in work.shown.content.sheets if sheet.key == name), None)


def _names(header: Sequence[str], rows: Sequence[Row]) -> list[str] | None:
    """The columns of the page for those of the table: by name, or by place where some have other
    names.
    """
    known = list(dict.fromkeys(name for row in rows for name in row))
    if not known or all(name in known for name in header):
        return list(header)
    shown = columns_of(rows)
    cut = all(name.startswith(one.rstrip("…")) for one, name in zip(header, shown, strict=False))
    return (
        shown
        if len(shown) == len(header) and (cut or any(name in known for name in header))
        else None
    )


def _say_rows(work: Work, was: Sequence[Sequence[str]], now: Sequence[Sequence[str]]) -> None:
    """What differs: by the label of each row."""
    header, column = was[0], _label(was[1:])
    before, after = ({row[column]: row for row in rows} for rows in (was[1:], now))
    said = 0
    for label in dict.fromkeys([*before, *after]):
        old, new = before.get(label), after.get(label)
        if old is None or new is None:
            work.note(f"Table, {label}", "; ".join(old or ["no row"]), "; ".join(new or ["no row"]))
            continue
        for name, a, b in zip(header, old, new, strict=False):
            if a != b and said < MOST_SAID:
                said += 1
                work.note(f"Table, {label}, {name}", a, b)


def _label(rows: Sequence[Sequence[str]]) -> int:
    """The first column that tells the rows apart."""
    columns = range(len(rows[0]) if rows else 0)
    return next((i for i in columns if len({row[i] for row in rows}) == len(rows)), 0)


def _put_rows(shape: Any, now: Sequence[Sequence[str]], heights: Sequence[int]) -> None:
    """Texts into cells; rows are added in the form of the last, or taken away."""
    body = shape.table._tbl
    elements = body.findall(qn("a:tr"))
    for spare in elements[len(now) + 1 :]:
        body.remove(spare)
    for _ in range(len(now) + 1 - len(elements)):
        last = body.findall(qn("a:tr"))[-1]
        last.addnext(deepcopy(last))
    for position, (row, texts) in enumerate(zip(list(shape.table.rows)[1:], now, strict=True)):
        if len(elements) != len(now) + 1 and position < len(heights):
            row.height = Emu(heights[position])
        for cell, text in zip(row.cells, texts, strict=True):
            if _cell(cell) != text:
                edit_text.set_text(cell.text_frame, text)
    shape.height = Emu(sum(row.height for row in shape.table.rows))


def _cell(cell: Any) -> str:
    return edit_text.whole_text(cell.text_frame)


def _size(found: Any) -> float:
    sizes = [
        run.font.size.pt
        for row in list(found.rows)[1:]
        for cell in row.cells
        for paragraph in cell.text_frame.paragraphs
        for run in paragraph.runs
        if run.font.size
    ]
    return sizes[0] if sizes else 12.0
