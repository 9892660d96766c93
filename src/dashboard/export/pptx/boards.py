"""What is a board or a table on the page: projects by how far they are, people by role, grants; and
maps with their places beside them.
"""

from collections.abc import Callable, Sequence

from pptx.enum.shapes import MSO_SHAPE

from dashboard.charts.event_marks import lighten
from dashboard.charts.letters import measure_text
from dashboard.charts.markup import Element
from dashboard.charts.theme import NO_PILLAR, Palette
from dashboard.export.pptx.canvas import Canvas
from dashboard.export.pptx.markers import make_marker, set_alt_text, stamp
from dashboard.export.pptx.painting import INK, LIGHT, PAPER, QUIET, TINT, make_line, paint_shape
from dashboard.export.pptx.tables import Cell, Grid, add_table, read_cells
from dashboard.export.pptx.template import Box
from dashboard.export.pptx.texts import (
    LINE,
    POINT,
    Paragraph,
    Run,
    add_text_box,
    measure_height,
)
from dashboard.export.shown_values import from_cells
from dashboard.export.view_export import clean_line
from dashboard.text.messages import _, ngettext
from dashboard.views.content import Picture

MAX_ROWS = 9


def add_map_or_timeline(
    canvas: Canvas, picture: Picture, draw: Callable[[Canvas, Picture], Box]
) -> None:
    """Draw a figure; beside a map its places by number."""
    if "scaleanchor" not in picture.chart.figure["layout"]["yaxis"]:
        draw(canvas, picture)
        return
    room, wide = canvas.room, 0.6
    drawn = draw(canvas.within(room.part(0, room.width * wide)), picture)
    left = drawn.right - room.left + 40 * POINT
    beside = canvas.within(room.part(left, min(room.width - left, 330 * POINT)))
    rows = picture.chart.table
    first, second = list(rows[0])[0], list(rows[0])[2]
    cells = [
        [
            Cell([[Run(clean_line(row[first]), 14)]]),
            Cell([[Run(f"{row[second]:,}", 14, bold=True)]], "right"),
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
    """Add the columns of a board, each card with the edge of its pillar."""
    markup = picture.chart.markup or Element("p")
    columns = markup.find("board-column")
    parts = _divide(columns)
    total = sum(parts)
    group = canvas.slide.shapes.add_group_shape()
    left, gap = 0.0, 22 * POINT
    room = canvas.room
    inner = room.width - gap * (total - 1)
    size = _choose_size(columns, parts, inner / total / POINT, room.height / POINT)
    for column, wide in zip(columns, parts, strict=True):
        width = inner * wide / total + gap * (wide - 1)
        _add_column(canvas, group.shapes, column, room.part(left, width), wide, size)
        left += width + gap
    alt = clean_line(picture.chart.sentence)[:1000]
    group.name = str(stamp(make_marker("chart", picture.key, text=alt), canvas.shown))
    set_alt_text(group, alt)


def _divide(columns: Sequence[Element]) -> list[int]:
    """Divide the width: a column with twice as many cards as fit below each other is two wide."""
    return [2 if len(column.find("board-card")) > 6 else 1 for column in columns]


def _cards(column: Element) -> list[Element]:
    return column.find("board-card")


def _write_card(card: Element, size: float) -> list[Paragraph]:
    title, role = card.find("board-title"), card.find("board-role")
    written: list[Paragraph] = [[Run(clean_line(t.text), size, bold=True)] for t in title]
    return written + [[Run(clean_line(r.text), 12, colour=QUIET)] for r in role if r.text]


def _choose_size(
    columns: Sequence[Element], parts: Sequence[int], wide: float, tall: float
) -> float:
    for size in (15.0, 14.0, 13.0, 12.0):
        highest = 0.0
        for column, part in zip(columns, parts, strict=True):
            cards = [measure_height(_write_card(c, size), wide - 12) + 10 for c in _cards(column)]
            half = -(-len(cards) // part)
            highest = max([highest, *(sum(cards[i : i + half]) for i in range(0, len(cards), half or 1))])
        if highest + 40 <= tall:
            return size
    return 12.0


def _add_column(
    canvas: Canvas, shapes: object, column: Element, box: Box, wide: int, size: float
) -> None:
    head = " ".join(one.text for one in column.find("board-head"))
    names = [child for one in column.find("board-head") for child in one.children]
    runs = [
        Run(f"{clean_line(name.text if isinstance(name, Element) else name)} ", 16, bold=not nr, colour=INK if not nr else QUIET)
        for nr, name in enumerate(names)
    ]
    _add_rule(shapes, box, INK, 1.5)
    place = Box(box.left, box.top + 7 * POINT, box.width, round(16 * LINE * POINT))
    add_text_box(shapes, place, [runs], make_marker("label"))
    room = box.below(40 * POINT)
    cards = _cards(column)
    half, gap = -(-len(cards) // wide), 22 * POINT
    width = (room.width - gap * (wide - 1)) / wide
    for nr in range(wide):
        part = room.part(nr * (width + gap), width)
        some = cards[nr * half : (nr + 1) * half]
        _add_cards(canvas, shapes, some, part, size)
    assert head


def _add_rule(shapes: object, box: Box, colour: str, points: float) -> None:
    line = shapes.add_connector(1, box.left, box.top, box.right, box.top)  # type: ignore[attr-defined]
    style = line._element.find("{http://schemas.openxmlformats.org/presentationml/2006/main}style")
    line._element.remove(style)
    line._element.spPr.append(make_line(colour, points))


def _add_cards(
    canvas: Canvas, shapes: object, cards: Sequence[Element], room: Box, size: float
) -> None:
    left = len(cards)
    for card in cards:
        written = _write_card(card, size)
        high = round(measure_height(written, room.width / POINT - 12) * POINT)
        if high > room.height:
            break
        bar = shapes.add_shape(MSO_SHAPE.RECTANGLE, room.left, room.top, 3 * POINT, high)  # type: ignore[attr-defined]
        paint_shape(bar, find_pillar_colour(canvas, card))
        inner = Box(room.left + 10 * POINT, room.top, room.width - 10 * POINT, high)
        add_text_box(shapes, inner, written, make_marker("label"))
        room = room.below(high + 10 * POINT)
        left -= 1
    if left:
        said = ngettext("and {n:,} more", "and {n:,} more", left)
        box = Box(room.left, room.top, room.width, round(12 * LINE * POINT))
        add_text_box(shapes, box, [[Run(said, 12, colour=QUIET)]], make_marker("label"))


def find_pillar_colour(canvas: Canvas, element: Element) -> str:
    """Find the colour of the pillar that an element of the page is of, by its class."""
    colours = canvas.shown.view.settings.colours
    names = [css.removeprefix("pillar-") for css in element.css.split() if css.startswith("pillar-")]
    name = names[0] if names else NO_PILLAR
    return colours[name][0] if name in colours else Palette().no_pillar


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
    assert lighten
    return Cell([[Run(f"{number:,}", 14, bold=True, colour=ink)]], "center", fill)


def add_grants(canvas: Canvas, picture: Picture) -> None:
    """Add who gives, who receives, how much, and our role."""
    table = (picture.chart.markup or Element("p")).find("grant-table")
    rows = [row for one in table for row in read_cells(one)]
    head = [Cell([[Run(clean_line(c.text), 12, colour=QUIET)]]) for c in rows[0]]
    body = [[_write_cell(cell) for cell in row] for row in rows if row[0].tag != "th"]
    wide = canvas.room.width / POINT
    grid = Grid([head, *body[:MAX_ROWS]], [wide * s for s in (0.34, 0.34, 0.16, 0.16)], 7, heads=1)
    values = list(from_cells(cell for row in picture.chart.table for cell in row.values()))
    add_table(canvas, grid, picture.key, clean_line(picture.chart.sentence), values)


def _write_cell(cell: Element) -> Cell:
    """Write a cell of the page: its words, and its note beneath in second text."""
    notes = [note for css in ("note", "grant-note") for note in cell.find(css)]
    notes += [e for e in cell.find("") if e.tag == "small"]
    said = clean_line(cell.text)
    written: list[Paragraph] = []
    for note in notes:
        said = said.replace(clean_line(note.text), "", 1).strip()
    written.append([Run(said, 14, bold=None)])
    written += [[Run(clean_line(note.text), 12, colour=QUIET)] for note in notes if note.text]
    return Cell(written)


def add_rows(canvas: Canvas, picture: Picture) -> None:
    """Add the rows of a picture that is neither chart nor board."""
    rows = picture.chart.table[:MAX_ROWS]
    heads = [name for name in rows[0] if any(row[name] not in (None, "") for row in rows)][:6]
    head = [Cell([[Run(clean_line(name), 12, colour=QUIET)]]) for name in heads]
    body = [[Cell([[Run(clean_line(row[name]), 14)]]) for name in heads] for row in rows]
    wide = canvas.room.width / POINT / len(heads)
    grid = Grid([head, *body], [wide] * len(heads), heads=1)
    add_table(canvas, grid, picture.key, clean_line(picture.chart.sentence))
