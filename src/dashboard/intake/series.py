"""What a calendar says of one UID becomes entries: one event, or the days of a series with what was
changed of single ones; used in the limited process of limits.py.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from icalendar import Component

from dashboard.intake.moments import Moment, UnknownZoneError, Zones, length, single_value
from dashboard.intake.recurrence import Budget, Horizon, RuleError, Times, recurs, times

MEETING = (
    "CONFERENCE",
    "X-GOOGLE-CONFERENCE",
    "X-MICROSOFT-SKYPETEAMS",
    "X-MICROSOFT-ONLINEMEETING",
    "X-ZOOM",
)
"""How the properties begin with which programs say that a meeting can be joined online."""


@dataclass(frozen=True)
class Said:
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
class Read:
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


def entries_of(
    group: list[Read], horizon: Horizon, budget: Budget, said: list[Said]
) -> list[Entry]:
    """The entries of all events with one UID: of several copies of the same the newest counts."""
    readable = [one for one in group if one.event is not None]
    found = [Entry(one.number, "", fault="unreadable") for one in group if one.event is None]
    masters = [one for one in readable if "RECURRENCE-ID" not in _event(one)]
    overrides = [one for one in readable if "RECURRENCE-ID" in _event(one)]
    try:
        master = _newest(masters, said)[0] if masters else None
        if master and recurs(_event(master)):
            return [*found, *_series(master, overrides, horizon, budget, said)]
        return [*found, *([_single(master)] if master else []), *_lone(overrides, said)]
    except UnknownZoneError as unknown:
        first = readable[0]
        return [*found, Entry(first.number, first.title, fault="unknown-zone", detail=str(unknown))]


def _event(one: Read) -> Component:
    assert one.event is not None
    return one.event


def _newest(copies: list[Read], said: list[Said]) -> list[Read]:
    """The copy that counts, alone: the highest SEQUENCE, then what was changed last."""
    newest = max(copies, key=_age)
    if len(copies) > 1:
        said.append(Said("copies", newest.number, newest.title, str(len(copies))))
    return [newest]


def _age(one: Read) -> tuple[int, datetime, datetime, int]:
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


def _span(one: Read) -> Span:
    event = _event(one)
    start = one.zones.moment(event, "DTSTART")
    lasts = length(event)
    end = (
        start.at(start.wall + lasts)
        if start and lasts is not None
        else one.zones.moment(event, "DTEND")
    )
    return Span(start, end)


def _single(
    one: Read,
    span: Span | None = None,
    of: Read | None = None,
    instance: str = "",
    *,
    whole: bool = False,
) -> Entry:
    """An entry of one event, in this span or its own; what an event of a series does not say, its
    series `of` says.
    """
    start, end = span or _span(one)
    event, home = _event(one), one.zones.home
    first = start.day(home) if start else None
    fault = (
        "no-start"
        if start is None
        else "backwards"
        if end and end.instant(home) < start.instant(home)
        else ""
    )
    last = end.before(home) if end and not fault else None
    return Entry(
        one.number,
        one.title or (of.title if of else ""),
        first.isoformat() if first else None,
        last.isoformat() if first and last and last > first else None,
        str(event.get("LOCATION", "")),
        tuple(name for key in ("ORGANIZER", "ATTENDEE") for name in _names(event, key)),
        "CANCELLED" if one.cancelled else str(event.get("STATUS", "")).upper(),
        any(key.upper().startswith(MEETING) for key in event),
        one.uid,
        instance,
        whole,
        fault,
        (
            f"{start.wall:%Y-%m-%d}, {end.wall:%Y-%m-%d}"
            if fault == "backwards" and start and end
            else ""
        ),
        start.wall.date().isoformat() if start and start.zone is UTC else "",
    )


def _lone(overrides: list[Read], said: list[Said]) -> list[Entry]:
    """Changed events of a series that is not in the file: each is an event of its own."""
    found: dict[str, list[Read]] = {}
    for one in overrides:
        found.setdefault(_planned(one, _span(one).start), []).append(one)
    return [
        _single(copy, instance=day)
        for day, copies in found.items()
        for copy in _newest(copies, said)
    ]


def _planned(one: Read, clock: Moment | None) -> str:
    """The day on which a changed event of a series was first planned, on the clock of its series."""
    value = single_value(_event(one).get("RECURRENCE-ID"))
    if value is None or clock is None:
        return ""
    return _day_of(clock, clock.on_this_clock(value, one.zones.home), one.zones)


def _day_of(clock: Moment, wall: datetime, zones: Zones) -> str:
    return clock.at(wall).day(zones.home).strftime("%Y%m%d")


def _series(
    master: Read, overrides: list[Read], horizon: Horizon, budget: Budget, said: list[Said]
) -> list[Entry]:
    span, home = _span(master), master.zones.home
    if span.start is None or _single(master, span).fault:
        return [_single(master, span)]
    try:
        with budget.share():
            held = times(_event(master), span.start, home, horizon)
    except RuleError as error:
        return [Entry(master.number, master.title, fault=f"rule-{error}")]
    if held.goes_on or held.before:
        code = "goes-on" if held.goes_on else "began"
        said.append(Said(code, master.number, master.title, str(held.before)))
    return _placed(master, span.start, held, overrides, said)


def _placed(
    master: Read, clock: Moment, held: Times, overrides: list[Read], said: list[Said]
) -> list[Entry]:
    """An entry for each time of a series: as its master says, or as was changed for this one, or
    from one on.
    """
    changed: dict[datetime, list[Read]] = {}
    for one in overrides:
        value = single_value(_event(one).get("RECURRENCE-ID"))
        if value is not None:
            changed.setdefault(clock.on_this_clock(value, master.zones.home), []).append(one)
    newest = {wall: _newest(copies, said)[0] for wall, copies in changed.items()}
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
        found.append(_single(base, span, master, instance, whole=True))
    return found


def _from_here_on(one: Read) -> bool:
    given = _event(one).get("RECURRENCE-ID")
    return str(given.params.get("RANGE", "")).upper() == "THISANDFUTURE"


def _moved(base: Read, wall: datetime, clock: Moment) -> Span:
    """The span of a time of a series. `wall` is on the clock of the series; what was changed from
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
    """Names only: addresses are not ours to keep."""
    given = event.get(key, [])
    names = [
        str(one.params.get("CN", "")) for one in (given if isinstance(given, list) else [given])
    ]
    return [name for name in names if name and "@" not in name]


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """As the events stand in the file, each series by day."""
    return sorted(entries, key=lambda entry: (entry.number, entry.start or ""))
