"""In which province a place lies."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.model import Row

Feature = Mapping[str, Any]
"""Of GeoJSON: a name and outlines."""


def find_province(place: Row, provinces: Sequence[Feature]) -> str:
    """Find the province in which a place lies, or the nearest one: the outlines are simplified."""
    point = (place["longitude"], place["latitude"])
    for province in provinces:
        if any(_is_inside(point, ring) for ring in _outer_rings(province)):
            return str(province["properties"]["name"])
    return min(
        (_measure_distance(point, ring), str(province["properties"]["name"]))
        for province in provinces
        for ring in _outer_rings(province)
    )[1]


def _outer_rings(province: Feature) -> list[Sequence[Sequence[float]]]:
    return [polygon[0] for polygon in province["geometry"]["coordinates"]]


def _is_inside(point: tuple[float, float], ring: Sequence[Sequence[float]]) -> bool:
    """Tell whether a line from the point to the east crosses the ring an odd number of times."""
    x, y = point
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
            inside = not inside
    return inside


def _measure_distance(point: tuple[float, float], ring: Sequence[Sequence[float]]) -> float:
    x, y = point
    return min((px - x) ** 2 + (py - y) ** 2 for px, py in ring)
