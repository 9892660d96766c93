"""Views as slides that hold what the screen shows, in our own style or in that of the house."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from pptx.util import Inches

from dashboard.charts import Bars
from dashboard.export.pptx import DeckError, bar_chart, lists, notes, numbers, tables
from dashboard.export.pptx.cells import Row
from dashboard.export.pptx.markers import marker
from dashboard.export.pptx.opening import opened
from dashboard.export.pptx.shapes import Canvas, new, note, note_height, points, room_of
from dashboard.export.pptx.template import Box, House, house, saved, try_out
from dashboard.export.view_export import Number, Shown, clean
from dashboard.export.zip_times import steady
from dashboard.views.content import Picture, Section, Sheet

__all__ = ["DeckError", "deck", "house_template"]
BESIDE = 0.46
"""Part of the width for a table beside its chart."""
CUT_TEXTS = "Long texts are cut: the workbook and the link have them in full."


def deck(shown: Sequence[Shown], template: bytes | None = None) -> bytes:
    """Views as .pptx, in their order; one that names a chart gives that chart only. `template` is a
    .pptx or .potx whose style is used. The same views give the same bytes. Raises DeckError for a
    template that cannot be read, or where there is no view.
    """
    if not shown:
        raise DeckError("there is no view to take along")
    style = house(template)
    for one in shown:
        _view(style, one)
    properties, latest = style.deck.core_properties, max(one.time for one in shown)
    properties.title = clean(shown[0].title)[:250]
    properties.author = properties.last_modified_by = clean(shown[0].programme)[:250]
    properties.subject, properties.keywords, properties.comments = (
        clean(shown[0].selection)[:250],
        "",
        "",
    )
    properties.created = properties.modified = latest.replace(tzinfo=None)
    properties.revision = 1
    return steady(saved(style.deck), latest)


def house_template(path: Path | None) -> bytes | None:
    """The house's own presentation; None where the settings name none. Raises DeckError for a file
    that is not there or is none.
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
    """Once for each file: a page may offer slides of many meetings."""
    opened(data, f"the template {path}")
    try_out(data)


def _view(style: House, shown: Shown) -> None:
    content, key = shown.content, shown.view.extras.get("chart", "")
    if key and (only := content.picture(key)):
        _picture(style, shown, only)
        return
    if (
        content.numbers
        or content.finding.strip()
        or not (content.pictures or content.sheets or content.sections)
    ):
        for canvas, told in numbers.slides(style, shown):
            notes.put(canvas.slide, notes.text(shown, told, [content.finding]))
    for picture in content.pictures:
        _picture(style, shown, picture)
    for heading, sections in lists.by_heading(content.sections).items():
        _list(style, shown, heading, sections)
    for sheet in content.sheets:
        _sheet(style, shown, sheet)


def _picture(style: House, shown: Shown, picture: Picture) -> None:
    """A chart, a table, or both where the bars tell a part only."""
    chart, told = picture.chart, shown.behind(picture.chart)
    if chart.bars is None or not bar_chart.can_be_drawn(chart.bars):
        _tables(
            style,
            shown,
            chart.table,
            key=f"chart:{picture.key}",
            title=chart.sentence,
            told=told,
            beneath=picture.note,
        )
        return
    canvas, beneath = (
        _slide(style, shown, chart.sentence, f"chart:{picture.key}", told),
        picture.note,
    )
    table = _beside(canvas, chart.bars, chart.table, beneath) if chart.bars.partial else None
    if chart.bars.partial and table is None:
        beneath = ". ".join(
            filter(None, [beneath.rstrip(". "), "The table on the next slide holds everything."])
        )
    canvas = _noted(canvas, beneath, picture.key)
    room = canvas.room
    if table is None:
        bar_chart.place(canvas, picture, chart.bars, room)
    else:
        across = round(room.width * BESIDE)
        right = Box(room.right - across, room.top, across, room.height)
        bar_chart.place(
            canvas,
            picture,
            chart.bars,
            Box(room.left, room.top, room.width - across - Inches(0.35), room.height),
        )
        tables.place(
            canvas,
            table,
            right,
            marker("table", f"chart:{picture.key}", count=len(table.rows)),
            _alt(chart.sentence, table, len(chart.table)),
        )
    if chart.bars.partial and table is None:
        _tables(
            style,
            shown,
            chart.table,
            key=f"chart:{picture.key}",
            title=chart.sentence,
            told=told,
            first=1,
        )


def _beside(canvas: Canvas, drawn: Bars, rows: Sequence[Row], beneath: str) -> tables.Grid | None:
    """The table for the place beside a chart, if it stands there whole."""
    room = canvas.room
    tall = room.height - note_height(beneath, room, canvas.house.factor) - Inches(0.1)
    box = Box(room.left, room.top, round(room.width * BESIDE), tall)
    if not drawn.partial or not rows or len(rows) > tables.MOST_ROWS:
        return None
    table = tables.measured(rows, box, canvas.house.factor, (12, 11, 10))
    return table if table.tall <= points(tall) and not table.cut else None


def _slide(
    style: House, shown: Shown, title: str, key: str, told: Sequence[Number], *, part: int = 0
) -> Canvas:
    """A slide with its notes; `part` is its number among those of a longer table or list, from 0."""
    name = f"{title}, part {part + 1}" if part else title
    canvas = new(style, shown, name, key)
    notes.put(canvas.slide, notes.text(shown, told, [" ".join(clean(name).split())]))
    return canvas


def _noted(canvas: Canvas, text: str, key: str) -> Canvas:
    """A note at the foot of the room, and the room above it."""
    if not text.strip():
        return canvas
    note(canvas, text, key)
    return canvas.without_bottom(note_height(text, canvas.room, canvas.house.factor) + Inches(0.1))


def _sheet(style: House, shown: Shown, sheet: Sheet) -> None:
    _tables(
        style,
        shown,
        sheet.rows,
        key=f"sheet:{sheet.key}",
        title=sheet.heading,
        told=shown.counted,
        unread=sheet.more,
    )


def _tables(
    style: House,
    shown: Shown,
    rows: Sequence[Row],
    *,
    key: str,
    title: str,
    told: Sequence[Number],
    beneath: str = "",
    first: int = 0,
    unread: int = 0,
) -> None:
    """A table on as many slides as it needs, four at the most; what is left is said, with `unread`
    rows that are not given.
    """
    room = room_of(style)
    tall = room.height - Inches(0.32) - note_height(beneath, room, style.factor)
    table = tables.measured(rows, Box(room.left, room.top, room.width, tall), style.factor)
    if not table.names:
        _noted(
            _slide(style, shown, title, key, told, part=first),
            beneath or "No rows under these filters.",
            key,
        )
        return
    parts = tables.parts(table, tall)
    for part, (start, count) in enumerate(parts[: tables.MOST_SLIDES]):
        canvas, last = (
            _slide(style, shown, title, key, told, part=part + first),
            part + 1 == tables.MOST_SLIDES,
        )
        left = len(rows) + unread - start - count if last else 0
        said = " ".join(
            filter(
                None,
                [beneath, tables.more(left), CUT_TEXTS if _is_cut(table, start, count) else ""],
            )
        )
        canvas = _noted(canvas, said, key)
        tables.place(
            canvas,
            table,
            canvas.room,
            marker("table", key, start=start, count=count),
            _alt(title, table, len(rows)),
        )


def _is_cut(table: tables.Grid, start: int, count: int) -> bool:
    return any(
        text.endswith("…") for texts, _ in table.rows[start : start + count] for text in texts
    )


def _alt(title: str, table: tables.Grid, count: int) -> str:
    return (
        f"Table: {clean(title)}. Columns: {', '.join(table.names)}. {count:,}"
        f" {'row' if count == 1 else 'rows'}."
    )


def _list(style: House, shown: Shown, heading: str, sections: Sequence[Section]) -> None:
    """The lines under one heading, on as many slides as they need."""
    room, key = room_of(style), lists.key_of(heading)
    laid = lists.laid(
        sections, Box(room.left, room.top, room.width, room.height - Inches(0.3)), style.factor
    )
    found, wide = laid.entries, len(laid.boxes)
    for part in range(0, min(len(laid.parts), lists.MOST_SLIDES * wide), wide):
        canvas, left = _slide(style, shown, heading, key, shown.counted, part=part // wide), 0
        for box, (start, count) in zip(laid.boxes, laid.parts[part : part + wide], strict=False):
            lists.place(canvas, box, found[start : start + count], key, start)
            left = laid.total - start - count
        if left and part // wide + 1 == lists.MOST_SLIDES:
            note(canvas, tables.more(left, "line"), key)
