"""Amounts side by side: what is exact, about, at least and unknown stays apart in every bar."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from dashboard.charts import Bars, Chart
from dashboard.charts.theme import (
    LEGEND,
    Palette,
    draw_texts,
    escape_text,
    fade,
    make_axis,
    make_hatching,
    make_layout,
)
from dashboard.model import Row
from dashboard.model.quantity import Kind

LINE, BAR, GAP, STUB = 19, 15, 17, 0.035
"""Pixels of a line of text, of a bar and between rows; width of a box for something unknown as
share of the axis.
"""
MAX_STUBS = 8
HEAD = 40
"""Pixels of the legend and the margins."""
UNKNOWN = "Not known, a box each"
WIDTH = 46
"""Characters of a line: what a phone has room for."""


@dataclass(frozen=True)
class Amount:
    """One bar. `exact`, `about`, `at_least` are added up; `unknown` counts the records without a
    number; `words` is the whole amount as people say it; `detail` stands below the name; `link` is
    what a click opens ("why=…").
    """

    label: str
    words: str
    exact: float = 0
    about: float = 0
    at_least: float = 0
    unknown: int = 0
    detail: str = ""
    hover: str = ""
    link: str = ""
    colour: str = ""

    @property
    def known(self) -> float:
        return self.exact + self.about + self.at_least

    @property
    def lines(self) -> list[tuple[str, bool]]:
        """What stands above the bar, line by line, and whether it is the quieter detail."""
        if len(self.label) + len(self.words) < WIDTH:
            head = [f"<b>{escape_text(self.label)}</b>  {escape_text(self.words)}"]
        else:
            head = [
                f"<b>{escape_text(line)}</b>"
                for line in wrap(self.label, WIDTH - 2, max_lines=2, placeholder="…")
            ]
            head += [escape_text(line) for line in wrap(self.words, WIDTH)]
        return [(line, False) for line in head] + [
            (escape_text(line), True) for line in wrap(self.detail, WIDTH + 6)
        ]

    @property
    def height(self) -> int:
        return LINE * len(self.lines) + BAR + GAP


@dataclass(frozen=True)
class Part:
    """What of an amount is known in one way: its kind, what the legend calls it, and how much."""

    kind: Kind
    name: str
    of: Callable[[Amount], float]


KNOWN_PARTS = (
    Part(Kind.EXACT, "Exact", lambda amount: amount.exact),
    Part(Kind.ABOUT, "About", lambda amount: amount.about),
    Part(Kind.AT_LEAST, "At least", lambda amount: amount.at_least),
)


def draw_amounts(
    bars: Sequence[Amount], colours: Palette, *, sentence: str, table: Sequence[Row]
) -> Chart:
    """Draw a bar per amount, its name and number above it, so that long names cost no width on a
    phone.

    Solid is exact, tinted is about, outlined is at least; each hatched box is a record whose number
    is not known (at most MAX_STUBS are drawn, the words say how many).
    """
    largest = max((bar.known for bar in bars), default=0) or 1
    # the axis counts pixels downwards
    tops = [-float(sum(bar.height for bar in bars[:nr])) for nr in range(len(bars))]
    feet = [top - bar.height + GAP + BAR / 2 for top, bar in zip(tops, bars, strict=True)]
    depth = sum(bar.height for bar in bars) or 1
    traces = [
        *_draw_known(bars, feet, colours),
        *_draw_unknown(bars, feet, largest, colours),
        *_draw_words(bars, tops, colours),
    ]
    figure = {"data": traces, "layout": _lay_out(depth, largest, colours)}
    links = [(f"{bar.label}: {bar.words}", bar.link) for bar in bars if bar.link]
    return Chart(figure, table, sentence, HEAD + depth, links, _list_bars(bars, colours))


def _lay_out(depth: int, largest: float, colours: Palette) -> dict[str, Any]:
    return make_layout(
        HEAD + depth,
        colours,
        barmode="overlay",
        bargap=0,
        xaxis=make_axis(colours, visible=False, range=[0, largest * (1.04 + STUB * MAX_STUBS)]),
        yaxis=make_axis(colours, visible=False, range=[-depth, 0]),
        hovermode="closest",
        margin={"l": 4, "r": 4, "t": 34, "b": 4},
        legend={**LEGEND, "y": 1, "traceorder": "normal"},
    )


def _list_bars(bars: Sequence[Amount], colours: Palette) -> Bars:
    """List what is known by kind; the words of each amount stand with its name, so that what is unknown
    is not lost.
    """
    tints = (colours.accent, colours.tints[2], colours.tints[3])
    found = [
        (part, tint)
        for part, tint in zip(KNOWN_PARTS, tints, strict=True)
        if any(part.of(bar) for bar in bars)
    ]
    series = [(part.name, [part.of(bar) or None for bar in bars], tint) for part, tint in found]
    return Bars(
        [f"{bar.label}: {bar.words}" for bar in bars],
        series or [("Known", [None] * len(bars), colours.accent)],
        kinds=[part.kind for part, _ in found] or [Kind.UNKNOWN],
        says_amounts=True,
    )


def _draw_known(
    bars: Sequence[Amount], ys: Sequence[float], colours: Palette
) -> list[dict[str, Any]]:
    """Draw a trace per kind, each where the one before ends."""
    traces = []
    ends = [0.0] * len(bars)
    fill = [bar.colour or colours.accent for bar in bars]
    for part in KNOWN_PARTS:
        values = [part.of(bar) for bar in bars]
        if any(values):
            marker = _marker(part.kind, fill, colours)
            traces.append(
                _bar_trace(bars, ys, part.name)
                | {"base": list(ends), "x": values, "marker": marker}
            )
        ends = [end + value for end, value in zip(ends, values, strict=True)]
    return traces


def _marker(kind: Kind, fill: Sequence[str], colours: Palette) -> dict[str, Any]:
    if kind is Kind.EXACT:
        return {"color": fill, "line": {"color": fill, "width": 1.5}}
    if kind is Kind.ABOUT:
        return {"color": [fade(colour) for colour in fill], "line": {"color": fill, "width": 1.5}}
    return {"color": colours.surface, "line": {"color": fill, "width": 2}}


def _bar_trace(bars: Sequence[Amount], ys: Sequence[float], name: str) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "y": list(ys),
        "width": BAR,
        "customdata": [bar.link or None for bar in bars],
        "hovertext": [
            f"<b>{escape_text(bar.label)}</b><br>{escape_text(bar.hover or bar.words)}"
            for bar in bars
        ],
        "hoverinfo": "text",
    }


def _draw_unknown(
    bars: Sequence[Amount], ys: Sequence[float], largest: float, colours: Palette
) -> list[dict[str, Any]]:
    """Draw a hatched box for each record without a number, after what is known."""
    pairs = list(zip(bars, ys, strict=True))
    boxes = [(bar, y, nr) for bar, y in pairs for nr in range(min(bar.unknown, MAX_STUBS))]
    if not boxes:
        return []
    trace = _bar_trace([bar for bar, _, _ in boxes], [y for _, y, _ in boxes], UNKNOWN)
    width = largest * STUB
    trace["base"] = [bar.known + largest * 0.006 + nr * width for bar, _, nr in boxes]
    trace["x"] = [width * 0.8] * len(boxes)
    trace["marker"] = make_hatching(colours)
    return [trace]


def _draw_words(
    bars: Sequence[Amount], tops: Sequence[float], colours: Palette
) -> list[dict[str, Any]]:
    """Write name, number and detail above each bar."""
    lines = [
        (top - LINE * (nr + 0.5), text, bar.link or None, quiet)
        for bar, top in zip(bars, tops, strict=True)
        for nr, (text, quiet) in enumerate(bar.lines)
    ]
    return [
        _draw_lines([line for line in lines if line[3] == quiet], size, colour)
        for quiet, size, colour in ((False, 14, colours.ink), (True, 13, colours.context))
    ]


def _draw_lines(
    lines: Sequence[tuple[float, str, str | None, bool]], size: int, colour: str
) -> dict[str, Any]:
    return draw_texts(
        x=[0] * len(lines),
        y=[y for y, _, _, _ in lines],
        text=[text for _, text, _, _ in lines],
        textposition="middle right",
        textfont={"color": colour, "size": size},
        customdata=[link for _, _, link, _ in lines],
    )
