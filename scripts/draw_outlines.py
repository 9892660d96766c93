"""Draw the outlines of maps as pictures: SVG in Mercator's projection, one per theme.

`scripts/fetch_static.py` calls this with the borders of npm `world-atlas` (Natural Earth) and of the Dutch
provinces. The charts lay the pictures under their marks, so that no outline is sent with a figure
and no library for maps is loaded. A picture is cut to the bounds of its region in
`dashboard.charts.mercator`, which both sides read.
"""

from collections.abc import Iterable, Sequence
from heapq import heapify, heappop, heappush
from itertools import pairwise

from dashboard.charts.mercator import Region, project
from dashboard.charts.theme import Palette

Point = tuple[float, float]
Ring = list[Point]
NATURAL_WIDTH = 2400
"""Pixels: plotly.js makes a bitmap of this size of it where a chart is taken along as a picture."""
STEPS = 6000
"""Steps of the whole width to which a point is rounded: finer than a pixel on a projector."""


def draw_outlines(region: Region, rings: Iterable[Ring], palette: Palette) -> bytes:
    """Draw land in its tint with hairlines as borders; sea stays the page."""
    width, height = STEPS, round(STEPS * region.picture_height / region.picture_width)
    path = "".join(format_ring(ring) for ring in cut_rings(region, rings, height))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{NATURAL_WIDTH}"'
        f' height="{round(NATURAL_WIDTH * height / width)}" viewBox="0 0 {width} {height}"'
        f' preserveAspectRatio="none"><path fill="{palette.land}" stroke="{palette.faint}"'
        f' stroke-width="{region.hairline * width / region.picture_width:.1f}"'
        f' stroke-linejoin="round" d="{path}"/></svg>\n'
    ).encode()


def cut_rings(region: Region, rings: Iterable[Ring], height: int) -> list[list[tuple[int, int]]]:
    """Project rings of degrees to steps of the picture, without what lies outside and what is too
    small to be seen.
    """
    west, north = region.picture_west, region.picture_north
    scale = STEPS / region.picture_width
    beyond = 40
    found = []
    for ring in (shifted for one in rings for shifted in repeat_ring(one)):
        projected = [project(*point) for point in ring]
        steps = [((x - west) * scale, (north - y) * scale) for x, y in projected]
        inside = clip_ring(steps, (-beyond, -beyond, STEPS + beyond, height + beyond))
        rounded = [(round(x), round(y)) for x, y in inside]
        if len(rounded) > 2 and measure_area(rounded) > region.least_island:
            found.append(rounded)
    return found


def repeat_ring(ring: Ring) -> list[Ring]:
    """Unroll a ring that crosses the date line, and repeat it on the other side of the map."""
    unrolled, turn = ring[:1], 0
    for (before, _), (longitude, latitude) in pairwise(ring):
        turn += 360 if longitude - before < -180 else -360 if longitude - before > 180 else 0
        unrolled.append((longitude + turn, latitude))
    crosses = any(abs(longitude) > 180 for longitude, _ in unrolled)
    return [
        [(longitude + shift, latitude) for longitude, latitude in unrolled]
        for shift in ((-360, 0, 360) if crosses else (0,))
    ]


def measure_area(ring: Sequence[Point]) -> float:
    """Return the area of a ring, whichever way it runs."""
    closed = [*ring, ring[0]]
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(closed))) / 2


def clip_ring(ring: Sequence[Point], box: tuple[float, float, float, float]) -> Ring:
    """Clip a ring to a box, side by side (Sutherland and Hodgman)."""
    left, top, right, bottom = box
    for axis, limit, sign in ((0, left, 1), (1, top, 1), (0, right, -1), (1, bottom, -1)):
        ring = _clip_side(ring, axis, limit, sign)
    return list(ring)


def _clip_side(ring: Sequence[Point], axis: int, limit: float, sign: int) -> Ring:
    kept: Ring = []
    for before, point in zip([*ring[-1:], *ring[:-1]], ring, strict=True):
        was, is_in = (sign * (p[axis] - limit) >= 0 for p in (before, point))
        if was != is_in:
            part = (limit - before[axis]) / (point[axis] - before[axis])
            kept.append(
                (
                    before[0] + part * (point[0] - before[0]),
                    before[1] + part * (point[1] - before[1]),
                )
            )
        if is_in:
            kept.append(point)
    return kept


def simplify_arc(arc: Ring, least: float) -> Ring:
    """Leave out the points of an arc that move the line least (Visvalingam and Whyatt); its ends stay,
    so that arcs still meet.
    """
    before, after = [i - 1 for i in range(len(arc))], [i + 1 for i in range(len(arc))]
    gone = [False] * len(arc)

    def area(i: int) -> float:
        (ax, ay), (bx, by), (cx, cy) = arc[before[i]], arc[i], arc[after[i]]
        return abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2

    queue = [(area(i), i) for i in range(1, len(arc) - 1)]
    areas = {i: size for size, i in queue}
    heapify(queue)
    while queue:
        size, i = heappop(queue)
        if gone[i] or size != areas[i]:
            continue
        if size > least:
            break
        gone[i] = True
        after[before[i]], before[after[i]] = after[i], before[i]
        for j in (before[i], after[i]):
            if 0 < j < len(arc) - 1:
                areas[j] = max(size, area(j))
                heappush(queue, (areas[j], j))
    return [point for i, point in enumerate(arc) if not gone[i]]


def format_ring(ring: Sequence[tuple[int, int]]) -> str:
    """Format a ring as a path of steps from point to point."""
    moves = [(x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in pairwise(ring)]
    steps = "".join(
        f"{dx}{'' if dy < 0 else ' '}{dy}"
        if n == 0 or dx < 0
        else f" {dx}{'' if dy < 0 else ' '}{dy}"
        for n, (dx, dy) in enumerate(move for move in moves if move != (0, 0))
    )
    return f"M{ring[0][0]} {ring[0][1]}l{steps}z" if steps else ""
