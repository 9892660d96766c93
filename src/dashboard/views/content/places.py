"""Where did we take part?"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlencode

from dashboard.charts.map_sentences import say_beyond
from dashboard.charts.markup import Element, make_element
from dashboard.charts.mercator import REGIONS
from dashboard.charts.place_marks import find_beyond
from dashboard.charts.ranked_places import add_up_places, link_beyond, rank_places
from dashboard.charts.world import SIZES, choose_regions, draw_region_map, knows_attendance
from dashboard.language.messages import Said, _, choose_text
from dashboard.model.filters import Filters
from dashboard.views.actions import CLEAR
from dashboard.views.content import Content, Picture
from dashboard.views.content.common import describe_selection, read_palette, read_places
from dashboard.views.content.events import Found, find_events, make_agenda
from dashboard.views.content.place_events import build_place, build_unplaced, list_unplaced
from dashboard.views.content.places_findings import make_lead, make_place_tiles
from dashboard.views.view import View

Row = Mapping[str, Any]


def content(view: View) -> Content:
    """Make the page of the places of a view: on maps, ranked, and how they reconcile with the number
    of events.
    """
    found = find_events(view)
    page = Content(
        _("{selection}, on the map", selection=describe_selection(view, _("Events"))),
        make_lead(view),
        make_place_tiles(view),
        sheets=(make_agenda(view, found),) if found.total else (),
        counted=("events_held", "countries"),
    )
    if not reconcile(view)["all_events"]:
        return replace(page, blocks={"empty": build_empty(view)})
    return replace(
        page,
        pictures=(maps := draw_maps(view)),
        sections=list_unplaced(view),
        blocks=build_blocks(view, found),
        slides=[one.key for one in maps],
    )


def build_empty(view: View) -> Element:
    """Build the line that stands where nothing was held, with the way to the whole year."""
    years = view.filters.years() or []
    can_clear = len(years) == 1 and set(view.filters.chosen) - {"year"}
    way = make_element("a", _("All of {year}", year=years[0]), act=CLEAR) if can_clear else None
    return make_element("p", _("No events here."), " ", way, css="empty")


def build_blocks(view: View, found: Found) -> dict[str, Element | None]:
    """Build what stands beside and beneath the maps."""
    place = view.extras.get("place", "")
    return {
        "place": build_place(view, place, lead_to_map(view, {"place": ""})) if place else None,
        "switch": build_switch(view),
        "places": rank(view, found),
        "sum": add_up_places(reconcile(view)),
        "unplaced": build_unplaced(view) if place != "unknown" else None,
    }


def reconcile(view: View) -> Row:
    """Count the held events that are on the map, online, or without a stated place."""
    return view.rows("place_reconciliation")[0]


def lead_to_map(view: View, changed: Mapping[str, str]) -> str:
    """Give the act that leads to this page with other extras; empty ones are left out."""
    extras = {name: view.extras.get(name, "") for name in ("view", "size", "place")} | {**changed}
    query = urlencode({name: value for name, value in extras.items() if value})
    return f"page:map?{query}" if query else "page:map"


def draw_maps(view: View) -> tuple[Picture, ...]:
    """Draw the one or two maps of the view: "map", and "map-europe" or "map-world" beside that of the
    home country.
    """
    places, home = read_places(view), find_home(view)
    regions = choose_regions(places, home, view.extras.get("view", ""))
    return tuple(
        _draw_map(view, region, "map" if nr == 0 else f"map-{region}", wide=len(regions) == 1)
        for nr, region in enumerate(regions)
    )


def _draw_map(view: View, region: str, key: str, *, wide: bool) -> Picture:
    places = read_places(view)
    chart = draw_region_map(
        places,
        region,
        read_palette(view),
        size=read_size(view),
        home=find_home(view),
        provinces=read_provinces(),
        wide=wide,
    )
    beyond = find_beyond(places, REGIONS[region])
    note = _("Beyond this map: {places}", places=say_beyond(beyond)) if beyond else ""
    return Picture(key, chart, note, heading=name_map(region), foot=link_beyond(beyond))


def find_home(view: View) -> str:
    """Find the country of the programme, or where that is not stated, the one where most events took
    place of all that are recorded: two letters, or nothing.
    """
    for country in view.terms.get("home-country", {}):
        return country.upper()
    events: dict[str, int] = {}
    for place in view.rows("event_places", Filters()):
        events[place["country"]] = events.get(place["country"], 0) + place["events"]
    return min(events, key=lambda country: (-events[country], country), default="")


def read_sizes(view: View) -> list[str]:
    """List what the marks may stand for: attendance only where any is known."""
    known = knows_attendance(read_places(view))
    return [size for size in SIZES if size == "events" or known]


def read_size(view: View) -> str:
    """Read what the marks stand for."""
    asked = view.extras.get("size", "events")
    return asked if asked in read_sizes(view) else "events"


def build_switch(view: View) -> Element | None:
    """Build the choice of what the marks stand for, and the way back from a map that a link chose;
    None where there is neither.
    """
    sizes = read_sizes(view)
    options = [
        (_(SIZES[size]), lead_to_map(view, {"size": size}), size == read_size(view))
        for size in sizes
    ]
    options = options if len(sizes) > 1 else []
    if view.extras.get("view"):
        options.append((_("← all maps"), lead_to_map(view, {"view": ""}), False))
    if not options:
        return None
    return make_element(
        "ul", *(make_element("li", _build_option(*option)) for option in options), css="switch"
    )


def _build_option(name: str, act: str, chosen: bool) -> Element:
    return make_element(
        "span" if chosen else "a",
        name,
        css="switch-option",
        act="" if chosen else act,
        aria_current="true" if chosen else "",
    )


def rank(view: View, found: Found) -> Element:
    """Rank the places of a view, each with its first event."""
    rest = reconcile(view)
    return rank_places(
        read_places(view),
        find_first_titles(found),
        home=find_home(view),
        unstated=rest["unknown"],
        online=rest["online"],
        chosen=view.extras.get("place", ""),
        way_back=lead_to_map(view, {"place": ""}),
    )


def find_first_titles(found: Found) -> dict[str, Said]:
    """Find the title of the first event held in each city, of those that were read."""
    titles: dict[str, Said] = {}
    for event in found.events:
        if event["status"] == "held" and event["city_id"]:
            titles.setdefault(event["city_id"], choose_text(event, "title"))
    return titles


def name_map(region: str) -> str:
    """Name a map as its heading does: Netherlands."""
    return _(REGIONS[region].label)


@cache
def read_provinces() -> Sequence[dict[str, Any]]:
    """Read the outlines of the Dutch provinces, from our own files."""
    text = files("dashboard").joinpath("ui/static/maps/nl_provinces.geojson").read_text("utf-8")
    features: list[dict[str, Any]] = json.loads(text)["features"]
    return features
