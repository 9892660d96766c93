"""Where a figure of the page stands on a slide, and its outlines as one shape."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from importlib.resources import files
from typing import Any

from pptx.enum.shapes import MSO_SHAPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls

from dashboard.export.pptx.shapes import HAIRLINE, POINT, TINT, Box, Point, Run, paint_shape

PLANNED_WIDTH, LEAST_LETTERS = 936, 10.0
"""Pixels for which a timeline is planned; points of the smallest letters."""
BOLD = re.compile(r"<b>(.*?)</b>|(<br>)|([^<]+)")
STEP = re.compile(r"([Mmlz])|(-?\d+) (-?\d+)|(-?\d+)(-\d+)")
BOX = re.compile(r'viewBox="0 0 (\d+) (\d+)"')
PATH = re.compile(r' d="([^"]*)"')
NEAR = 7
"""Units of a picture 6,000 wide: points that are nearer to each other are one."""


@dataclass(frozen=True)
class Plot:
    """From the units of the axes to the slide: its box, and points per pixel across and down."""

    box: Box
    x_range: Sequence[float]
    y_range: Sequence[float]
    pixel: tuple[float, float]

    @property
    def letters(self) -> float:
        """Points per pixel of a letter, a mark or a line."""
        return min(self.pixel)

    def across(self, value: object) -> float:
        start, end = self.x_range
        return self.box.left + (read_number(value) - start) / (end - start) * self.box.width

    def down(self, value: object) -> float:
        """Give the height on the slide; the first end of the range of the axis is at the foot."""
        foot, top = self.y_range
        return self.box.bottom - (read_number(value) - foot) / (top - foot) * self.box.height

    def place(self, point: tuple[object, object]) -> tuple[float, float]:
        return self.across(point[0]), self.down(point[1])

    def write(self, text: str, font: Mapping[str, Any], nr: int = 0) -> list[Run]:
        """Write the little HTML of a label: bold or not."""
        size = max(round(float(pick(font["size"], nr)) * self.letters * 2) / 2, LEAST_LETTERS)
        colour = str(pick(font["color"], nr))
        return [
            Run(unescape(bold or plain), size, bold=bool(bold) or None, colour=colour)
            for bold, _break, plain in BOLD.findall(text)
            if bold or plain
        ]


def read_number(value: object) -> float:
    """Read a place on an axis: a number, or a moment as milliseconds."""
    if isinstance(value, str):
        return datetime.fromisoformat(value).replace(tzinfo=UTC).timestamp() * 1000
    return float(value)  # type: ignore[arg-type]


def pick(value: Any, nr: int) -> Any:
    """Pick the value of one point: of its own, or that of all."""
    return value[nr] if isinstance(value, list | tuple) else value


def place_plot(layout: Mapping[str, Any], room: Box) -> Plot:
    """Place the plot over the whole width, or as high as the room where both axes have one scale."""
    x, y = ([read_number(end) for end in layout[a]["range"]] for a in ("xaxis", "yaxis"))
    high = float(layout["height"])
    if "scaleanchor" not in layout["yaxis"]:
        across = room.width / PLANNED_WIDTH
        down = min(across, room.height / high)
        return Plot(room._replace(height=high * down), x, y, (across, down))
    wide, tall, scale = abs(x[1] - x[0]), abs(y[1] - y[0]), room.height / high
    unit = min(room.height / tall, room.width / wide)
    return Plot(Box(room.left, room.top, unit * wide, unit * tall), x, y, (scale, scale))


def add_outlines(shapes: Any, image: Mapping[str, Any], plot: Plot) -> None:
    """Add the outlines of a picture of the page where its figure has it, cut at the edge of the plot."""
    name = image["source"].rpartition("/")[2].replace("-dark", "-light")
    text = (files("dashboard") / "ui" / "static" / "maps" / name).read_text(encoding="utf-8")
    size, box = BOX.search(text), plot.box
    assert size
    wide, high = (image[key] / int(size[nr]) for nr, key in ((1, "sizex"), (2, "sizey")))

    def place(x: float, y: float) -> Point:
        across, down = plot.across(image["x"] + x * wide), plot.down(image["y"] - y * high)
        return min(max(across, box.left), box.right), min(max(down, box.top), box.bottom)

    paths = [part for path in PATH.findall(text) for part in read_path(path)]
    parts = [[place(*point) for point in part] for part in paths]
    seen = [part for part in parts if all(len(set(side)) > 1 for side in zip(*part, strict=True))]
    add_freeform(shapes, seen, TINT, HAIRLINE)


def add_freeform(shapes: Any, parts: Sequence[Sequence[Point]], fill: str, edge: str) -> None:
    """Add closed outlines as one shape: written in one piece, the library's builder takes seconds."""
    points = [point for part in parts for point in part]
    if not points:
        return
    left, top, right, bottom = (
        end(side) for end in (min, max) for side in zip(*points, strict=True)
    )
    shape = shapes.add_shape(MSO_SHAPE.RECTANGLE, *Box(left, top, right - left, bottom - top).place)

    def write(point: Point) -> str:
        x, y = round((point[0] - left) * POINT), round((point[1] - top) * POINT)
        return f'<a:pt x="{x}" y="{y}"/>'

    path = "".join(
        f"<a:moveTo>{write(part[0])}</a:moveTo>"
        f"{''.join(f'<a:lnTo>{write(point)}</a:lnTo>' for point in part[1:])}<a:close/>"
        for part in parts
        if len(part) > 2
    )
    drawn = parse_xml(
        f"<a:custGeom {nsdecls('a')}><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
        '<a:rect l="l" t="t" r="r" b="b"/>'
        f'<a:pathLst><a:path w="{shape.width}" h="{shape.height}">{path}</a:path></a:pathLst>'
        "</a:custGeom>"
    )
    properties = shape._element.spPr
    properties.replace(properties.prstGeom, drawn)
    paint_shape(shape, fill, edge, 0.5 if edge else 0)


def read_path(path: str) -> Iterator[list[tuple[int, int]]]:
    """Read the outlines of a path of our maps: one absolute start, then relative lines."""
    x, y = 0, 0
    points: list[tuple[int, int]] = []
    for command, *numbers in STEP.findall(path):
        if command in ("M", "m", "z") and points:
            yield points
            points = []
        if command == "M":
            x = y = 0
        if command:
            continue
        across, down = filter(None, numbers)
        x, y = x + int(across), y + int(down)
        if not points or abs(x - points[-1][0]) + abs(y - points[-1][1]) >= NEAR:
            points.append((x, y))
    if points:
        yield points
