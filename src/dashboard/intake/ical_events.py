"""Makes entries of what a calendar says of one UID: one event, or the days of a series with what was
changed of single ones; used in the limited process of limits.py.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from icalendar import Component

from dashboard.intake.ical_recurrence import (
    Budget,
    Horizon,
    RuleError,
    Times,
    find_times,
    is_recurring,
)
from dashboard.intake.ical_times import Moment, UnknownZoneError, Zones, event_length, single_value

MEETING = (
    "CONFERENCE",
    "X-GOOGLE-CONFERENCE",
    "X-MICROSOFT-SKYPETEAMS",
    "X-MICROSOFT-ONLINEMEETING",
    "X-ZOOM",
)
"""How the properties begin with which programs say that a meeting can be joined online."""


@dataclass(frozen=True)
class Remark:
    """Something noteworthy: a code, the number and title of the event that it is about, and a
    detail.
    """

    code: str
    number: int | None
    title: str | None
    detail: str


@dataclass(frozen=True)
class Entry:
    """One event. `start` and `end` are ISO days, the end inclusive and only where it differs;
    `instance` is the day on which an event of a series was first planned; `whole` that all days of
    the series are in the file; `fault` and `detail` say why it cannot be taken; `utc_day` is the
    day that a start in UTC has there.
    """

    number: int
    title: str
    start: str | None = None
    end: str | None = None
    location: str = ""
    people: tuple[str, ...] = ()
    status: str = ""
    meeting: bool = False
    uid: str = ""
    instance: str = ""
    whole: bool = False
    fault: str = ""
    detail: str = ""
    utc_day: str = ""


@dataclass(frozen=True)
class ReadEvent:
    """A VEVENT as the library reads it (None: it cannot), its number in the file, and the zones of
    its calendar.
    """

    number: int
    event: Component | None
    zones: Zones
    cancelled: bool = False

    @property
    def uid(self) -> str:
        return "" if self.event is None else " ".join(str(self.event.get("UID", "")).split())

    @property
    def title(self) -> str:
        return "" if self.event is None else str(self.event.get("SUMMARY", ""))


class Span(NamedTuple):
    """Start and end (the first moment after the event) of one event."""

    start: Moment | None
    end: Moment | None


def make_entries(
    group: list[ReadEvent], horizon: Horizon, budget: Budget, said: list[Remark]
) -> list[Entry]:
    """Make the entries of all events with one UID: of several copies of the same the newest counts."""
    readable = [one for one in group if one.event is not None]
    found = [Entry(one.number, "", fault="unreadable") for one in group if one.event is None]
    masters = [one for one in readable if "RECURRENCE-ID" not in _event(one)]
    overrides = [one for one in readable if "RECURRENCE-ID" in _event(one)]
    try:
        master = _newest(masters, said) if masters else None
        if master and is_recurring(_event(master)):
            return [*found, *_series(master, overrides, horizon, budget, said)]
        return [*found, *([_make_entry(master)] if master else []), *_lone(overrides, said)]
    except UnknownZoneError as unknown:
        first = readable[0]
        return [*found, Entry(first.number, first.title, fault="unknown-zone", detail=str(unknown))]


def _event(one: ReadEvent) -> Component:
    assert one.event is not None
    return one.event


def _newest(copies: list[ReadEvent], said: list[Remark]) -> ReadEvent:
    """Find the copy that counts: the highest SEQUENCE, then what was changed last."""
    newest = max(copies, key=_age)
    if len(copies) > 1:
        said.append(Remark("copies", newest.number, newest.title, str(len(copies))))
    return newest


def _age(one: ReadEvent) -> tuple[int, datetime, datetime, int]:
    event = _event(one)
    try:
        sequence = int(event.get("SEQUENCE", 0))
    except (TypeError, ValueError):
        sequence = 0
    return sequence, _stamp(event, "LAST-MODIFIED"), _stamp(event, "DTSTAMP"), one.number


def _stamp(event: Component, key: str) -> datetime:
    value = single_value(event.get(key))
    if not isinstance(value, datetime):
        return datetime.min.replace(tzinfo=UTC)
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def _span(one: ReadEvent) -> Span:
    event = _event(one)
    start = one.zones.moment(event, "DTSTART")
    lasts = event_length(event)
    end = (
        start.at(start.wall + lasts)
        if start and lasts is not None
        else one.zones.moment(event, "DTEND")
    )
    return Span(start, end)


@dataclass(frozen=True)
class _Days:
    """The first and last day of an event (the last only where it is later); `fault` and `detail` as
    in Entry; `utc_day` the day that a start in UTC has there.
    """

    first: str | None
    last: str | None
    fault: str
    detail: str
    utc_day: str


def _find_days(span: Span, zones: Zones) -> _Days:
    start, end = span
    home = zones.home
    if start is None:
        return _Days(None, None, "no-start", "", "")
    first, utc_day = start.day(home), start.wall.date().isoformat() if start.zone is UTC else ""
    if end and end.instant(home) < start.instant(home):
        detail = f"{start.wall:%Y-%m-%d}, {end.wall:%Y-%m-%d}"
        return _Days(first.isoformat(), None, "backwards", detail, utc_day)
    last = end.before(home) if end else first
    return _Days(first.isoformat(), last.isoformat() if last > first else None, "", "", utc_day)


def _make_entry(
    one: ReadEvent,
    span: Span | None = None,
    of: ReadEvent | None = None,
    instance: str = "",
    *,
    whole: bool = False,
) -> Entry:
    """Make an entry of one event, in this span or its own; what an event of a series does not say,
    its series `of` says.
    """
    event, days = _event(one), _find_days(span or _span(one), one.zones)
    return Entry(
        one.number,
        one.title or (of.title if of else ""),
        days.first,
        days.last,
        str(event.get("LOCATION", "")),
        tuple(name for key in ("ORGANIZER", "ATTENDEE") for name in _names(event, key)),
        "CANCELLED" if one.cancelled else str(event.get("STATUS", "")).upper(),
        any(key.upper().startswith(MEETING) for key in event),
        one.uid,
        instance,
        whole,
        days.fault,
        days.detail,
        days.utc_day,
    )


def _lone(overrides: list[ReadEvent], said: list[Remark]) -> list[Entry]:
    """Make events of the changed ones of a series that is not in the file: each is an event of its
    own.
    """
    found: dict[str, list[ReadEvent]] = {}
    for one in overrides:
        found.setdefault(_planned(one, _span(one).start), []).append(one)
    return [_make_entry(_newest(copies, said), instance=day) for day, copies in found.items()]


def _planned(one: ReadEvent, clock: Moment | None) -> str:
    """Find the day on which a changed event of a series was first planned, on the clock of its
    series.
    """
    value = single_value(_event(one).get("RECURRENCE-ID"))
    if value is None or clock is None:
        return ""
    return _day_of(clock, clock.on_this_clock(value, one.zones.home), one.zones)


def _day_of(clock: Moment, wall: datetime, zones: Zones) -> str:
    return clock.at(wall).day(zones.home).strftime("%Y%m%d")


def _series(
    master: ReadEvent,
    overrides: list[ReadEvent],
    horizon: Horizon,
    budget: Budget,
    said: list[Remark],
) -> list[Entry]:
    span, home = _span(master), master.zones.home
    if span.start is None or _make_entry(master, span).fault:
        return [_make_entry(master, span)]
    try:
        with budget.share():
            held = find_times(_event(master), span.start, home, horizon)
    except RuleError as error:
        return [Entry(master.number, master.title, fault=f"rule-{error}")]
    if held.goes_on or held.before:
        code = "goes-on" if held.goes_on else "began"
        said.append(Remark(code, master.number, master.title, str(held.before)))
    return _place_series(master, span.start, held, overrides, said)


def _place_series(
    master: ReadEvent, clock: Moment, held: Times, overrides: list[ReadEvent], said: list[Remark]
) -> list[Entry]:
    """Make an entry for each time of a series: as its master says, or as was changed for this one,
    or from one on.
    """
    newest = _newest_changes(master, clock, overrides, said)
    onwards = sorted((wall, one) for wall, one in newest.items() if _from_here_on(one))
    days: Counter[str] = Counter()
    found = []
    for wall in sorted({*held.walls, *(wall for wall in newest if held.may_have(wall))}):
        day = _day_of(clock, wall, master.zones)
        days[day] += 1
        instance = day if days[day] == 1 else f"{day}-{days[day]}"
        own = newest.get(wall)
        base = own or next((one for since, one in reversed(onwards) if since <= wall), master)
        span = _span(base) if own else _moved(base, wall, clock)
        found.append(_make_entry(base, span, master, instance, whole=True))
    return found


def _newest_changes(
    master: ReadEvent, clock: Moment, overrides: list[ReadEvent], said: list[Remark]
) -> dict[datetime, ReadEvent]:
    """Return what was changed of single times of a series, by what its clock showed then."""
    changed: dict[datetime, list[ReadEvent]] = {}
    for one in overrides:
        value = single_value(_event(one).get("RECURRENCE-ID"))
        if value is not None:
            changed.setdefault(clock.on_this_clock(value, master.zones.home), []).append(one)
    return {wall: _newest(copies, said) for wall, copies in changed.items()}


def _from_here_on(one: ReadEvent) -> bool:
    given = _event(one).get("RECURRENCE-ID")
    return str(given.params.get("RANGE", "")).upper() == "THISANDFUTURE"


def _moved(base: ReadEvent, wall: datetime, clock: Moment) -> Span:
    """Find the span of a time of a series. `wall` is on the clock of the series; what was changed from
    one on is as far from it as that one.
    """
    start, end = _span(base)
    if start is None:
        return Span(None, None)
    value = single_value(_event(base).get("RECURRENCE-ID"))
    shift = (
        start.wall - clock.on_this_clock(value, base.zones.home)
        if value is not None
        else timedelta(0)
    )
    begins = start.at(wall + shift)
    return Span(begins, end.at(end.wall + (begins.wall - start.wall)) if end else None)


def _names(event: Component, key: str) -> list[str]:
    """List names only: addresses are not ours to keep."""
    given = event.get(key, [])
    names = [
        str(one.params.get("CN", "")) for one in (given if isinstance(given, list) else [given])
    ]
    return [name for name in names if name and "@" not in name]


def sort_entries(entries: Iterable[Entry]) -> list[Entry]:
    """Sort entries as the events stand in the file, each series by day."""
    return sorted(entries, key=lambda entry: (entry.number, entry.start or ""))
