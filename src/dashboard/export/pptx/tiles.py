"""The numbers of a slide: a rule, what is counted, the number with its sign, and what stands beside it;
what is not known is hatched, never zero.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from dashboard.charts.letters import fit_text, measure_text
from dashboard.export.pptx.canvas import Canvas
from dashboard.export.pptx.markers import Marker, name_shape
from dashboard.export.pptx.shapes import (
    LINE,
    QUIET,
    Box,
    Run,
    add_chip,
    add_rule,
    add_text_box,
    count_lines,
)
from dashboard.export.shown_values import from_quantity
from dashboard.export.view_export import clean_line
from dashboard.model.quantity import SIGN, format_euro, format_number
from dashboard.text.messages import _
from dashboard.views.content import Tile

GAP, RULE, SIGN_PART = 20.0, 7.0, 0.62
"""Points between tiles, and from the rule to the label; size of a sign by that of its number."""
MOST_WORDS = 40
"""Ems of a label and of what stands beside a number: longer ones are none of ours."""
SMALLEST, DIGIT, DIGIT_WIDTH = 20.0, re.compile("[0-9]"), 0.6
"""Points of the smallest numbers; in most fonts all digits are as wide as each other, Inter's are not."""


@dataclass(frozen=True)
class Sizes:
    """Points of the letters of tiles, of their width, from one to the one beneath, and of their labels;
    and whether all have room for what stands beside the number.
    """

    label: float
    number: float
    beside: float
    below: float
    wide: float = 0
    head: float = 0
    on_line: bool = False


ROW, COLUMN, ALONE = Sizes(14, 40, 12, 16), Sizes(14, 36, 12, 22), Sizes(20, 66, 16, 34)


def add_tiles(canvas: Canvas, tiles: Sequence[Tile], across: int, sizes: Sizes) -> Box:
    """Add so many tiles beside each other, in rows; returns the room beneath."""
    room, gap = canvas.room, GAP if sizes is ROW else 2 * GAP
    sizes = _choose_sizes(tiles, sizes, (room.width - gap * (across - 1)) / across)
    for start in range(0, len(tiles), across):
        row = tiles[start : start + across]
        for nr, tile in enumerate(row):
            _add_tile(canvas, tile, room.part(nr * (sizes.wide + gap), sizes.wide), sizes)
        room = room.below(max(_measure(tile, sizes) for tile in row) + sizes.below)
    return room


def _say_amount(tile: Tile) -> str:
    if tile.quantity.value is None:
        return _("not known") if tile.quantity.unknown else _("withheld")
    return (format_euro if tile.money else format_number)(tile.quantity.value)


def _say_sign(tile: Tile) -> str:
    """Say how well a number is known, as a sign."""
    sign = "" if tile.quantity.value is None else SIGN[tile.quantity.kind]
    return f"{sign} " if sign else ""


def _say_beside(tile: Tile) -> str:
    said = clean_line(" · ".join(part for part in (tile.qualifier, tile.trend) if part))
    return fit_text(said, 1, MOST_WORDS)


def _say_label(tile: Tile) -> str:
    return fit_text(clean_line(tile.label), 1, MOST_WORDS)


def _choose_sizes(tiles: Sequence[Tile], sizes: Sizes, wide: float) -> Sizes:
    """Choose letters with which every number stands on its line."""
    known = [tile for tile in tiles if tile.quantity.value is not None]
    while sizes.number > SMALLEST and any(_across(tile, sizes) > wide for tile in known):
        sizes = replace(sizes, number=sizes.number - 2)
    besides = (measure_text(_say_beside(tile), sizes.beside) + 8 for tile in tiles)
    on_line = all(_across(t, sizes) + more <= wide for t, more in zip(tiles, besides, strict=True))
    lines = max(count_lines(_say_label(tile), sizes.label, wide) for tile in tiles)
    return replace(sizes, wide=wide, on_line=on_line, head=lines * sizes.label * LINE)


def _across(tile: Tile, sizes: Sizes) -> float:
    """Measure the width of a number with its sign, or of the box in its place."""
    amount = _say_amount(tile)
    if tile.quantity.value is None:
        return measure_text(amount, sizes.label + 2) + 20
    rest = measure_text(DIGIT.sub("", amount), sizes.number, bold=True)
    sign = measure_text(_say_sign(tile), sizes.number * SIGN_PART)
    return sign + len(DIGIT.findall(amount)) * DIGIT_WIDTH * sizes.number + rest


def _measure_beside(tile: Tile, sizes: Sizes) -> float:
    """Measure the height of what stands beneath a number."""
    said = "" if sizes.on_line else _say_beside(tile)
    return count_lines(said, sizes.beside, sizes.wide) * sizes.beside * LINE if said else 0


def _measure(tile: Tile, sizes: Sizes) -> float:
    """Measure the height of a tile."""
    return RULE + sizes.head + sizes.number * LINE + _measure_beside(tile, sizes)


def _add_tile(canvas: Canvas, tile: Tile, box: Box, sizes: Sizes) -> None:
    """Add a tile as one group."""
    group, key, label = canvas.slide.shapes.add_group_shape(), tile.number, _say_label(tile)
    add_rule(group.shapes, box)
    head = box.below(RULE)._replace(height=sizes.head)
    said = canvas.mark("text", f"label~{key}", label)
    add_text_box(group.shapes, head, [[Run(label, sizes.label, colour=QUIET)]], said)
    line = Box(box.left, head.bottom, box.width, sizes.number * LINE)
    _add_number(canvas, group.shapes, tile, line, sizes)
    if _say_beside(tile):
        _add_beside(canvas, group.shapes, tile, line, sizes)
    words = f"{tile.label}: {tile.quantity.words()}. {_say_beside(tile)}"
    name_shape(group, Marker("card", key), clean_line(words)[:500])


def _add_number(canvas: Canvas, shapes: Any, tile: Tile, line: Box, sizes: Sizes) -> None:
    """Add the number, or the hatched box with dashed edge that stands in its place."""
    value = from_quantity(tile.quantity, tile.number.partition("~")[0])
    found = canvas.mark("number", tile.number, values=[value])
    if tile.quantity.value is None:
        size = sizes.label + 2
        top = line.top + (line.height - size * 1.9) / 2
        place = Box(line.left, top, _across(tile, sizes), size * 1.9)
        add_chip(shapes, place, _say_amount(tile), size, found)
        return
    sign, number = _say_sign(tile), Run(_say_amount(tile), sizes.number, bold=True)
    runs = [Run(sign, sizes.number * SIGN_PART, colour=QUIET), number] if sign else [number]
    add_text_box(shapes, line, [runs], found, wrap=False)


def _add_beside(canvas: Canvas, shapes: Any, tile: Tile, line: Box, sizes: Sizes) -> None:
    """Add what stands beside a number, on its line or beneath."""
    said = _say_beside(tile)
    found, runs = (
        canvas.mark("coverage", tile.number, said),
        [Run(said, sizes.beside, colour=QUIET)],
    )
    if sizes.on_line:
        used = _across(tile, sizes) + 8
        box = line.part(used, line.width - used).above(sizes.number * 0.22)
        add_text_box(shapes, box, [runs], found, anchor="bottom", wrap=False)
    else:
        box = Box(line.left, line.bottom, line.width, _measure_beside(tile, sizes))
        add_text_box(shapes, box, [runs], found)
