"""Tables of a slide, which stay editable: quiet lines, widths that suit the texts, as many rows as
fit.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pptx.enum.text import MSO_VERTICAL_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu, Pt

from dashboard.export.pptx.cells import Row, choose_columns, format_cell, is_number
from dashboard.export.pptx.markers import Marker, name_shape
from dashboard.export.pptx.shapes import BOLD, POINT, Canvas, Run, to_points, write_runs
from dashboard.export.pptx.template import Box
from dashboard.export.pptx.text_metrics import (
    ELLIPSIS,
    cut_text,
    divide_width,
    text_height,
    text_width,
)
from dashboard.text.messages import ngettext

MAX_ROWS, MAX_SLIDES, MAX_LINES = 12, 4, 5
SIZES = (13, 12, 11, 10, 9)
PADDING, SPACING = 7.0, 7.0
"""Points left and right of a text in its cell; above and below together."""
NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"


@dataclass(frozen=True)
class Grid:
    """A table that has been measured: names of its columns and their widths in points, the size of
    its letters, and for each row its texts, cut where they are too long, and its height in points.
    """

    names: Sequence[str]
    widths: Sequence[float]
    size: float
    factor: float
    head: float
    rows: Sequence[tuple[Sequence[str], float]]
    right: frozenset[int]

    @property
    def tall(self) -> float:
        return self.head + sum(high for _, high in self.rows)

    @property
    def cut(self) -> bool:
        """Whether any text was too long."""
        return self.is_cut(0, len(self.rows))

    def is_cut(self, start: int, count: int) -> bool:
        """Return whether any text of some rows was too long."""
        rows = self.rows[start : start + count]
        return any(text.endswith(ELLIPSIS) for texts, _ in rows for text in texts)


def measure(
    rows: Sequence[Row],
    box: Box,
    factor: float,
    sizes: Sequence[float] = SIZES,
    names: Sequence[str] | None = None,
) -> Grid:
    """Measure a table on as few slides as can be, with as few texts cut as can be, in letters as
    large as that lets.
    """
    chosen = choose_columns(rows) if names is None else list(names)
    rows = rows[: MAX_ROWS * MAX_SLIDES]  # the others are on no slide

    def cost(grid: Grid) -> tuple[int, bool, float]:
        return min(len(_fill_slides(grid, box.height)), MAX_SLIDES + 1), grid.cut, -grid.size

    return min((_fit(rows, chosen, to_points(box.width), size, factor) for size in sizes), key=cost)


def _fit(
    rows: Sequence[Row], names: Sequence[str], total: float, size: float, factor: float
) -> Grid:
    """Fit the texts of a table into columns of together `total` points."""
    texts = [[format_cell(name, row.get(name)) for name in names] for row in rows]
    widths = _choose_widths([[name, *c] for name, c in _columns(names, texts)], total, size, factor)
    rooms = [max(one - 2 * PADDING, 1.0) for one in widths]
    fitted = [_fit_row(row, rooms, size, factor) for row in texts]
    head = _fit_row(names, rooms, size, factor * BOLD)[1]
    right = frozenset(
        i for i, name in enumerate(names) if any(is_number(row.get(name)) for row in rows)
    )
    return Grid(names, widths, size, factor, head, fitted, right)


def _columns(names: Sequence[str], texts: Sequence[Sequence[str]]) -> list[tuple[str, list[str]]]:
    return [(name, [row[position] for row in texts]) for position, name in enumerate(names)]


def _choose_widths(
    columns: Sequence[Sequence[str]], total: float, size: float, factor: float
) -> Sequence[float]:
    """Divide the width of a table over its columns by their texts, of which no word is broken where
    that can be.
    """

    def widest(texts: Iterable[str]) -> float:
        return max((text_width(text, size, factor * BOLD) for text in texts), default=0)

    margin, most = 2 * PADDING + 1, total / max(len(columns), 1)
    needs = [min(widest(texts), total) + margin for texts in columns]
    words = [[word for text in texts for word in text.split()] for texts in columns]
    return divide_width(needs, [min(widest(some), most) + margin for some in words], total)


def _fit_row(
    texts: Sequence[str], rooms: Sequence[float], size: float, factor: float
) -> tuple[Sequence[str], float]:
    """Cut the texts of a row to what fits; with its height in points."""
    pairs = list(zip(texts, rooms, strict=True))
    said = [cut_text(text, room, MAX_LINES, size, factor) for text, room in pairs]
    heights = [
        text_height(text, room, size, factor) for text, room in zip(said, rooms, strict=True)
    ]
    return said, max(heights, default=size) + SPACING


def split_rows(grid: Grid, tall: int) -> list[tuple[int, int]]:
    """Split a table over slides, rather even: first row and number of rows of each."""
    filled = _fill_slides(grid, tall)
    if 1 < len(filled) <= MAX_SLIDES:
        each = -(-len(grid.rows) // len(filled))
        even = [
            (start, min(each, len(grid.rows) - start)) for start in range(0, len(grid.rows), each)
        ]
        if all(estimate_height(grid, start, count) <= tall for start, count in even):
            return even
    return filled


def _fill_slides(grid: Grid, tall: int) -> list[tuple[int, int]]:
    found, start = [], 0
    while start < len(grid.rows):
        count = count_fitting_rows(grid, start, tall)
        found.append((start, count))
        start += count
    return found


def count_fitting_rows(grid: Grid, start: int, tall: int) -> int:
    """Count the rows from `start` that stand in so many EMU, at least one."""
    used, count = grid.head, 0
    for _, high in grid.rows[start : start + MAX_ROWS]:
        if used + high > to_points(tall) and count:
            break
        used, count = used + high, count + 1
    return count


def estimate_height(grid: Grid, start: int, count: int) -> int:
    """Estimate the EMU that a part of the table takes."""
    return round((grid.head + sum(high for _, high in grid.rows[start : start + count])) * POINT)


def add_table(canvas: Canvas, grid: Grid, box: Box, found: Marker, alt: str) -> Any:
    """Add rows of a table in a box, from its top."""
    rows = grid.rows[found.start : found.start + found.count]
    tall = estimate_height(grid, found.start, found.count)
    frame = canvas.slide.shapes.add_table(
        len(rows) + 1, len(grid.names), *map(Emu, (box.left, box.top, box.width, tall))
    )
    name_shape(frame, found, alt[:1000])
    table = frame.table
    table._tbl.tblPr.find(qn("a:tableStyleId")).text = NO_STYLE
    table.horz_banding = False
    _set_widths(table, grid.widths, box.width)
    for row, (texts, high) in zip(table.rows, [(grid.names, grid.head), *rows], strict=True):
        row.height = Emu(round(high * POINT))
        for position, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            fill_cell(cell, text, grid.size, head=texts is grid.names, right=position in grid.right)
    return frame


def _set_widths(table: Any, widths: Sequence[float], total: int) -> None:
    left = total
    for column, one in zip(table.columns, widths, strict=True):
        column.width = Emu(min(round(one * POINT), left))
        left -= column.width


def fill_cell(
    cell: Any, text: str, size: float, *, head: bool = False, right: bool = False
) -> None:
    """Put a text into an empty cell, with a line beneath."""
    cell.margin_left = cell.margin_right = Pt(PADDING)
    cell.margin_top = cell.margin_bottom = Pt(SPACING / 2)
    cell.vertical_anchor = MSO_VERTICAL_ANCHOR.BOTTOM if head else MSO_VERTICAL_ANCHOR.TOP
    paragraph = cell.text_frame.paragraphs[0]
    write_runs(paragraph, [Run(text, bold=head, size=size)])
    if right:
        paragraph.alignment = PP_ALIGN.RIGHT
    colour = (
        '<a:schemeClr val="accent1"/>'
        if head
        else '<a:schemeClr val="bg1"><a:lumMod val="85000"/></a:schemeClr>'
    )
    line = (
        f'<a:lnB {nsdecls("a")} w="{round((1.5 if head else 0.75) * POINT)}" cap="flat" cmpd="sng"'
        f' algn="ctr"><a:solidFill>{colour}</a:solidFill><a:prstDash val="solid"/></a:lnB>'
    )
    cell._tc.get_or_add_tcPr().append(parse_xml(line))


ROWS, LINES = "row", "line"
"""What there may be more of than slides hold."""


def say_more(left: int, noun: str = ROWS) -> str:
    """Say how many rows or lines are on no slide; empty where none are."""
    if not left:
        return ""
    if noun == LINES:
        return ngettext(
            "And {n:,} more line: see the workbook or the link.",
            "And {n:,} more lines: see the workbook or the link.",
            left,
        )
    return ngettext(
        "And {n:,} more row: see the workbook or the link.",
        "And {n:,} more rows: see the workbook or the link.",
        left,
    )
