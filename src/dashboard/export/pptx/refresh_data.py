"""Renews charts and tables on a slide: other data in the same form."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace
from decimal import Decimal
from typing import Any

from pptx.oxml.ns import qn
from pptx.util import Emu

from dashboard.charts import Bars
from dashboard.export.pptx import bar_chart, edit_text, legacy_text, tables
from dashboard.export.pptx.cells import NOT_STATED, Row, choose_columns
from dashboard.export.pptx.markers import (
    Marker,
    is_as_written,
    read_alt_text,
    set_alt_text,
    stamp,
    text_digest,
)
from dashboard.export.pptx.refresh_job import RefreshJob
from dashboard.export.pptx.refresh_texts import HEIGHT_OF_MORE, find_more, renew_more
from dashboard.export.pptx.template import Box
from dashboard.export.shown_values import from_cells
from dashboard.model.quantity import format_number
from dashboard.views.content import Picture

MAX_RECORDED_CELLS = 60
"""Cells of a table that are recorded one by one."""
NO_ROW = ("no row",)
Texts = Sequence[Sequence[str]]


def renew_chart(job: RefreshJob, shape: Any, found: Marker) -> None:
    """Put the bars of today into a chart."""
    picture = job.shown.content.picture(found.key)
    bars = picture.chart.bars if picture else None
    name = read_alt_text(shape) or found.key
    if picture is None or bars is None or not bar_chart.can_be_drawn(bars):
        job.leave(f"The chart “{name}” is no longer on the page: it stays as it was")
    elif not shape.has_chart:
        job.leave(f"“{name}” is no chart any more: it stays as it was")
    else:
        _renew_bars(job, shape, found, picture, bars)


def _renew_bars(job: RefreshJob, shape: Any, found: Marker, picture: Picture, bars: Bars) -> None:
    was, now = bar_chart.read_chart(shape.chart), bar_chart.collect_values(bars)
    if list(was.items()) == list(now.items()):
        return
    _record_bars(job, was, now)
    job.drop_values(list(from_cells(was.values())), list(from_cells(now.values())))
    _replace_data(shape.chart, bars)
    if is_as_written(found, read_alt_text(shape)):
        alt = bar_chart.describe_chart(picture)
        set_alt_text(shape, alt)
        shape.name = str(stamp(replace(found, sum=text_digest(alt)), job.shown))


Values = dict[tuple[str, str], float | None]
"""The value of each bar by its series and its category."""


def _record_bars(job: RefreshJob, was: Values, now: Values) -> None:
    """Record each bar that differs, by its name without what is said of its value."""
    before, after = (
        {(series, _name_of(category)): value for (series, category), value in values.items()}
        for values in (was, now)
    )
    count = len(job.changed)
    for series, name in dict.fromkeys([*before, *after]):
        old, new = before.get((series, name)), after.get((series, name))
        if old != new:
            job.record(f"Chart, {name}, {series}", _plain(old), _plain(new))
    words = [{_name_of(category): category for _, category in values} for values in (was, now)]
    for name in words[0].keys() & words[1].keys():
        old_words, new_words = (
            some[name].removeprefix(name + bar_chart.BEFORE_AMOUNT) for some in words
        )
        if old_words != new_words:
            job.record(f"Chart, {name}", old_words, new_words)
    if len(job.changed) == count:
        job.record("Chart", "order of the bars", "another order")


def _name_of(category: str) -> str:
    """Take the name of a bar, without what is said of its value behind it."""
    return category.partition(bar_chart.BEFORE_AMOUNT)[0]


def _plain(value: float | None) -> str:
    if value is None:
        return bar_chart.NOT_KNOWN
    return format_number(int(value) if value == int(value) else Decimal(str(value)))


def _replace_data(chart: Any, bars: Bars) -> None:
    """Replace the data; each series keeps the form that it has under its name."""
    forms = {series.name: series._element.find(qn("c:spPr")) for series in chart.plots[0].series}
    chart.replace_data(bar_chart.build_chart_data(bars))
    for series, colour in zip(chart.plots[0].series, bar_chart.choose_colours(bars), strict=True):
        form, own = forms.get(series.name), series._element.find(qn("c:spPr"))
        if form is None:
            series.format.fill.solid()
            series.format.fill.fore_color.rgb = colour
        elif own is not form and own is not None:
            own.getparent().replace(own, deepcopy(form))


def renew_table(job: RefreshJob, shape: Any, found: Marker) -> None:
    """Put the rows of today into a table: as many as it holds, the last part of a longer one as
    many as fit.
    """
    rows, name = _rows(job, found.key), read_alt_text(shape) or found.key
    if rows is None or not shape.has_table:
        job.leave(f"“{name}” is no longer on the page: it stays as it was")
        return
    was = [[edit_text.read_text(cell.text_frame) for cell in r.cells] for r in shape.table.rows]
    columns = _choose_columns(was[0], rows)
    if columns is None:
        job.leave(f"“{name}” has other columns than the page: it stays as it was")
        return
    box = Box(0, 0, shape.width, job.bottom - shape.top)
    grid = tables.measure(rows, box, job.factor, (_size(shape.table),), columns)
    count = _renew_count(job, shape, found, grid, len(rows))
    renewed = grid.rows[found.start : found.start + count]
    now = [list(texts) for texts, _ in renewed] or [[NOT_STATED] * len(columns)]
    if was[1:] == now:
        return
    _record_rows(job, was, now)
    _drop_cells(job, found, was, now, rows[found.start : found.start + count])
    _put_rows(shape, now, [round(high * 12_700) for _, high in renewed])
    shape.name = str(_mark_rows(job, replace(found, count=max(count, 1)), rows))


def _rows(job: RefreshJob, key: str) -> Sequence[Row] | None:
    kind, _, name = key.partition(":")
    if kind == "chart":
        picture = job.shown.content.picture(name)
        return picture.chart.table if picture else None
    return next((sheet.rows for sheet in job.shown.content.sheets if sheet.key == name), None)


def _renew_count(job: RefreshJob, shape: Any, found: Marker, grid: tables.Grid, total: int) -> int:
    """Count the rows that a table holds from now on; of the last part, say what is left."""
    left = max(total - found.start, 0)
    if not job.holds_last_part(found):
        return min(found.count, left)
    room = job.bottom - shape.top - HEIGHT_OF_MORE
    fits = tables.count_fitting_rows(grid, found.start, room) if left else 0
    known = find_more(job, tables.ROWS)
    count = min(total - found.start, max(found.count, 0 if known else fits))
    renew_more(job, max(total - found.start - count, 0), tables.ROWS)
    return count


def _mark_rows(job: RefreshJob, found: Marker, rows: Sequence[Row]) -> Marker:
    mine = rows[found.start : found.start + found.count]
    return stamp(found, job.shown, from_cells(cell for row in mine for cell in row.values()))


def _drop_cells(
    job: RefreshJob, found: Marker, was: Texts, now: Texts, rows: Sequence[Row]
) -> None:
    """Note the numbers that a table of the deck showed (`was`) and does not show any more: `now` are
    its texts and `rows` its values after the refresh.
    """
    if found.stored:
        shown = from_cells(cell for row in rows for cell in row.values())
        job.drop_values(found.stored.values, list(shown))
        return
    before, after = (
        [value for row in texts for cell in row for value in legacy_text.read_values(cell)]
        for texts in (was[1:], now)
    )
    job.drop_values(before, after)


def _choose_columns(header: Sequence[str], rows: Sequence[Row]) -> list[str] | None:
    """Choose the columns of the page for those of the table: by name, or by place where some have
    other names.
    """
    known = list(dict.fromkeys(name for row in rows for name in row))
    if not known or all(name in known for name in header):
        return list(header)
    shown = choose_columns(rows)
    cut = all(name.startswith(one.rstrip("…")) for one, name in zip(header, shown, strict=False))
    same = cut or any(name in known for name in header)
    return shown if len(shown) == len(header) and same else None


def _record_rows(job: RefreshJob, was: Texts, now: Texts) -> None:
    """Record what differs, by the label of each row."""
    header, column = was[0], _label_column(was[1:])
    before, after = ({row[column]: row for row in rows} for rows in (was[1:], now))
    recorded = 0
    for label in dict.fromkeys([*before, *after]):
        old, new = before.get(label), after.get(label)
        if old is None or new is None:
            job.record(f"Table, {label}", "; ".join(old or NO_ROW), "; ".join(new or NO_ROW))
            continue
        for name, a, b in zip(header, old, new, strict=False):
            if a != b and recorded < MAX_RECORDED_CELLS:
                recorded += 1
                job.record(f"Table, {label}, {name}", a, b)


def _label_column(rows: Texts) -> int:
    """Find the first column that tells the rows apart."""
    columns = range(len(rows[0]) if rows else 0)
    return next((i for i in columns if len({row[i] for row in rows}) == len(rows)), 0)


def _put_rows(shape: Any, now: Texts, heights: Sequence[int]) -> None:
    """Put texts into cells; rows are added in the form of the last, or taken away."""
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
            if edit_text.read_text(cell.text_frame) != text:
                edit_text.set_text(cell.text_frame, text)
    shape.height = Emu(sum(row.height for row in shape.table.rows))


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
