"""The events of a calendar file; runs in the limited process of limits.py.

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
    """JSON: `entries` (series.Entry), `said` (series.Said: what is noteworthy about the file),
    `until` (the last day to which series are read), `too_many`. `argument` has the time zone of the
    programme as `home`, and `today`.

    Raises ValueError for what is no calendar.
    """
    home, horizon = (
        ZoneInfo(argument["home"]),
        Horizon.around(date.fromisoformat(argument["today"])),
    )
    text, said = _text(data)
    parts = _Apart().calendars(text)
    if not parts:
        raise ValueError("no calendar")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what the libraries say to programmers
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


class _Apart:
    """Takes a file apart, line by line. What stands inside an event but is none of its properties
    (an alarm) is left out, and so is what has no end.
    """

    def __init__(self) -> None:
        self.found: list[Parts] = []
        self.parts: Parts | None = None
        self.inside: list[str] = []
        self.block: list[str] = []

    def calendars(self, text: str) -> list[Parts]:
        """The calendars of a file. Raises ValueError where one does not end: only part of it
        arrived.
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
        """A line of a component; of what is inside it only where a time zone consists of it."""
        if own or (self.inside[0] == "VTIMEZONE" and len(self.inside) > 1):
            self.block.append(line)


def _keep(parts: Parts, name: str, block: str) -> None:
    if name == "VEVENT":
        parts.events.append(block)
    elif name == "VTIMEZONE":
        parts.zones.append(block)


def _entries(
    calendars: list[Parts], home: tzinfo, horizon: Horizon, said: list[Said]
) -> list[Entry]:
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
    """The zone of a calendar's moments in UTC: the one that it names as its own, unless that is UTC
    itself.
    """
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
    """Say once that moments in UTC fall on another day at home: whoever wonders about a day finds
    the reason.
    """
    moved = [entry for entry in entries if entry.utc_day and entry.utc_day != entry.start]
    if moved:
        said.append(Said("utc", moved[0].number, moved[0].title, str(len(moved))))
