"""Where did we take part?"""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from dashboard.charts.map_sentences import say_beyond
from dashboard.charts.markup import Element
from dashboard.charts.mercator import REGIONS
from dashboard.charts.place_marks import find_beyond
from dashboard.charts.ranked_places import add_up_places, rank_places
from dashboard.charts.world import (
    SIZES,
    choose_regions,
    draw_region_map,
    knows_attendance,
)
from dashboard.model.filters import Filters
from dashboard.text.counts import format_count
from dashboard.text.messages import Words, _
from dashboard.text.records import format_event_dates
from dashboard.views.content import Content, Picture
from dashboard.views.content.common import (
    describe_selection,
    format_people_of_events,
    join_pieces,
    quiet,
    read_palette,
    strong,
)
from dashboard.views.content.events import Found, find_events, make_agenda
from dashboard.views.view import View

MOST_UNPLACED = 100
Row = Mapping[str, Any]


def content(view: View) -> Content:
    """Make the page of the participation map, how it reconciles with the number of events, and the events."""
    found = find_events(view)
    return Content(
        f"{describe_selection(view, 'Events')}, on the map",
        describe_reconciliation(view) if found.total else (),
        pictures=draw_maps(view) if found.total else (),
        sheets=(make_agenda(view, found),) if found.total else (),
        counted=("events_held", "countries"),
    )


def draw_maps(view: View) -> tuple[Picture, ...]:
    """Draw the one or two maps of the view: "map", and "map-europe" or "map-world" beside that of the
    home country.
    """
    places, home = view.rows("event_places"), find_home(view)
    regions = choose_regions(places, home, view.extras.get("view", ""))
    return tuple(
        Picture(
            f"map-{region}" if nr else "map",
            draw_region_map(
                places,
                region,
                read_palette(view),
                size=read_size(view),
                home=home,
                provinces=read_provinces(),
                wide=len(regions) == 1,
            ),
            note=_note_beyond(find_beyond(places, REGIONS[region])),
        )
        for nr, region in enumerate(regions)
    )


def _note_beyond(places: Sequence[Row]) -> str:
    return _("Beyond this map: {places}", places=say_beyond(places)) if places else ""


def find_home(view: View) -> str:
    """Find the country where most events took place, of all that are recorded: two letters, or
    nothing.
    """
    events: dict[str, int] = {}
    for place in view.rows("event_places", Filters()):
        events[place["country"]] = events.get(place["country"], 0) + place["events"]
    return min(events, key=lambda country: (-events[country], country), default="")


def read_sizes(view: View) -> list[str]:
    """List what the marks may stand for: attendance only where any is known."""
    known = knows_attendance(view.rows("event_places"))
    return [size for size in SIZES if size == "events" or known]


def read_size(view: View) -> str:
    """Read what the marks stand for."""
    asked = view.extras.get("size", "events")
    return asked if asked in read_sizes(view) else "events"


def read_shown(view: View) -> list[str]:
    """Read which parts of the world are shown."""
    asked = view.extras.get("view", "")
    return [*choose_regions(view.rows("event_places"), find_home(view), asked)]


def describe_reconciliation(view: View) -> Words:
    """Say that on the map + online + place unknown = all: nothing is lost between the number and the map."""
    row = view.rows("place_reconciliation")[0]
    return join_pieces(
        strong(f"{row['on_the_map']:,}"),
        quiet(" on the map + "),
        strong(f"{row['online']:,}"),
        quiet(" online + "),
        strong(f"{row['unknown']:,}"),
        quiet(" place unknown = "),
        strong(format_count(row["all_events"], "event")),
        quiet(" held"),
    )


def add_up(view: View) -> Element:
    """Say the same as an element of the page."""
    return add_up_places(view.rows("place_reconciliation")[0])


def rank(view: View, found: Found) -> Element:
    """Rank the places of a view, each with its first event."""
    rest = view.rows("place_reconciliation")[0]
    return rank_places(
        view.rows("event_places"),
        find_first_titles(found),
        home=find_home(view),
        unstated=rest["unknown"],
        online=rest["online"],
    )


def find_first_titles(found: Found) -> dict[str, str]:
    """Find the title of the first event held in each city, of those that were read."""
    titles: dict[str, str] = {}
    for event in found.events:
        if event["status"] == "held" and event["city_id"]:
            titles.setdefault(event["city_id"], event["title"])
    return titles


def list_unplaced(view: View) -> list[dict[str, str]]:
    """List the events without a stated place: id, date in words, title and who, as many as a page
    holds.
    """
    found = view.rows("events_at", city="unknown", limit=MOST_UNPLACED)
    people = format_people_of_events(view, found)
    return [
        {
            "event_id": event["event_id"],
            "date": format_event_dates(event),
            "title": event["title"],
            "who": people.get(event["event_id"], ""),
        }
        for event in found
    ]


def name_map(region: str) -> str:
    """Name a map as its heading does: Netherlands."""
    return _(REGIONS[region].label)


@cache
def read_provinces() -> list[dict[str, Any]]:
    """Read the outlines of the Dutch provinces, from our own files."""
    text = files("dashboard").joinpath("ui/static/maps/nl_provinces.geojson").read_text("utf-8")
    features: list[dict[str, Any]] = json.loads(text)["features"]
    return features
