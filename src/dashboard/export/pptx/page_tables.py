"""Tables of the page as those of a slide: people by role, grants, places beside a map, any rows."""

from collections.abc import Iterator, Sequence

from dashboard.charts.letters import measure_text
from dashboard.charts.markup import Element
from dashboard.export.pptx.canvas import Canvas
from dashboard.export.pptx.shapes import INK, LIGHT, PAPER, QUIET, TINT
from dashboard.export.pptx.tables import Cell, Grid, add_table, write_cell
from dashboard.export.shown_values import from_cells
from dashboard.language.messages import _, ngettext
from dashboard.language.numbers import format_integer
from dashboard.views.content import Picture
from dashboard.views.content.slides import say_cell

MAX_ROWS, MAX_PLACES, MAX_COLUMNS = 9, 12, 6
"""Rows of people and of grants, places beside a map, columns of any rows."""
NAMES, QUIETER = 14, 12
"""Points of letters."""


def add_places(canvas: Canvas, picture: Picture) -> None:
    """Add the places of a map with their numbers."""
    rows, wide = [list(row.values()) for row in picture.chart.table], canvas.room.width
    cells = [
        [write_cell(row[0], 15), write_cell(format_integer(row[2]), 15, "right", bold=True)]
        for row in rows[:MAX_PLACES]
    ]
    if more := len(rows[MAX_PLACES:]):
        said = ngettext("and {n:,} more place", "and {n:,} more places", more)
        cells.append([write_cell(said, QUIETER, colour=QUIET), Cell()])
    values = from_cells(row[2] for row in rows)
    add_table(canvas, Grid(cells, [wide - 70, 70], 4), picture.key, picture.chart.sentence, values)


def add_matrix(canvas: Canvas, picture: Picture) -> None:
    """Add people by role: a row each with its sum, the others in one row, and the sums of all."""
    heads, rows = list(picture.chart.table[0]), [list(row.values()) for row in picture.chart.table]
    shown, rest = rows[:MAX_ROWS], rows[MAX_ROWS:]
    largest = max(number for row in shown for number in row[1:-1])
    cells = [[Cell(), *(_write_head(name, "center") for name in (*heads[1:-1], _("all")))]]
    for row in shown:
        cells.append(
            [
                write_cell(row[0], NAMES),
                *(_tint(n, largest) for n in row[1:-1]),
                _number(row[-1], bold=True),
            ]
        )
    if rest:
        said, (*sums, total) = (
            ngettext("… and {n:,} other", "… and {n:,} others", len(rest)),
            _add_up(rest),
        )
        cells.append(
            [write_cell(said, NAMES), *(_number(n, TINT) for n in sums), _number(total, bold=True)]
        )
    totals = _add_up(rows)
    cells.append([write_cell(_("all"), NAMES), *(_number(number, bold=True) for number in totals)])
    wide, tall = canvas.room.width, min((canvas.room.height - 4) / len(cells), 34)
    name = min(max(measure_text(str(row[0]), NAMES) for row in shown) + 16, wide * 0.3)
    widths = [name, *[min((wide - name) / len(totals), 96)] * len(totals)]
    values = from_cells([*(n for row in rows for n in row[1:]), *totals])
    grid = Grid(cells, widths, 2, heads=1, gap=8, tall=tall)
    add_table(canvas, grid, picture.key, picture.chart.sentence, values)


def _add_up(rows: Sequence[Sequence[int]]) -> list[int]:
    """Add up the columns of numbers, which stand behind the first."""
    return [sum(column) for column in zip(*(row[1:] for row in rows), strict=True)]


def _write_head(name: str, align: str = "left") -> Cell:
    return write_cell(name, QUIETER, align, colour=QUIET)


def _number(number: int, fill: str = "", *, bold: bool | None = None, ink: str = "") -> Cell:
    said = format_integer(number) if number else ""
    return write_cell(said, NAMES, "center", bold=bold, colour=ink)._replace(fill=fill)


def _tint(number: int, largest: int) -> Cell:
    """Make a cell the stronger tinted the larger its number."""
    share, tints = (number - 1) / max(largest - 1, 1), LIGHT.tints
    fill = tints[3] if share < 0.25 else tints[2] if share < 0.6 else tints[0]
    ink = PAPER if fill == tints[0] else INK
    return _number(number, fill if number else TINT, bold=True, ink=ink)


def add_grants(canvas: Canvas, picture: Picture) -> None:
    """Add who gives, who receives, how much, and our role."""
    table, wide = (picture.chart.markup or Element("p")).find("grant-table"), canvas.room.width
    rows = [row for one in table for row in _read_rows(one)]
    head = [_write_head(cell.text) for cell in rows[0]]
    body = [[_write_grant(cell) for cell in row] for row in rows if row[0].tag != "th"]
    widths = [wide * part for part in (0.34, 0.34, 0.16, 0.16)]
    grid = Grid([head, *body[:MAX_ROWS]], widths, 7, heads=1)
    values = from_cells(cell for row in picture.chart.table for cell in row.values())
    add_table(canvas, grid, picture.key, picture.chart.sentence, values)


def _read_rows(table: Element) -> list[list[Element]]:
    """Read the cells of a table of the page, row by row."""
    found = [child for child in table.children if isinstance(child, Element)]
    if table.tag == "tr":
        return [found]
    return [row for child in found for row in _read_rows(child)]


def _write_grant(cell: Element) -> Cell:
    """Write a cell of the page: its words, and its note beneath in second text."""
    notes, unknown = cell.find("grant-note"), cell.find("unknown")
    bold = cell.find("grant-giver") + cell.find("grant-amount")
    is_bold = bool(bold) and not unknown and not cell.find("grant-unstated")
    said, colour = "".join(_read_texts(cell, notes)), QUIET if unknown else ""
    whole = [write_cell(said, NAMES, bold=is_bold or None, colour=colour)]
    whole += [write_cell(note.text, QUIETER, colour=QUIET) for note in notes]
    return Cell([runs for one in whole for runs in one.paragraphs])


def _read_texts(element: Element, left_out: Sequence[Element]) -> Iterator[str]:
    """Read the texts of an element without those of some inside."""
    for child in element.children:
        if isinstance(child, str):
            yield child
        elif child not in left_out:
            yield from _read_texts(child, left_out)


def add_rows(canvas: Canvas, picture: Picture) -> None:
    """Add the rows of a picture that is neither chart nor board."""
    rows = picture.chart.table[:MAX_ROWS]
    heads = [name for name in rows[0] if any(row[name] not in (None, "") for row in rows)]
    head = [_write_head(name) for name in heads[:MAX_COLUMNS]]
    body = [[write_cell(say_cell(row[n]), NAMES) for n in heads[:MAX_COLUMNS]] for row in rows]
    grid = Grid([head, *body], [canvas.room.width / len(head)] * len(head), heads=1)
    add_table(canvas, grid, picture.key, picture.chart.sentence)
