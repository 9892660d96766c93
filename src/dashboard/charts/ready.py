"""A figure as it is, for st.plotly_chart, which would build graph objects of a dict only to make the same dict again: 3 of 4
milliseconds of a chart. That every figure is valid is tested (tests/test_charts.py, tests/test_contents.py)."""

from typing import Any

from plotly.basedatatypes import BaseFigure


class Ready(BaseFigure):  # type: ignore[misc]  # plotly has no types
    """Stands for a valid figure in plotly's form, which it hands out unchanged."""

    def __init__(self, figure: dict[str, Any]) -> None:
        self._figure = figure  # nothing of the figure that it inherits from is set up: only to_dict is asked

    def to_dict(self) -> dict[str, Any]:
        """The figure."""
        return self._figure
