"""A figure of the page as shapes: what a trace draws stands where it stands on the screen. Each thing
that has a name there is a group of its mark and its label; what nobody sees there is left out.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from pptx.enum.shapes import MSO_SHAPE

from dashboard.charts.letters import measure_text
from dashboard.export.pptx.canvas import Canvas
from dashboard.export.pptx.markers import name_shape
from dashboard.export.pptx.plot import (  # fmt: skip
    LEAST_LETTERS,
    Plot,
    add_freeform,
    add_outlines,
    pick,
    place_plot,
    read_number,
)
from dashboard.export.pptx.shapes import (  # fmt: skip
    INK,
    LINE,
    Box,
    Run,
    add_line,
    add_shape,
    add_text_box,
    join_runs,
)
from dashboard.export.shown_values import from_cells
from dashboard.views.content import Picture

NAMED = ("event=", "place=", "project=", "record=")
"""What a mark with a name of its own opens."""
SYMBOLS = {"diamond": MSO_SHAPE.DIAMOND, "square": MSO_SHAPE.RECTANGLE, "x-thin": MSO_SHAPE.MATH_MULTIPLY}  # fmt: skip
ALIGNED = {"right": ("left", 0.0), "left": ("right", 1.0)}
"""By the side on which a label stands: how it is aligned, and the part of it left of where it hangs."""


class Label(NamedTuple):
    """A text of a figure: where it hangs, on which side of that it stands, and its runs."""

    x: float
    y: float
    side: str
    runs: Sequence[Run]


def _find_link(trace: Mapping[str, Any], nr: int) -> str:
    """Find what a point opens, where that has a name of its own."""
    link = str(pick(trace.get("customdata", ""), nr) or "")
    return link if link.startswith(NAMED) else ""


def add_figure(canvas: Canvas, picture: Picture) -> Box:
    """Draw the figure of a picture in the room; returns where it stands."""
    layout, traces = picture.chart.figure["layout"], picture.chart.figure["data"]
    plot = place_plot(layout, canvas.room)
    groups: dict[str, Any] = defaultdict(canvas.slide.shapes.add_group_shape)
    labels: dict[str, list[Label]] = defaultdict(list)
    ground = groups[""]
    if images := layout.get("images"):
        add_outlines(ground.shapes, images[0], plot)
    for trace in traces:
        for link, draw in _draw_trace(trace, plot):
            draw(groups[link].shapes)
        for link, label in _write_trace(trace, plot):
            labels[link].append(label)
    links = _link_places(traces)
    for note in layout.get("annotations", ()):
        labels[links.get((note["x"], note["y"]), "")].append(_write_annotation(note, plot))
    for link, some in labels.items():
        _add_labels(groups[link].shapes, link, some)
    del groups[""]
    for link, group in groups.items():
        key = f"{picture.key}~{link.partition('=')[2]}"
        alt = join_runs([label.runs for label in labels.get(link, ())]).replace("\n", ", ")
        name_shape(group, canvas.mark("mark", key[:120]), alt[:500])
    series = picture.chart.bars.series if picture.chart.bars else ()
    canvas.name_chart(ground, picture, from_cells(v for _, some, *_rest in series for v in some))
    return plot.box


def _link_places(traces: Sequence[Mapping[str, Any]]) -> dict[tuple[Any, Any], str]:
    return {
        (x, y): _find_link(trace, nr)
        for trace in traces
        for nr, (x, y) in enumerate(zip(trace["x"], trace["y"], strict=False))
        if trace.get("customdata")
    }


def _draw_trace(trace: Mapping[str, Any], plot: Plot) -> Iterator[tuple[str, Any]]:
    """Give what a trace draws, each with what it opens."""
    mode = trace.get("mode", "")
    if trace["type"] == "bar":
        for nr in range(len(trace["x"])):
            if is_seen(pick(trace["marker"]["color"], nr)):
                yield _find_link(trace, nr), lambda s, nr=nr: _add_bar(s, trace, nr, plot)
    elif trace.get("fill") == "toself":
        yield "", lambda shapes: _add_polygon(shapes, trace, plot)
    elif "lines" in mode:
        yield _find_link(trace, 0), lambda shapes: _add_line(shapes, trace, plot)
    if "markers" in mode and trace["marker"].get("opacity") != 0:
        for nr in range(len(trace["x"])):
            yield _find_link(trace, nr), lambda s, nr=nr: _add_marker(s, trace, nr, plot)


def is_seen(colour: object) -> bool:
    """Return whether a colour of a drawing is not wholly transparent."""
    return not re.fullmatch(r"rgba\(.*, ?0(\.0*)?\)", str(colour))


def _read_edge(trace: Mapping[str, Any], nr: int, plot: Plot) -> tuple[str, float]:
    """Read the colour and the width of the edge of a bar or a mark."""
    edge = trace["marker"].get("line", {})
    width = float(pick(edge.get("width", 0), nr) or 0) * plot.letters
    return str(pick(edge.get("color", ""), nr)), width


def _add_bar(shapes: Any, trace: Mapping[str, Any], nr: int, plot: Plot) -> None:
    """Add a bar, cut at the edge of the plot."""
    x, y = read_number(trace["x"][nr]), read_number(trace["y"][nr])
    base = read_number(pick(trace.get("base", 0), nr))
    half = read_number(pick(trace["width"], nr)) / 2
    ends = ((base, y - half), (base + x, y + half))
    if trace.get("orientation") != "h":
        ends = ((x - half, base), (x + half, base + y))
    across, down = (sorted(side) for side in zip(*map(plot.place, ends), strict=True))
    left, top = max(across[0], plot.box.left), max(down[0], plot.box.top)
    right, bottom = min(across[1], plot.box.right), min(down[1], plot.box.bottom)
    fill, edge = pick(trace["marker"]["color"], nr), _read_edge(trace, nr, plot)
    box = Box(left, top, right - left, bottom - top)
    add_shape(shapes, MSO_SHAPE.RECTANGLE, box, fill, edge)


def _add_line(shapes: Any, trace: Mapping[str, Any], plot: Plot) -> None:
    line = trace["line"]
    dash = "" if line.get("dash", "solid") == "solid" else "sysDot"
    points = map(plot.place, zip(trace["x"], trace["y"], strict=True))
    for start, end in pairwise(points):
        add_line(shapes, start, end, line["color"], line["width"] * plot.letters, dash=dash)


def _add_polygon(shapes: Any, trace: Mapping[str, Any], plot: Plot) -> None:
    """Add the outlines of a trace, parted by None, as one shape."""
    parts: list[list[tuple[float, float]]] = [[]]
    for point in zip(trace["x"], trace["y"], strict=True):
        if point[0] is None:
            parts.append([])
        else:
            parts[-1].append(plot.place(point))
    add_freeform(shapes, parts, trace.get("fillcolor", INK), trace.get("line", {}).get("color", ""))


def _add_marker(shapes: Any, trace: Mapping[str, Any], nr: int, plot: Plot) -> None:
    marker, (colour, width) = trace["marker"], _read_edge(trace, nr, plot)
    size = float(pick(marker["size"], nr)) * plot.letters
    x, y = plot.place((trace["x"][nr], trace["y"][nr]))
    symbol = str(pick(marker.get("symbol", "circle"), nr))
    is_cross = symbol == "x-thin"
    fill = colour if is_cross else str(pick(marker["color"], nr))
    box = Box(x - size / 2, y - size / 2, size, size)
    edge = colour, 0 if is_cross else width
    add_shape(shapes, SYMBOLS.get(symbol, MSO_SHAPE.OVAL), box, fill, edge)


def _write_trace(trace: Mapping[str, Any], plot: Plot) -> Iterator[tuple[str, Label]]:
    """Give the texts of a trace, each with what it opens."""
    for nr, text in enumerate(trace["text"] if "text" in trace.get("mode", "") else ()):
        side = pick(trace.get("textposition", "middle center"), nr).rpartition(" ")[2]
        size = float(pick(trace.get("marker", {}).get("size", 0), nr))
        away = size * 5 / 8 * plot.letters + 1 if "marker" in trace else 0
        x, y = plot.place((trace["x"][nr], trace["y"][nr]))
        x += {"right": away, "left": -away}.get(side, 0)
        yield _find_link(trace, nr), Label(x, y, side, plot.write(text, trace["textfont"], nr))


def _write_annotation(note: Mapping[str, Any], plot: Plot) -> Label:
    x = plot.across(note["x"]) + note.get("xshift", 0) * plot.pixel[0]
    y = plot.down(note["y"]) - note.get("yshift", 0) * plot.pixel[1]
    return Label(x, y, "center", plot.write(note["text"], note["font"]))


def _add_labels(shapes: Any, link: str, labels: Sequence[Label]) -> None:
    """Add the texts of a thing with a name in one box, line by line; others one by one."""
    lines = sorted(labels, key=lambda label: label.y)
    if link and len({(round(one.x, 2), one.side) for one in lines}) == 1:
        _add_label(shapes, lines)
    else:
        for label in labels:
            _add_label(shapes, [label])


def _add_label(shapes: Any, lines: Sequence[Label]) -> None:
    size = max((run.size for one in lines for run in one.runs), default=LEAST_LETTERS)
    widths = (
        sum(measure_text(r.said, r.size, bold=bool(r.bold)) for r in one.runs) for one in lines
    )
    wide, step, first, last = max(widths) + 2, size * LINE, lines[0], lines[-1]
    if len(lines) > 1:
        step = max((last.y - first.y) / (len(lines) - 1), size * 1.02)
    high = step * len(lines)
    align, part = ALIGNED.get(first.side, ("center", 0.5))
    box = Box(first.x - part * wide, (first.y + last.y - high) / 2, wide, high)
    add_text_box(
        shapes,
        box,
        [one.runs for one in lines],
        align=align,
        anchor="middle",
        wrap=False,
        spacing=step if len(lines) > 1 else 0,
    )
