"""Amounts side by side: what is exact, about, at least and unknown stays apart in every bar."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from dashboard.charts import Bars, Chart
from dashboard.charts.theme import Palette, axis, faded, hatched, layout, safe
from dashboard.model import Row
from dashboard.model.quantity import Kind

LINE, BAR, GAP, STUB = 19, 15, 17, 0.035
"""Pixels of a line of text, of a bar and between rows; width of a box for something unknown as
share of the axis.
"""
MAX_STUBS = 8
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
            head = [f"<b>{safe(self.label)}</b>  {safe(self.words)}"]
        else:
            head = [
                f"<b>{safe(line)}</b>"
                for line in wrap(self.label, WIDTH - 2, max_lines=2, placeholder="…")
            ]
            head += [safe(line) for line in wrap(self.words, WIDTH)]
        return [(line, False) for line in head] + [
            (safe(line), True) for line in wrap(self.detail, WIDTH + 6)
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


PARTS = (
    Part(Kind.EXACT, "Exact", lambda amount: amount.exact),
    Part(Kind.ABOUT, "About", lambda amount: amount.about),
    Part(Kind.AT_LEAST, "At least", lambda amount: amount.at_least),
)


def amounts(
    bars: Sequence[Amount], colours: Palette, *, sentence: str, table: Sequence[Row]
) -> Chart:
    """A bar per amount, its name and number above it, so that long names cost no width on a phone.

    Solid is exact, tinted is about, outlined is at least; each hatched box is a record whose number
    is not known (at most MAX_STUBS are drawn, the words say how many).
    """
    largest = max((bar.known for bar in bars), default=0) or 1
    # the axis counts pixels downwards
    tops = [-float(sum(bar.height for bar in bars[:nr])) for nr in range(len(bars))]
    feet = [top - bar.height + GAP + BAR / 2 for top, bar in zip(tops, bars, strict=True)]
    depth = sum(bar.height for bar in bars) or 1
    height = 40 + depth
    figure = {
        "data": [
            *_known(bars, feet, colours),
            *_unknown(bars, feet, largest, colours),
            *_words(bars, tops, colours),
        ],
        "layout": layout(
            height,
            colours,
            barmode="overlay",
            bargap=0,
            xaxis=axis(colours, visible=False, range=[0, largest * (1.04 + STUB * MAX_STUBS)]),
            yaxis=axis(colours, visible=False, range=[-depth, 0]),
            hovermode="closest",
            margin={"l": 4, "r": 4, "t": 34, "b": 4},
            legend={
                "orientation": "h",
                "x": 0,
                "y": 1,
                "yanchor": "bottom",
                "itemclick": False,
                "itemdoubleclick": False,
                "traceorder": "normal",
            },
        ),
    }
    links = [(f"{bar.label}: {bar.words}", bar.link) for bar in bars if bar.link]
    return Chart(figure, table, sentence, height, links, _told(bars, colours))


def _told(bars: Sequence[Amount], colours: Palette) -> Bars:
    """What is known by kind; the words of each amount stand with its name, so that what is unknown
    is not lost.
    """
    tints = (colours.accent, colours.tints[2], colours.tints[3])
    found = [
        (part, tint)
        for part, tint in zip(PARTS, tints, strict=True)
        if any(part.of(bar) for bar in bars)
    ]
    series = [(part.name, [part.of(bar) or None for bar in bars], tint) for part, tint in found]
    return Bars(
        [f"{bar.label}: {bar.words}" for bar in bars],
        series or [("Known", [None] * len(bars), colours.accent)],
        kinds=[part.kind for part, _ in found] or [Kind.UNKNOWN],
        says_amounts=True,
    )


def _known(bars: Sequence[Amount], ys: Sequence[float], colours: Palette) -> list[dict[str, Any]]:
    """A trace per kind, each where the one before ends."""
    traces = []
    ends = [0.0] * len(bars)
    fill = [bar.colour or colours.accent for bar in bars]
    for part in PARTS:
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
        return {"color": [faded(colour) for colour in fill], "line": {"color": fill, "width": 1.5}}
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
            f"<b>{safe(bar.label)}</b><br>{safe(bar.hover or bar.words)}" for bar in bars
        ],
        "hoverinfo": "text",
    }


def _unknown(
    bars: Sequence[Amount], ys: Sequence[float], largest: float, colours: Palette
) -> list[dict[str, Any]]:
    """A hatched box for each record without a number, after what is known."""
    boxes = [
        (bar, y, nr)
        for bar, y in zip(bars, ys, strict=True)
        for nr in range(min(bar.unknown, MAX_STUBS))
    ]
    if not boxes:
        return []
    width = largest * STUB
    trace = _bar_trace(
        [bar for bar, _, _ in boxes], [y for _, y, _ in boxes], "Not known, a box each"
    )
    return [
        trace
        | {
            "base": [bar.known + largest * 0.006 + nr * width for bar, _, nr in boxes],
            "x": [width * 0.8] * len(boxes),
            "marker": hatched(colours),
        }
    ]


def _words(bars: Sequence[Amount], tops: Sequence[float], colours: Palette) -> list[dict[str, Any]]:
    """Name, number and detail above each bar: traces of their own, because plotly.js 4.2 fails when
    a bar that carries text is clicked.
    """
    lines = [
        (top - LINE * (nr + 0.5), text, bar.link or None, quiet)
        for bar, top in zip(bars, tops, strict=True)
        for nr, (text, quiet) in enumerate(bar.lines)
    ]
    looks = ((False, 14, colours.ink), (True, 13, colours.context))
    return [
        _text([line for line in lines if line[3] == quiet], size, colour)
        for quiet, size, colour in looks
    ]


def _text(
    lines: Sequence[tuple[float, str, str | None, bool]], size: int, colour: str
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "text",
        "x": [0] * len(lines),
        "y": [y for y, _, _, _ in lines],
        "text": [text for _, text, _, _ in lines],
        "textposition": "middle right",
        "textfont": {"color": colour, "size": size},
        "customdata": [link for _, _, link, _ in lines],
        "hoverinfo": "skip",
        "showlegend": False,
        "cliponaxis": False,
    }
