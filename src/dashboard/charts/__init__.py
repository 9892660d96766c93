"""Pictures: pure functions from rows to a Chart. Nothing here asks the database or knows Streamlit.

A figure is a plain dict in plotly's form: it is made in a fraction of the time that graph objects take,
and a test validates every one of them with plotly.graph_objects.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Chart:
    """`figure` in plotly's form; `sentence` says what it shows (its title, and the alternative text);
    `table` holds the same facts as rows, for those who do not see the picture."""

    figure: dict[str, Any]
    table: Sequence[Row]
    sentence: str
    height: int
