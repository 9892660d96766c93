"""The shapes of a slide as the checks of drawn slides see them: what kind each is, where its texts
must stand. Lengths are points from the upper left corner.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER

from tests.support.drawn_pages import Letter, Page, Rect, surround

POINT = 12_700
FOOT = {PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.DATE}
FOOT_BEGINS = 0.88
"""Part of a slide's height: a text that begins below it is of the foot."""
DRAWINGS = ("dash|mark|", "dash|chart|")
"""Groups whose texts are labels of a drawing."""
LARGEST_MARK = 30
"""Points: a larger circle without a text is no mark of a thing."""
Scale = tuple[float, float, float, float]
"""How lengths within a group become EMU of the slide: factor and offset across, then down."""


@dataclass
class Piece:
    """A text of a slide that stands in one box: a paragraph of a shape, or of a cell of a table."""

    text: str
    box: Rect
    letters: list[Letter] = field(default_factory=list)


@dataclass
class Drawn:
    """A shape of a slide: its name, its kind (text, label of a drawing, foot, table, chart, picture, mark, other), its
    box, whether it is turned, and its texts. `loose` are other letters of a chart: its numbers.
    """

    name: str
    kind: str
    box: Rect
    turned: bool = False
    pieces: list[Piece] = field(default_factory=list)
    loose: list[Letter] = field(default_factory=list)

    @property
    def letters(self) -> list[Letter]:
        return [*self.loose, *(letter for piece in self.pieces for letter in piece.letters)]

    @property
    def covered(self) -> Rect:
        """The box that it covers: a table grows with its texts."""
        boxes = [letter.box for letter in self.letters] if self.kind == "table" else []
        return surround([self.box, *boxes])


def fold_text(text: str) -> str:
    """A text as it is compared: ligatures as letters, without spaces, what is not drawn, and signs
    such as ✓, which come from another font and out of turn.
    """
    kept = (one for one in unicodedata.normalize("NFKC", text) if not one.isspace())
    return "".join(one for one in kept if unicodedata.category(one) not in ("Cf", "Cc", "Mn", "So"))


def read_shapes(slide: Any, page: Page) -> list[Drawn]:
    """Read the shapes of a slide from back to front, those of its layout and master too."""
    layout = slide.slide_layout
    owners = (layout.slide_master, layout)
    behind = [shape for owner in owners for shape in owner.shapes if not shape.is_placeholder]
    return [*_read_all([*behind, *slide.shapes], page, (1, 0, 1, 0))]


def _read_all(shapes: Iterable[Any], page: Page, scale: Scale) -> Iterator[Drawn]:
    for shape in shapes:
        if hasattr(shape, "shapes"):
            inside = list(_read_all(shape.shapes, page, _scale_group(shape, scale)))
            for drawn in inside if shape.name.startswith(DRAWINGS) else ():
                drawn.kind = "label" if drawn.kind == "text" else drawn.kind
            yield from inside
        elif shape.width is not None:
            yield _read_shape(shape, page, scale)


def _scale_group(group: Any, outer: Scale) -> Scale:
    form, inner = group._element.grpSpPr.find(".//{*}xfrm"), {}
    for end in ("chOff", "chExt"):
        inner |= {name: int(value) for name, value in form.find(f"{{*}}{end}").items()}
    across, down = group.width / (inner["cx"] or 1), group.height / (inner["cy"] or 1)
    x, left, y, top = outer
    left += x * (group.left - across * inner["x"])
    return x * across, left, y * down, top + y * (group.top - down * inner["y"])


def _make_rect(scale: Scale, left: float, top: float, width: float, height: float) -> Rect:
    x, right, y, down = scale
    near, far = (right + x * left, down + y * top), (x * width, y * height)
    return Rect(*(side / POINT for side in (*near, near[0] + far[0], near[1] + far[1])))


def _read_shape(shape: Any, page: Page, scale: Scale) -> Drawn:
    box = _make_rect(scale, shape.left, shape.top, shape.width, shape.height)
    turned = bool(getattr(shape, "rotation", 0) % 180)
    found = Drawn(shape.name, _find_kind(shape, box, page), box, turned)
    if found.kind == "chart":
        found.pieces = [Piece(text, box) for text in _read_chart(shape.chart) if fold_text(text)]
    elif found.kind == "table":
        _read_table(found, shape, scale, page.number)
    elif shape.has_text_frame:
        found.pieces = _read_pieces(shape.text_frame, box, page.number)
    return found


def _find_kind(shape: Any, box: Rect, page: Page) -> str:
    if shape.has_chart or shape.has_table:
        return "chart" if shape.has_chart else "table"
    if not shape.has_text_frame:
        return "picture" if hasattr(shape, "image") else "other"
    if not shape.text_frame.text.strip() and not shape.is_placeholder:
        round_one = 'prst="ellipse"' in shape._element.xml
        small = max(box.right - box.left, box.bottom - box.top) <= LARGEST_MARK
        return "mark" if round_one and small else "other"
    if shape.is_placeholder and shape.placeholder_format.type in FOOT:
        return "foot"
    if not shape.text_frame._txBody.xpath(".//a:t"):
        return "placeholder"
    return "foot" if box.top >= FOOT_BEGINS * page.box.bottom else "text"


def _read_chart(chart: Any) -> Iterator[str]:
    """The texts that a chart must show: names on an axis that has any, of its legend, its labels."""
    named = "c:catAx[not(c:delete[not(@val) or @val='1'])][not(c:tickLblPos[@val='none'])]"
    if chart._chartSpace.xpath(f".//{named}"):
        yield from map(str, chart.plots[0].categories)
    if chart.has_legend:
        yield from (series.name for series in chart.series)
    for paragraph in chart._chartSpace.xpath(".//c:rich/a:p"):
        yield "".join(paragraph.xpath(".//a:t/text()"))


def _read_table(found: Drawn, shape: Any, scale: Scale, number: int) -> None:
    """Read a table: as high as its rows, whatever its frame says; a text has its cell's width."""
    table, edge, edges = shape.table, shape.left, [shape.left]
    tall = sum(row.height for row in table.rows)
    found.box = _make_rect(scale, shape.left, shape.top, shape.width, tall)
    for column in table.columns:
        edges.append(edge := edge + column.width)
    for row in table.rows:
        for position, cell in enumerate(row.cells):
            across = edges[min(position + cell.span_width, len(edges) - 1)] - edges[position]
            box = _make_rect(scale, edges[position], shape.top, across, tall)
            found.pieces += _read_pieces(cell.text_frame, box, number)


def _read_pieces(frame: Any, box: Rect, number: int) -> list[Piece]:
    """Read the paragraphs of a text; a field for the number of the slide says it."""
    pieces = []
    for paragraph in frame.paragraphs:
        runs = paragraph._p.xpath("./a:r | ./a:fld")
        texts = [
            str(number) if run.get("type") == "slidenum" else run.findtext("{*}t") for run in runs
        ]
        if fold_text(text := "".join(filter(None, texts))):
            pieces.append(Piece(text, box))
    return pieces
