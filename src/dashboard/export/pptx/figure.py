"""A figure of the page as shapes that can be edited: what a trace draws in the units of its axes stands
on the slide where it stands on the screen. Each thing that has a name there is a group of its mark and
its label; what nobody sees on the screen (areas for the pointer) is left out.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from itertools import pairwise
from typing import Any

from pptx.enum.shapes import MSO_SHAPE

from dashboard.charts.letters import measure_text
from dashboard.export.pptx.canvas import Canvas
from dashboard.export.pptx.markers import make_marker, name_shape, set_alt_text, stamp
from dashboard.export.pptx.outlines import add_freeform, add_outlines
from dashboard.export.pptx.painting import INK, is_seen, paint_shape
from dashboard.export.pptx.template import Box
from dashboard.export.pptx.texts import LINE, POINT, Run, add_line, add_text_box, join_runs
from dashboard.export.shown_values import from_cells
from dashboard.export.view_export import clean_line
from dashboard.views.content import Picture

PLANNED_WIDTH, LEAST_LETTERS = 936, 10.0
"""Pixels for which a timeline is planned; points of the smallest letters."""
NAMED = ("event=", "place=", "project=", "record=")
"""What a mark with a name of its own opens."""
SYMBOLS = {"diamond": MSO_SHAPE.DIAMOND, "square": MSO_SHAPE.RECTANGLE, "x-thin": MSO_SHAPE.MATH_MULTIPLY}  # fmt: skip
BOLD = re.compile(r"<b>(.*?)</b>|(<br>)|([^<]+)")


@dataclass(frozen=True)
class Plot:
    """From the units of the axes to the slide: EMU per pixel across and down, and where the plot
    stands. `letters` are points per pixel of a letter.
    """

    box: Box
    x_range: tuple[float, float]
    y_range: tuple[float, float]
    pixel: tuple[float, float]

    @property
    def letters(self) -> float:
        return min(self.pixel) / POINT

    def across(self, value: object) -> float:
        start, end = self.x_range
        return self.box.left + (read_number(value) - start) / (end - start) * self.box.width

    def down(self, value: object) -> float:
        """Give the height on the slide; the first end of the range of the axis is at the foot."""
        foot, top = self.y_range
        return self.box.bottom - (read_number(value) - foot) / (top - foot) * self.box.height

    def size(self, pixels: float) -> float:
        """Give the points of letters."""
        return max(round(pixels * self.letters * 2) / 2, LEAST_LETTERS)


@dataclass(frozen=True)
class Label:
    """A text of a figure: where it hangs, on which side of that it stands, its runs, and its height."""

    x: float
    y: float
    side: str
    runs: Sequence[Run]
    step: float = 0


def read_number(value: object) -> float:
    """Read a place on an axis: a number, or a moment as milliseconds."""
    if isinstance(value, str):
        return datetime.fromisoformat(value).replace(tzinfo=UTC).timestamp() * 1000
    return float(value)  # type: ignore[arg-type]


def add_figure(canvas: Canvas, picture: Picture) -> Box:
    """Draw the figure of a picture in the room; returns where it stands."""
    figure = picture.chart.figure
    plot = place_plot(figure["layout"], canvas.room)
    ground = canvas.slide.shapes.add_group_shape()
    if images := figure["layout"].get("images"):
        add_outlines(ground.shapes, images[0], plot)
    groups: dict[str, Any] = {}
    labels: dict[str, list[Label]] = {}
    for trace in figure["data"]:
        for link, draw in _draw_trace(trace, plot):
            draw(_find_group(canvas, ground, groups, link).shapes)
        for link, label in _write_trace(trace, plot):
            labels.setdefault(link if link.startswith(NAMED) else "", []).append(label)
    links = _link_places(figure["data"])
    for note in figure["layout"].get("annotations", ()):
        link = links.get((note["x"], note["y"]), "")
        labels.setdefault(link, []).append(_write_annotation(note, plot))
    for link, some in labels.items():
        _add_labels(_find_group(canvas, ground, groups, link).shapes, link, some)
    for link, group in groups.items():
        _name_group(canvas, picture, link, group, labels.get(link, ()))
    _name_ground(canvas, picture, ground)
    return plot.box


def place_plot(layout: Mapping[str, Any], room: Box) -> Plot:
    """Place the plot: over the whole width where it is planned for that, else in one scale for both
    axes, as high as the room.
    """
    x, y = ([read_number(end) for end in layout[a]["range"]] for a in ("xaxis", "yaxis"))
    high = float(layout["height"])
    if "scaleanchor" not in layout["yaxis"]:
        across = room.width / PLANNED_WIDTH
        down = min(across, room.height / high)
        box = Box(room.left, room.top, room.width, round(high * down))
        return Plot(box, (x[0], x[1]), (y[0], y[1]), (across, down))
    scale = room.height / high
    unit = min(high * scale / abs(y[1] - y[0]), room.width / abs(x[1] - x[0]))
    box = Box(room.left, room.top, round(unit * abs(x[1] - x[0])), round(unit * abs(y[1] - y[0])))
    return Plot(box, (x[0], x[1]), (y[0], y[1]), (scale, scale))


def _find_group(canvas: Canvas, ground: Any, groups: dict[str, Any], link: str) -> Any:
    """Find the group of what a link names; the ground for everything else."""
    if not link.startswith(NAMED):
        return ground
    if link not in groups:
        groups[link] = canvas.slide.shapes.add_group_shape()
    return groups[link]


def _name_group(
    canvas: Canvas, picture: Picture, link: str, group: Any, labels: Sequence[Label]
) -> None:
    if not len(group.shapes):
        group._element.getparent().remove(group._element)
        return
    key = f"{picture.key}~{link.partition('=')[2]}"
    name_shape(group, stamp(make_marker("mark", key[:120]), canvas.shown))
    set_alt_text(group, join_runs([label.runs for label in labels])[:500].replace("\n", ", "))


def _name_ground(canvas: Canvas, picture: Picture, ground: Any) -> None:
    bars = picture.chart.bars
    values = from_cells(v for _, some, *_rest in (bars.series if bars else ()) for v in some)
    alt = clean_line(picture.chart.sentence)[:1000]
    found = stamp(make_marker("chart", picture.key, text=alt), canvas.shown, values)
    name_shape(ground, found, alt)


def _link_places(traces: Sequence[Mapping[str, Any]]) -> dict[tuple[Any, Any], str]:
    return {
        (x, y): link or ""
        for trace in traces
        for x, y, link in zip(trace["x"], trace["y"], trace.get("customdata", ()), strict=False)
    }


def _pick(value: Any, nr: int) -> Any:
    """Pick the value of one point: of its own, or that of all."""
    return value[nr] if isinstance(value, list | tuple) else value


def _draw_trace(trace: Mapping[str, Any], plot: Plot) -> Iterator[tuple[str, Any]]:
    """Give what a trace draws, each with what it opens."""
    mode = trace.get("mode", "")
    if trace["type"] == "bar":
        yield from _draw_bars(trace, plot)
    elif trace.get("fill") == "toself":
        yield "", lambda shapes: _add_polygon(shapes, trace, plot)
    elif "lines" in mode:
        yield str(_pick(trace.get("customdata", ""), 0) or ""), lambda s: _add_line(s, trace, plot)
    if "markers" in mode and trace["marker"].get("opacity") != 0:
        links = trace.get("customdata", [""] * len(trace["x"]))
        for nr, link in enumerate(links):
            yield str(link or ""), lambda s, nr=nr: _add_marker(s, trace, nr, plot)


def _draw_bars(trace: Mapping[str, Any], plot: Plot) -> Iterator[tuple[str, Any]]:
    """Give the bars of a trace that are seen, those that leave the plot cut at its edge."""
    marker, box = trace["marker"], plot.box
    for nr in range(len(trace["x"])):
        fill = _pick(marker["color"], nr)
        if not is_seen(fill):
            continue
        link = str(_pick(trace.get("customdata", ""), nr) or "")
        left, right, top, bottom = _find_ends(trace, nr, plot)
        left, right = max(left, box.left), min(right, box.right)
        top, bottom = max(top, box.top), min(bottom, box.bottom)
        edge = marker.get("line", {})
        width = float(_pick(edge.get("width", 0), nr) or 0) * plot.letters
        colour = str(_pick(edge.get("color", ""), nr))
        place = Box(round(left), round(top), round(right - left), round(bottom - top))
        yield link, lambda s, p=place, f=fill, c=colour, w=width: _add_box(s, p, f, c, w)


def _find_ends(trace: Mapping[str, Any], nr: int, plot: Plot) -> tuple[float, ...]:
    """Find left, right, top and bottom of a bar on the slide."""
    x, y = read_number(trace["x"][nr]), read_number(trace["y"][nr])
    base = read_number(_pick(trace.get("base", 0), nr))
    half = read_number(_pick(trace["width"], nr)) / 2
    if trace.get("orientation") == "h":
        ends = (base, base + x), (y - half, y + half)
    else:
        ends = (x - half, x + half), (base, base + y)
    across, down = sorted(map(plot.across, ends[0])), sorted(map(plot.down, ends[1]))
    return *across, *down


def _add_box(shapes: Any, box: Box, fill: str, edge: str, width: float) -> None:
    paint_shape(shapes.add_shape(MSO_SHAPE.RECTANGLE, *box.place), fill, edge, width)


def _add_line(shapes: Any, trace: Mapping[str, Any], plot: Plot) -> None:
    line = trace["line"]
    dash = "" if line.get("dash", "solid") == "solid" else "sysDot"
    points = list(zip(trace["x"], trace["y"], strict=True))
    for (x1, y1), (x2, y2) in pairwise(points):
        ends = plot.across(x1), plot.down(y1), plot.across(x2), plot.down(y2)
        add_line(shapes, ends, line["color"], line["width"] * plot.letters, dash)


def _add_polygon(shapes: Any, trace: Mapping[str, Any], plot: Plot) -> None:
    """Add the outlines of a trace, parted by None, as one shape."""
    parts: list[list[tuple[float, float]]] = [[]]
    for x, y in zip(trace["x"], trace["y"], strict=True):
        if x is None:
            parts.append([])
        else:
            parts[-1].append((plot.across(x), plot.down(y)))
    add_freeform(shapes, parts, trace.get("fillcolor", INK), trace.get("line", {}).get("color", ""))


def _add_marker(shapes: Any, trace: Mapping[str, Any], nr: int, plot: Plot) -> None:
    marker = trace["marker"]
    size = float(_pick(marker["size"], nr)) * plot.letters * POINT
    x, y = plot.across(trace["x"][nr]) - size / 2, plot.down(trace["y"][nr]) - size / 2
    symbol = str(_pick(marker.get("symbol", "circle"), nr))
    shape = shapes.add_shape(SYMBOLS.get(symbol, MSO_SHAPE.OVAL), *map(round, (x, y, size, size)))
    edge = marker.get("line", {})
    colour, width = str(_pick(edge.get("color", ""), nr)), float(_pick(edge.get("width", 0), nr))
    fill = colour if symbol == "x-thin" else str(_pick(marker["color"], nr))
    paint_shape(shape, fill, colour, 0 if symbol == "x-thin" else width * plot.letters)


def read_runs(text: str, size: float, colour: str) -> list[Run]:
    """Read the little HTML of a label: bold or not."""
    return [
        Run(unescape(bold or plain), size, bold=bool(bold) or None, colour=colour)
        for bold, _break, plain in BOLD.findall(text)
        if bold or plain
    ]


def _write_trace(trace: Mapping[str, Any], plot: Plot) -> Iterator[tuple[str, Label]]:
    """Give the texts of a trace, each with what it opens."""
    if "text" not in trace.get("mode", ""):
        return
    links = trace.get("customdata", [""] * len(trace["x"]))
    for nr, text in enumerate(trace["text"]):
        font, side = trace["textfont"], _pick(trace.get("textposition", "middle center"), nr)
        size = plot.size(float(_pick(font["size"], nr)))
        away = float(_pick(trace.get("marker", {}).get("size", 0), nr)) * 5 / 8 * plot.letters
        away = (away + 1) * POINT if "marker" in trace else 0
        x = plot.across(trace["x"][nr])
        side = side.rpartition(" ")[2]
        x += away if side == "right" else -away if side == "left" else 0
        runs = read_runs(text, size, str(_pick(font["color"], nr)))
        yield str(links[nr] or ""), Label(x, plot.down(trace["y"][nr]), side, runs)


def _write_annotation(note: Mapping[str, Any], plot: Plot) -> Label:
    x = plot.across(note["x"]) + note.get("xshift", 0) * plot.pixel[0]
    y = plot.down(note["y"]) - note.get("yshift", 0) * plot.pixel[1]
    font = note["font"]
    return Label(x, y, "center", read_runs(note["text"], plot.size(font["size"]), font["color"]))


def _add_labels(shapes: Any, link: str, labels: Sequence[Label]) -> None:
    """Add the texts of a thing with a name in one box, line by line; others one by one."""
    ordered = sorted(labels, key=lambda label: label.y)
    if link and len({(round(one.x), one.side) for one in ordered}) == 1:
        _add_label(shapes, ordered)
        return
    for label in labels:
        _add_label(shapes, [label])


def _add_label(shapes: Any, lines: Sequence[Label]) -> None:
    first = lines[0]
    sizes = [max(run.size for run in one.runs) for one in lines if one.runs] or [LEAST_LETTERS]
    wide = max(
        sum(measure_text(r.said, r.size, bold=bool(r.bold)) for r in one.runs) for one in lines
    )
    wide = round((wide + 2) * POINT)
    step = max(sizes) * LINE
    if len(lines) > 1:
        step = max((lines[-1].y - first.y) / POINT / (len(lines) - 1), max(sizes) * 1.02)
    high = round(step * len(lines) * POINT)
    middle = (first.y + lines[-1].y) / 2
    align, part = {"right": ("left", 0.0), "left": ("right", 1.0)}.get(first.side, ("center", 0.5))
    box = Box(round(first.x - part * wide), round(middle - high / 2), round(wide), high)
    add_text_box(
        shapes,
        box,
        [one.runs for one in lines],
        make_marker("label"),
        align=align,
        anchor="middle",
        wrap=False,
        spacing=step if len(lines) > 1 else 0,
    )
