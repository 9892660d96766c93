"""Pictures: pure functions from rows to a Chart. Nothing here asks the database or knows Streamlit.

A figure is a plain dict in plotly's form: it is made in a fraction of the time that graph objects
take, and a test validates every one of them with plotly.graph_objects.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.charts.markup import Element
from dashboard.model import Row


@dataclass(frozen=True)
class Bars:
    """The bars of a chart for a program that draws its own, such as the chart of a slide: what
    stands on the axis, from the first to the last as people read, and series of values (None where
    nothing is known) with their colours. `amounts` are the words that stand behind the bars of each series, where a
    number alone says too little ("≈ 400"); `is_target`: bars are parts of their target, which is 100.
    `note` says what is in none of the bars.
    """

    categories: Sequence[str]
    series: Sequence[tuple[str, Sequence[float | None], str]]
    amounts: Sequence[Sequence[str]] = ()
    is_target: bool = False
    note: str = ""


@dataclass(frozen=True)
class Drawing:
    """A figure in plotly's form, how many pixels high it is, and below which width it is drawn."""

    figure: dict[str, Any]
    height: int
    below: int = 640


@dataclass(frozen=True)
class Chart:
    """`figure` in plotly's form, and where they are others, `narrow` the one for a narrow screen and
    `paper` the one for a sheet, on which nothing is pressed; or `markup` in their place, for what
    needs no axes; `sentence` says what it shows (its title, and the alternative text); `table` holds
    the same facts as rows, for those who do not see the picture; `links` name what a bar, bubble or
    cell opens: pairs of what it says and a parameter of the URL ("why=events_held~month.2025-05");
    `bars` is there where it is a bar chart, or can be told as one.
    """

    figure: dict[str, Any]
    table: Sequence[Row]
    sentence: str
    height: int
    links: Sequence[tuple[str, str]] = ()
    bars: Bars | None = None
    narrow: Drawing | None = None
    paper: Drawing | None = None
    markup: Element | None = None
