"""Where the marks of a map and their labels stand, so that none covers another.

Everything is planned for the narrowest width at which the map is drawn, and for the scale at which
it grows no more. A wider map only moves marks apart: two boxes that are apart on the same side at
both ends are apart between them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot, sqrt

from dashboard.charts.mercator import Region

LEAST_DIAMETER, GROWTH, LARGEST_DIAMETER = 9.0, 7.0, 44.0
"""Of a mark: 9 + 7 times the root of its number, and where that would be more than 44, less growth
for all.
"""
LINE, GAP = 18.0, 3.0
"""Height of a label, and its distance from its mark."""
ROUNDS = 30
VISIBLE = 0.4
"""The part of a smaller mark's radius that stays outside of a larger one, besides its centre."""
Box = tuple[float, float, float, float]
"""Left, top, right and bottom in pixels from the centre of a mark; y grows downwards."""


@dataclass(frozen=True)
class Spot:
    """Where a mark is on the axes, with its radius in pixels."""

    x: float
    y: float
    radius: float

    @property
    def box(self) -> Box:
        return (-self.radius, -self.radius, self.radius, self.radius)


@dataclass(frozen=True)
class Frame:
    """The drawing of a region with this height and at least this width; `foot` is the width of what
    is written at its lower right corner.
    """

    region: Region
    width: int
    height: int
    foot: float = 0

    @property
    def scales(self) -> tuple[tuple[float, float], ...]:
        """Pixels a degree and width where the drawing is narrowest, and where it grows no more."""
        left, bottom, right, top = self.region.corners
        full = self.height / (top - bottom)
        if self.width / (right - left) >= full:
            return ((full, self.width),)
        return ((self.width / (right - left), self.width), (full, full * (right - left)))

    def place(self, spot: Spot, scale: float, width: float) -> tuple[float, float]:
        """Return the pixels of a spot from the upper left corner."""
        left, bottom, right, top = self.region.corners
        return (
            width / 2 + (spot.x - (left + right) / 2) * scale,
            self.height / 2 - (spot.y - (bottom + top) / 2) * scale,
        )

    def holds(self, spot: Spot, box: Box) -> bool:
        """Tell whether a box at a spot lies in the drawing, and not on what is written at its foot."""
        for scale, width in self.scales:
            x, y = self.place(spot, scale, width)
            left, top, right, bottom = x + box[0], y + box[1], x + box[2], y + box[3]
            if left < 0 or top < 0 or right > width or bottom > self.height:
                return False
            if self.foot and right > width - self.foot and bottom > self.height - LINE - 6:
                return False
        return True

    def are_apart(self, spot: Spot, box: Box, other: Spot, taken: Box) -> bool:
        """Tell whether two boxes are apart at every width, by two pixels."""
        gaps = []
        for scale, _ in self.scales:
            dx, dy = (other.x - spot.x) * scale, (spot.y - other.y) * scale
            gaps.append(
                (
                    dx + taken[0] - box[2],
                    -dx + box[0] - taken[2],
                    dy + taken[1] - box[3],
                    -dy + box[1] - taken[3],
                )
            )
        return any(all(side >= 2 for side in sides) for sides in zip(*gaps, strict=True))


def find_growth(amounts: Sequence[float]) -> float:
    """Find by how much the diameter of a mark grows with the root of its number."""
    largest = sqrt(max(amounts, default=0) or 1)
    return min(GROWTH, (LARGEST_DIAMETER - LEAST_DIAMETER) / largest)


def place_spots(points: Sequence[tuple[float, float, float]], frame: Frame) -> list[Spot]:
    """Give each point (x, y and its number, the largest first) its spot: a mark that a larger one
    would hide moves away from it by some pixels, and none leaves the drawing.
    """
    growth = find_growth([amount for _, _, amount in points])
    spots = [Spot(x, y, (LEAST_DIAMETER + growth * sqrt(n)) / 2) for x, y, n in points]
    for _ in range(ROUNDS):
        before = list(spots)
        for nr in range(len(spots)):
            spots[nr] = _find_room(spots, nr, frame)
        if spots == before:
            break
    return spots


def _find_room(spots: Sequence[Spot], nr: int, frame: Frame) -> Spot:
    """Move a mark away from all larger ones, and into the drawing."""
    spot = spots[nr]
    for larger in spots[:nr]:
        spot = _move_away(spot, larger, nr, frame)
    return _keep_inside(spot, frame)


def _move_away(spot: Spot, larger: Spot, nr: int, frame: Frame) -> Spot:
    scale = frame.scales[0][0]
    dx, dy = (spot.x - larger.x) * scale, (spot.y - larger.y) * scale
    distance, wanted = hypot(dx, dy), larger.radius + VISIBLE * spot.radius
    if distance >= wanted - 0.01:
        return spot
    if distance < 0.5:  # at one point: one after the other to different sides
        dx, dy = ((1, 0), (0, -1), (-1, 0), (0, 1))[nr % 4]
        distance = 1
    part = wanted / distance / scale
    return Spot(larger.x + dx * part, larger.y + dy * part, spot.radius)


def _keep_inside(spot: Spot, frame: Frame) -> Spot:
    """Move a mark into the drawing, where it would not be at some width."""
    x, y = spot.x, spot.y
    left, bottom, right, top = frame.region.corners
    for scale, width in frame.scales:
        across = (width / 2 - spot.radius - 1) / scale
        along = (frame.height / 2 - spot.radius - 1) / scale
        middle, centre = (left + right) / 2, (bottom + top) / 2
        x = min(max(x, middle - across), middle + across)
        y = min(max(y, centre - along), centre + along)
    return spot if (x, y) == (spot.x, spot.y) else Spot(x, y, spot.radius)


def place_labels(
    spots: Sequence[Spot], widths: Sequence[float], frame: Frame, most: int
) -> list[Box | None]:
    """Give the labels of this width a box beside their spots, in the order given; None where no side
    is free, and for all beyond `most`.
    """
    boxes: list[Box | None] = []
    for nr, (spot, width) in enumerate(zip(spots, widths, strict=True)):
        taken = [(other, other.box) for other in spots if other is not spot]
        taken += [(s, box) for s, box in zip(spots, boxes, strict=False) if box]
        free = (
            box
            for box in list_candidates(spot.radius, width)
            if frame.holds(spot, box) and all(frame.are_apart(spot, box, *one) for one in taken)
        )
        boxes.append(next(free, None) if nr < most else None)
    return boxes


def list_candidates(radius: float, width: float) -> list[Box]:
    """List where a label may stand: right, left, above, below, then the diagonals; at last above and
    below in line with a side of the mark.
    """
    side, aslant, half = radius + GAP, radius * 0.7 + GAP - 1, LINE / 2
    above, below = (-radius - LINE, -radius), (radius, radius + LINE)
    return [
        (side, -half, side + width, half),
        (-side - width, -half, -side, half),
        (-width / 2, above[0], width / 2, above[1]),
        (-width / 2, below[0], width / 2, below[1]),
        (aslant, -aslant - LINE / 2, aslant + width, -aslant + LINE / 2),
        (aslant, aslant - LINE / 2, aslant + width, aslant + LINE / 2),
        (-aslant - width, -aslant - LINE / 2, -aslant, -aslant + LINE / 2),
        (-aslant - width, aslant - LINE / 2, -aslant, aslant + LINE / 2),
        (radius - width, above[0], radius, above[1]),
        (radius - width, below[0], radius, below[1]),
        (-radius, above[0], width - radius, above[1]),
        (-radius, below[0], width - radius, below[1]),
    ]
