"""The parts of the world that a map shows, in Mercator's projection.

Both axes are in degrees of the equator, so that a plain pair of axes with one scale is the map. The
outlines are pictures in the same projection, made by scripts/draw_outlines.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import degrees, inf, log, pi, radians, tan
from types import MappingProxyType

from dashboard.language.messages import N_

PICTURES = "./app/static/maps/"
"""Relative to the page, as all our addresses are, so that it holds below a path too."""
FARTHEST = 85.0
"""Degrees of latitude beyond which Mercator's projection shows nothing."""


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """Project a place on the axes of a map."""
    kept = max(-FARTHEST, min(FARTHEST, latitude))
    return longitude, degrees(log(tan(pi / 4 + radians(kept) / 2)))


@dataclass(frozen=True)
class Region:
    """A part of the world. `frame` is what every drawing shows, `picture` how far its outlines reach,
    for drawings that are wider or higher: west, south, east and north in degrees. A place nearer to
    the edge of the frame than `rim` degrees is beyond it; nothing is beyond the world. Of more than
    `most_places` places each province or country is one mark. Of the outlines, `tolerance` is what a
    line may deviate (degrees), `least_island` the smallest one, `hairline` the width of borders. The map of a `country` shows its own places only.
    """

    name: str
    label: str
    frame: tuple[float, float, float, float]
    picture: tuple[float, float, float, float]
    rim: float
    most_places: int
    tolerance: float
    least_island: int
    hairline: float
    country: str = ""

    @property
    def corners(self) -> tuple[float, float, float, float]:
        """Left, bottom, right and top of the frame on the axes."""
        west, south, east, north = self.frame
        return *project(west, south), *project(east, north)

    @property
    def picture_west(self) -> float:
        return self.picture[0]

    @property
    def picture_north(self) -> float:
        """The upper edge of the outlines on the axis."""
        return project(0, self.picture[3])[1]

    @property
    def picture_width(self) -> float:
        return self.picture[2] - self.picture[0]

    @property
    def picture_height(self) -> float:
        """The height of the outlines on the axis."""
        return self.picture_north - project(0, self.picture[1])[1]

    def contains(self, longitude: float, latitude: float) -> bool:
        """Tell whether a place lies in the frame, with room for a mark."""
        left, bottom, right, top = self.corners
        x, y = project(longitude, latitude)
        rim = self.rim
        return left + rim <= x <= right - rim and bottom + rim <= y <= top - rim


NETHERLANDS = Region(
    "netherlands",
    N_("Netherlands"),
    (3.2, 50.68, 7.3, 53.62),
    (3.0, 50.6, 7.6, 53.7),
    rim=0.1,
    most_places=25,
    tolerance=0.0015,
    least_island=60,
    hairline=0.0095,
    country="NL",
)
EUROPE = Region(
    "europe",
    N_("Europe"),
    (-11.0, 31.2, 31.0, 63.4),
    (-70.0, 10.0, 90.0, 74.0),
    rim=1.0,
    most_places=25,
    tolerance=0.06,
    least_island=40,
    hairline=0.095,
)
WORLD = Region(
    "world",
    N_("World"),
    (-170.0, -56.0, 180.0, 76.0),
    (-180.0, -60.0, 180.0, 83.5),
    rim=-inf,
    most_places=12,
    tolerance=0.25,
    least_island=9,
    hairline=0.4,
)
REGIONS: Mapping[str, Region] = MappingProxyType(
    {region.name: region for region in (NETHERLANDS, EUROPE, WORLD)}
)
COUNTRIES: Mapping[str, Region] = MappingProxyType(
    {region.country: region for region in REGIONS.values() if region.country}
)
"""The maps of one country, by its code."""
