"""The numbers of a slide: rule, label, number with its sign, what stands beside; none is hatched."""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

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
from dashboard.language.messages import _
from dashboard.language.numbers import format_euro, format_number
from dashboard.model.quantity import SIGN
from dashboard.views.content import Tile

GAP, RULE, SIGN_PART = 20.0, 7.0, 0.62
"""Points between tiles, and from the rule to the label; size of a sign by that of its number."""
MOST_WORDS = 40
"""Ems of a label and of what stands beside a number: longer ones are none of ours."""
SMALLEST, DIGIT, DIGIT_WIDTH = 20.0, re.compile("[0-9]"), 0.6
"""Points of the smallest numbers; in most fonts all digits are as wide as each other, Inter's are not."""


class Sizes(NamedTuple):
    """Points of the letters of tiles, and from one to the one beneath; of their width and labels."""

    label: float
    number: float
    beside: float
    below: float
    wide: float = 0
    head: float = 0


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
        sizes = sizes._replace(number=sizes.number - 2)
    lines = max(count_lines(_say_label(tile), sizes.label, wide) for tile in tiles)
    return sizes._replace(wide=wide, head=lines * sizes.label * LINE)


def _across(tile: Tile, sizes: Sizes) -> float:
    """Measure the width of a number with its sign, or of the box in its place."""
    amount = _say_amount(tile)
    if tile.quantity.value is None:
        return measure_text(amount, sizes.label + 2) + 20
    rest = measure_text(DIGIT.sub("", amount), sizes.number, bold=True)
    sign = measure_text(_say_sign(tile), sizes.number * SIGN_PART)
    return sign + len(DIGIT.findall(amount)) * DIGIT_WIDTH * sizes.number + rest


def _measure(tile: Tile, sizes: Sizes) -> float:
    """Measure the height of a tile."""
    lines = count_lines(_say_beside(tile), sizes.beside, sizes.wide)
    return RULE + sizes.head + (sizes.number + lines * sizes.beside) * LINE


def _add_tile(canvas: Canvas, tile: Tile, box: Box, sizes: Sizes) -> None:
    """Add a tile as one group."""
    group, key, label = canvas.slide.shapes.add_group_shape(), tile.number, _say_label(tile)
    add_rule(group.shapes, box)
    head = box.below(RULE)._replace(height=sizes.head)
    said = canvas.mark("text", f"label~{key}", label)
    add_text_box(group.shapes, head, [[Run(label, sizes.label, colour=QUIET)]], said)
    line = Box(box.left, head.bottom, box.width, sizes.number * LINE)
    _add_number(canvas, group.shapes, tile, line, sizes)
    if beside := _say_beside(tile):
        place = line._replace(top=line.bottom, height=box.top + _measure(tile, sizes) - line.bottom)
        found = canvas.mark("coverage", key, beside)
        add_text_box(group.shapes, place, [[Run(beside, sizes.beside, colour=QUIET)]], found)
    words = f"{tile.label}: {tile.quantity.words()}. {beside}"
    name_shape(group, Marker("card", key), clean_line(words)[:500])


def _add_number(canvas: Canvas, shapes: Any, tile: Tile, line: Box, sizes: Sizes) -> None:
    """Add the number, or the hatched box with dashed edge that stands in its place."""
    value = from_quantity(tile.quantity, tile.number.partition("~")[0])
    found = canvas.mark("number", tile.number, values=[value])
    if tile.quantity.value is None:
        size = sizes.label + 2
        top = line.top + (line.height - size * 1.9) / 2
        place = Box(line.left, top, _across(tile, sizes), size * 1.9)
        add_chip(shapes, place, Run(_say_amount(tile), size), found)
        return
    sign, number = _say_sign(tile), Run(_say_amount(tile), sizes.number, bold=True)
    runs = [Run(sign, sizes.number * SIGN_PART, colour=QUIET), number] if sign else [number]
    add_text_box(shapes, line, [runs], found, wrap=False)
