"""Outlines as one shape that can be edited: of a trace, or of a map from the picture that the page
shows.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from dashboard.export.pptx.painting import HAIRLINE, TINT, paint_shape

if TYPE_CHECKING:
    from dashboard.export.pptx.figure import Plot

STEP = re.compile(r"[Mmlz]|-?\d+")
BOX = re.compile(r'viewBox="0 0 (\d+) (\d+)"')
PATH = re.compile(r' d="([^"]*)"')
NEAR = 7
"""Units of a picture 6,000 wide: points that are nearer to each other are one."""


def add_outlines(shapes: Any, image: Mapping[str, Any], plot: "Plot") -> None:
    """Add the outlines of a picture of the page where its figure has it, cut at the edge of the plot."""
    name = image["source"].rpartition("/")[2].replace("-dark", "-light")
    text = (files("dashboard") / "ui" / "static" / "maps" / name).read_text(encoding="utf-8")
    size = BOX.search(text)
    assert size
    wide, high = (image[key] / int(size[nr]) for nr, key in ((1, "sizex"), (2, "sizey")))
    box = plot.box

    def place(x: float, y: float) -> tuple[float, float]:
        across = plot.across(image["x"] + x * wide)
        down = plot.down(image["y"] - y * high)
        return min(max(across, box.left), box.right), min(max(down, box.top), box.bottom)

    parts = [
        [place(*point) for point in part] for path in PATH.findall(text) for part in read_path(path)
    ]
    seen = [
        part for part in parts if len({x for x, _y in part}) > 1 and len({y for _x, y in part}) > 1
    ]
    add_freeform(shapes, seen, TINT, HAIRLINE)


def add_freeform(
    shapes: Any, parts: Sequence[Sequence[tuple[float, float]]], fill: str, edge: str
) -> Any:
    """Add closed outlines as one shape."""
    builder: Any = None
    for points in (part for part in parts if len(part) > 2):
        first, *rest = [(round(x), round(y)) for x, y in points]
        if builder is None:
            builder = shapes.build_freeform(*first, scale=1.0)
        else:
            builder.move_to(*first)
        builder.add_line_segments(rest, close=True)
    if builder is not None:
        paint_shape(builder.convert_to_shape(), fill, edge, 0.5 if edge else 0)


def read_path(path: str) -> Iterator[list[tuple[int, int]]]:
    """Read the outlines of a path of our maps: one absolute start, then relative lines."""
    steps, x, y = iter(STEP.findall(path)), 0, 0
    points: list[tuple[int, int]] = []
    command = "M"
    for step in steps:
        if step.isalpha():
            command = step
            if command in "Mmz" and points:
                yield points
                points = []
            if command == "M":
                x = y = 0
            continue
        x, y = x + int(step), y + int(next(steps))
        last = points[-1] if points else (x + 2 * NEAR, y)
        if abs(x - last[0]) + abs(y - last[1]) >= NEAR:
            points.append((x, y))
    if points:
        yield points
