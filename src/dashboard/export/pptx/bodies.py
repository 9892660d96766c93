"""What stands beneath the title of a slide: numbers, and a picture, named things or a part of a report."""

from dashboard.charts.markup import Element
from dashboard.export.pptx import bar_chart, boards, dumbbells, tables, tiles
from dashboard.export.pptx.canvas import Canvas
from dashboard.export.pptx.figure import add_figure
from dashboard.export.pptx.markers import make_marker
from dashboard.export.pptx.painting import INK
from dashboard.export.pptx.template import CHART, NUMBERS, OPENING, TABLE, Box
from dashboard.export.pptx.texts import (
    LINE,
    POINT,
    Run,
    add_line,
    add_text_box,
    count_lines,
    write_runs,
)
from dashboard.export.view_export import clean_line
from dashboard.views.content import Picture
from dashboard.views.content.slides import Slide

ASIDE, BETWEEN = 0.25, 30
"""Part of the width for the numbers of a part of a report; points beside them."""
MAX_TEXT = 700
"""Letters of a text that a slide holds."""


def choose_kind(source: Slide) -> str:
    """Choose the kind of layout that a slide needs."""
    if source.key == "opening":
        return OPENING
    if picture := source.picture:
        if _is_map(picture) or _is_table(picture):
            return TABLE
        return NUMBERS if picture.chart.figure or _is_board(picture) else CHART
    return TABLE if source.lines else NUMBERS


def add_body(canvas: Canvas) -> None:
    """Add what a slide shows beneath its title."""
    source = canvas.source
    if source.key == "opening":
        _add_contents(canvas)
        return
    if source.picture is None and not source.lines:
        canvas.drop_holder()
        if source.tiles:
            tiles.add_grid(canvas, source.tiles)
    elif source.tiles and (source.text or _find_pillar(canvas) is not None):
        _add_spread(canvas)
    else:
        if source.tiles:
            canvas = canvas.within(tiles.add_row(canvas, source.tiles))
        if source.text:
            canvas = canvas.within(_add_text(canvas))
        if source.picture:
            _add_picture(canvas, source.picture)
        else:
            tables.add_lines(canvas, source.lines, source.key)


def _add_contents(canvas: Canvas) -> None:
    """Add the day of a meeting and what it is about."""
    source = canvas.source
    paragraphs = [[Run(clean_line(source.text))]] if source.text else []
    paragraphs += [[Run(f"{line.when}  {clean_line(line.text)}")] for line in source.lines]
    said = canvas.mark("text", source.key, "\n".join(p[0].text for p in paragraphs))
    if canvas.holder is None:
        add_text_box(canvas.slide.shapes, canvas.room, paragraphs, said)
        return
    frame = canvas.holder.text_frame
    for position, runs in enumerate(paragraphs):
        write_runs(frame.paragraphs[0] if position == 0 else frame.add_paragraph(), runs)
    canvas.holder.name = str(said)


def _is_board(picture: Picture) -> bool:
    return bool(picture.chart.markup and picture.chart.markup.find("board-columns"))


def _is_map(picture: Picture) -> bool:
    return "scaleanchor" in picture.chart.figure.get("layout", {}).get("yaxis", ())


def _draw(canvas: Canvas, picture: Picture) -> None:
    canvas.drop_holder()
    add_figure(canvas, picture)


def _is_table(picture: Picture) -> bool:
    """Return whether a picture is a table on the page, or no chart can be made of it."""
    markup = picture.chart.markup
    if picture.chart.figure:
        return False
    tables_of_page = markup and (markup.find("matrix-table") or markup.find("grant-table"))
    return bool(tables_of_page) or not bar_chart.can_be_drawn(picture.chart.bars)


def _add_picture(canvas: Canvas, picture: Picture) -> None:
    chart, markup = picture.chart, picture.chart.markup or Element("p")
    if chart.figure:
        boards.add_map(canvas, picture) if _is_map(picture) else _draw(canvas, picture)
    elif _is_board(picture):
        canvas.drop_holder()
        boards.add_board(canvas, picture)
    elif markup.find("dumbbell") and chart.bars:
        canvas.drop_holder()
        dumbbells.add_dumbbells(canvas, picture, chart.bars)
    elif markup.find("matrix-table"):
        boards.add_matrix(canvas, picture)
    elif markup.find("grant-table"):
        boards.add_grants(canvas, picture)
    elif bar_chart.can_be_drawn(chart.bars) and chart.bars:
        bar_chart.add_chart(canvas, picture, chart.bars)
    else:
        boards.add_rows(canvas, picture)


def _find_pillar(canvas: Canvas) -> str | None:
    """Find the colour of the pillar that a part of a report is about; None for another slide."""
    for spread in canvas.shown.content.spreads:
        if spread.key == canvas.source.key:
            colours = canvas.shown.view.settings.colours
            return colours[spread.pillar][0] if spread.pillar in colours else INK
    return None


def _add_text(canvas: Canvas, size: float = 16) -> Box:
    """Add sentences at the top of the room; returns the room beneath."""
    room, said = canvas.room, clean_line(canvas.source.text)[:MAX_TEXT]
    high = count_lines(said, size, room.width / POINT) * size * LINE * POINT
    box = Box(room.left, room.top, room.width, min(round(high), room.height // 2))
    found = canvas.mark("text", canvas.source.key, said)
    add_text_box(canvas.slide.shapes, box, [[Run(said, size)]], found)
    return room.below(box.height + 14 * POINT)


def _add_spread(canvas: Canvas) -> None:
    """Add a part of a report: a rule in its colour, its numbers left, its sentences and named things
    right.
    """
    room, colour = canvas.room, _find_pillar(canvas) or INK
    rule = add_line(canvas.slide.shapes, (room.left, room.top, room.right, room.top), colour, 2.5)
    rule.name = str(make_marker("rule"))
    room = room.below(20 * POINT)
    aside, gap = room.width * ASIDE, BETWEEN * POINT
    tiles.add_column(canvas.within(room.part(0, aside)), canvas.source.tiles)
    beside = canvas.within(room.part(aside + gap, room.width - aside - gap))
    if canvas.source.text:
        beside = beside.within(_add_text(beside))
    if canvas.source.lines:
        tables.add_pairs(beside, canvas.source.lines, canvas.source.key)
    else:
        canvas.drop_holder()
