"""Tables of a slide, which stay editable: quiet lines, widths that suit the texts, as many rows as
fit.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.enum.text import MSO_VERTICAL_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu, Pt

from dashboard.export.pptx.cells import Row, columns_of, in_words, is_number
from dashboard.export.pptx.markers import Marker, mark
from dashboard.export.pptx.shapes import BOLD, POINT, Canvas, Run, points, write
from dashboard.export.pptx.template import Box
from dashboard.export.pptx.text_metrics import cut, height, shares, width

MOST_ROWS, MOST_SLIDES, MOST_LINES = 12, 4, 5
SIZES = (13, 12, 11, 10, 9)
PAD, AIR = 7.0, 7.0
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
        return any(text.endswith("…") for texts, _ in self.rows for text in texts)


def measured(
    rows: Sequence[Row],
    box: Box,
    factor: float,
    sizes: Sequence[float] = SIZES,
    names: Sequence[str] | None = None,
) -> Grid:
    """The table on as few slides as can be, with as few texts cut as can be, in letters as large as
    that lets.
    """
    chosen = columns_of(rows) if names is None else list(names)
    rows = rows[: MOST_ROWS * MOST_SLIDES]  # the others are on no slide
    grids = [_grid(rows, chosen, points(box.width), size, factor) for size in sizes]
    return min(
        grids,
        key=lambda grid: (
            min(len(_greedy(grid, box.height)), MOST_SLIDES + 1),
            grid.cut,
            -grid.size,
        ),
    )


def _grid(
    rows: Sequence[Row], names: Sequence[str], total: float, size: float, factor: float
) -> Grid:
    texts = [[in_words(name, row.get(name)) for name in names] for row in rows]
    columns = [[row[i] for row in texts] for i in range(len(names))]
    needs, least = [], []
    for name, column in zip(names, columns, strict=True):
        words = [name, *column]
        needs.append(
            min(max(width(text, size, factor * BOLD) for text in words), total) + 2 * PAD + 1
        )
        longest = max(
            (width(word, size, factor * BOLD) for text in words for word in text.split()), default=0
        )
        least.append(min(longest, total / max(len(names), 1)) + 2 * PAD + 1)
    widths = shares(needs, least, total)
    rooms = [max(one - 2 * PAD, 1.0) for one in widths]
    fitted = []
    for row in texts:
        said = [
            cut(text, room, MOST_LINES, size, factor) for text, room in zip(row, rooms, strict=True)
        ]
        fitted.append(
            (
                said,
                max(
                    (
                        height(text, room, size, factor)
                        for text, room in zip(said, rooms, strict=True)
                    ),
                    default=size,
                )
                + AIR,
            )
        )
    head = [
        cut(name, room, MOST_LINES, size, factor * BOLD)
        for name, room in zip(names, rooms, strict=True)
    ]
    tall = max(
        (height(text, room, size, factor * BOLD) for text, room in zip(head, rooms, strict=True)),
        default=size,
    )
    right = frozenset(
        i for i, name in enumerate(names) if any(is_number(row.get(name)) for row in rows)
    )
    return Grid(names, widths, size, factor, tall + AIR, fitted, right)


def parts(grid: Grid, tall: int) -> list[tuple[int, int]]:
    """First row and number of rows of each slide on which the table stands, rather even."""
    greedy = _greedy(grid, tall)
    if 1 < len(greedy) <= MOST_SLIDES:
        each = -(-len(grid.rows) // len(greedy))
        even = [
            (start, min(each, len(grid.rows) - start)) for start in range(0, len(grid.rows), each)
        ]
        if all(tall_of(grid, start, count) <= tall for start, count in even):
            return even
    return greedy


def _greedy(grid: Grid, tall: int) -> list[tuple[int, int]]:
    found, start = [], 0
    while start < len(grid.rows):
        count = fitting_rows(grid, start, tall)
        found.append((start, count))
        start += count
    return found


def fitting_rows(grid: Grid, start: int, tall: int) -> int:
    """Rows from `start` that stand in so many EMU, at least one."""
    used, count = grid.head, 0
    for _, high in grid.rows[start : start + MOST_ROWS]:
        if used + high > points(tall) and count:
            break
        used, count = used + high, count + 1
    return count


def tall_of(grid: Grid, start: int, count: int) -> int:
    """EMU that a part of the table takes."""
    return round((grid.head + sum(high for _, high in grid.rows[start : start + count])) * POINT)


def place(canvas: Canvas, grid: Grid, box: Box, found: Marker, alt: str) -> Any:
    """Rows of a table in a box, from its top."""
    rows, count = grid.rows[found.start : found.start + found.count], len(grid.names)
    tall = tall_of(grid, found.start, found.count)
    frame = canvas.slide.shapes.add_table(
        len(rows) + 1, count, *map(Emu, (box.left, box.top, box.width, tall))
    )
    mark(frame, found, alt[:1000])
    table = frame.table
    table._tbl.tblPr.find(qn("a:tableStyleId")).text = NO_STYLE
    table.horz_banding = False
    left = box.width
    for column, one in zip(table.columns, grid.widths, strict=True):
        column.width = Emu(min(round(one * POINT), left))
        left -= column.width
    for row, (texts, high) in zip(table.rows, [(grid.names, grid.head), *rows], strict=True):
        row.height = Emu(round(high * POINT))
        head = texts is grid.names
        for position, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            fill(cell, text, grid.size, head=head, right=position in grid.right)
    return frame


def fill(cell: Any, text: str, size: float, *, head: bool = False, right: bool = False) -> None:
    """A text into an empty cell, with a line beneath."""
    cell.margin_left = cell.margin_right = Pt(PAD)
    cell.margin_top = cell.margin_bottom = Pt(AIR / 2)
    cell.vertical_anchor = MSO_VERTICAL_ANCHOR.BOTTOM if head else MSO_VERTICAL_ANCHOR.TOP
    paragraph = cell.text_frame.paragraphs[0]
    write(paragraph, [Run(text, bold=head, size=size)])
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


def more(left: int, noun: str = "row") -> str:
    """What is said of the rows or lines that are on no slide."""
    return (
        f"And {left:,} more {noun}{'' if left == 1 else 's'}: see the workbook or the link."
        if left
        else ""
    )
