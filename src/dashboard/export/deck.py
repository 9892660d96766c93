"""Views as slides that hold what the screen shows, in our own style or in that of the house."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from pptx.util import Inches

from dashboard.charts import Bars
from dashboard.export.pptx import DeckError, bar_chart, lists, notes, numbers, tables
from dashboard.export.pptx.cells import Row
from dashboard.export.pptx.markers import make_marker, stamp
from dashboard.export.pptx.opening import open_presentation
from dashboard.export.pptx.shapes import (
    Canvas,
    add_note,
    add_slide,
    estimate_note_height,
    format_title,
    free_area,
    to_points,
)
from dashboard.export.pptx.template import Box, Template, read_template, save, try_template
from dashboard.export.shown_values import from_cells
from dashboard.export.view_export import Export, Number, clean
from dashboard.export.zip_times import fix_times
from dashboard.text.messages import _, ngettext
from dashboard.views.content import Picture, Section

__all__ = ["DeckError", "build_deck", "load_template"]
BESIDE = 0.46
"""Part of the width for a table beside its chart."""
CUT_TEXTS = "Long texts are cut: the workbook and the link have them in full."


def build_deck(shown: Sequence[Export], template: bytes | None = None) -> bytes:
    """Make a .pptx of views, in their order; one that names a chart gives that chart only.
    `template` is a .pptx or .potx whose style is used. The same views give the same bytes. Raises
    DeckError for a template that cannot be read, or where there is no view.
    """
    if not shown:
        raise DeckError("there is no view to take along")
    style = read_template(template)
    for one in shown:
        _add_view(style, one)
    latest = max(one.time for one in shown)
    _set_properties(style.deck.core_properties, shown[0], latest)
    return fix_times(save(style.deck), latest)


def _set_properties(properties: Any, first: Export, latest: datetime) -> None:
    properties.title = clean(first.title)[:250]
    properties.author = properties.last_modified_by = clean(first.programme)[:250]
    properties.subject = clean(first.selection)[:250]
    properties.keywords = properties.comments = ""
    properties.created = properties.modified = latest.replace(tzinfo=None)
    properties.revision = 1


def load_template(path: Path | None) -> bytes | None:
    """Read the template of the settings; None where the settings name none. Raises DeckError for a
    file that is not there or is none.
    """
    if path is None:
        return None
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DeckError(f"the template {path} cannot be read: {error.strerror or error}") from None
    _check_template(data, path)
    return data


@lru_cache(maxsize=2)
def _check_template(data: bytes, path: Path) -> None:
    """Check a template once for each file: a page may offer slides of many meetings."""
    open_presentation(data, f"the template {path}")
    try_template(data)


def _add_view(style: Template, shown: Export) -> None:
    content, key = shown.content, shown.view.extras.get("chart", "")
    if key and (only := content.picture(key)):
        _add_picture(style, shown, only)
        return
    pictures = [one for one in content.pictures if _has_a_slide(one)]
    filled = [sheet for sheet in content.sheets if sheet.rows]
    in_words = content.numbers or content.finding.strip()
    if in_words or not (pictures or filled or content.sections):
        for canvas, cards in numbers.add_slides(style, shown):
            notes.write_notes(canvas.slide, notes.compose_notes(shown, cards, [content.finding]))
    for picture in pictures:
        _add_picture(style, shown, picture)
    for heading, sections in lists.group_by_heading(content.sections).items():
        _add_list(style, shown, heading, sections)
    for sheet in filled:
        of_sheet = _Table(f"sheet:{sheet.key}", sheet.heading, sheet.rows, shown.counted)
        _add_tables(style, shown, replace(of_sheet, unread=sheet.more))


def _has_a_slide(picture: Picture) -> bool:
    """Return whether a picture has something to show: bars, or rows that no table of the page holds."""
    if bar_chart.can_be_drawn(picture.chart.bars):
        return True
    return bool(picture.chart.table) and not picture.repeats


def _add_picture(style: Template, shown: Export, picture: Picture) -> None:
    """Add a chart, a table, or both where the bars tell a part only."""
    chart, defined = picture.chart, shown.behind(picture.chart)
    table = _Table(f"chart:{picture.key}", chart.sentence, chart.table, defined)
    if chart.bars is None or not bar_chart.can_be_drawn(chart.bars):
        _add_tables(style, shown, replace(table, beneath=picture.note))
        return
    canvas = _add_slide(style, shown, chart.sentence, table.key, defined)
    grid = _measure_beside(
        canvas, chart.bars, chart.table, bar_chart.compose_beneath(picture, elsewhere=False)
    )
    elsewhere = chart.bars.partial and grid is None
    beneath = bar_chart.compose_beneath(picture, elsewhere=elsewhere)
    canvas = _add_note(canvas, beneath, picture.key)
    _place_chart(canvas, picture, chart.bars, table, grid)
    if elsewhere:
        _add_tables(style, shown, replace(table, first=1))


def _place_chart(
    canvas: Canvas, picture: Picture, bars: Bars, table: "_Table", grid: tables.Grid | None
) -> None:
    """Add a chart, and the table beside it where there is one."""
    room = canvas.room
    if grid is None:
        bar_chart.add_chart(canvas, picture, bars, room)
        return
    across = round(room.width * BESIDE)
    left = Box(room.left, room.top, room.width - across - Inches(0.35), room.height)
    bar_chart.add_chart(canvas, picture, bars, left)
    _place_table(canvas, table, grid, Box(room.right - across, room.top, across, room.height))


def _measure_beside(
    canvas: Canvas, drawn: Bars, rows: Sequence[Row], beneath: str
) -> tables.Grid | None:
    """Measure the table for the place beside a chart; None where it does not stand there whole."""
    room = canvas.room
    tall = room.height - estimate_note_height(beneath, room, canvas.template.factor) - Inches(0.1)
    box = Box(room.left, room.top, round(room.width * BESIDE), tall)
    if not drawn.partial or not rows or len(rows) > tables.MAX_ROWS:
        return None
    grid = tables.measure(rows, box, canvas.template.factor, (12, 11, 10))
    return grid if grid.tall <= to_points(tall) and not grid.cut else None


def _add_slide(
    style: Template,
    shown: Export,
    title: str,
    key: str,
    defined: Sequence[Number],
    *,
    part: int = 0,
) -> Canvas:
    """Add a slide with its notes; `part` is its number among those of a longer table or list, from
    0.
    """
    canvas = add_slide(style, shown, title, key, part)
    notes.write_notes(
        canvas.slide, notes.compose_notes(shown, defined, [format_title(title, part)])
    )
    return canvas


def _add_note(canvas: Canvas, text: str, key: str, left: int = 0) -> Canvas:
    """Add a note at the foot of the room; returns the room above it."""
    if not text.strip():
        return canvas
    add_note(canvas, text, key, left=left)
    tall = estimate_note_height(text, canvas.room, canvas.template.factor) + Inches(0.1)
    return canvas.without_bottom(tall)


@dataclass(frozen=True)
class _Table:
    """A table on slides: its key in markers, its title, its rows, and the numbers that the notes
    define. `beneath` stands beneath it, `first` is the number of its first slide among those with
    the same title, and `unread` counts rows that are not given.
    """

    key: str
    title: str
    rows: Sequence[Row]
    defined: Sequence[Number]
    beneath: str = ""
    first: int = 0
    unread: int = 0


def _add_tables(style: Template, shown: Export, table: _Table) -> None:
    """Add a table on as many slides as it needs, four at the most; what is left is said."""
    room, defined = free_area(style), table.defined
    tall = room.height - Inches(0.32) - estimate_note_height(table.beneath, room, style.factor)
    box = Box(room.left, room.top, room.width, tall)
    grid = tables.measure(table.rows, box, style.factor)
    if not grid.names:
        canvas = _add_slide(style, shown, table.title, table.key, defined, part=table.first)
        _add_note(canvas, table.beneath or "No rows under these filters.", table.key)
        return
    parts = tables.split_rows(grid, tall)[: tables.MAX_SLIDES]
    for part, (start, count) in enumerate(parts):
        number = part + table.first
        canvas = _add_slide(style, shown, table.title, table.key, defined, part=number)
        left = len(table.rows) + table.unread - start - count
        left = left if part + 1 == tables.MAX_SLIDES else 0
        cut = CUT_TEXTS if grid.is_cut(start, count) else ""
        said = " ".join(filter(None, [table.beneath, tables.say_more(left), cut]))
        canvas = _add_note(canvas, said, table.key, left)
        _place_table(canvas, table, grid, canvas.room, (start, count))


def _place_table(
    canvas: Canvas, table: _Table, grid: tables.Grid, box: Box, part: tuple[int, int] | None = None
) -> None:
    """Add the rows of a part of a table, or all of them."""
    start, count = part or (0, len(grid.rows))
    values = from_cells(cell for row in table.rows[start : start + count] for cell in row.values())
    found = make_marker("table", table.key, start=start, count=count)
    alt = _describe_table(table.title, grid, len(table.rows))
    tables.add_table(canvas, grid, box, stamp(found, canvas.shown, values), alt)


def _describe_table(title: str, grid: tables.Grid, count: int) -> str:
    rows = ngettext("{n:,} row", "{n:,} rows", count)
    names, title = ", ".join(grid.names), clean(title)
    return _("Table: {title}. Columns: {names}. {rows}.", title=title, names=names, rows=rows)


def _add_list(style: Template, shown: Export, heading: str, sections: Sequence[Section]) -> None:
    """Add the lists under one heading, on as many slides as they need."""
    room, key = free_area(style), lists.make_key(sections)
    box = Box(room.left, room.top, room.width, room.height - Inches(0.3))
    layout = lists.lay_out(sections, box, style.factor)
    found, wide = layout.entries, len(layout.boxes)
    for part in range(0, min(len(layout.parts), lists.MAX_SLIDES * wide), wide):
        number, left = part // wide, 0
        canvas = _add_slide(style, shown, heading, key, shown.counted, part=number)
        columns = layout.parts[part : part + wide]
        for box, (start, count) in zip(layout.boxes, columns, strict=False):
            lists.add_list(canvas, box, found[start : start + count], key, start)
            left = layout.total - start - count
        if left and number + 1 == lists.MAX_SLIDES:
            add_note(canvas, tables.say_more(left, tables.LINES), key, left=left)
