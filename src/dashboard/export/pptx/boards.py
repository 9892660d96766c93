"""What is a board or a table on the page: projects by how far they are, people by role, grants; and
maps with their places beside them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from pptx.enum.shapes import MSO_SHAPE

from dashboard.charts.letters import measure_text
from dashboard.charts.markup import Element
from dashboard.export.pptx.canvas import Canvas
from dashboard.export.pptx.figure import add_figure
from dashboard.export.pptx.foot import find_pillar_colour
from dashboard.export.pptx.markers import make_marker, name_shape, stamp
from dashboard.export.pptx.painting import INK, LIGHT, PAPER, QUIET, TINT, paint_shape
from dashboard.export.pptx.tables import Cell, Grid, add_table, fit_rows, read_cells
from dashboard.export.pptx.template import Box
from dashboard.export.pptx.texts import (
    LINE,
    POINT,
    Paragraph,
    Run,
    add_rule,
    add_text_box,
    measure_height,
)
from dashboard.export.shown_values import from_cells
from dashboard.export.view_export import clean_line
from dashboard.model.quantity import Quantity, format_number
from dashboard.text.dates import format_day
from dashboard.text.messages import _, ngettext
from dashboard.views.content import Picture
from dashboard.views.content.slides import split_evenly

BETWEEN, EDGE, CARD, HEAD = 22, 10, 10, 40
"""Points between columns, from the edge of a card to its text, between cards, and of the name of a
column.
"""
CARD_SIZES, MOST_CARDS = (18.0, 16.0, 15.0, 14.0, 13.0, 12.0), 6
"""Points of titles; cards below each other."""
MAX_ROWS = 9
"""Rows of people and of grants."""


def add_map(canvas: Canvas, picture: Picture) -> None:
    """Draw a map, and beside it its places by number."""
    room, wide = canvas.room, 0.6
    drawn = add_figure(canvas.within(room.part(0, room.width * wide)), picture)
    left = drawn.right - room.left + 40 * POINT
    beside = canvas.within(room.part(left, min(room.width - left, 330 * POINT)))
    rows = picture.chart.table
    first, second = (*(list(rows[0])[nr] for nr in (0, 2)),)
    cells = [
        [
            Cell([[Run(clean_line(row[first]), 15)]]),
            Cell([[Run(f"{row[second]:,}", 15, bold=True)]], "right"),
        ]
        for row in rows[:12]
    ]
    width = beside.room.width / POINT
    if len(rows) > 12:
        said = ngettext("and {n:,} more place", "and {n:,} more places", len(rows) - 12)
        cells.append([Cell([[Run(said, 12, colour=QUIET)]]), Cell()])
    grid = Grid(cells, [width - 70, 70], 4)
    values = list(from_cells(row[second] for row in rows))
    add_table(beside, grid, picture.key, clean_line(picture.chart.sentence), values)


def add_board(canvas: Canvas, picture: Picture) -> None:
    """Add the columns of a board, each card with the edge of its pillar, as one group."""
    columns = (picture.chart.markup or Element("p")).find("board-column")
    group, room = canvas.slide.shapes.add_group_shape(), canvas.room
    plan = _plan_board(columns, room.width / POINT, room.height / POINT)
    left = 0.0
    for column in plan.columns:
        width = plan.unit * column.weight + BETWEEN * (column.parts - 1)
        _add_column(canvas, group.shapes, column, room.part(left * POINT, width * POINT), plan)
        left += width + BETWEEN
    alt = clean_line(picture.chart.sentence)[:1000]
    name_shape(group, stamp(make_marker("chart", picture.key, text=alt), canvas.shown), alt)


@dataclass(frozen=True)
class Column:
    """A column of a board: its element, its cards, and in how many parts these stand side by side."""

    element: Element
    cards: Sequence[Element]

    @property
    def parts(self) -> int:
        return min(max(-(-len(self.cards) // MOST_CARDS), 1), 3)

    @property
    def weight(self) -> float:
        """Of the width; a column without a card has only its name."""
        return self.parts if self.cards else 0.6

    def split(self) -> list[Sequence[Element]]:
        """Split the cards over the parts."""
        return split_evenly(self.cards, -(-len(self.cards) // self.parts)) if self.cards else []


@dataclass(frozen=True)
class Plan:
    """How a board is drawn: its columns, the points of one part, of the letters of titles, and whether
    there is room for who does what.
    """

    columns: Sequence[Column]
    unit: float
    size: float
    with_roles: bool

    def write(self, card: Element) -> list[Paragraph]:
        """Write a card: its title, and who does what."""
        title, role = card.find("board-title"), card.find("board-role") if self.with_roles else []
        written: list[Paragraph] = [[Run(clean_line(t.text), self.size, bold=True)] for t in title]
        return written + [[Run(clean_line(r.text), 12, colour=QUIET)] for r in role if r.text]

    def measure(self, card: Element) -> float:
        """Measure the points that a card is high."""
        return measure_height(self.write(card), self.unit - EDGE)

    @property
    def height(self) -> float:
        parts = [part for column in self.columns for part in column.split()]
        return HEAD + max(sum(self.measure(card) + CARD for card in part) for part in parts or [()])


def _plan_board(elements: Sequence[Element], wide: float, tall: float) -> Plan:
    """Plan a board in letters as large as let every card stand, without who does what if need be."""
    columns = [Column(one, one.find("board-card")) for one in elements]
    gaps = BETWEEN * (sum(column.parts for column in columns) - 1)
    unit = (wide - gaps) / sum(column.weight for column in columns)
    plans = [
        Plan(columns, unit, size, roles)
        for roles in (True, False)
        for size in CARD_SIZES[2 if roles else 0 :]
    ]
    return next((plan for plan in plans if plan.height <= tall), plans[-1])


def _add_column(canvas: Canvas, shapes: Any, column: Column, box: Box, plan: Plan) -> None:
    """Add the name of a column with its number, and its cards."""
    add_rule(shapes, box)
    name, number = column.element.find("board-head")[0].children
    runs = [
        Run(f"{clean_line(name.text if isinstance(name, Element) else name)}  ", 16, bold=True),
        Run(clean_line(number.text if isinstance(number, Element) else number), 16, colour=QUIET),
    ]
    place = Box(box.left, box.top + 7 * POINT, box.width, round(16 * LINE * POINT))
    add_text_box(shapes, place, [runs], make_marker("label"), wrap=False)
    for nr, cards in enumerate(column.split()):
        part = box.below(HEAD * POINT).part(nr * (plan.unit + BETWEEN) * POINT, plan.unit * POINT)
        _add_cards(canvas, shapes, cards, part, plan)


def _add_cards(
    canvas: Canvas, shapes: Any, cards: Sequence[Element], room: Box, plan: Plan
) -> None:
    """Add cards below each other; what no slide can hold is counted."""
    for nr, card in enumerate(cards):
        high = round(plan.measure(card) * POINT)
        if high > room.height:
            said = ngettext("and {n:,} more", "and {n:,} more", len(cards) - nr)
            box = Box(room.left, room.top, room.width, round(12 * LINE * POINT))
            add_text_box(shapes, box, [[Run(said, 12, colour=QUIET)]], make_marker("label"))
            return
        bar = shapes.add_shape(MSO_SHAPE.RECTANGLE, room.left, room.top, 3 * POINT, high)
        paint_shape(bar, find_pillar_colour(canvas.shown, card))
        inner = Box(room.left + EDGE * POINT, room.top, room.width - EDGE * POINT, high)
        add_text_box(shapes, inner, plan.write(card), make_marker("label"))
        room = room.below(high + CARD * POINT)


def add_matrix(canvas: Canvas, picture: Picture) -> None:
    """Add people by role: a row each with its sum, the others in one row, and the sums of all."""
    rows = [list(row.values()) for row in picture.chart.table]
    heads = list(picture.chart.table[0])
    shown, rest = rows[:MAX_ROWS], rows[MAX_ROWS:]
    cells = [[Cell(), *(_number_head(name) for name in heads[1:-1]), _number_head(_("all"))]]
    largest = max(number for row in shown for number in row[1:-1])
    for row in shown:
        numbers = [_tint(number, largest) for number in row[1:-1]]
        cells.append([_person(row[0]), *numbers, _sum(row[-1])])
    if rest:
        said = ngettext("… and {n:,} other", "… and {n:,} others", len(rest))
        sums = [sum(column) for column in zip(*(row[1:] for row in rest), strict=True)]
        cells.append([_person(said), *(_plain(number) for number in sums[:-1]), _sum(sums[-1])])
    totals = [sum(column) for column in zip(*(row[1:] for row in rows), strict=True)]
    cells.append([_person(_("all")), *map(_sum, totals)])
    wide, tall = canvas.room.width / POINT, canvas.room.height / POINT
    name = min(max(measure_text(str(row[0]), 14) for row in shown) + 16, wide * 0.3)
    each = min((wide - name) / (len(heads) - 1), 96)
    grid = Grid(
        cells, [name, *([each] * (len(heads) - 1))], 2, heads=1, gap=8,
        tall=min((tall - 4) / len(cells), 34),
    )  # fmt: skip
    values = list(from_cells([*(n for row in rows for n in row[1:]), *totals]))
    add_table(canvas, grid, picture.key, clean_line(picture.chart.sentence), values)


def _number_head(name: str) -> Cell:
    return Cell([[Run(clean_line(name), 12, colour=QUIET)]], "center")


def _person(name: object) -> Cell:
    return Cell([[Run(clean_line(name), 14)]])


def _plain(number: int) -> Cell:
    return Cell([[Run(f"{number:,}", 14)]] if number else (), "center", TINT)


def _sum(number: int) -> Cell:
    return Cell([[Run(f"{number:,}", 14, bold=True)]], "center")


def _tint(number: int, largest: int) -> Cell:
    """Make a cell the stronger tinted the larger its number."""
    if not number:
        return Cell((), "center", TINT)
    share = (number - 1) / (largest - 1) if largest > 1 else 0.0
    fill = LIGHT.tints[3] if share < 0.25 else LIGHT.tints[2] if share < 0.6 else LIGHT.tints[0]
    ink = PAPER if fill == LIGHT.tints[0] else INK
    return Cell([[Run(f"{number:,}", 14, bold=True, colour=ink)]], "center", fill)


def add_grants(canvas: Canvas, picture: Picture) -> None:
    """Add who gives, who receives, how much, and our role."""
    table = (picture.chart.markup or Element("p")).find("grant-table")
    rows = [row for one in table for row in read_cells(one)]
    head = [Cell([[Run(clean_line(c.text), 12, colour=QUIET)]]) for c in rows[0]]
    body = [[_write_cell(cell) for cell in row] for row in rows if row[0].tag != "th"]
    wide = canvas.room.width / POINT
    grid = Grid([head, *body[:MAX_ROWS]], [wide * s for s in (0.34, 0.34, 0.16, 0.16)], 7, heads=1)
    grid = fit_rows(grid, canvas.room.height / POINT)
    values = list(from_cells(cell for row in picture.chart.table for cell in row.values()))
    add_table(canvas, grid, picture.key, clean_line(picture.chart.sentence), values)


def _write_cell(cell: Element) -> Cell:
    """Write a cell of the page: its words, and its note beneath in second text."""
    notes = cell.find("grant-note")
    said = clean_line("".join(_read_texts(cell, notes)))
    unknown, bold = cell.find("unknown"), cell.find("grant-giver") + cell.find("grant-amount")
    bold = [] if unknown or cell.find("grant-unstated") else bold
    colour = QUIET if unknown else INK
    written: list[Paragraph] = [[Run(said, 14, bold=bool(bold) or None, colour=colour)]]
    written += [[Run(clean_line(note.text), 12, colour=QUIET)] for note in notes if note.text]
    return Cell(written)


def _read_texts(element: Element, left_out: Sequence[Element]) -> Iterator[str]:
    """Read the texts of an element without those of some inside."""
    for child in element.children:
        if isinstance(child, str):
            yield child
        elif child not in left_out:
            yield from _read_texts(child, left_out)


def say_cell(value: object) -> str:
    """Say a cell of the page's table: a quantity with its qualifier, a day as people write it."""
    match value:
        case Quantity():
            return value.words()
        case date():
            return format_day(value)
        case int() | Decimal() if not isinstance(value, bool):
            return format_number(value)
        case _:
            return clean_line("" if value is None else value)


def add_rows(canvas: Canvas, picture: Picture) -> None:
    """Add the rows of a picture that is neither chart nor board."""
    rows = picture.chart.table[:MAX_ROWS]
    heads = [name for name in rows[0] if any(row[name] not in (None, "") for row in rows)][:6]
    head = [Cell([[Run(clean_line(name), 12, colour=QUIET)]]) for name in heads]
    body = [[Cell([[Run(say_cell(row[name]), 14)]]) for name in heads] for row in rows]
    wide = canvas.room.width / POINT / len(heads)
    grid = Grid([head, *body], [wide] * len(heads), heads=1)
    grid = fit_rows(grid, canvas.room.height / POINT)
    add_table(canvas, grid, picture.key, clean_line(picture.chart.sentence))
