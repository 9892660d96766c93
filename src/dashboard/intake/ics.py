"""The events of a calendar file; runs in the limited process of limits.py.

A file is taken apart into its components first: what is no event (VFREEBUSY, VTODO, alarms) may be as broken as it likes,
and an event that cannot be read is named by itself.
"""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, tzinfo
from zoneinfo import ZoneInfo

import orjson
from icalendar import Calendar, Component, Event
from icalendar.parser import Contentlines

from dashboard.intake.moments import UNIVERSAL, Zones, define_zones, known_zone
from dashboard.intake.recurrence import Budget, Horizon
from dashboard.intake.series import Entry, Read, Said, entries_of, in_order

MAX_EVENTS = 20_000


@dataclass
class Parts:
    """A VCALENDAR as lines: its own properties, the zones that it defines, its events."""

    head: list[str] = field(default_factory=list)
    zones: list[str] = field(default_factory=list)
    events: list[str] = field(default_factory=list)


class TooManyEventsError(Exception):
    """More than MAX_EVENTS."""


def read(data: bytes, argument: dict[str, str]) -> bytes:
    """JSON: `entries` (series.Entry), `said` (series.Said: what is noteworthy about the file), `until` (the last day to which
    series are read), `too_many`. `argument` has the time zone of the programme as `home`, and `today`.

    Raises ValueError for what is no calendar.
    """
    home, horizon = ZoneInfo(argument["home"]), Horizon.around(date.fromisoformat(argument["today"]))
    text, said = _text(data)
    parts = list(_apart(text))
    if not parts:
        raise ValueError("no calendar")
    try:
        entries = _entries(parts, home, horizon, said)
    except TooManyEventsError:
        return orjson.dumps({"too_many": True})
    whole = {"entries": entries, "said": said, "until": horizon.last.isoformat(), "too_many": False}
    return orjson.dumps(whole)


def _text(data: bytes) -> tuple[str, list[Said]]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16"), []
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        row = data[error.start : error.start + 1].decode("cp1252", "replace")
        return data.decode("cp1252", "replace"), [Said("encoding", None, None, row)]


def _apart(text: str) -> Iterator[Parts]:
    """The calendars of a file. What stands inside an event but is none of its properties (an alarm) is left out. Raises
    ValueError where a calendar does not end: only part of it arrived."""
    parts: Parts | None = None
    open_: list[str] = []
    block: list[str] = []
    for line in Contentlines.from_ical(text):
        mark, _, name = line.strip().upper().partition(":")
        if mark == "BEGIN" and name == "VCALENDAR":
            parts, open_, block = Parts(), [], []
        elif parts is None:
            continue
        elif mark == "END" and name == "VCALENDAR":
            yield parts
            parts = None
        elif mark == "BEGIN" and (name == "VEVENT" or not open_):
            open_, block = [name], [line]
        elif mark == "BEGIN":
            open_.append(name)
            block += [line] if open_[0] == "VTIMEZONE" else []
        elif mark == "END" and name in open_:
            del open_[open_.index(name) :]
            block += [line] if not open_ or open_[0] == "VTIMEZONE" else []
            if not open_:
                _keep(parts, name, "\r\n".join([*block, ""]))
        elif not open_:
            parts.head.append(line)
        elif len(open_) == 1 or open_[0] == "VTIMEZONE":
            block.append(line)
    if parts is not None:
        raise ValueError("the calendar does not end")


def _keep(parts: Parts, name: str, block: str) -> None:
    if name == "VEVENT":
        parts.events.append(block)
    elif name == "VTIMEZONE":
        parts.zones.append(block)


def _entries(calendars: list[Parts], home: tzinfo, horizon: Horizon, said: list[Said]) -> list[Entry]:
    budget, found, number = Budget(), list[Entry](), 0
    if sum(len(parts.events) for parts in calendars) > MAX_EVENTS:
        raise TooManyEventsError
    for parts in calendars:
        head = _head(parts)
        zones = Zones(_own_zone(head, home, said), define_zones(parts.zones))
        cancelled = str(head.get("METHOD", "")).upper() == "CANCEL"
        groups: dict[str, list[Read]] = {}
        for block in parts.events:
            number += 1
            one = _read(block, number, zones, cancelled=cancelled)
            groups.setdefault(one.uid or f"\n{number}", []).append(one)
        for group in groups.values():
            found += entries_of(group, horizon, budget, said)
            if len(found) > MAX_EVENTS:
                raise TooManyEventsError
    _say_moved(found, said)
    return in_order(found)


def _head(parts: Parts) -> Component:
    lines = [line for line in parts.head if line.upper().startswith(("METHOD", "X-WR-TIMEZONE"))]
    with contextlib.suppress(ValueError):
        return Calendar.from_ical("\r\n".join(["BEGIN:VCALENDAR", *lines, "END:VCALENDAR", ""]))
    return Calendar()


def _own_zone(head: Component, home: tzinfo, said: list[Said]) -> tzinfo:
    """The zone of a calendar's moments in UTC: the one that it names as its own, unless that is UTC itself."""
    name = str(head.get("X-WR-TIMEZONE", "")).strip()
    zone = known_zone(name) if name and name not in UNIVERSAL else None
    if zone is None or zone == home:
        return home
    said.append(Said("own-zone", None, None, name))
    return zone


def _read(block: str, number: int, zones: Zones, *, cancelled: bool) -> Read:
    try:
        return Read(number, Event.from_ical(block), zones, cancelled=cancelled)
    except Exception:  # noqa: BLE001 - whatever the library raises, this event cannot be read, and the others can
        return Read(number, None, zones, cancelled=cancelled)


def _say_moved(entries: list[Entry], said: list[Said]) -> None:
    """Say once that moments in UTC fall on another day at home: whoever wonders about a day finds the reason."""
    moved = [entry for entry in entries if entry.utc_day and entry.utc_day != entry.start]
    if moved:
        said.append(Said("utc", moved[0].number, moved[0].title, str(len(moved))))
