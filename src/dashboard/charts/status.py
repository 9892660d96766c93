"""How the status of an event is drawn: by the form of its mark, so that it is told without colour."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.charts.theme import Palette
from dashboard.model import Row
from dashboard.model.statuses import STATUSES

TRANSPARENT = "rgba(0,0,0,0)"
SYMBOLS: Mapping[str, str] = {"held": "circle", "planned": "circle-open", "cancelled": "x"}
OTHER = "diamond-open"


def symbol(status: str) -> str:
    """The form of a mark: a dot for what was held, a ring for what is planned, a cross for what was
    cancelled.
    """
    return SYMBOLS.get(status, OTHER)


def marker(statuses: Sequence[str], colour: str, surface: str, size: int) -> dict[str, Any]:
    """Marks of one colour with the form of their status; dots have a line around them that parts
    them.
    """
    lines = [surface if status == "held" else colour for status in statuses]
    return {
        "size": size,
        "color": colour,
        "symbol": [symbol(status) for status in statuses] or "circle",
        "line": {"color": lines or surface, "width": 1.5},
    }


def bar_marker(statuses: Sequence[str], known: Sequence[bool], colour: str) -> dict[str, Any]:
    """Bars of one colour: filled where they were held, outlined where they are planned, crossed
    where they were cancelled, hatched where the day is not known.
    """
    filled = [
        status == "held" and is_known for status, is_known in zip(statuses, known, strict=True)
    ]
    shapes = {"cancelled": "x", "held": "/"}
    return {
        "color": [colour if f else TRANSPARENT for f in filled],
        "line": {"color": colour, "width": 1.5},
        "pattern": {
            "shape": [
                "" if f else shapes.get(status, "")
                for f, status in zip(filled, statuses, strict=True)
            ],
            "fgcolor": colour,
            "size": 5,
        },
        "cornerradius": 3,
    }


def statuses_of(rows: Sequence[Row]) -> list[str]:
    """The statuses that occur, the held ones first."""
    found = {str(row["status"]) for row in rows}
    return [*(status for status in STATUSES if status in found), *sorted(found - set(STATUSES))]


def legend(rows: Sequence[Row], colours: Palette) -> list[dict[str, Any]]:
    """What each form of a mark means, where they differ; nothing where all were held."""
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
            "marker": marker([status], colours.context, colours.surface, 11),
        }
        for status in found
    ]
