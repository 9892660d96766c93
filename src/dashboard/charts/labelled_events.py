"""Events with their labels, and those that have a mark only, as traces."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from dashboard.charts.event_marks import Look, MarkStyle, choose_colours, find_look, style_mark
from dashboard.charts.event_words import (
    TimelineLabels,
    shorten_title,
    write_row,
    write_second_line,
)
from dashboard.charts.letters import fit_text, measure_text
from dashboard.charts.placement import (
    ROW,
    Labelled,
    Mark,
    Scale,
    choose_side,
    make_mark,
    place_labels,
)
from dashboard.charts.theme import Palette, escape_text
from dashboard.charts.timeline_frame import draw_touch_areas
from dashboard.model import Row

TITLE_SIZE, LINE_SIZE = 13, 12
MAX_TITLE, MAX_LINE = 250, 340
"""Pixels that a label takes at most, whatever stands in the records."""
TITLE_ABOVE, LINE_BELOW = -8, 9
"""Pixels from the middle of a row to the middle of each line."""
BAR, LONG_BAR, SMALL = 11, 5, 8
DOTS = "4px,5px"


@dataclass(frozen=True)
class Words:
    """The two lines of a label, cut to what there is room for."""

    title: str
    line: str

    @cached_property
    def width(self) -> float:
        return max(
            measure_text(self.title, TITLE_SIZE, bold=True), measure_text(self.line, LINE_SIZE)
        )


@dataclass(frozen=True)
class Style:
    """What the traces of events need beside their places. `written` keeps the labels, which are the same
    at every scale and are measured again for each number of rows that is tried.
    """

    scale: Scale
    labels: TimelineLabels
    colours: Palette
    written: dict[str, Words] = field(default_factory=dict, compare=False)

    def words(self, event: Row) -> Words:
        """Write the label of an event."""
        if event["event_id"] not in self.written:
            self.written[event["event_id"]] = self._write(event)
        return self.written[event["event_id"]]

    def _write(self, event: Row) -> Words:
        several_years = self.scale.span.first.year != self.scale.span.last.year
        line = write_second_line(event, self.labels, with_year=several_years)
        return Words(
            fit_text(shorten_title(event), TITLE_SIZE, MAX_TITLE, bold=True),
            fit_text(line, LINE_SIZE, MAX_LINE),
        )


def place_events(events: Sequence[Row], style: Style) -> list[Labelled]:
    """Place events with their labels in rows."""
    return place_labels(
        [
            choose_side(make_mark(event, style.scale), style.words(event).width + 1, style.scale)
            for event in events
        ]
    )


def count_rows(placed: Sequence[Labelled]) -> int:
    """Count the rows that placed events take."""
    return max((item.level for item in placed), default=-1) + 1


def draw_labelled(placed: Sequence[Labelled], top: float, style: Style) -> list[dict[str, Any]]:
    """Draw marks with their labels in rows of 36 pixels from `top` on."""
    if not placed:
        return []
    at = [(item, top + ROW * item.level + ROW / 2) for item in placed]
    marks = [
        (item.mark, y + (LINE_BELOW if item.side == "above" else 0), _height_of(item))
        for item, y in at
    ]
    areas = [
        (
            item.ends[0],
            item.ends[1],
            y - ROW / 2 + 1,
            y + ROW / 2 - 1,
            f"event={item.mark.row['event_id']}",
            write_row(item.mark.row, style.labels),
        )
        for item, y in at
    ]
    return [
        draw_touch_areas(areas, style.scale),
        *draw_marks(marks, style),
        *_draw_words(at, style),
    ]


def _height_of(item: Labelled) -> float:
    return LONG_BAR if item.side == "above" else BAR


def _draw_words(at: Sequence[tuple[Labelled, float]], style: Style) -> list[dict[str, Any]]:
    """Write both lines of every label; the one of a long bar has both in one, above it."""
    titles, lines = [], []
    for item, y in at:
        words = style.words(item.mark.row)
        titles.append((item, y + TITLE_ABOVE, f"<b>{escape_text(words.title)}</b>"))
        if item.side != "above":
            lines.append((item, y + LINE_BELOW, escape_text(words.line)))
    return [
        _write(titles, style, TITLE_SIZE, style.colours.ink),
        *([_write(lines, style, LINE_SIZE, style.colours.context)] if lines else []),
    ]


def _write(
    texts: Sequence[tuple[Labelled, float, str]], style: Style, size: float, colour: str
) -> dict[str, Any]:
    """Write texts beside marks that are not seen: plotly.js keeps a distance from them in pixels."""
    ends = [_find_end(item) for item, _y, _text in texts]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [style.scale.moment(end) for end, _size in ends],
        "y": [y for _item, y, _text in texts],
        "text": [text for *_rest, text in texts],
        "textposition": [
            "middle right" if item.starts_at_anchor else "middle left" for item, *_rest in texts
        ],
        "textfont": {"size": size, "color": colour},
        "marker": {"size": [size for _end, size in ends], "opacity": 0},
        "customdata": [f"event={item.mark.row['event_id']}" for item, *_rest in texts],
        "hoverinfo": "skip",
        "cliponaxis": False,
        "showlegend": False,
    }


def _find_end(item: Labelled) -> tuple[float, float]:
    """Find the pixel at which a label hangs, and how large the unseen mark there is: plotly.js begins
    a text 1 pixel + 5/8 of the size away from it.
    """
    if item.side == "above":
        return item.anchor, 0
    if item.mark.is_point:
        return item.mark.middle, 16
    return (item.mark.right if item.side == "right" else item.mark.left), 8


def draw_marks(
    marks: Sequence[tuple[Mark, float, float]], style: Style, size: float = 12
) -> list[dict[str, Any]]:
    """Draw marks at their heights: dots, bars from the first to the last day (so many pixels high),
    dotted lines where only the month is known.
    """
    points = [(mark, y) for mark, y, _high in marks if mark.is_point]
    lines = [m for m in marks if not m[0].is_point]
    bars = [m for m in lines if m[0].row["date_precision"] == "day"]
    dotted = [m for m in lines if m[0].row["date_precision"] != "day"]
    crosses = [(m, y) for m, y, _high in lines if find_look(m.row) == Look.CANCELLED]
    return [
        *([_draw_bars(bars, style)] if bars else []),
        *(_draw_dotted(mark, y, style) for mark, y, _high in dotted),
        *([_draw_points([*points, *crosses], style, size)] if points or crosses else []),
    ]


def _draw_points(points: Sequence[tuple[Mark, float]], style: Style, size: float) -> dict[str, Any]:
    styles = [style_mark(mark.row, style.colours, size) for mark, _y in points]
    return _identify([mark for mark, _y in points], style) | {
        "type": "scatter",
        "mode": "markers",
        "x": [style.scale.moment(mark.middle) for mark, _y in points],
        "y": [y for _mark, y in points],
        "marker": _style_markers(styles),
        "cliponaxis": False,
    }


def _style_markers(styles: Sequence[MarkStyle]) -> dict[str, Any]:
    return {
        "symbol": [one.symbol for one in styles],
        "size": [one.size for one in styles],
        "color": [one.fill for one in styles],
        "opacity": 1,
        "line": {
            "color": [one.edge for one in styles],
            "width": [one.edge_width for one in styles],
        },
    }


def _draw_bars(bars: Sequence[tuple[Mark, float, float]], style: Style) -> dict[str, Any]:
    looks = [choose_colours(find_look(m.row), m.row["pillar"], style.colours) for m, _y, _h in bars]
    return _identify([mark for mark, _y, _high in bars], style) | {
        "type": "bar",
        "orientation": "h",
        "base": [style.scale.moment(mark.left) for mark, _y, _high in bars],
        "x": [style.scale.milliseconds(mark.right - mark.left) for mark, _y, _high in bars],
        "y": [y for _mark, y, _high in bars],
        "width": [high for *_rest, high in bars],
        "marker": {
            "color": [fill for fill, _edge, _width in looks],
            "line": {
                "color": [edge for _fill, edge, _width in looks],
                "width": [min(width, 1.6) for _fill, _edge, width in looks],
            },
        },
    }


def _draw_dotted(mark: Mark, y: float, style: Style) -> dict[str, Any]:
    _fill, edge, _width = choose_colours(find_look(mark.row), mark.row["pillar"], style.colours)
    return _identify([mark, mark], style) | {
        "type": "scatter",
        "mode": "lines",
        "x": [style.scale.moment(mark.left), style.scale.moment(mark.right)],
        "y": [y, y],
        "line": {"color": edge, "width": 4, "dash": DOTS},
    }


def _identify(marks: Sequence[Mark], style: Style) -> dict[str, Any]:
    """Say what a press on each mark opens, and the words of its row."""
    return {
        "customdata": [f"event={mark.row['event_id']}" for mark in marks],
        "hovertext": [write_row(mark.row, style.labels) for mark in marks],
        "hoverinfo": "text",
        "showlegend": False,
    }
