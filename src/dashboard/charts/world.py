"""The participation map: bubbles on our own outlines."""

from collections import Counter
from collections.abc import Sequence
from math import log, pi, radians, tan
from typing import Any

from dashboard.charts import Bars, Chart
from dashboard.charts.ranking import most
from dashboard.charts.theme import Palette, layout, safe
from dashboard.model import Row
from dashboard.model.drill_down import ask
from dashboard.model.quantity import SIGN, Quantity, format_number
from dashboard.text.counts import count
from dashboard.text.lists import listed

TOPOJSON = "./app/static/topojson/"
"""Relative, so that it holds under a sub-path too."""

HEIGHT = 520
VIEWS = {"world": "World", "europe": "Europe", "netherlands": "Netherlands"}
SIZES = {"events": "events", "participants": "attendances"}

Bounds = tuple[float, float, float, float]
_BOUNDS: dict[str, Bounds] = {  # west, east, south, north
    "world": (-170, 180, -56, 78),
    "europe": (-24, 45, 34.5, 60.5),
    "netherlands": (2.4, 8.2, 50.7, 53.65),
}
_PROJECTION = {"world": "natural earth", "europe": "mercator", "netherlands": "mercator"}


def participation(
    places: Sequence[Row],
    colours: Palette,
    *,
    view: str,
    size: str,
    provinces: Sequence[dict[str, Any]] = (),
) -> Chart:
    """Bubbles where held events took place, by number of events or by known attendance.

    `places` are rows of the question event_places; `provinces` GeoJSON features drawn in the
    closest view. A place whose attendance is not known is an open ring.
    """
    sizes = [
        _quantity(place) if size == "participants" else Quantity(place["events"], exact=1)
        for place in places
    ]
    largest = max((float(q.value or 0) for q in sizes), default=0) or 1
    figure = {
        "data": [
            *([_borders(provinces, colours)] if view == "netherlands" else []),
            _bubbles(places, sizes, largest, view, colours),
        ],
        "layout": layout(
            HEIGHT,
            colours,
            geo=_geo(view, colours),
            margin={"l": 0, "r": 0, "t": 0, "b": 0},
            showlegend=False,
        ),
    }
    table = [
        {
            "City": p["city"],
            "Country": p["country"],
            "Events": p["events"],
            "Attendances": _quantity(p).words(),
        }
        for p in places
    ]
    metric = "event_participants" if size == "participants" else "events_held"
    links = [
        (
            f"{p['city']}, {p['country']}: {q.words(SIZES[size])}",
            f"why={ask(metric, ('city', p['city_id']))}",
        )
        for p, q in zip(places, sizes, strict=True)
    ]
    return Chart(figure, table, map_sentence(places), HEIGHT, links, _by_country(places, colours))


def _by_country(places: Sequence[Row], colours: Palette) -> Bars:
    """The map told as bars: held events by country, the most first."""
    events: Counter[str] = Counter()
    for place in places:
        events[place["country"]] += place["events"]
    ranked = sorted(events, key=lambda country: (-events[country], country))
    return Bars(
        ranked, [("Events", [events[country] for country in ranked], colours.accent)], partial=True
    )


def map_sentence(places: Sequence[Row]) -> str:
    """The finding: how many places in how many countries, and where most took place."""
    if not places:
        return "No place is known"
    countries = len({place["country"] for place in places})
    if len(places) == 1:
        return f"All in {places[0]['city']}: {count(places[0]['events'], 'event')} held"
    spread = f"{count(len(places), 'place')} in {count(countries, 'country', 'countries')}"
    names, top = most((place["city"], place["events"]) for place in places)
    return (
        f"{spread}; most often in {listed(names)} ({top:,}{' each' if len(names) > 1 else ''})"
        if names
        else spread
    )


def _quantity(place: Row) -> Quantity:
    return Quantity(
        place["value"],
        *(place[name] for name in ("exact", "about", "at_least", "fewer_than", "unknown")),
    )


def _bubbles(
    places: Sequence[Row], sizes: Sequence[Quantity], largest: float, view: str, colours: Palette
) -> dict[str, Any]:
    scale = 46 if view == "netherlands" else 38
    known = [q.value is not None for q in sizes]
    return {
        "type": "scattergeo",
        "mode": "markers+text",
        "lat": [p["latitude"] for p in places],
        "lon": [p["longitude"] for p in places],
        "text": _labels(places, sizes, view),
        "textposition": "middle right",
        "textfont": {"size": 13, "color": colours.ink},
        "customdata": [p["city_id"] for p in places],
        "hovertext": [
            f"<b>{safe(p['city'])}, {safe(p['country'])}</b><br>{count(p['events'], 'event')}"
            f" held<br>attendances: {_quantity(p).words()}"
            for p in places
        ],
        "hoverinfo": "text",
        "marker": {
            "size": [max(10, scale * (float(q.value or 0) / largest) ** 0.5) for q in sizes],
            "color": [colours.accent if k else colours.surface for k in known],
            "opacity": 0.82,
            "line": {
                "color": [colours.surface if k else colours.context for k in known],
                "width": [1.5 if k else 2 for k in known],
            },
        },
    }


def _labels(places: Sequence[Row], sizes: Sequence[Quantity], view: str) -> list[str]:
    """City and number beside the bubble, the largest first, where they do not run into each other."""
    taken = [
        (*_pixels(p["longitude"], p["latitude"], view), 8.0) for p in places if view != "world"
    ]
    labels = [""] * len(places)
    for index in sorted(range(len(places)), key=lambda i: -(sizes[i].value or 0)):
        place, size = places[index], sizes[index]
        number = f"{SIGN[size.kind]}{format_number(size.value)}" if size.value is not None else "?"
        x, y = _pixels(place["longitude"], place["latitude"], view)
        x += 12
        width = 8.5 * (len(place["city"]) + len(number) + 3)
        if all(abs(y - ty) > 17 or x > tx + tw or tx > x + width for tx, ty, tw in taken):
            taken.append((x, y, width))
            labels[index] = f"  {safe(place['city'])} {number}"
    return labels


def _pixels(longitude: float, latitude: float, view: str) -> tuple[float, float]:
    """Roughly where a point stands on a chart of 1000 pixels, to see which labels would collide."""
    west, east, south, north = _BOUNDS[view]

    def mercator(degrees: float) -> float:
        return log(tan(pi / 4 + radians(degrees) / 2))

    low, high = mercator(south), mercator(north)
    return 1000 * (longitude - west) / (east - west), HEIGHT * (high - mercator(latitude)) / (
        high - low
    )


def outside(places: Sequence[Row], view: str) -> list[Row]:
    """The places that the chosen part of the world does not show."""
    west, east, south, north = _BOUNDS[view]
    return [
        p
        for p in places
        if not (west <= p["longitude"] <= east and south <= p["latitude"] <= north)
    ]


def _borders(provinces: Sequence[dict[str, Any]], colours: Palette) -> dict[str, Any]:
    lon: list[float | None] = []
    lat: list[float | None] = []
    for feature in provinces:
        geometry = feature["geometry"]
        polygons = (
            geometry["coordinates"]
            if geometry["type"] == "MultiPolygon"
            else [geometry["coordinates"]]
        )
        for polygon in polygons:
            lon += [point[0] for point in polygon[0]] + [None]
            lat += [point[1] for point in polygon[0]] + [None]
    return {
        "type": "scattergeo",
        "mode": "lines",
        "lon": lon,
        "lat": lat,
        "hoverinfo": "skip",
        "fill": "toself",
        "fillcolor": colours.land,
        "line": {"color": colours.context, "width": 0.8},
    }


def _geo(view: str, colours: Palette) -> dict[str, Any]:
    """The base map. Close up only our own provinces are drawn: the world's outlines are too coarse
    beside them.
    """
    west, east, south, north = _BOUNDS[view]
    europe = view == "europe"
    return {
        "scope": (
            "europe" if europe else "world"
        ),  # another scope or resolution would ask for a file that we do not have
        "resolution": 50 if europe else 110,
        "visible": view != "netherlands",
        "showland": view != "netherlands",
        "landcolor": colours.land,
        "showocean": europe,
        "oceancolor": colours.surface,
        "showcountries": view != "netherlands",
        "countrycolor": colours.context,
        "countrywidth": 0.6,
        "showcoastlines": view != "netherlands",
        "coastlinecolor": colours.context,
        "coastlinewidth": 0.6,
        "showlakes": False,
        "showframe": False,
        # Turkey and North Africa are no part of that file
        "bgcolor": colours.land if europe else "rgba(0,0,0,0)",
        "projection": {"type": _PROJECTION[view]},
        "lonaxis": {"range": [west, east]},
        "lataxis": {"range": [south, north]},
    }
