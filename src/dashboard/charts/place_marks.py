"""What a map marks: each place, or where there are too many, each province or country."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from dashboard.charts.mercator import COUNTRIES, Region, project
from dashboard.charts.provinces import Feature, find_province
from dashboard.language.messages import _
from dashboard.language.numbers import format_number
from dashboard.model import Row
from dashboard.model.drill_down import format_drill_down
from dashboard.model.quantity import SIGN, Quantity, sum_quantities
from dashboard.text.countries import name_country
from dashboard.text.labels import distinguish_labels

METRICS = {"events": "events_held", "participants": "event_participants"}


@dataclass(frozen=True)
class Mark:
    """A mark on a map: where it is on the axes, what it is called, the number that its area stands
    for, the places in it, what a press does, and its links.
    """

    x: float
    y: float
    name: str
    quantity: Quantity
    places: Sequence[Row]
    act: str = ""
    links: Sequence[tuple[str, str]] = ()

    @property
    def amount(self) -> float:
        """Its number; zero only for the order, where it is not known."""
        return float(self.quantity.value or 0)

    @property
    def events(self) -> int:
        return sum(place["events"] for place in self.places)

    @property
    def number(self) -> str:
        """Its number as it is written beside it; empty where it is not known."""
        if self.quantity.value is None:
            return ""
        return f"{SIGN[self.quantity.kind]}{format_number(self.quantity.value)}"


def mark_places(
    places: Sequence[Row],
    region: Region,
    *,
    size: str = "events",
    home: str = "",
    provinces: Sequence[Feature] = (),
) -> list[Mark]:
    """Mark the places in a region, the largest first: on the map of a country its own, elsewhere all
    those of the country `home` as one, where it has a map of its own and they are several.
    """
    inside = find_inside(places, region)
    if region.country:
        return _sort(_mark_home(inside, region, size, provinces))
    at_home = [p for p in inside if p["country"] == home and home in COUNTRIES]
    at_home = at_home if len(at_home) > 1 else []
    abroad = [p for p in inside if p not in at_home]
    if len(abroad) > region.most_places:
        return _sort(_mark_countries(inside, size))
    return _sort([*_mark_cities(abroad, size), *_mark_countries(at_home, size)])


def find_inside(places: Sequence[Row], region: Region) -> list[Row]:
    """Find the places that a map shows: that of a country only its own."""
    own = find_own(places, region)
    return [p for p in own if region.contains(p["longitude"], p["latitude"])]


def find_beyond(places: Sequence[Row], region: Region) -> list[Row]:
    """Find the places that a map ought to show and that lie beyond it, the most events first."""
    own = find_own(places, region)
    return [p for p in own if not region.contains(p["longitude"], p["latitude"])]


def find_own(places: Sequence[Row], region: Region) -> Sequence[Row]:
    """Find the places that a map is about."""
    return [p for p in places if p["country"] == region.country] if region.country else places


def measure_place(place: Row, size: str) -> Quantity:
    """Return the number that a place stands for: its attendances, or its events."""
    if size != "participants":
        return Quantity(place["events"], exact=1)
    return Quantity(
        place["value"],
        *(place[name] for name in ("exact", "about", "at_least", "fewer_than", "unknown")),
    )


def name_places(places: Sequence[Row]) -> dict[str, str]:
    """Name cities by their ids; two of one name with their countries."""
    return distinguish_labels(
        {place["city_id"]: place["city"] for place in places},
        {place["city_id"]: name_country(place["country"]) for place in places},
    )


def _sort(marks: Iterable[Mark]) -> list[Mark]:
    return sorted(marks, key=lambda mark: (-mark.amount, -mark.events, mark.name))


def _mark_home(
    places: Sequence[Row], region: Region, size: str, provinces: Sequence[Feature]
) -> list[Mark]:
    if len(places) <= region.most_places or not provinces:
        return _mark_cities(places, size)
    return _mark_groups(places, size, lambda place: find_province(place, provinces))


def _mark_cities(places: Sequence[Row], size: str) -> list[Mark]:
    names = name_places(places)
    return [
        Mark(
            *project(place["longitude"], place["latitude"]),
            names[place["city_id"]],
            measure_place(place, size),
            [place],
            f"place={place['city_id']}",
            link_places([place], size),
        )
        for place in places
    ]


def _mark_countries(places: Sequence[Row], size: str) -> list[Mark]:
    return [
        Mark(
            mark.x,
            mark.y,
            name_country(mark.name),
            mark.quantity,
            mark.places,
            f"country={mark.name}",
            mark.links,
        )
        for mark in _mark_groups(places, size, lambda place: str(place["country"]))
    ]


def _mark_groups(places: Sequence[Row], size: str, group_of: Callable[[Row], str]) -> list[Mark]:
    """Mark each group of places in the middle of its events."""
    marks = []
    for group, found in groupby(sorted(places, key=group_of), key=group_of):
        of_group = list(found)
        points = [project(p["longitude"], p["latitude"]) for p in of_group]
        weights = [place["events"] for place in of_group]
        x, y = (
            sum(point[axis] * weight for point, weight in zip(points, weights, strict=True))
            / sum(weights)
            for axis in (0, 1)
        )
        quantity = sum_quantities([measure_place(place, size) for place in of_group])
        marks.append(Mark(x, y, group, quantity, of_group, links=link_places(of_group, size)))
    return marks


def link_places(places: Sequence[Row], size: str) -> list[tuple[str, str]]:
    """Say the number of each place, with the link to the records behind it. A country has none: its
    number counts events too whose city is not stated, and that are on no map.
    """
    return [
        (
            say_number(f"{p['city']}, {name_country(p['country'])}", measure_place(p, size), size),
            f"why={format_drill_down(METRICS[size], ('city', p['city_id']))}",
        )
        for p in places
    ]


def say_number(name: str, number: Quantity, size: str) -> str:
    """Say the number of a place or a group of them: "Leiden, Netherlands: 1 event"."""
    noun = "attendances" if size == "participants" else "events"
    return _("{place}: {number}", place=name, number=number.words(noun))
