"""The months on a phone: a bar each, ours solid at the foot, its number above, its letter below."""

from collections.abc import Sequence
from typing import Any

from dashboard.charts import Drawing
from dashboard.charts.event_counts import Column, colour_layer, count_columns, list_layers
from dashboard.charts.lanes import Span
from dashboard.charts.letters import measure_text
from dashboard.charts.placement import NARROWEST
from dashboard.charts.spans import Step, choose_header_step, divide_span
from dashboard.charts.theme import Palette, draw_texts, make_layout
from dashboard.language.numbers import format_integer
from dashboard.model import Row

STRIP, FOOT, HIGHEST = 118, 92, 70
"""Pixels of the strip, from its top to where bars stand, and of the highest bar."""
NARROW_WIDTH = 343
WIDE_BAR = 0.74
"""Of the room of a bar."""


def draw_month_strip(counts: Sequence[Row], span: Span, colours: Palette) -> Drawing:
    """Draw a bar per month of the span; per week of a single month, per year of a longer span.

    `counts` are events, or rows that count them (see event_counts.read_month_counts). A press on a
    month or year chooses it.
    """
    step = choose_header_step(span)
    parts = divide_span(span, Step.WEEK if step == Step.DAY else step)
    columns = count_columns(counts, parts)
    figure = {
        "data": [
            _draw_press(columns),
            *_draw_layers(columns, colours),
            _write_numbers(columns, colours),
            _write_names(columns, colours, whole=step != Step.MONTH),
        ],
        "layout": _lay_out(len(columns), colours),
    }
    return Drawing(figure, STRIP, below=NARROWEST)


def _unit(columns: Sequence[Column]) -> float:
    return HIGHEST / max(1, *(column.total for column in columns))


def _draw_press(columns: Sequence[Column]) -> dict[str, Any]:
    """Draw what a thumb meets: the whole height over each month."""
    return {
        "type": "bar",
        "x": list(range(len(columns))),
        "base": 0,
        "y": [100 * STRIP] * len(columns),
        "width": 1,
        "customdata": [column.part.link for column in columns],
        "hoverinfo": "none",
        "marker": {"color": "rgba(0,0,0,0)", "line": {"width": 0}},
        "showlegend": False,
    }


def _draw_layers(columns: Sequence[Column], colours: Palette) -> list[dict[str, Any]]:
    order, unit = list_layers(columns, colours), _unit(columns)
    traces = []
    for nr, layer in enumerate(order):
        fill, edge, width = colour_layer(layer, colours)
        mine = [(x, column) for x, column in enumerate(columns) if column.layers[layer]]
        traces.append(
            {
                "type": "bar",
                "x": [x for x, _column in mine],
                "base": [FOOT - unit * sum(c.layers[one] for one in order[:nr]) for _x, c in mine],
                "y": [-unit * column.layers[layer] for _x, column in mine],
                "width": WIDE_BAR,
                "customdata": [column.part.link for _x, column in mine],
                "hovertext": [column.words for _x, column in mine],
                "hoverinfo": "text",
                "marker": {"color": fill, "line": {"color": edge or fill, "width": width}},
                "showlegend": False,
            }
        )
    return traces


def _write_numbers(columns: Sequence[Column], colours: Palette) -> dict[str, Any]:
    """Write the number above each bar, a dash for none; smaller where they are long."""
    texts = [_write_number(column) for column in columns]
    room = NARROW_WIDTH / len(columns) - 2
    size = next(
        (s for s in (13, 11, 9) if all(measure_text(t, s, bold=True) <= room for t in texts)), 9
    )
    return draw_texts(
        x=list(range(len(columns))),
        y=[FOOT - _unit(columns) * column.total - 9 for column in columns],
        text=[f"<b>{t}</b>" if c.total else t for t, c in zip(texts, columns, strict=True)],
        textposition="middle center",
        textfont={
            "size": size,
            "color": [colours.ink if column.total else colours.context for column in columns],
        },
        customdata=[column.part.link for column in columns],
    )


def _write_number(column: Column) -> str:
    """Write how many there are; of a month that was not chosen nothing is said."""
    if column.total:
        return format_integer(column.total)
    return "" if column.part.left_out else "–"


def _write_names(columns: Sequence[Column], colours: Palette, *, whole: bool) -> dict[str, Any]:
    """Write the first letter of each month; weeks and years by their whole name, as far as there is
    room.
    """
    # the letter alone is a capital in every language, also where the names of months have none
    names = [column.part.name if whole else column.part.name[:1].upper() for column in columns]
    longest = max(measure_text(name, 13) for name in names) + 6
    every = -(-int(longest * len(names)) // NARROW_WIDTH)
    return draw_texts(
        x=list(range(0, len(names), every)),
        y=[FOOT + 14] * len(names[::every]),
        text=names[::every],
        textposition="middle center",
        textfont={"size": 13, "color": colours.context},
        customdata=[column.part.link for column in columns][::every],
    )


def _lay_out(number: int, colours: Palette) -> dict[str, Any]:
    hidden = {"visible": False, "fixedrange": True}
    return make_layout(
        STRIP,
        colours,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        xaxis=hidden | {"type": "linear", "range": [-0.5, number - 0.5]},
        yaxis=hidden | {"range": [STRIP, 0]},
        barmode="overlay",
        showlegend=False,
        hovermode="closest",
        clickmode="event",  # a press opens or chooses; it does not fade the other marks
        shapes=[
            {
                "type": "line",
                "xref": "paper",
                "x0": 0,
                "x1": 1,
                "y0": FOOT,
                "y1": FOOT,
                "line": {"color": colours.faint, "width": 1},
            }
        ],
    )
