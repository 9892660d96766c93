"""The numbers of a slide: a rule, what is counted, the number with its sign, and what stands beside it;
what is not known is hatched, never zero.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.charts.letters import fit_text, measure_text
from dashboard.export.pptx.canvas import Canvas
from dashboard.export.pptx.markers import make_marker, name_shape, set_alt_text, stamp
from dashboard.export.pptx.painting import QUIET
from dashboard.export.pptx.template import Box
from dashboard.export.pptx.texts import (
    LINE,
    POINT,
    Run,
    add_chip,
    add_rule,
    add_text_box,
    count_lines,
    join_runs,
)
from dashboard.export.shown_values import from_quantity
from dashboard.export.view_export import clean_line
from dashboard.model.quantity import SIGN, format_euro, format_number
from dashboard.text.messages import _
from dashboard.views.content import Tile

GAP, RULE = 20.0, 7.0
"""Points between tiles, and from the rule to the label."""


@dataclass(frozen=True)
class Sizes:
    """Points of the parts of a tile, whether all have room for what stands beside the number, and how
    high their labels are.
    """

    label: float
    number: float
    beside: float
    wide: float
    on_line: bool = False
    head: float = 0

    @property
    def sign(self) -> float:
        return self.number * 0.62


ROW, COLUMN, ALONE = Sizes(14, 40, 12, 0), Sizes(14, 36, 12, 0), Sizes(20, 66, 16, 0)
MOST_WORDS = 40
"""Ems of a label and of what stands beside a number: longer ones are none of ours."""
SMALLEST, DIGIT, DIGIT_WIDTH = 20.0, re.compile("[0-9]"), 0.6
"""Points of the smallest numbers; in most fonts all digits are as wide as each other, Inter's are not."""


def add_row(canvas: Canvas, tiles: Sequence[Tile]) -> Box:
    """Add the tiles in a row at the top of the room; returns the room beneath."""
    room, count = canvas.room, len(tiles)
    wide = (room.width / POINT - GAP * (count - 1)) / count
    sizes = _choose_sizes(tiles, ROW, wide)
    tall = max(_measure(tile, sizes) for tile in tiles)
    for nr, tile in enumerate(tiles):
        left = nr * (wide + GAP) * POINT
        _add_tile(canvas, tile, room.part(left, wide * POINT), sizes)
    return room.below((tall + 16) * POINT)


def add_column(canvas: Canvas, tiles: Sequence[Tile]) -> None:
    """Add the tiles below each other from the top of the room."""
    room = canvas.room
    sizes = _choose_sizes(tiles, COLUMN, room.width / POINT)
    for tile in tiles:
        _add_tile(canvas, tile, room, sizes)
        room = room.below((_measure(tile, sizes) + 14) * POINT)


def add_grid(canvas: Canvas, tiles: Sequence[Tile]) -> None:
    """Add the tiles alone on a slide: three in a row, in large letters."""
    across = 2 if len(tiles) in (2, 4) else 3
    wide = (canvas.room.width / POINT - 2 * GAP * (across - 1)) / across
    sizes = _choose_sizes(tiles, ALONE, wide)
    step = max(_measure(tile, sizes) for tile in tiles) + 34
    room = canvas.room.below(22 * POINT)
    for nr, tile in enumerate(tiles):
        row, column = divmod(nr, across)
        box = room.below(row * step * POINT).part(column * (wide + 2 * GAP) * POINT, wide * POINT)
        _add_tile(canvas, tile, box, sizes)


def write_number(tile: Tile) -> tuple[str, str]:
    """Write the sign of how well a number is known, and the number."""
    quantity = tile.quantity
    if quantity.value is None:
        return "", _("not known") if quantity.unknown else _("withheld")
    amount = (format_euro if tile.money else format_number)(quantity.value)
    return SIGN[quantity.kind], amount


def _say_beside(tile: Tile) -> str:
    said = clean_line(" · ".join(part for part in (tile.qualifier, tile.trend) if part))
    return fit_text(said, 1, MOST_WORDS)


def _choose_sizes(tiles: Sequence[Tile], sizes: Sizes, wide: float) -> Sizes:
    """Choose letters with which every number stands on its line."""
    number = sizes.number
    known = [tile for tile in tiles if tile.quantity.value is not None]
    while number > SMALLEST and any(_across(tile, sizes, number) > wide for tile in known):
        number -= 2
    on_line = all(
        _across(tile, sizes, number) + 8 + measure_text(_say_beside(tile), sizes.beside) <= wide
        for tile in tiles
    )
    lines = max(count_lines(_say_label(tile), sizes.label, wide) for tile in tiles)
    return Sizes(sizes.label, number, sizes.beside, wide, on_line, lines * sizes.label * LINE)


def _across(tile: Tile, sizes: Sizes, number: float) -> float:
    sign, amount = write_number(tile)
    if tile.quantity.value is None:
        return measure_text(amount, sizes.label + 2) + 20
    beside = measure_text(f"{sign} ", number * 0.62) if sign else 0
    digits = len(DIGIT.findall(amount))
    return (
        beside
        + digits * DIGIT_WIDTH * number
        + measure_text(DIGIT.sub("", amount), number, bold=True)
    )


def _say_label(tile: Tile) -> str:
    return fit_text(clean_line(tile.label), 1, MOST_WORDS)


def _measure(tile: Tile, sizes: Sizes) -> float:
    """Measure the points that a tile is high."""
    said = _say_beside(tile)
    below = count_lines(said, sizes.beside, sizes.wide) * sizes.beside * LINE if said else 0
    used = RULE + sizes.head + sizes.number * LINE
    return used if sizes.on_line else used + below


def _add_tile(canvas: Canvas, tile: Tile, box: Box, sizes: Sizes) -> None:
    """Add a tile as one group."""
    group, key = canvas.slide.shapes.add_group_shape(), tile.number
    add_rule(group.shapes, box)
    sign, amount = write_number(tile)
    inner, high = box.below(RULE * POINT), sizes.head * POINT
    label = [Run(_say_label(tile), sizes.label, colour=QUIET)]
    place = Box(inner.left, inner.top, inner.width, round(high))
    add_text_box(group.shapes, place, [label], canvas.mark("text", f"label~{key}", label[0].said))
    inner = inner.below(high)
    line = Box(inner.left, inner.top, inner.width, round(sizes.number * LINE * POINT))
    used = _across(tile, sizes, sizes.number) * POINT
    if tile.quantity.value is None:
        _add_unknown(canvas, group.shapes, Box(line.left, line.top, round(used), line.height), tile, sizes)  # fmt: skip
    else:
        runs = [Run(f"{sign} ", sizes.sign, colour=QUIET)] if sign else []
        runs.append(Run(amount, sizes.number, bold=True))
        add_text_box(group.shapes, line, [runs], _mark_number(canvas, tile), wrap=False)
    if said := _say_beside(tile):
        _add_beside(canvas, group.shapes, (line, used), tile, sizes)
    alt = join_runs([[Run(f"{tile.label}: {tile.quantity.words()}. {said}")]])
    group.name = str(make_marker("card", key))
    set_alt_text(group, alt[:500])


def _mark_number(canvas: Canvas, tile: Tile) -> Any:
    value = from_quantity(tile.quantity, tile.number.partition("~")[0])
    return stamp(make_marker("number", tile.number), canvas.shown, [value])


def _add_beside(
    canvas: Canvas, shapes: Any, place: tuple[Box, float], tile: Tile, sizes: Sizes
) -> None:
    """Add what stands beside a number, on its line or beneath."""
    (line, used), said = place, _say_beside(tile)
    found, runs = (
        canvas.mark("coverage", tile.number, said),
        [Run(said, sizes.beside, colour=QUIET)],
    )
    if sizes.on_line:
        box = line.part(used + 8 * POINT, line.width - used - 8 * POINT)
        box = box.above(sizes.number * 0.22 * POINT)
        add_text_box(shapes, box, [runs], found, anchor="bottom", wrap=False)
        return
    high = count_lines(said, sizes.beside, sizes.wide) * sizes.beside * LINE * POINT
    box = Box(line.left, line.bottom, line.width, round(high))
    add_text_box(shapes, box, [runs], found)


def _add_unknown(canvas: Canvas, shapes: Any, box: Box, tile: Tile, sizes: Sizes) -> None:
    """Add the hatched box with dashed edge that stands in the place of a number."""
    high = round((sizes.label + 2) * 1.9 * POINT)
    top = box.top + (box.height - high) // 2
    place = Box(box.left, top, box.width, high)
    chip = add_chip(shapes, place, write_number(tile)[1], sizes.label + 2)
    name_shape(chip, _mark_number(canvas, tile))
