"""What is said of a map."""

from collections.abc import Sequence

from dashboard.charts.mercator import REGIONS
from dashboard.charts.place_marks import Mark, measure_place
from dashboard.charts.ranking import find_most
from dashboard.language.messages import Words, _, emphasize, ngettext
from dashboard.model import Row
from dashboard.model.quantity import sum_quantities
from dashboard.text.lists import join_names

MOST_BEYOND = 2


def say_beyond(places: Sequence[Row]) -> str:
    """Name what lies beyond a map: "Hong Kong 1", "Hong Kong 2 and 5 others"."""
    names = [_("{city} {n:,}", city=p["city"], n=p["events"]) for p in places]
    if len(names) <= MOST_BEYOND:
        return join_names(names)
    others = len(names) - 1
    return ngettext("{first} and {n:,} other", "{first} and {n:,} others", others, first=names[0])


def lead_beyond(places: Sequence[Row]) -> Words:
    """Say what lies beyond a map, as the line at its foot that leads to the world."""
    return emphasize("beyond this map: **{places}** →", places=say_beyond(places))


def describe_map(marks: Sequence[Mark], region: str, size: str = "events") -> str:
    """Say the finding of one map: how many events in how many places, and where most took place; or
    how many attendances, from how many events.
    """
    name = _(REGIONS[region].label)
    places = [place for mark in marks for place in mark.places]
    if not places:
        return _("{region}: no place is known", region=name)
    if size == "participants":
        total = sum_quantities([measure_place(place, size) for place in places])
        attendances, coverage = total.words("attendances"), total.coverage("events")
        if not coverage:
            return _("{region}: {attendances}", region=name, attendances=attendances)
        return _(
            "{region}: {attendances} ({coverage})",
            region=name,
            attendances=attendances,
            coverage=coverage,
        )
    return _describe_events(name, places)


def _describe_events(name: str, places: Sequence[Row]) -> str:
    events = ngettext("{n:,} event", "{n:,} events", count_events(places))
    spread = _say_spread(places)
    names, top = find_most((place["city"], place["events"]) for place in places)
    if not names or len(places) == 1:
        return _("{region}: {events} in {places}", region=name, events=events, places=spread)
    most = (
        _("{names} ({n:,} each)", names=join_names(names), n=top)
        if len(names) > 1
        else _("{names} ({n:,})", names=join_names(names), n=top)
    )
    return _(
        "{region}: {events} in {places}, most often in {most}",
        region=name,
        events=events,
        places=spread,
        most=most,
    )


def _say_spread(places: Sequence[Row]) -> str:
    """Say how many places there are, and in how many countries where it is more than one."""
    spread = ngettext("{n:,} place", "{n:,} places", len(places))
    number = len({place["country"] for place in places})
    countries = ngettext("{n:,} country", "{n:,} countries", number)
    if number == 1:
        return spread
    return _("{places} in {countries}", places=spread, countries=countries)


def count_events(places: Sequence[Row]) -> int:
    """Count the events of places."""
    return sum(place["events"] for place in places)
