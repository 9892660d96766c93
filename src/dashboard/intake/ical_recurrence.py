"""The days of an event that recurs (RFC 5545: RRULE, RDATE, EXDATE), by dateutil; used in the
limited process of limits.py.

A rule of some bytes can stand for a thousand million days, or search for ever for a day that does
not exist. So only the days within a horizon are given, and a series that costs more than its share
is refused by itself.
"""

import contextlib
import signal
import threading
import time as clock
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from types import FrameType
from typing import Any

from dateutil.rrule import rrule, rruleset, rrulestr
from icalendar import Component
from icalendar.error import BrokenCalendarProperty

from dashboard.intake.ical_times import Moment

YEARS_BACK, YEARS_AHEAD = 10, 2
MAX_DAYS = 5000
"""Of one series: every day of thirteen years."""
SERIES_SECONDS, ALL_SECONDS = 2.0, 12.0
"""What one series, and all series of a file, may take of the processor: less than
limits.CPU_SECONDS together, so that a hostile rule is named and does not end the process.
"""


class RuleError(Exception):
    """A rule that cannot be read, or that gives too much. The argument is the code of the reason."""


@dataclass(frozen=True)
class Horizon:
    """The days, first and last included, within which a series is read."""

    first: date
    last: date

    @classmethod
    def around(cls, today: date) -> "Horizon":
        """Make the horizon around a day: from ten years back to two years ahead, in whole years of
        365.25 days.
        """
        year = timedelta(days=365.25)
        return cls(today - YEARS_BACK * year, today + YEARS_AHEAD * year)


@dataclass(frozen=True)
class Times:
    """When a series is held: what its clock shows at each start; the moments and days that it
    leaves out; how many lie before the horizon, and whether it goes on after it.
    """

    walls: list[datetime]
    left_out: frozenset[date]
    before: int
    goes_on: bool

    def may_have(self, wall: datetime) -> bool:
        """Return whether a changed event belongs to the series, also where its rule does not give
        it.
        """
        return not {wall, wall.date()} & self.left_out


@dataclass
class Budget:
    """Seconds of the processor that are left for all series of a file."""

    left: float = field(default=ALL_SECONDS)

    @contextlib.contextmanager
    def share(self) -> Iterator[None]:
        """Work within the share of time of one series. Raises RuleError when it is used up."""
        started, granted = clock.process_time(), min(SERIES_SECONDS, self.left)
        try:
            with _at_most(granted):
                yield
        except MemoryError:
            raise RuleError("too-long") from None
        finally:
            self.left -= clock.process_time() - started


@contextlib.contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    if seconds <= 0:
        raise RuleError("too-long")
    if threading.current_thread() is not threading.main_thread():
        yield  # signals reach the main thread only; the limited process has no other
        return
    before = signal.signal(signal.SIGPROF, _over)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _over(_signal: int, _frame: FrameType | None) -> None:
    raise RuleError("too-long")


def is_recurring(event: Component) -> bool:
    """Return whether an event is held several times, by a rule or by a list of days."""
    return "RRULE" in event or "RDATE" in event


def find_times(event: Component, start: Moment, home: tzinfo, horizon: Horizon) -> Times:
    """Find when an event that repeats is held within the horizon. Its start is the first time, also
    where its rule (RRULE) does not give it. Raises RuleError for a rule that cannot be read.
    """
    try:
        rules = _rules(event, start, home)
        left_out = (
            start.on_this_clock(day, home) if isinstance(day, datetime) else day
            for day in _dates(event, "EXDATE")
        )
        return _within(rules, start, home, horizon, frozenset(left_out))
    except (ValueError, TypeError, KeyError, IndexError, OverflowError, BrokenCalendarProperty):
        raise RuleError("unreadable") from None


def _within(
    rules: rruleset, start: Moment, home: tzinfo, horizon: Horizon, left_out: frozenset[date]
) -> Times:
    walls: list[datetime] = []
    before = 0
    for wall in rules:
        day = start.at(wall).day(home)
        if day > horizon.last:
            return Times(walls, left_out, before, goes_on=True)
        if {wall, wall.date()} & left_out:
            continue
        if day < horizon.first:
            before += 1
        elif len(walls) == MAX_DAYS:
            raise RuleError("too-many")
        else:
            walls.append(wall)
    return Times(walls, left_out, before, goes_on=False)


def _rules(event: Component, start: Moment, home: tzinfo) -> rruleset:
    rules = rruleset()
    rules.rdate(start.wall)
    for given in _listed(event, "RRULE"):
        rules.rrule(_rule(given, start, home))
    for given in _listed(event, "EXRULE"):
        rules.exrule(_rule(given, start, home))
    for day in _dates(event, "RDATE"):
        rules.rdate(start.on_this_clock(day, home))
    return rules


def _rule(given: Any, start: Moment, home: tzinfo) -> rrule:
    """Parse a rule on the clock of its event: the library wants no zone on either side, or on both."""
    parts = {name: values for name, values in given.items() if name != "UNTIL"}
    found = rrulestr(type(given)(parts).to_ical().decode(), dtstart=start.wall)
    if until := given.get("UNTIL"):
        last = until[0] if isinstance(until, list) else until
        whole = not isinstance(last, datetime)
        found = found.replace(
            until=datetime.combine(last, time.max) if whole else start.on_this_clock(last, home)
        )
    return found


def _listed(event: Component, key: str) -> list[Any]:
    given = event.get(key, [])
    return given if isinstance(given, list) else [given]


def _dates(event: Component, key: str) -> list[date]:
    """List the days and moments of RDATE or EXDATE; of a period its start."""
    found = [one.dt for given in _listed(event, key) for one in given.dts]
    return [one[0] if isinstance(one, tuple) else one for one in found]
