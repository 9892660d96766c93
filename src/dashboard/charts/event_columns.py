"""Many events as columns per day, week, month or year: ours solid at the foot, the others light."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.charts.event_counts import Column, Layer, colour_layer, list_layers
from dashboard.charts.letters import measure_text
from dashboard.charts.placement import Scale
from dashboard.charts.spans import Step, count_months
from dashboard.charts.theme import Palette, draw_texts
from dashboard.language.numbers import format_integer

COLUMNS, NUMBER = 126, 20
"""Pixels of the highest column, and of the number above it."""
WIDEST, GAP = 44, 3
MAX_BY_WEEK, MAX_MONTHS = 5000, 60


@dataclass(frozen=True)
class Stand:
    """On which pixel columns stand, and how many pixels an event is high."""

    foot: float
    unit: float
    scale: Scale
    colours: Palette


def choose_column_step(scale: Scale, number: int, *, by_month: bool = False) -> Step:
    """Choose what a column stands for: a day of one month, a week of a year, a month, or a year where
    there are too many months. `by_month`: no more is known than the month of each event.
    """
    months = count_months(scale.span)
    if months == 1 and not by_month:
        return Step.DAY
    if months <= 12 and number < MAX_BY_WEEK and not by_month:
        return Step.WEEK
    return Step.MONTH if months <= MAX_MONTHS else Step.YEAR


def draw_columns(
    columns: Sequence[Column], foot: float, scale: Scale, colours: Palette
) -> list[dict[str, Any]]:
    """Draw columns that stand on the pixel `foot`, with their numbers: all, where there is room for
    each; else that of the highest.
    """
    highest = max((column.total for column in columns), default=0)
    if not highest:
        return []
    stand = Stand(foot, COLUMNS / highest, scale, colours)
    layers = list_layers(columns, colours)
    return [
        *(_draw_layer(layers[: nr + 1], columns, stand) for nr in range(len(layers))),
        _write_numbers(columns, stand),
    ]


def place_column(column: Column, scale: Scale) -> tuple[float, float]:
    """Give the middle and width of a column in pixels."""
    left, right = scale.place(column.part.first), scale.place(column.part.last, 1)
    return (left + right) / 2, max(1, min(right - left - GAP, WIDEST))


def _draw_layer(layers: Sequence[Layer], columns: Sequence[Column], stand: Stand) -> dict[str, Any]:
    """Draw the last of these layers upon the others."""
    *below, layer = layers
    fill, edge, width = colour_layer(layer, stand.colours)
    mine = [column for column in columns if column.layers[layer]]
    places = [place_column(column, stand.scale) for column in mine]
    unit = stand.unit
    return {
        "type": "bar",
        "x": [stand.scale.moment(middle) for middle, _width in places],
        "width": [stand.scale.milliseconds(wide) for _middle, wide in places],
        "base": [stand.foot - unit * sum(c.layers[one] for one in below) for c in mine],
        "y": [-unit * column.layers[layer] for column in mine],
        "customdata": [column.part.link for column in mine],
        "hovertext": [column.words for column in mine],
        "hoverinfo": "text",
        "marker": {"color": fill, "line": {"color": edge or fill, "width": width}},
        "showlegend": False,
    }


def _write_numbers(columns: Sequence[Column], stand: Stand) -> dict[str, Any]:
    highest = max(column.total for column in columns)
    widest = measure_text(format_integer(highest), 13, bold=True)
    narrow = (stand.scale.width / len(columns)) < widest + 6
    top = next(column for column in columns if column.total == highest)
    shown = [top] if narrow else [column for column in columns if column.total]
    return draw_texts(
        x=[stand.scale.moment(place_column(column, stand.scale)[0]) for column in shown],
        y=[stand.foot - stand.unit * column.total - 10 for column in shown],
        text=[f"<b>{format_integer(column.total)}</b>" for column in shown],
        textposition="middle center",
        textfont={"size": 13, "color": stand.colours.ink},
    )
