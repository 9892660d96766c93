"""Tables of a slide, which stay editable: named things, a table of the page, people by role."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pptx.enum.text import MSO_VERTICAL_ANCHOR
from pptx.oxml.ns import qn
from pptx.shapes.placeholder import TablePlaceholder
from pptx.util import Emu, Pt

from dashboard.charts.letters import fit_text, measure_text
from dashboard.charts.markup import Element
from dashboard.export.pptx.canvas import Canvas
from dashboard.export.pptx.markers import make_marker, name_shape, stamp
from dashboard.export.pptx.painting import HAIRLINE, INK, PAPER, QUIET, make_fill, make_line
from dashboard.export.pptx.texts import (
    ALIGNED,
    LINE,
    POINT,
    Paragraph,
    Run,
    join_runs,
    measure_height,
    write_runs,
)
from dashboard.export.shown_values import ShownValue, select_said
from dashboard.export.view_export import clean_line
from dashboard.views.content import Line

NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
GAP, SPACE = 14.0, 5.0
"""Points between columns, and least above and below the text of a row."""
SIZES = ((22, 16), (20, 15), (18, 14), (16, 13), (15, 12), (14, 12), (13, 12), (12, 12))
"""Points of names, and of what is said of them."""


@dataclass(frozen=True)
class Cell:
    """A cell: its paragraphs, where they stand, and its fill."""

    paragraphs: Sequence[Paragraph] = ()
    align: str = "left"
    fill: str = ""

    @property
    def text(self) -> str:
        return join_runs(self.paragraphs)


@dataclass(frozen=True)
class Grid:
    """A table: its rows, the points of its columns, and those above and below a text; `heads` are
    rows at its top with a heavier line.
    """

    rows: Sequence[Sequence[Cell]]
    widths: Sequence[float]
    space: float = SPACE
    heads: int = 0
    gap: float = GAP
    tall: float = 0

    def measure_row(self, row: Sequence[Cell]) -> float:
        """Measure the points that a row is high."""
        rooms = [width - self.gap for width in self.widths]
        texts = [measure_height(c.paragraphs, room) for c, room in zip(row, rooms, strict=True)]
        return max(max(texts) + 2 * self.space, self.tall)

    @property
    def height(self) -> float:
        return sum(map(self.measure_row, self.rows))


def add_table(
    canvas: Canvas, grid: Grid, key: str, alt: str, values: Sequence[ShownValue] = ()
) -> Any:
    """Add a table at the top of the room: into the place of the layout where that is free."""
    room, size = canvas.room, (len(grid.rows), len(grid.widths))
    if canvas.holder is not None:
        place = TablePlaceholder(canvas.holder._element, canvas.holder._parent)
        frame = place.insert_table(*size)
    else:
        frame = canvas.slide.shapes.add_table(*size, *map(Emu, room.place))
    frame.left, frame.top, frame.width = map(Emu, room.place[:3])
    frame.height = Emu(round(grid.height * POINT))
    said = "\n".join(cell.text for row in grid.rows for cell in row)
    found = stamp(make_marker("table", key, text=said, start=canvas.start), canvas.shown, values)
    name_shape(frame, found, alt[:1000])
    _fill_table(frame.table, grid)
    return frame


def _make_head_line() -> Any:
    return make_line(INK, 1.25, tag="lnB")


def _make_row_line() -> Any:
    return make_line(HAIRLINE, 0.75, tag="lnB")


def _fill_table(table: Any, grid: Grid) -> None:
    table._tbl.tblPr.find(qn("a:tableStyleId")).text = NO_STYLE
    table.horz_banding, table.first_row = False, bool(grid.heads)
    for column, width in zip(table.columns, grid.widths, strict=True):
        column.width = Emu(round(width * POINT))
    for nr, (row, cells) in enumerate(zip(table.rows, grid.rows, strict=True)):
        row.height = Emu(round(grid.measure_row(cells) * POINT))
        line = _make_head_line if nr < grid.heads else _make_row_line
        last = nr == len(grid.rows) - 1
        for made, cell in zip(row.cells, cells, strict=True):
            _fill_cell(made, cell, grid, None if last and nr >= grid.heads else line)


def _fill_cell(made: Any, cell: Cell, grid: Grid, line: Callable[[], Any] | None) -> None:
    made.margin_left = Pt(0 if cell.align == "left" else grid.gap / 2)
    made.margin_right = Pt(grid.gap if cell.align == "left" else grid.gap / 2)
    made.margin_top = made.margin_bottom = Pt(grid.space)
    made.vertical_anchor = MSO_VERTICAL_ANCHOR.MIDDLE if grid.tall else MSO_VERTICAL_ANCHOR.TOP
    frame = made.text_frame
    for position, runs in enumerate(cell.paragraphs):
        paragraph = frame.paragraphs[0] if position == 0 else frame.add_paragraph()
        if cell.align != "left":
            paragraph.alignment = ALIGNED[cell.align]
        write_runs(paragraph, runs)
    properties = made._tc.get_or_add_tcPr()
    if line and not cell.fill:
        properties.append(line())
    if cell.fill:
        for side in ("lnL", "lnR", "lnT", "lnB"):
            properties.append(make_line(PAPER, 2, tag=side))
        properties.append(make_fill(cell.fill))


def add_lines(canvas: Canvas, lines: Sequence[Line], key: str) -> None:
    """Add named things as a table without header: when, what with a note, where."""
    grid = lay_out_lines(lines, canvas.room.width / POINT, canvas.room.height / POINT)
    alt = "; ".join(clean_line(line.text) for line in lines)
    add_table(canvas, grid, key, alt, _select_values(canvas, lines))


def _select_values(canvas: Canvas, lines: Sequence[Line]) -> Sequence[ShownValue]:
    """Select the numbers of the view that some lines say."""
    said = "\n".join(f"{one.when} {one.text} {one.note} {one.place}" for one in lines)
    return select_said(said, canvas.shown.values)


def lay_out_lines(lines: Sequence[Line], wide: float, tall: float) -> Grid:
    """Lay out named things in letters as large as let them stand in the room, notes beneath or
    beside; rows take some of the room that is left.
    """
    grids = (
        _make_grid(lines, wide, sizes, beside=beside) for sizes in SIZES for beside in (False, True)
    )
    grid = next((one for one in grids if one.height <= tall), None)
    if grid is None:
        grid = fit_rows(_make_grid(lines, wide, SIZES[-1], beside=False), tall)
    spare = (tall - grid.height) / (2 * len(lines))
    return replace(grid, space=SPACE + min(max(spare, 0), 5))


def _make_grid(
    lines: Sequence[Line], wide: float, sizes: tuple[float, float], *, beside: bool
) -> Grid:
    """Make the columns that any line fills; with the notes `beside`, each has a column."""
    name, quiet = sizes
    columns = [[_write(line.when, quiet) for line in lines]]
    columns.append([_name(line, sizes, with_note=not beside) for line in lines])
    if beside:
        columns.append([_write(line.note, quiet) for line in lines])
    columns.append([_write(line.place, quiet) for line in lines])
    limits = [0.2, 0.0, 0.36, 0.28] if beside else [0.2, 0.0, 0.28]
    kept = [(c, limit) for c, limit in zip(columns, limits, strict=True) if any(x.text for x in c)]
    taken = [
        min(max(measure_text(cell.text, quiet) for cell in column) + GAP + 2, wide * limit)
        for column, limit in kept
    ]
    widths = [used or wide - sum(taken) for used in taken]
    if beside and any(line.note for line in lines):
        nr = next(nr for nr, (_column, limit) in enumerate(kept) if not limit)
        longest = max(measure_text(clean_line(line.text), name, bold=True) for line in lines)
        both = widths[nr] + widths[nr + 1]
        widths[nr] = min(max(longest + GAP + 2, both * 0.3), both * 0.55)
        widths[nr + 1] = both - widths[nr]
    return Grid(list(zip(*(column for column, _limit in kept), strict=True)), widths)


def _write(text: str, size: float) -> Cell:
    return Cell([[Run(clean_line(text), size, colour=QUIET)]] if text else ())


def _name(line: Line, sizes: tuple[float, float], *, with_note: bool) -> Cell:
    paragraphs: list[Paragraph] = [[Run(clean_line(line.text), sizes[0], bold=True)]]
    if line.note and with_note:
        paragraphs.append([Run(clean_line(line.note), sizes[1], colour=QUIET)])
    return Cell(paragraphs)


def fit_rows(grid: Grid, tall: float) -> Grid:
    """Cut texts that no slide can hold to as many lines as there is room for."""
    if grid.height <= tall:
        return grid
    deep = max(int((tall / len(grid.rows) - 2 * grid.space) / (12 * LINE)), 1)

    def cut(cell: Cell, width: float) -> Cell:
        each = max(deep // max(len(cell.paragraphs), 1), 1)
        room = (width - grid.gap) * each * 0.94
        kept = [
            [
                replace(run, text=fit_text(run.said, run.size, room, bold=bool(run.bold)))
                for run in runs
            ]
            for runs in cell.paragraphs[:deep]
        ]
        return replace(cell, paragraphs=kept)

    rows = [[cut(c, w) for c, w in zip(row, grid.widths, strict=True)] for row in grid.rows]
    return replace(grid, rows=rows)


def add_pairs(canvas: Canvas, lines: Sequence[Line], key: str) -> None:
    """Add named things in two columns, as a spread of a report has them."""
    half = -(-len(lines) // 2)
    wide, tall = canvas.room.width / POINT, canvas.room.height / POINT
    filled = [*lines, *([Line("")] * (2 * half - len(lines)))]
    for sizes in SIZES[3:]:
        cells = [_name(line, sizes, with_note=True) if line.text else Cell() for line in filled]
        rows = list(zip(cells[:half], cells[half:], strict=True))
        grid = Grid(rows, [wide / 2, wide / 2], gap=24)
        if grid.height <= tall:
            break
    else:
        grid = fit_rows(grid, tall)
    alt = "; ".join(clean_line(line.text) for line in lines)
    add_table(canvas, grid, key, alt, _select_values(canvas, lines))


def read_cells(table: Element) -> list[list[Element]]:
    """Read the cells of a table of the page, row by row."""
    found = [child for child in table.children if isinstance(child, Element)]
    if table.tag == "tr":
        return [found]
    return [row for child in found for row in read_cells(child)]
