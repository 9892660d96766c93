"""The events of one place, and those of which no place is stated, as rows of the Map page."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.charts.markup import Element, make_element
from dashboard.charts.rows import draw_rows
from dashboard.language.messages import _, choose_text, ngettext
from dashboard.model.filters import NO_FILTERS
from dashboard.text.counts import format_count
from dashboard.text.records import format_event_dates
from dashboard.views.content import Line, Section
from dashboard.views.content.agenda import make_agenda_rows, say_city
from dashboard.views.content.common import distinguish_people, read_people_of, read_places
from dashboard.views.content.events import group_people
from dashboard.views.content.events_findings import find_person
from dashboard.views.view import View

MAX_ROWS = 50
NOWHERE = "unknown"
"""What a link calls the events without a stated place; those online are “online”."""
Row = Mapping[str, Any]


def read_events(view: View, place: str) -> Sequence[Row]:
    """Read the held events at a place (a city's id), online, or NOWHERE: the first MAX_ROWS."""
    return view.rows("events_at", city=place, limit=MAX_ROWS)


def name_place(view: View, place: str) -> str:
    """Name a place as the heading of its events does."""
    if place in ("online", NOWHERE):
        return _("Online") if place == "online" else _("Without a stated place")
    found = [row for row in read_places(view, NO_FILTERS) if row["city_id"] == place]
    return say_city(view, found[0]["city"], found[0]["country"]) if found else place


def build_place(view: View, place: str, way_back: str) -> Element:
    """Build the block of the events of a chosen place, with the way back to all."""
    events = read_events(view, place)
    number = format_count(events[0]["found"] if events else 0, "event")
    heading = _("{place}: {events}", place=name_place(view, place), events=number)
    back = make_element("a", _("all places"), css="place-back", act=way_back)
    return make_element(
        "section",
        make_element("h2", heading, " ", make_element("small", back), css="block-heading"),
        build_rows(view, events),
        css="block",
    )


def build_unplaced(view: View) -> Element | None:
    """Build the rows of the events without a stated place; None where all have one."""
    events = read_events(view, NOWHERE)
    return build_rows(view, events) if events else None


def build_rows(view: View, events: Sequence[Row]) -> Element:
    """Build a row per event; of more than MAX_ROWS it is said how many are not shown."""
    people = distinguish_people(view, read_people_of(view, events)) if events else ()
    person = find_person(view.filters)
    rows = make_agenda_rows(view, events, group_people(people), person)
    left_out = events[0]["found"] - len(events) if events else 0
    more = ngettext(
        "and {n:,} more: choose a month, or take the table along",
        "and {n:,} more: choose a month, or take the table along",
        left_out,
    )
    drawn = draw_rows(
        rows, by_month=False, one_person=bool(person), empty=_("No events there in this selection.")
    )
    note = make_element("p", more, css="more") if left_out else None
    return make_element("div", drawn.markup, note)


def _make_line(event: Row) -> Line:
    title, lang = choose_text(event, "title")
    return Line(title, format_event_dates(event), f"event={event['event_id']}", lang=lang)


def list_unplaced(view: View) -> tuple[Section, ...]:
    """List the events without a stated place, for files."""
    events = read_events(view, NOWHERE)
    if not events:
        return ()
    lines = [_make_line(event) for event in events]
    more = events[0]["found"] - len(events)
    return (Section(_("Without a stated place"), lines, more=more, key="unplaced"),)
