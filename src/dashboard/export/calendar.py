"""The events of a view as a calendar (RFC 5545), to open once or to subscribe to."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from icalendar import Calendar, Event

from dashboard.export.lost_choice import Lost
from dashboard.language.choice import PARAMETER
from dashboard.language.messages import _, choose_term, speaking
from dashboard.model.filters import Filters
from dashboard.model.quantity import make_quantity
from dashboard.text.counts import format_count
from dashboard.text.dates import format_day, format_partial_date
from dashboard.text.records import format_event_place
from dashboard.text.selection import describe_filters
from dashboard.text.sentences import lower_first
from dashboard.views.content.common import read_people_of
from dashboard.views.view import Answers, View, make_url_pairs, url

Row = dict[str, Any]
STATUS = {"held": "CONFIRMED", "planned": "CONFIRMED", "cancelled": "CANCELLED"}
"""A planned event is as good as fixed: no record says that it may not be held."""
MAX_CALENDAR_ENTRIES = 10_000
"""Entries of a calendar. Programs that read calendars give up before they have as many as a large
store holds.
"""
MAX_NAMED = 10
"""Of the events that are left out, how many are named."""


@dataclass(frozen=True)
class Extent:
    """How many events a calendar holds of a view. `left_out` counts those of which no day is known:
    a calendar has no place for them. `beyond` are those that are further from today than the
    others, where there are more than MAX_CALENDAR_ENTRIES.
    """

    events: int
    left_out: int
    beyond: int


@dataclass(frozen=True)
class CalendarFile:
    """`data` is the file; what it holds and what not is counted by `extent`."""

    data: bytes
    extent: Extent


def extent(view: View) -> Extent:
    """Count what the calendar of a view holds. Nothing but numbers is read."""
    return _extent(view, _left_out(view, 1))


def build_calendar(view: View, base_address: str = "", lost: Lost = Lost.NOTHING) -> CalendarFile:
    """Make a calendar of the events that the Events page shows for a view: of more than
    MAX_CALENDAR_ENTRIES those nearest to the day of the view. `base_address` is where the dashboard
    is reached, without a slash at its end; without one, no entry has a link. It speaks the language of
    the view. The same view gives the same bytes. What was asked for and is `lost` is said in what the
    calendar says of itself; where that is all that was chosen, it is empty.
    """
    with speaking(view.language):
        if lost is Lost.CHOICE:
            none = Extent(0, 0, 0)
            return CalendarFile(_head(view, none, (), lost).to_ical(), none)
        return _build_calendar(view, base_address, lost)


def _build_calendar(view: View, base_address: str, lost: Lost) -> CalendarFile:
    # asked for directly: so many rows are not kept for others
    asking = replace(view, answers=Answers())
    undated = _left_out(asking, MAX_NAMED)
    rows = select_nearest(
        asking.rows("events_around", today=view.today, limit=MAX_CALENDAR_ENTRIES),
        view.today,
        MAX_CALENDAR_ENTRIES,
    )
    held, people = _extent(asking, undated), _people(asking, rows)
    made = _head(view, held, undated, lost)
    for row in rows:
        made.add_component(_entry(view, row, people.get(row["event_id"], []), base_address))
    return CalendarFile(made.to_ical(), held)


def select_nearest(rows: Sequence[Row], today: date, most: int) -> Sequence[Row]:
    """Choose at most so many of some events in order of time: those that begin nearest to a day."""
    if len(rows) <= most:
        return rows
    by_distance = sorted(range(len(rows)), key=lambda nr: abs(rows[nr]["first_day"] - today))
    return [rows[nr] for nr in sorted(by_distance[:most])]


def _extent(view: View, undated: Sequence[Row]) -> Extent:
    left_out = undated[0]["found"] if undated else 0
    dated = sum(view.statuses().values()) - left_out
    return Extent(min(dated, MAX_CALENDAR_ENTRIES), left_out, max(dated - MAX_CALENDAR_ENTRIES, 0))


def _left_out(view: View, named: int) -> Sequence[Row]:
    """Read the first of the events without a known day, each with how many there are."""
    return view.rows("events_without_day", limit=named)


def _head(view: View, held: Extent, undated: Sequence[Row], lost: Lost) -> Calendar:
    """Make a calendar without entries, which says what it holds and what not."""
    made = Calendar()
    made.add("PRODID", f"-//{clean(view.settings.short_name)}//dashboard//{view.language.upper()}")
    made.add("VERSION", "2.0")
    made.add("CALSCALE", "GREGORIAN")
    made.add("METHOD", "PUBLISH")
    selection = describe_filters(view.filters, view.labels)
    if lost is Lost.CHOICE:
        selection = _("Part of what this calendar follows is not there any more")
    name = f"{clean(selection)} · {clean(view.settings.short_name)}"
    made.add("NAME", name, parameters=_of_language(view))
    made.add("X-WR-CALNAME", name)
    limits = [*_describe_lost(lost), *describe_limit(held, view.today)]
    limits += [_without_day(held.left_out, undated)] if undated else []
    if limits:
        made.add("COMMENT", ". ".join(limits), parameters=_of_language(view))
    made.add("X-WR-CALDESC", ". ".join([_origin(view), *limits]))
    made.add("REFRESH-INTERVAL", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    made.add("X-PUBLISHED-TTL", "PT1H")
    return made


def _describe_lost(lost: Lost) -> list[str]:
    """Say that something is lost, and not what, which may be the id of somebody who was forgotten."""
    match lost:
        case Lost.NOTHING:
            return []
        case Lost.PART:
            goes_on = _("It holds the rest of what was chosen")
        case Lost.CHOICE:
            goes_on = _("It holds nothing now, rather than all events")
    return [
        _("The address of this calendar names something that is not in the records any more"),
        goes_on,
    ]


def _of_language(view: View) -> dict[str, str]:
    """Say of a text of ours in which language it is."""
    return {"LANGUAGE": view.language}


def _origin(view: View) -> str:
    said = {"programme": clean(view.settings.name), "version": view.version.id}
    if view.generated:
        return _("{programme}, version {version}, demo data", **said)
    return _("{programme}, version {version}", **said)


def describe_limit(held: Extent, today: date) -> list[str]:
    """Say that a calendar does not hold all events, where it is so."""
    if not held.beyond:
        return []
    return [
        _(
            "The {events:,} events nearest to {day}; {beyond:,} further ones are left out",
            events=held.events,
            day=format_day(today),
            beyond=held.beyond,
        )
    ]


def _without_day(left_out: int, named: Sequence[Row]) -> str:
    names = "; ".join(clean(choose_term(row, "title")) for row in named) + (
        " …" if left_out > len(named) else ""
    )
    events = format_count(left_out, "event")
    return _("{events} without a known day left out: {names}", events=events, names=names)


def _entry(view: View, row: Row, people: Sequence[str], base_address: str) -> Event:
    """Make the entry of an event."""
    entry = Event()
    moment = datetime.fromisoformat(view.version.manifest.time).astimezone(UTC)
    entry.add("UID", f"{row['event_id']}@{_host(view.settings.short_name)}.dashboard")
    entry.add("DTSTAMP", moment)
    entry.add("LAST-MODIFIED", moment)
    entry.add("DTSTART", date.fromisoformat(row["start_date"]))
    entry.add("DTEND", _last_day(row) + timedelta(days=1))  # the day on which it is over
    entry.add("SUMMARY", clean(choose_term(row, "title")))
    entry.add("STATUS", STATUS.get(row["status"], "CONFIRMED"))
    entry.add("TRANSP", "TRANSPARENT")  # nobody is busy because the programme takes part somewhere
    _add_place(entry, view, row)
    lines = "\n".join(_lines(view, row, people))
    entry.add("DESCRIPTION", lines, parameters=_of_language(view))
    if row["kind"]:
        kind = clean(view.labels["kind"].get(row["kind"], row["kind"]))
        entry.add("CATEGORIES", [kind], parameters=_of_language(view))
    if base_address:
        entry.add("URL", base_address + _link(view, row))
    return entry


def _add_place(entry: Event, view: View, row: Row) -> None:
    online = row["attendance_mode"] == "online"
    if row["country"] or online:
        place = clean(format_event_place(row))
        entry.add("LOCATION", place, parameters=_of_language(view) if online else {})
    if row["latitude"] is not None and not online:
        entry.add("GEO", (row["latitude"], row["longitude"]))


def _last_day(row: Row) -> date:
    """Read the last day; the first one where the end is not known to the day."""
    return date.fromisoformat(row["end_date"] if len(row["end_date"]) == 10 else row["start_date"])


def _lines(view: View, row: Row, people: Sequence[str]) -> list[str]:
    labels = view.labels
    lines = [*people]
    if row["host_event"]:
        lines.append(_("Part of: {event}", event=clean(row["host_event"])))
    if row["kind"]:
        kind = labels["kind"].get(row["kind"], row["kind"])
        lines.append(_("Kind: {kind}", kind=clean(kind)))
    if row["our_role"]:
        role = labels["our_role"].get(row["our_role"], row["our_role"])
        lines.append(_("Our role: {role}", role=clean(role)))
    attendance = make_quantity(row["participants"], row["participants_kind"])
    if row["participants_kind"] != "unknown":
        lines.append(_("Attendance: {people}", people=attendance.words("person")))
    if len(row["end_date"]) < 10:
        month = format_partial_date(row["end_date"])
        lines.append(_("Ends in {month}, day unknown", month=month))
    status = view.name_term("event-status", row["status"])
    return [*lines, _("Status: {status}", status=lower_first(clean(status)))]


def _people(view: View, rows: Sequence[Row]) -> dict[str, list[str]]:
    """List who was named at each event and how: "Zoë Müller: keynote, “Café statistics”"."""
    found: dict[str, list[str]] = {}
    for row in read_people_of(view, rows):
        role = lower_first(view.labels["role"].get(row["role"], row["role"]))
        said = {"name": clean(row["name"]), "role": clean(role)}
        if row["talk_title"]:
            line = _("{name}: {role}, “{talk}”", talk=clean(row["talk_title"]), **said)
        else:
            line = _("{name}: {role}", **said)
        found.setdefault(row["event_id"], []).append(line)
    return found


def _link(view: View, row: Row) -> str:
    pins = {name: view.extras[name] for name in ("v", "on", "show") if name in view.extras}
    extras = {"event": row["event_id"], **pins, PARAMETER: view.language}
    return url("events", make_url_pairs(Filters(year=row["year"]), extras))


def _host(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "programme"


def clean(text: str) -> str:
    """Write a text on one line, without characters that steer a reader or turn the text around
    them.
    """
    plain = (
        text
        if text.isprintable()
        else "".join(" " if unicodedata.category(c)[0] == "C" else c for c in text)
    )
    # the library takes a written \N for the end of a line
    return " ".join(plain.replace("\\N", "\\n").split())
