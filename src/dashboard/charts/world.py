"""The participation map: bubbles on our own outlines."""

from collections import Counter
from collections.abc import Iterator, Sequence
from math import log, pi, radians, tan
from typing import Any

from dashboard.charts import Bars, Chart
from dashboard.charts.ranking import find_most
from dashboard.charts.theme import Palette, escape_text, make_layout
from dashboard.model import Row
from dashboard.model.drill_down import format_drill_down
from dashboard.model.quantity import SIGN, Quantity, format_number
from dashboard.text.counts import format_count
from dashboard.text.lists import join_names

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


def draw_map(
    places: Sequence[Row],
    colours: Palette,
    *,
    view: str,
    size: str,
    provinces: Sequence[dict[str, Any]] = (),
) -> Chart:
    """Draw bubbles where held events took place, by number of events or by known attendance.

    `places` are rows of the question event_places; `provinces` GeoJSON features drawn in the
    closest view. A place whose attendance is not known is an open ring.
    """
    sizes = [_size_of(place, size) for place in places]
    largest = max((float(q.value or 0) for q in sizes), default=0) or 1
    traces = [_draw_borders(provinces, colours)] if view == "netherlands" else []
    figure = {
        "data": [*traces, _draw_bubbles(places, sizes, largest, view, colours)],
        "layout": make_layout(
            HEIGHT,
            colours,
            geo=_base_map(view, colours),
            margin={"l": 0, "r": 0, "t": 0, "b": 0},
            showlegend=False,
        ),
    }
    links = [_link(place, q, size) for place, q in zip(places, sizes, strict=True)]
    bars = _list_bars(places, colours)
    return Chart(figure, _tabulate(places), describe_places(places), HEIGHT, links, bars)


def _size_of(place: Row, size: str) -> Quantity:
    """Return the number that the bubble of a place stands for: its attendances, or its events."""
    return _quantity(place) if size == "participants" else Quantity(place["events"], exact=1)


def _tabulate(places: Sequence[Row]) -> list[Row]:
    return [
        {
            "City": p["city"],
            "Country": p["country"],
            "Events": p["events"],
            "Attendances": _quantity(p).words(),
        }
        for p in places
    ]


def _link(place: Row, quantity: Quantity, size: str) -> tuple[str, str]:
    metric = "event_participants" if size == "participants" else "events_held"
    return (
        f"{place['city']}, {place['country']}: {quantity.words(SIZES[size])}",
        f"why={format_drill_down(metric, ('city', place['city_id']))}",
    )


def _list_bars(places: Sequence[Row], colours: Palette) -> Bars:
    """List the map as bars: held events by country, the most first."""
    events: Counter[str] = Counter()
    for place in places:
        events[place["country"]] += place["events"]
    ranked = sorted(events, key=lambda country: (-events[country], country))
    return Bars(
        ranked, [("Events", [events[country] for country in ranked], colours.accent)], partial=True
    )


def describe_places(places: Sequence[Row]) -> str:
    """Say the finding: how many places in how many countries, and where most took place."""
    if not places:
        return "No place is known"
    countries = len({place["country"] for place in places})
    if len(places) == 1:
        return f"All in {places[0]['city']}: {format_count(places[0]['events'], 'event')} held"
    spread = (
        f"{format_count(len(places), 'place')} in {format_count(countries, 'country', 'countries')}"
    )
    names, top = find_most((place["city"], place["events"]) for place in places)
    return (
        f"{spread}; most often in {join_names(names)} ({top:,}{' each' if len(names) > 1 else ''})"
        if names
        else spread
    )


def _quantity(place: Row) -> Quantity:
    return Quantity(
        place["value"],
        *(place[name] for name in ("exact", "about", "at_least", "fewer_than", "unknown")),
    )


def _draw_bubbles(
    places: Sequence[Row], sizes: Sequence[Quantity], largest: float, view: str, colours: Palette
) -> dict[str, Any]:
    return {
        "type": "scattergeo",
        "mode": "markers+text",
        "lat": [p["latitude"] for p in places],
        "lon": [p["longitude"] for p in places],
        "text": _label_bubbles(places, sizes, view),
        "textposition": "middle right",
        "textfont": {"size": 13, "color": colours.ink},
        "customdata": [p["city_id"] for p in places],
        "hovertext": [_describe(place) for place in places],
        "hoverinfo": "text",
        "marker": _style_bubbles(sizes, largest, 46 if view == "netherlands" else 38, colours),
    }


def _describe(place: Row) -> str:
    return (
        f"<b>{escape_text(place['city'])}, {escape_text(place['country'])}</b><br>"
        f"{format_count(place['events'], 'event')} held<br>attendances: {_quantity(place).words()}"
    )


def _style_bubbles(
    sizes: Sequence[Quantity], largest: float, scale: int, colours: Palette
) -> dict[str, Any]:
    """Style bubbles whose surface stands for the number; an open ring where it is not known."""
    known = [q.value is not None for q in sizes]
    return {
        "size": [max(10, scale * (float(q.value or 0) / largest) ** 0.5) for q in sizes],
        "color": [colours.accent if k else colours.surface for k in known],
        "opacity": 0.82,
        "line": {
            "color": [colours.surface if k else colours.context for k in known],
            "width": [1.5 if k else 2 for k in known],
        },
    }


def _label_bubbles(places: Sequence[Row], sizes: Sequence[Quantity], view: str) -> list[str]:
    """Write city and number beside the bubble, the largest first, where they do not run into each other."""
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
            labels[index] = f"  {escape_text(place['city'])} {number}"
    return labels


def _pixels(longitude: float, latitude: float, view: str) -> tuple[float, float]:
    """Estimate where a point stands on a chart of 1000 pixels, to see which labels would collide."""
    west, east, south, north = _BOUNDS[view]

    def mercator(degrees: float) -> float:
        return log(tan(pi / 4 + radians(degrees) / 2))

    low, high = mercator(south), mercator(north)
    return 1000 * (longitude - west) / (east - west), HEIGHT * (high - mercator(latitude)) / (
        high - low
    )


def find_places_outside(places: Sequence[Row], view: str) -> list[Row]:
    """Find the places that the chosen part of the world does not show."""
    west, east, south, north = _BOUNDS[view]
    return [
        p
        for p in places
        if not (west <= p["longitude"] <= east and south <= p["latitude"] <= north)
    ]


def _draw_borders(provinces: Sequence[dict[str, Any]], colours: Palette) -> dict[str, Any]:
    lon: list[float | None] = []
    lat: list[float | None] = []
    for outline in _outlines(provinces):
        lon += [*(point[0] for point in outline), None]
        lat += [*(point[1] for point in outline), None]
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


def _outlines(features: Sequence[dict[str, Any]]) -> Iterator[Sequence[Sequence[float]]]:
    """Give the outer ring of every polygon of GeoJSON features."""
    for feature in features:
        geometry = feature["geometry"]
        several = geometry["type"] == "MultiPolygon"
        for polygon in geometry["coordinates"] if several else [geometry["coordinates"]]:
            yield polygon[0]


def _base_map(view: str, colours: Palette) -> dict[str, Any]:
    """Lay out the base map. Close up only our own provinces are drawn: the world's outlines are too
    coarse beside them.
    """
    west, east, south, north = _BOUNDS[view]
    europe, outlined = view == "europe", view != "netherlands"
    return {
        # another scope or resolution would ask for a file that we do not have
        "scope": "europe" if europe else "world",
        "resolution": 50 if europe else 110,
        "visible": outlined,
        **_style_outlines(colours, visible=outlined),
        "showocean": europe,
        "oceancolor": colours.surface,
        "showlakes": False,
        "showframe": False,
        # Turkey and North Africa are no part of that file
        "bgcolor": colours.land if europe else "rgba(0,0,0,0)",
        "projection": {"type": _PROJECTION[view]},
        "lonaxis": {"range": [west, east]},
        "lataxis": {"range": [south, north]},
    }


def _style_outlines(colours: Palette, *, visible: bool) -> dict[str, Any]:
    return {
        "showland": visible,
        "landcolor": colours.land,
        "showcountries": visible,
        "countrycolor": colours.context,
        "countrywidth": 0.6,
        "showcoastlines": visible,
        "coastlinecolor": colours.context,
        "coastlinewidth": 0.6,
    }
