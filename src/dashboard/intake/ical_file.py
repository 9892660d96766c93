"""Reads the events of a calendar file; runs in the limited process of limits.py.

A file is taken apart into its components first: what is no event (VFREEBUSY, VTODO, alarms) may be
as broken as it likes, and an event that cannot be read is named by itself.
"""

import contextlib
import warnings
from dataclasses import dataclass, field
from datetime import date, tzinfo
from zoneinfo import ZoneInfo

import orjson
from icalendar import Calendar, Component, Event
from icalendar.parser import Contentlines

from dashboard.intake.ical_events import Entry, ReadEvent, Remark, make_entries, sort_entries
from dashboard.intake.ical_recurrence import Budget, Horizon
from dashboard.intake.ical_times import UNIVERSAL, Zones, define_zones, known_zone

MAX_EVENTS = 20_000


@dataclass
class Parts:
    """A VCALENDAR as lines: its own properties, the zones that it defines, its events."""

    head: list[str] = field(default_factory=list)
    zones: list[str] = field(default_factory=list)
    events: list[str] = field(default_factory=list)


class TooManyEventsError(Exception):
    """More than MAX_EVENTS."""


def read_calendar(data: bytes, argument: dict[str, str]) -> bytes:
    """Read a calendar as JSON: `entries` (ical_events.Entry), `said` (ical_events.Remark: what is
    noteworthy about the file), `until` (the last day to which series are read), `too_many`.
    `argument` has the time zone of the programme as `home`, and `today`.

    Raises ValueError for what is no calendar.
    """
    home = ZoneInfo(argument["home"])
    horizon = Horizon.around(date.fromisoformat(argument["today"]))
    text, said = _text(data)
    parts = _Splitter().calendars(text)
    if not parts:
        raise ValueError("no calendar")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what the libraries say to programmers
            entries = _read_entries(parts, home, horizon, said)
    except TooManyEventsError:
        return orjson.dumps({"too_many": True})
    whole = {"entries": entries, "said": said, "until": horizon.last.isoformat(), "too_many": False}
    return orjson.dumps(whole)


def _text(data: bytes) -> tuple[str, list[Remark]]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16"), []
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        row = data[error.start : error.start + 1].decode("cp1252", "replace")
        return data.decode("cp1252", "replace"), [Remark("encoding", None, None, row)]


class _Splitter:
    """Splits a file into its components, line by line. What stands inside an event but is none of its properties
    (an alarm) is left out, and so is what has no end.
    """

    def __init__(self) -> None:
        self.found: list[Parts] = []
        self.parts: Parts | None = None
        self.inside: list[str] = []
        self.block: list[str] = []

    def calendars(self, text: str) -> list[Parts]:
        """Split the text of a file into its calendars. Raises ValueError where one does not end:
        only part of it arrived.
        """
        for line in Contentlines.from_ical(text):  # type: ignore[no-untyped-call]
            mark, _, name = line.strip().upper().partition(":")
            if name == "VCALENDAR" and mark in ("BEGIN", "END"):
                self._calendar(begins=mark == "BEGIN")
            elif self.parts:
                self._line(self.parts, mark, name, line)
        if self.parts is not None:
            raise ValueError("the calendar does not end")
        return self.found

    def _calendar(self, *, begins: bool) -> None:
        if not begins and self.parts:
            self.found.append(self.parts)
        self.parts, self.inside, self.block = Parts() if begins else None, [], []

    def _line(self, parts: Parts, mark: str, name: str, line: str) -> None:
        if mark == "BEGIN" and (name == "VEVENT" or not self.inside):
            self.inside, self.block = [name], [line]
        elif mark == "BEGIN":
            self.inside.append(name)
            self._keep_inner(line)
        elif mark == "END" and name in self.inside:
            self._keep_inner(line)
            del self.inside[self.inside.index(name) :]
            if not self.inside:
                _keep(parts, name, "\r\n".join([*self.block, f"END:{name}", ""]))
        elif not self.inside:
            parts.head.append(line)
        else:
            self._keep_inner(line, own=len(self.inside) == 1)

    def _keep_inner(self, line: str, *, own: bool = False) -> None:
        """Keep a line of a component; of what is inside it only where a time zone consists of it."""
        if own or (self.inside[0] == "VTIMEZONE" and len(self.inside) > 1):
            self.block.append(line)


def _keep(parts: Parts, name: str, block: str) -> None:
    if name == "VEVENT":
        parts.events.append(block)
    elif name == "VTIMEZONE":
        parts.zones.append(block)


def _read_entries(
    calendars: list[Parts], home: tzinfo, horizon: Horizon, said: list[Remark]
) -> list[Entry]:
    budget, found, number = Budget(), list[Entry](), 0
    if sum(len(parts.events) for parts in calendars) > MAX_EVENTS:
        raise TooManyEventsError
    for parts in calendars:
        for group in _group_events(parts, number, home, said):
            found += make_entries(group, horizon, budget, said)
            if len(found) > MAX_EVENTS:
                raise TooManyEventsError
        number += len(parts.events)
    _say_moved(found, said)
    return sort_entries(found)


def _group_events(
    parts: Parts, before: int, home: tzinfo, said: list[Remark]
) -> list[list[ReadEvent]]:
    """Read the events of a calendar, grouped by UID; `before` is how many the file has before
    them.
    """
    head = _head(parts)
    zones = Zones(_own_zone(head, home, said), define_zones(parts.zones))
    cancelled = str(head.get("METHOD", "")).upper() == "CANCEL"
    groups: dict[str, list[ReadEvent]] = {}
    for number, block in enumerate(parts.events, start=before + 1):
        one = _read_event(block, number, zones, cancelled=cancelled)
        groups.setdefault(one.uid or f"\n{number}", []).append(one)
    return list(groups.values())


def _head(parts: Parts) -> Component:
    lines = [line for line in parts.head if line.upper().startswith(("METHOD", "X-WR-TIMEZONE"))]
    with contextlib.suppress(ValueError):
        return Calendar.from_ical("\r\n".join(["BEGIN:VCALENDAR", *lines, "END:VCALENDAR", ""]))
    return Calendar()


def _own_zone(head: Component, home: tzinfo, said: list[Remark]) -> tzinfo:
    """Find the zone of a calendar's moments in UTC: the one that it names as its own, unless that
    is UTC itself.
    """
    name = str(head.get("X-WR-TIMEZONE", "")).strip()
    zone = known_zone(name) if name and name not in UNIVERSAL else None
    if zone is None or zone == home:
        return home
    said.append(Remark("own-zone", None, None, name))
    return zone


def _read_event(block: str, number: int, zones: Zones, *, cancelled: bool) -> ReadEvent:
    try:
        return ReadEvent(number, Event.from_ical(block), zones, cancelled=cancelled)
    except Exception:  # noqa: BLE001 - whatever the library raises, this event cannot be read, and the others can
        return ReadEvent(number, None, zones, cancelled=cancelled)


def _say_moved(entries: list[Entry], said: list[Remark]) -> None:
    """Say once that moments in UTC fall on another day at home: whoever wonders about a day finds
    the reason.
    """
    moved = [entry for entry in entries if entry.utc_day and entry.utc_day != entry.start]
    if moved:
        said.append(Remark("utc", moved[0].number, moved[0].title, str(len(moved))))
