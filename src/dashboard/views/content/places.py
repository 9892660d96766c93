"""Where did we take part?"""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from dashboard.charts.world import SIZES, VIEWS, draw_map, find_places_outside
from dashboard.text.counts import format_count
from dashboard.text.lists import join_names
from dashboard.text.messages import Words
from dashboard.views.content import Content, Picture
from dashboard.views.content.common import (
    describe_selection,
    join_pieces,
    quiet,
    read_choice,
    read_palette,
    strong,
)
from dashboard.views.content.events import find_events, make_agenda
from dashboard.views.view import View

DEFAULT_VIEW = "europe"
Row = Mapping[str, Any]


def content(view: View) -> Content:
    """Make the page of the participation map, how it reconciles with the number of events, and the events."""
    places, found = view.rows("event_places"), find_events(view)
    shown, size = read_choices(view)
    picture = draw_map(
        places, read_palette(view), view=shown, size=size, provinces=read_provinces()
    )
    return Content(
        f"{describe_selection(view, 'Events')}, on the map",
        describe_reconciliation(view) if found.total else (),
        pictures=(Picture("map", picture, note=_outside(places, shown)),) if found.total else (),
        sheets=(make_agenda(view, found),) if found.total else (),
        counted=("events_held", "countries"),
    )


def read_choices(view: View) -> tuple[str, str]:
    """Read which part of the world is shown, and what the bubbles stand for."""
    shown = view.extras.get("view", DEFAULT_VIEW)
    return (shown if shown in VIEWS else DEFAULT_VIEW), read_choice(view, "size", SIZES)


def _outside(places: Sequence[Row], shown: str) -> str:
    """Say which places the chosen part of the world leaves out."""
    missing = find_places_outside(places, shown)
    if not missing:
        return ""
    names = join_names([f"{p['city']} ({p['events']:,})" for p in missing[:6]])
    return f"Not in this part of the map: {names}{' and others' if len(missing) > 6 else ''}"


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


@cache
def read_provinces() -> list[dict[str, Any]]:
    """Read the outlines of the Dutch provinces, from our own files."""
    text = files("dashboard").joinpath("ui/static/maps/nl_provinces.geojson").read_text("utf-8")
    features: list[dict[str, Any]] = json.loads(text)["features"]
    return features
