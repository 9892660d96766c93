"""How the status of an event is drawn: by the form of its mark, so that it is told without colour."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.charts.theme import Palette
from dashboard.model import Row
from dashboard.model.statuses import STATUSES

TRANSPARENT = "rgba(0,0,0,0)"
SYMBOLS: Mapping[str, str] = {"held": "circle", "planned": "circle-open", "cancelled": "x"}
OTHER = "diamond-open"
PATTERNS: Mapping[str, str] = {"cancelled": "x", "held": "/"}
"""Of bars that are not filled."""


def find_symbol(status: str) -> str:
    """Give the form of a mark: a dot for what was held, a ring for what is planned, a cross for what was
    cancelled.
    """
    return SYMBOLS.get(status, OTHER)


def style_markers(statuses: Sequence[str], colour: str, surface: str, size: int) -> dict[str, Any]:
    """Style marks of one colour with the form of their status; dots have a line around them that parts
    them.
    """
    lines = [surface if status == "held" else colour for status in statuses]
    return {
        "size": size,
        "color": colour,
        "symbol": [find_symbol(status) for status in statuses] or "circle",
        "line": {"color": lines or surface, "width": 1.5},
    }


def style_bars(statuses: Sequence[str], known: Sequence[bool], colour: str) -> dict[str, Any]:
    """Style bars of one colour: filled where they were held, outlined where they are planned, crossed
    where they were cancelled, hatched where the day is not known.
    """
    filled = [
        status == "held" and is_known for status, is_known in zip(statuses, known, strict=True)
    ]
    pairs = list(zip(filled, statuses, strict=True))
    pattern = ["" if full else PATTERNS.get(status, "") for full, status in pairs]
    return {
        "color": [colour if full else TRANSPARENT for full in filled],
        "line": {"color": colour, "width": 1.5},
        "pattern": {"shape": pattern, "fgcolor": colour, "size": 5},
        "cornerradius": 3,
    }


def statuses_of(rows: Sequence[Row]) -> list[str]:
    """List the statuses that occur, the held ones first."""
    found = {str(row["status"]) for row in rows}
    return [*(status for status in STATUSES if status in found), *sorted(found - set(STATUSES))]


def draw_legend(rows: Sequence[Row], colours: Palette) -> list[dict[str, Any]]:
    """Explain what each form of a mark means, where they differ; nothing where all were held."""
    found = statuses_of(rows)
    if found in ([], ["held"]):
        return []
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": [None],
            "y": [None],
            "name": status.capitalize(),
            "customdata": [],
            "hoverinfo": "skip",
            "showlegend": True,
            "marker": style_markers([status], colours.context, colours.surface, 11),
        }
        for status in found
    ]
