"""What stands beneath the title of a slide: numbers, and a picture, named things or a part of a report."""

from collections.abc import Callable

from dashboard.export.pptx.bar_chart import add_chart, can_be_drawn
from dashboard.export.pptx.boards import add_board, add_dumbbells
from dashboard.export.pptx.canvas import Canvas
from dashboard.export.pptx.figure import add_figure
from dashboard.export.pptx.markers import Marker, name_shape
from dashboard.export.pptx.page_tables import add_grants, add_matrix, add_places, add_rows
from dashboard.export.pptx.shapes import (
    INK,
    LINE,
    Run,
    add_rule,
    add_text_box,
    count_lines,
    join_runs,
    write_paragraphs,
)
from dashboard.export.pptx.tables import add_lines
from dashboard.export.pptx.template import CHART, NUMBERS, OPENING, TABLE
from dashboard.export.pptx.tiles import ALONE, COLUMN, ROW, add_tiles
from dashboard.export.view_export import clean_line
from dashboard.views.content import Picture
from dashboard.views.content.slides import Slide

ASIDE, BETWEEN = 0.25, 30
"""Part of the width for the numbers of a part of a report; points beside them."""
MAP, BESIDE_MAP, PLACES = 0.6, 40, 330
"""Part of the width for a map at most; points to the table of its places, and of that at most."""
TEXT, MAX_TEXT = 16, 700
"""Points of sentences; letters of a text that a slide holds."""


def choose_kind(source: Slide) -> str:
    """Choose the kind of layout that a slide needs."""
    if source.key == OPENING:
        return OPENING
    if source.picture:
        return _choose_form(source.picture)[0]
    return TABLE if source.lines else NUMBERS


def _choose_form(picture: Picture) -> tuple[str, Callable[[Canvas, Picture], object]]:
    """Choose the kind of layout for a picture, and what adds it."""
    chart = picture.chart
    if chart.figure:
        is_map = "scaleanchor" in chart.figure.get("layout", {}).get("yaxis", ())
        return (TABLE, _add_map) if is_map else (NUMBERS, add_figure)
    bars, has = chart.bars, chart.markup.find if chart.markup else lambda _css: []
    if has("board-columns"):
        return NUMBERS, add_board
    for css, add in (("matrix-table", add_matrix), ("grant-table", add_grants)):
        if has(css):
            return TABLE, add
    if not bars or not can_be_drawn(bars):
        return TABLE, add_rows
    if has("dumbbell"):
        return NUMBERS, lambda canvas, shown: add_dumbbells(canvas, shown, bars)
    return CHART, lambda canvas, shown: add_chart(canvas, shown, bars)


def add_body(canvas: Canvas) -> None:
    """Add what a slide shows beneath its title."""
    source = canvas.source
    if choose_kind(source) == NUMBERS:
        canvas.drop_holder()
    if source.key == OPENING:
        _add_contents(canvas)
    elif source.pillar is not None:
        _add_spread(canvas)
    elif source.picture or source.lines:
        room = add_tiles(canvas, source.tiles, len(source.tiles), ROW) if source.tiles else None
        _add_rest(canvas.within(room or canvas.room))
    elif source.tiles:
        across = 2 if len(source.tiles) in (2, 4) else 3
        add_tiles(canvas.within(canvas.room.below(22)), source.tiles, across, ALONE)


def _add_rest(canvas: Canvas, *, in_pairs: bool = False) -> None:
    """Add sentences, and beneath them the picture or the named things."""
    source, room, said = canvas.source, canvas.room, clean_line(canvas.source.text)[:MAX_TEXT]
    if said:
        high = min(count_lines(said, TEXT, room.width) * TEXT * LINE, room.height / 2)
        canvas.write(source.key, room._replace(height=high), [Run(said, TEXT)])
        canvas = canvas.within(room.below(high + 14))
    if source.picture:
        _choose_form(source.picture)[1](canvas, source.picture)
    elif source.lines:
        add_lines(canvas, source.lines, source.key, in_pairs=in_pairs)


def _add_map(canvas: Canvas, picture: Picture) -> None:
    """Draw a map, and beside it its places by number."""
    room = canvas.room
    left = add_figure(canvas.within(room.part(0, room.width * MAP)), picture).width + BESIDE_MAP
    add_places(canvas.within(room.part(left, min(room.width - left, PLACES))), picture)


def _add_contents(canvas: Canvas) -> None:
    """Add the day of a meeting and what it is about."""
    source = canvas.source
    lines = [source.text, *(f"{line.when}  {clean_line(line.text)}" for line in source.lines)]
    paragraphs = [
        [Run(clean_line(line) if line == source.text else line)] for line in lines if line
    ]
    found = canvas.mark("text", source.key, join_runs(paragraphs))
    if canvas.holder is None:
        add_text_box(canvas.slide.shapes, canvas.room, paragraphs, found)
    else:
        write_paragraphs(canvas.holder.text_frame, paragraphs)
        name_shape(canvas.holder, found)


def _add_spread(canvas: Canvas) -> None:
    """Add a part of a report: a rule in its colour, its numbers left, what it says right."""
    source, colours = canvas.source, canvas.shown.view.settings.colours
    colour = colours.get(source.pillar or "", (INK,))[0]
    name_shape(add_rule(canvas.slide.shapes, canvas.room, colour, 2.5), Marker("rule"))
    if not source.lines:
        canvas.drop_holder()
    room = canvas.room.below(20)
    aside = room.width * ASIDE
    add_tiles(canvas.within(room.part(0, aside)), source.tiles, 1, COLUMN)
    beside = room.part(aside + BETWEEN, room.width - aside - BETWEEN)
    _add_rest(canvas.within(beside), in_pairs=True)
