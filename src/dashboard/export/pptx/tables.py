"""Tables of a slide, which stay editable, in letters as large as its room lets stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from pptx.enum.text import MSO_VERTICAL_ANCHOR
from pptx.oxml.ns import qn
from pptx.shapes.placeholder import TablePlaceholder
from pptx.util import Pt

from dashboard.charts.letters import fit_text, measure_text
from dashboard.export.pptx.canvas import Canvas
from dashboard.export.pptx.markers import name_shape
from dashboard.export.pptx.shapes import (
    HAIRLINE,
    INK,
    LINE,
    PAPER,
    QUIET,
    Paragraph,
    Run,
    join_runs,
    make_fill,
    make_line,
    measure_height,
    write_paragraphs,
)
from dashboard.export.shown_values import ShownValue, select_said
from dashboard.export.view_export import clean_line
from dashboard.views.content import Line

NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
GAP, SPACE, MORE = 14.0, 5.0, 8.0
"""Points between columns, least above and below the text of a row, and most besides."""
SIZES = ((22, 16), (20, 15), (18, 14), (16, 13), (15, 12), (14, 12), (13, 12), (12, 12))
"""Points of names, and of what is said of them."""
WHEN, WHERE, NAME = 0.2, 0.28, (0.3, 0.55)
"""Part of the width for when and where at most; of the rest for a name with a note beside it."""


Sizes = tuple[float, float]


class Cell(NamedTuple):
    """A cell: its paragraphs, where they stand, and its fill."""

    paragraphs: Sequence[Paragraph] = ()
    align: str = "left"
    fill: str = ""


@dataclass(frozen=True)
class Grid:
    """A table: rows, widths of columns, space above and below a text, and how many rows are heads."""

    rows: Sequence[Sequence[Cell]]
    widths: Sequence[float]
    space: float = SPACE
    heads: int = 0
    gap: float = GAP
    tall: float = 0

    def measure_row(self, row: Sequence[Cell]) -> float:
        """Measure the height of a row."""
        cells = zip(row, self.widths, strict=True)
        texts = [measure_height(cell.paragraphs, width - self.gap) for cell, width in cells]
        return max(max(texts) + 2 * self.space, self.tall)

    @property
    def height(self) -> float:
        return sum(map(self.measure_row, self.rows))


def add_table(
    canvas: Canvas, grid: Grid, key: str, alt: str, values: Iterable[ShownValue] = ()
) -> None:
    """Add a table at the top of the room, in the place of the layout if free; cut what is too long."""
    grid, size = fit_rows(grid, canvas.room.height), (len(grid.rows), len(grid.widths))
    if canvas.holder is not None:
        place = TablePlaceholder(canvas.holder._element, canvas.holder._parent)
        frame = place.insert_table(*size)
    else:
        frame = canvas.slide.shapes.add_table(*size, *canvas.room.place)
    box = canvas.room._replace(height=grid.height)
    frame.left, frame.top, frame.width, frame.height = box.place
    said = "\n".join(join_runs(cell.paragraphs) for row in grid.rows for cell in row)
    name_shape(frame, canvas.mark("table", key, said, values), clean_line(alt)[:1000])
    _fill_table(frame.table, grid)


def _fill_table(table: Any, grid: Grid) -> None:
    table._tbl.tblPr.find(qn("a:tableStyleId")).text = NO_STYLE
    table.horz_banding, table.first_row = False, bool(grid.heads)
    for column, width in zip(table.columns, grid.widths, strict=True):
        column.width = Pt(width)
    for nr, (row, cells) in enumerate(zip(table.rows, grid.rows, strict=True)):
        row.height = Pt(grid.measure_row(cells))
        line = (INK, 1.25) if nr < grid.heads else (HAIRLINE, 0.75)
        is_last = nr == len(grid.rows) - 1
        for made, cell in zip(row.cells, cells, strict=True):
            _fill_cell(made, cell, grid)
            properties = made._tc.get_or_add_tcPr()
            if cell.fill:
                properties.extend(make_line(PAPER, 2, tag=f"ln{side}") for side in "LRTB")
                properties.append(make_fill(cell.fill))
            elif nr < grid.heads or not is_last:
                properties.append(make_line(*line, tag="lnB"))


def _fill_cell(made: Any, cell: Cell, grid: Grid) -> None:
    is_left = cell.align == "left"
    made.margin_left = Pt(0 if is_left else grid.gap / 2)
    made.margin_right = Pt(grid.gap if is_left else grid.gap / 2)
    made.margin_top = made.margin_bottom = Pt(grid.space)
    made.vertical_anchor = MSO_VERTICAL_ANCHOR.MIDDLE if grid.tall else MSO_VERTICAL_ANCHOR.TOP
    write_paragraphs(made.text_frame, cell.paragraphs, cell.align)


def fit_rows(grid: Grid, tall: float) -> Grid:
    """Cut texts that no slide can hold to as many lines as there is room for."""
    if grid.height <= tall + 1:
        return grid
    runs = (run for row in grid.rows for c in row for runs in c.paragraphs for run in runs)
    size = max(run.size for run in runs)
    deep = max(int((tall / len(grid.rows) - 2 * grid.space) / (size * LINE)), 1)

    def cut(cell: Cell, width: float) -> Cell:
        each = max(deep // max(len(cell.paragraphs), 1), 1)
        room = (width - grid.gap) * each * 0.94
        kept = [
            [r._replace(text=fit_text(r.said, r.size, room, bold=bool(r.bold))) for r in runs]
            for runs in cell.paragraphs[:deep]
        ]
        return cell._replace(paragraphs=kept)

    rows = [[cut(c, w) for c, w in zip(row, grid.widths, strict=True)] for row in grid.rows]
    return replace(grid, rows=rows)


def write_cell(text: object, size: float, align: str = "left", **form: Any) -> Cell:
    """Write a text in one form into a cell; an empty one where it says nothing."""
    said = clean_line(text)
    return Cell([[Run(said, size, **form)]] if said else (), align)


def add_lines(canvas: Canvas, lines: Sequence[Line], key: str, *, in_pairs: bool = False) -> None:
    """Add named things with when, note and where; or two beside each other, as a report has them."""
    room = canvas.room
    if in_pairs:
        grids = [_lay_out_pairs(lines, room.width, sizes) for sizes in SIZES[2:]]
    else:
        place = any(line.place for line in lines)  # which leaves little room for notes beside names
        forms = [(sizes, beside) for sizes in SIZES for beside in (not place, place)]
        grids = [_lay_out_lines(lines, room.width, sizes, beside=beside) for sizes, beside in forms]
    grid = next((one for one in grids if one.height <= room.height), grids[-1])
    spare = (room.height - grid.height) / (2 * len(grid.rows))
    said = "\n".join(f"{one.when} {one.text} {one.note} {one.place}" for one in lines)
    alt = "; ".join(line.text for line in lines)
    grid = replace(grid, space=SPACE + min(max(spare, 0), MORE))
    add_table(canvas, grid, key, alt, select_said(said, canvas.shown.values))


def _lay_out_lines(lines: Sequence[Line], wide: float, sizes: Sizes, *, beside: bool) -> Grid:
    """Make the columns that any line fills; with the notes `beside`, each has a column."""

    def column(texts: Iterable[str], limit: float) -> tuple[list[Cell], float]:
        cells = [write_cell(text, sizes[1], colour=QUIET) for text in texts]
        long = max(measure_text(join_runs(cell.paragraphs), sizes[1]) for cell in cells)
        return cells, min(long + GAP + 2, wide * limit) if long else 0

    when, place = column((x.when for x in lines), WHEN), column((x.place for x in lines), WHERE)
    notes, long = column((x.note if beside else "" for x in lines), 1)
    rest = wide - when[1] - place[1]
    names = [_write_name(line, sizes, with_note=not beside) for line in lines]
    longest = (
        max(measure_text(clean_line(one.text), sizes[0], bold=True) for one in lines) + GAP + 2
    )
    most = max(rest * NAME[1], rest - long)
    taken = min(max(longest, rest * NAME[0]), most) if long else rest
    columns = [when, (names, taken), (notes, rest - taken), place]
    kept = [(cells, width) for cells, width in columns if width]
    return Grid(list(zip(*(cells for cells, _width in kept), strict=True)), [w for _c, w in kept])


def _lay_out_pairs(lines: Sequence[Line], wide: float, sizes: Sizes) -> Grid:
    """Make two columns of names with their notes beneath."""
    half = -(-len(lines) // 2)
    cells = [_write_name(line, sizes, with_note=True) for line in lines] + [Cell()] * (
        len(lines) % 2
    )
    return Grid(list(zip(cells[:half], cells[half:], strict=True)), [wide / 2, wide / 2], gap=24)


def _write_name(line: Line, sizes: Sizes, *, with_note: bool) -> Cell:
    name = write_cell(line.text, sizes[0], bold=True)
    note = write_cell(line.note if with_note else "", sizes[1], colour=QUIET)
    return Cell([*name.paragraphs, *note.paragraphs])
