"""A chart for the projector: the same drawing, larger."""

from dataclasses import replace
from typing import Any

from dashboard.charts import Chart

MIN_FACTOR, MAX_FACTOR = 1.15, 1.6


def enlarge(chart: Chart, room: int) -> Chart:
    """Enlarge a chart to what fits into `room` pixels of height, between MIN_FACTOR and MAX_FACTOR
    times its size: letters, marks and margins grow with it.
    """
    factor = max(MIN_FACTOR, min(MAX_FACTOR, room / chart.height))
    return replace(chart, figure=_grown(chart.figure, factor), height=round(chart.height * factor))


def _grown(part: Any, factor: float, key: str = "") -> Any:
    if isinstance(part, dict):
        return {
            name: _grown(value, factor, name if key != "margin" else "height")
            for name, value in part.items()
        }
    if isinstance(part, list) and part and isinstance(part[0], dict):
        return [_grown(item, factor) for item in part]
    if key not in ("size", "height", "xshift", "yshift"):
        return part
    return (
        [round(v * factor, 1) for v in part] if isinstance(part, list) else round(part * factor, 1)
    )
