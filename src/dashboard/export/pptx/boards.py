"""What the page draws of elements, as shapes: projects as a board of cards, two years as dumbbells."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.enum.shapes import MSO_SHAPE

from dashboard.charts import Bars
from dashboard.charts.letters import measure_text
from dashboard.charts.markup import Element
from dashboard.export.pptx.canvas import Canvas
from dashboard.export.pptx.foot import find_pillar_colour
from dashboard.export.pptx.markers import name_shape, text_digest
from dashboard.export.pptx.shapes import (
    ACCENT,
    HAIRLINE,
    INK,
    LINE,
    PAPER,
    QUIET,
    Box,
    Paragraph,
    Run,
    add_line,
    add_rule,
    add_shape,
    add_text_box,
    measure_height,
)
from dashboard.export.shown_values import from_cells
from dashboard.export.view_export import clean_line
from dashboard.language.messages import ngettext
from dashboard.views.content import Picture
from dashboard.views.content.slides import split_evenly

BETWEEN, EDGE, CARD, NAME = 22, 10, 10, 16
"""Points between columns, from the edge of a card to its text, between cards, of a column's name."""
HEAD = 40
"""Points from the rule of a column to its first card."""
CARD_SIZES, MOST_CARDS = (18.0, 16.0, 15.0, 14.0, 13.0, 12.0), 6
"""Points of titles; cards below each other."""
LETTERS, MARK, HIGHEST, END = 15.0, 13.0, 46.0, 120
"""Points of letters, of a mark, of a line at most; where a line ends, its larger number being 100."""
AWAY, LAST = 11, 80
"""Points from the middle of a mark to its number, and for the difference."""


@dataclass(frozen=True)
class Plan:
    """How a board is drawn: the cards of its columns, in parts that stand side by side, the width of
    one part, the letters of titles, and whether there is room for who does what.
    """

    columns: Sequence[Sequence[Sequence[Element]]]
    unit: float
    size: float
    with_roles: bool

    def write(self, card: Element) -> list[Paragraph]:
        """Write a card: its title, and who does what."""
        title, role = card.find("board-title"), card.find("board-role") if self.with_roles else []
        written: list[Paragraph] = [[Run(clean_line(t.text), self.size, bold=True)] for t in title]
        return written + [[Run(clean_line(r.text), 12, colour=QUIET)] for r in role if r.text]

    def measure(self, card: Element) -> float:
        """Measure the height of a card."""
        return measure_height(self.write(card), self.unit - EDGE)

    @property
    def height(self) -> float:
        parts = [part for column in self.columns for part in column]
        return HEAD + max(sum(self.measure(card) + CARD for card in part) for part in parts or [()])


def add_board(canvas: Canvas, picture: Picture) -> None:
    """Add the columns of a board that hold any card, each with the edge of its pillar, as one group."""
    group, left = canvas.slide.shapes.add_group_shape(), 0.0
    columns = (picture.chart.markup or Element("p")).find("board-column")
    columns = [one for one in columns if one.find("board-card")]
    plan = _plan_board([_split_cards(one.find("board-card")) for one in columns], canvas.room)
    for column, parts in zip(columns, plan.columns, strict=True):
        width = plan.unit * len(parts) + BETWEEN * (len(parts) - 1)
        box = canvas.room.part(left, width)
        _add_head(group.shapes, column.find("board-head")[0], box)
        for nr, cards in enumerate(parts):
            part = box.below(HEAD).part(nr * (plan.unit + BETWEEN), plan.unit)
            _add_cards(canvas, group.shapes, cards, part, plan)
        left += width + BETWEEN
    canvas.name_chart(group, picture)


def _split_cards(cards: Sequence[Element]) -> Sequence[Sequence[Element]]:
    """Split cards over one to three parts."""
    parts = min(-(-len(cards) // MOST_CARDS), 3)
    return split_evenly(cards, -(-len(cards) // parts))


def _plan_board(columns: Sequence[Sequence[Sequence[Element]]], room: Box) -> Plan:
    """Plan a board in letters as large as let every card stand, without who does what if need be."""
    number = sum(map(len, columns))
    unit = (room.width - BETWEEN * (number - 1)) / number
    plans = [Plan(columns, unit, size, with_roles=True) for size in CARD_SIZES[2:]]
    plans += [Plan(columns, unit, size, with_roles=False) for size in CARD_SIZES]
    return next((plan for plan in plans if plan.height <= room.height), plans[-1])


def _add_head(shapes: Any, head: Element, box: Box) -> None:
    """Add the name of a column with its number."""
    add_rule(shapes, box)
    said = (clean_line(x.text if isinstance(x, Element) else x) for x in head.children)
    name, number = said
    runs = [Run(f"{name}  ", NAME, bold=True), Run(number, NAME, colour=QUIET)]
    add_text_box(shapes, box.below(7)._replace(height=NAME * LINE), [runs], wrap=False)


def _add_cards(
    canvas: Canvas, shapes: Any, cards: Sequence[Element], room: Box, plan: Plan
) -> None:
    """Add cards below each other; what no slide can hold is counted."""
    for nr, card in enumerate(cards):
        high = plan.measure(card)
        if high > room.height:
            said = ngettext("and {n:,} more", "and {n:,} more", len(cards) - nr)
            box = room._replace(height=12 * LINE)
            add_text_box(shapes, box, [[Run(said, 12, colour=QUIET)]])
            return
        edge = Box(room.left, room.top, 3, high)
        add_shape(shapes, MSO_SHAPE.RECTANGLE, edge, find_pillar_colour(canvas.shown, card))
        inner = Box(room.left + EDGE, room.top, room.width - EDGE, high)
        add_text_box(shapes, inner, plan.write(card))
        room = room.below(high + CARD)


def add_dumbbells(canvas: Canvas, picture: Picture, bars: Bars) -> None:
    """Draw a line per number: its name, both marks with their numbers, and the difference."""
    before, now = (clean_line(name) for name, *_rest in bars.series)
    runs = [Run("○ ", 14, True, QUIET), Run(f"{before}    ", 14, colour=QUIET)]
    runs += [Run("● ", 14, colour=ACCENT), Run(now, 14, colour=QUIET)]
    canvas.write(f"{picture.key}~key", canvas.room._replace(height=24), runs)
    differences = (picture.chart.markup or Element("p")).find("dumbbell-difference")
    room = canvas.room.below(34)
    high = min(room.height / len(bars.categories), HIGHEST)
    longest = max(measure_text(clean_line(one), LETTERS, bold=True) for one in bars.categories)
    names = min(longest + 16, room.width * 0.35)
    for nr, difference in enumerate(differences):
        row = room.below(nr * high)._replace(height=high)
        words = clean_line(bars.categories[nr]), clean_line(difference.text)
        group = canvas.slide.shapes.add_group_shape()
        said = _draw_line(group.shapes, (bars, nr), words, row, names)
        values = from_cells(values[nr] for _, values, _ in bars.series)
        found = canvas.mark("mark", f"{picture.key}~{text_digest(words[0])}", values=values)
        name_shape(group, found, f"{words[0]}: {' → '.join(said)}, {words[1]}"[:500])


def _draw_line(
    shapes: Any, of_bars: tuple[Bars, int], words: tuple[str, str], row: Box, names: float
) -> list[str]:
    """Draw one number; that of the lower mark stands left of it, the other right. Returns both."""
    _write(shapes, row._replace(width=names), words[0], "left", bold=True)
    (bars, nr), row = of_bars, row.part(names, row.width - names)
    shares = [float(values[nr] or 0) for _, values, _ in bars.series]
    said = [clean_line(amounts[nr]) for amounts in bars.amounts]
    room = max(measure_text(text, LETTERS, bold=True) for text in said) + 16
    track, middle = row.part(room, row.width - 2 * room - LAST - 10), row.top + row.height / 2
    places = [track.left + share / END * track.width for share in shares]
    add_line(shapes, (track.left, middle), (track.right, middle), HAIRLINE, 2)
    add_line(shapes, (min(places), middle), (max(places), middle), ACCENT, 4)
    for year, (place, text) in enumerate(zip(places, said, strict=True)):
        _draw_mark(shapes, place, middle, is_now=bool(year))
        is_right = place > places[1 - year] or (year == 1 and places[0] == places[1])
        left = place + AWAY if is_right else place - room - AWAY
        align = "left" if is_right else "right"
        _write(shapes, row._replace(left=left, width=room), text, align, bold=bool(year))
    _write(shapes, row.part(row.width - LAST, LAST), words[1], "right", bold=True)
    return said


def _draw_mark(shapes: Any, place: float, middle: float, *, is_now: bool) -> None:
    size = MARK if is_now else MARK + 3
    box = Box(place - size / 2, middle - size / 2, size, size)
    fill, edge = (ACCENT, (ACCENT, 0)) if is_now else (PAPER, (QUIET, 2))
    add_shape(shapes, MSO_SHAPE.OVAL, box, fill, edge)


def _write(shapes: Any, box: Box, text: str, align: str, *, bold: bool) -> None:
    high = LETTERS * LINE
    place = Box(box.left, box.top + (box.height - high) / 2, box.width, high)
    runs = [Run(text, LETTERS, bold=bold or None, colour=INK if bold else QUIET)]
    add_text_box(shapes, place, [runs], align=align, wrap=False)
