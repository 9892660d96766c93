"""What a timeline stands on: the header of months with their numbers, bands, axes, and a note."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.charts.event_counts import count_columns
from dashboard.charts.letters import fit_text
from dashboard.charts.placement import Scale
from dashboard.charts.spans import Part, Step, choose_header_step, divide_span
from dashboard.charts.theme import Palette, draw_texts, escape_text, make_layout
from dashboard.language.messages import _
from dashboard.model import Row

HEADER, NOTE = 26, 30
"""Pixels of the header, and of a line of words at the foot."""
MIN_CELL = 46
"""Pixels that the name of a month or year takes with its number."""
UNSEEN = "rgba(0,0,0,0)"
DAY_OFF = 5
"""Saturday, counted from Monday: in the header of a month the weekends are the bands."""


@dataclass(frozen=True)
class Frame:
    """Where everything of a timeline stands: its scale, colours, the parts of its header, and how
    many events start in each, where the header says it.
    """

    scale: Scale
    colours: Palette
    step: Step
    parts: Sequence[Part]
    counts: Sequence[int] | None


def make_frame(events: Sequence[Row], scale: Scale, colours: Palette, *, counted: bool) -> Frame:
    """Make the frame of dated events: cancelled ones start in no month."""
    step = choose_header_step(scale.span)
    parts = divide_span(scale.span, step)
    counts = [column.total for column in count_columns(events, parts)]
    return Frame(scale, colours, step, parts, counts if counted or step == Step.DAY else None)


def draw_header(frame: Frame) -> dict[str, Any]:
    """Name the parts, each with its number: May 4; none is a dash, in second text."""
    every = -(-len(frame.parts) * (MIN_CELL if frame.step != Step.DAY else 20) // frame.scale.width)
    shown = list(range(0, len(frame.parts), every))
    ends = [_pixels(frame, index) for index in shown]
    return draw_texts(
        x=[frame.scale.moment((left + right) / 2) for left, right in ends],
        y=[HEADER / 2] * len(shown),
        text=[_write_cell(frame, index) for index in shown],
        textposition="middle center",
        textfont={
            "size": 13,
            "color": [
                frame.colours.ink if _is_there(frame, index) else frame.colours.context
                for index in shown
            ],
        },
        customdata=[frame.parts[index].link for index in shown],
    )


def _write_cell(frame: Frame, index: int) -> str:
    part = frame.parts[index]
    if frame.counts is None or part.left_out:
        return part.name
    number = frame.counts[index]
    if frame.step == Step.DAY:
        return f"<b>{part.name}</b>" if number else part.name
    if not number:
        return _("{month} –", month=part.name)
    return _("{month} <b>{n:,}</b>", month=part.name, n=number)


def _is_there(frame: Frame, index: int) -> bool:
    if frame.parts[index].left_out:
        return False
    return frame.counts is None or frame.counts[index] > 0


def draw_bands(frame: Frame, top: float, height: float) -> list[dict[str, Any]]:
    """Draw every other part as a band, in which a press chooses the part; also in its name above.

    A bar is the nearer to the pointer for plotly.js the closer its far end is: these end far below
    the drawing, so that a label in a band is always nearer than the band.
    """
    link = [part.link for part in frame.parts]
    ends = [_pixels(frame, index) for index in range(len(frame.parts))]
    shared = {
        "type": "bar",
        "x": [frame.scale.moment((left + right) / 2) for left, right in ends],
        "width": [frame.scale.milliseconds(right - left) for left, right in ends],
        "customdata": link,
        "hoverinfo": "none" if any(link) else "skip",
        "showlegend": False,
    }
    fills = [
        frame.colours.band if _is_band(frame, index) else UNSEEN
        for index in range(len(frame.parts))
    ]
    line = {"width": 0}
    below = {"base": top, "y": [100 * height] * len(ends), "marker": {"color": fills, "line": line}}
    names = {"base": 0, "y": [top] * len(ends), "marker": {"color": UNSEEN, "line": line}}
    return [shared | below, *([shared | names] if any(link) else [])]


def _is_band(frame: Frame, index: int) -> bool:
    if frame.step == Step.DAY:
        return frame.parts[index].first.weekday() >= DAY_OFF
    return index % 2 == 0


def _pixels(frame: Frame, index: int) -> tuple[float, float]:
    """Give the ends of a part; the first and last reach to the edges of the drawing."""
    part = frame.parts[index]
    left = 0 if index == 0 else frame.scale.place(part.first)
    right = frame.scale.width if index == len(frame.parts) - 1 else frame.scale.place(part.last, 1)
    return left, right


def draw_note(text: str, y: float, frame: Frame) -> dict[str, Any]:
    """Write a line of second text at the left."""
    return draw_texts(
        x=[frame.scale.moment(0)],
        y=[y],
        text=[escape_text(fit_text(text, 13, frame.scale.width))],
        textposition="middle right",
        textfont={"size": 13, "color": frame.colours.context},
    )


def lay_out_timeline(frame: Frame, height: float) -> dict[str, Any]:
    """Lay out a timeline: no axis is seen; pixels count down from the top, so that a place in the plan
    is a place in the drawing.
    """
    hidden = {"visible": False, "fixedrange": True}
    return make_layout(
        round(height),
        frame.colours,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        xaxis=hidden | {"type": "date", "range": frame.scale.ends},
        yaxis=hidden | {"range": [round(height), 0]},
        barmode="overlay",
        showlegend=False,
        hovermode="closest",
        clickmode="event",  # a press opens or chooses; it does not fade the other marks
    )


def draw_touch_areas(
    areas: Sequence[tuple[float, float, float, float, str, str]], scale: Scale
) -> dict[str, Any]:
    """Draw unseen bars over marks and their labels, which a press and the pointer meet: left, right,
    top, bottom in pixels, what a press opens, and what stands beside the pointer.

    Each is two bars, one below the other: for plotly.js a thin bar is nearer than a thick one.
    """
    halves = [
        (left, right, top + (bottom - top) * part / 4, (bottom - top) / 2, link, hover)
        for left, right, top, bottom, link, hover in areas
        for part in (1, 3)
    ]
    return {
        "type": "bar",
        "orientation": "h",
        "base": [scale.moment(left) for left, *_rest in halves],
        "x": [scale.milliseconds(right - left) for left, right, *_rest in halves],
        "y": [middle for _l, _r, middle, *_rest in halves],
        "width": [high for *_rest, high, _link, _hover in halves],
        "customdata": [link for *_rest, link, _hover in halves],
        "hovertext": [hover for *_rest, hover in halves],
        "hoverinfo": "text",
        "marker": {"color": UNSEEN, "line": {"width": 0}},
        "showlegend": False,
    }
