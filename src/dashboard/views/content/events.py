"""What happened, when, and who spoke?"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dashboard.charts.event_counts import read_month_counts
from dashboard.charts.event_timeline import draw_event_timeline
from dashboard.charts.event_words import TimelineLabels
from dashboard.charts.lanes import Span
from dashboard.charts.markup import Element, make_element
from dashboard.charts.rows import AgendaRow, draw_rows
from dashboard.charts.spans import find_chosen_span
from dashboard.charts.timeline_key import build_key, build_year_chips
from dashboard.language.messages import _, choose_term, choose_text, ngettext
from dashboard.language.numbers import format_integer
from dashboard.model.quantity import make_quantity
from dashboard.text.counts import format_status_counts, name_status
from dashboard.text.dates import format_partial_date
from dashboard.text.records import format_event_dates, format_event_place
from dashboard.views.content import Content, Line, Picture, Section, Sheet
from dashboard.views.content.agenda import make_agenda_rows
from dashboard.views.content.agenda_slides import AGENDA, list_agenda
from dashboard.views.content.common import (
    describe_selection,
    distinguish_people,
    format_people_of_events,
    read_palette,
    read_people_of,
)
from dashboard.views.content.events_findings import find_person, make_event_tiles, make_lead
from dashboard.views.view import Answers, View

Row = Mapping[str, Any]
Cells = dict[str, Any]
MAX_EVENTS, MAX_ROWS_IN_A_FILE = 500, 200_000
"""Of more events only the first are read for a page, and the others are counted; and those in a
file.
"""
MAX_AGENDA = 50
"""Rows of an agenda on the page; a file holds all."""


@dataclass(frozen=True)
class Found:
    """Events of a view, in order of time: all, or the first of too many, with who was named there;
    and how many there are of each status.
    """

    events: Sequence[Row]
    people: Sequence[Row]
    statuses: Mapping[str, int]

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(self.statuses.values())

    @property
    def more(self) -> int:
        """How many there are besides those that are here."""
        return self.total - len(self.events)


def find_events(view: View) -> Found:
    """Read the events of a view. More than MAX_EVENTS are neither read nor sent."""
    events = view.rows("events", limit=MAX_EVENTS + 1)
    if len(events) <= MAX_EVENTS:
        statuses = Counter(event["status"] for event in events)
        people = distinguish_people(view, view.rows("event_people"))
        return Found(events, people, statuses)
    return _read_people(view, events[:MAX_EVENTS], view.statuses())


def _read_people(view: View, events: Sequence[Row], statuses: Mapping[str, int]) -> Found:
    return Found(events, distinguish_people(view, read_people_of(view, events)), statuses)


def content(view: View) -> Content:
    """Make the page of the events of a view: on a timeline, and one by one."""
    roles = () if view.filters.status else ("person_roles",)
    view.ask_ahead("event_numbers", "event_people", "contribution_numbers", *roles)
    found = find_events(view)
    rows = list_rows(view, found)
    return Content(
        describe_selection(view, _("Events")),
        make_lead(view),
        make_event_tiles(view, found.statuses),
        draw_timeline(view, found),
        sheets=(make_agenda(view, found),),
        sections=(*list_undated(view, found), *(() if found.more else list_agenda(rows))),
        counted=("contributions",),
        blocks=build_blocks(view, found, rows),
        slides=("timeline", AGENDA),
    )


def read_labels(view: View, found: Found) -> TimelineLabels:
    """Read what the timeline calls things."""
    return TimelineLabels.read(view.labels, found.people, find_person(view.filters))


def draw_timeline(view: View, found: Found) -> tuple[Picture, ...]:
    """Draw the events on a timeline; nothing where rows say more."""
    span = find_span(view, found.events)
    if span is None:
        return ()
    labels, counts = read_labels(view, found), count_many(view, found)
    chart = draw_event_timeline(
        found.events, span, labels, read_palette(view), today=view.today, counts=counts
    )
    key = build_key([*found.events, *counts], span, labels)
    if chart is None:
        return ()
    repeats = "" if counts else "events"
    besides = say_undated(view, found)
    return (Picture("timeline", replace(chart, markup=key), repeats=repeats, besides=besides),)


def find_span(view: View, rows: Sequence[Row]) -> Span | None:
    """Find the days that a timeline of dated rows shows."""
    filters = view.filters
    days = filters.from_day, filters.to_day
    return find_chosen_span(rows, filters.years(), filters.month, days)


def say_undated(view: View, found: Found) -> str:
    """Say at the foot of a timeline how many events are known by the year only; under chosen days,
    also those known by the month.
    """
    number = sum(_find_undated(view, found)[1:], len(_find_undated(view, found)[0]))
    if not number:
        return ""
    if view.filters.has_days:
        return ngettext(
            "and {n:,} known only by the month or year",
            "and {n:,} known only by the month or year",
            number,
        )
    return ngettext("and {n:,} known only by the year", "and {n:,} known only by the year", number)


def list_rows(view: View, found: Found) -> list[AgendaRow]:
    """List the events as rows of an agenda: as many as the page shows."""
    people = group_people(found.people)
    return make_agenda_rows(view, found.events[:MAX_AGENDA], people, find_person(view.filters))


def count_many(view: View, found: Found) -> Sequence[Row]:
    """Count the events of which there are too many to read, by month; none where all are read."""
    return read_month_counts(view.rows("events_counted")) if found.more else []


def build_blocks(view: View, found: Found, rows: Sequence[AgendaRow]) -> dict[str, Element | None]:
    """Build what the page shows as rows: what is known by the year only, and the agenda."""
    return {
        "statuses": build_status_switch(view, found),
        "undated": build_year_chips(*find_undated(view, found)),
        "agenda": build_agenda(view, found, rows),
    }


def find_undated(view: View, found: Found) -> tuple[Sequence[Row], str]:
    """Find the events that are not on the timeline, and what is known of all of them."""
    years = view.filters.years() or []
    undated, _more = _find_undated(view, found)
    if view.filters.has_days:
        return undated, _("Known by the month or year only, so not counted here")
    if len(years) == 1:
        return undated, _("Known only: in {year}", year=years[0])
    return undated, _("Known by the year only")


def build_status_switch(view: View, found: Found) -> Element | None:
    """Build the choice between all events, those held and those to come; none where all were held."""
    everything = view.filters.with_(status=())
    statuses = view.statuses(everything) if view.filters.status else found.statuses
    if set(statuses) <= {"held"}:
        return None
    names = view.labels["status"]
    chosen = view.filters.status
    options = [("", _("All"), sum(statuses.values()))]
    options += [(name, names[name], statuses[name]) for name in names if statuses.get(name)]
    return make_element(
        "ul",
        *(make_element("li", _build_status(chosen, *option)) for option in options),
        css="switch",
    )


def _build_status(chosen: Sequence[str], status: str, name: str, number: int) -> Element:
    is_chosen = tuple(chosen) == ((status,) if status else ())
    act = f"status={status}" if status else "".join(f"-status={one}" for one in chosen[:1])
    return make_element(
        "a" if act else "span",
        name,
        " ",
        make_element("b", format_integer(number)),
        css="switch-option",
        act=act,
        aria_current="true" if is_chosen else "",
    )


def build_agenda(view: View, found: Found, rows: Sequence[AgendaRow]) -> Element:
    """Build the agenda: by month, or flat where there are few; the first of many."""
    person = find_person(view.filters)
    agenda = draw_rows(rows, one_person=bool(person), empty=_("No events here."))
    left_out = say_left_out(found)
    return make_element(
        "div", agenda.markup, make_element("p", left_out, css="more") if left_out else None
    )


def group_people(people: Sequence[Row]) -> dict[str, list[Row]]:
    """Group the rows of who was named by event."""
    found: dict[str, list[Row]] = {}
    for row in people:
        found.setdefault(row["event_id"], []).append(row)
    return found


def say_left_out(found: Found) -> str:
    """Say how many events the agenda of the page does not show."""
    more = found.total - min(len(found.events), MAX_AGENDA)
    if more <= 0:
        return ""
    return ngettext(
        "and {n:,} more: choose a month, or take the table along",
        "and {n:,} more: choose a month, or take the table along",
        more,
    )


def list_undated(view: View, found: Found) -> tuple[Section, ...]:
    """List events without a month: apart from the timeline, or left out where months are chosen; and
    under chosen days, those that may lie within.
    """
    undated, more = _find_undated(view, found)
    with_date = view.filters.has_days or not view.filters.month
    lines = [_name_undated(event, with_date=with_date) for event in undated]
    heading = _title_undated(view)
    return (Section(heading, lines, more=more, key="undated"),) if lines else ()


def _title_undated(view: View) -> str:
    if view.filters.has_days:
        return _("Known by the month or year only, so left out where days are chosen")
    if view.filters.month:
        return _("Known by the year only, so left out where months are chosen")
    return _("Known by the year only, so not on the timeline")


def _name_undated(event: Row, *, with_date: bool) -> Line:
    title, lang = choose_text(event, "title")
    note = format_partial_date(event["start_date"]) if with_date and event["start_date"] else ""
    return Line(title, note, f"event={event['event_id']}", lang=lang)


def _find_undated(view: View, found: Found) -> tuple[Sequence[Row], int]:
    """Find the events that are not on the timeline, because too little of their date is known, and how
    many there are besides those that are given.
    """
    if not view.filters.month and not view.filters.has_days and not found.more:
        return [e for e in found.events if e["date_precision"] in ("year", "unknown")], 0
    undated = view.rows("undated_events", limit=MAX_EVENTS)
    return undated, undated[0]["found"] - len(undated) if undated else 0


def make_agenda(view: View, found: Found) -> Sheet:
    """Make the table of every event, or of the first of too many."""
    attendance = [make_quantity(e["participants"], e["participants_kind"]) for e in found.events]
    people = format_people_of_events(view, found.people)
    shown = [_tabulate(view, event, people) for event in found.events]
    if any(quantity.known for quantity in attendance):
        shown = [
            row | {_("Attendance"): quantity}
            for row, quantity in zip(shown, attendance, strict=True)
        ]
    links = [f"event={e['event_id']}" for e in found.events]
    heading = _("Agenda: {events}", events=format_status_counts(found.statuses, "event"))
    if not found.more:
        return Sheet("events", heading, shown, links)

    def longer() -> Sheet:
        # asked for directly: so many rows are not kept for others
        asking = replace(view, answers=Answers())
        rows = asking.rows("events", limit=MAX_ROWS_IN_A_FILE)
        return make_agenda(asking, _read_people(asking, rows, found.statuses))

    note = _say_what_is_left_out(len(shown), found.total)
    return Sheet("events", heading, shown, links, more=found.more, note=note, longer=longer)


def _tabulate(view: View, event: Row, people: Mapping[str, str]) -> Cells:
    labels, is_day = view.labels, event["date_precision"] == "day"
    one_day = is_day and event["end_date"] == event["start_date"]
    return {
        _("Date"): event["first_day"] if is_day else None,
        _("Note on the date"): "" if one_day else format_event_dates(event),
        _("Event"): choose_term(event, "title"),
        _("Who"): people.get(event["event_id"], ""),
        _("Where"): format_event_place(event),
        _("At"): event["host_event"] or "",
        _("Kind"): labels["kind"].get(event["kind"] or "", _("not stated")),
        _("Our role"): labels["our_role"].get(event["our_role"] or "", _("not stated")),
        _("Status"): name_status(event["status"]),
    }


def _say_what_is_left_out(shown: int, total: int) -> str:
    if total <= MAX_ROWS_IN_A_FILE:
        return _(
            "The first {shown:,} are shown, and a file holds all of them. A narrower choice leads to"
            " the others.",
            shown=shown,
        )
    return _(
        "The first {shown:,} are shown, and a file holds the first {most:,}. A narrower choice leads"
        " to the others.",
        shown=shown,
        most=MAX_ROWS_IN_A_FILE,
    )
