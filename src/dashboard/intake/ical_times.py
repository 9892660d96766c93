"""Moments of a calendar and the days they fall on; used in the limited process of limits.py.

A moment with a time zone of its own belongs to the day that its clock shows there, a floating one
to the day as it is written. Only a moment in UTC needs a home: the time zone that the calendar
names as its own (X-WR-TIMEZONE), else that of the programme.
"""

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

from icalendar import Component, Timezone
from icalendar.error import BrokenCalendarProperty
from icalendar.timezone import tzp

UNIVERSAL = {
    "UTC",
    "Etc/UTC",
    "GMT",
    "Etc/GMT",
    "UCT",
    "Etc/UCT",
    "Zulu",
    "Etc/Zulu",
    "Universal",
    "Etc/Universal",
}
"""Names of UTC: whoever writes one of these has said nothing of a place."""
ONE_DAY, INSTANT = timedelta(days=1), timedelta(microseconds=1)


class UnknownZoneError(Exception):
    """A time zone that neither the calendar defines nor anybody knows; the argument is its name."""


@dataclass(frozen=True)
class Moment:
    """What a clock shows (`wall`), in a `zone`; without one it floats. `whole_day`: only the day is
    meant.
    """

    wall: datetime
    zone: tzinfo | None = None
    whole_day: bool = False

    def day(self, home: tzinfo) -> date:
        """Return the day to which the moment belongs."""
        return self.instant(home).astimezone(home).date() if self.zone is UTC else self.wall.date()

    def instant(self, home: tzinfo) -> datetime:
        """Return the point in time, to compare with others."""
        return self.wall.replace(tzinfo=self.zone or home)

    def at(self, wall: datetime) -> "Moment":
        """Return another time on the same clock."""
        return replace(self, wall=wall)

    def before(self, home: tzinfo) -> date:
        """Return the last day that belongs to what ends at this moment."""
        return self.at(self.wall - (ONE_DAY if self.whole_day else INSTANT)).day(home)

    def on_this_clock(self, value: date, home: tzinfo) -> datetime:
        """Return what this moment's clock shows at another moment; a day is taken at this moment's
        time.
        """
        if not isinstance(value, datetime):
            return datetime.combine(value, self.wall.time())
        if value.tzinfo is None:
            return value
        return value.astimezone(self.zone or home).replace(tzinfo=None)


@dataclass(frozen=True)
class Zones:
    """The home of moments in UTC, and the names of the zones that the file itself defines."""

    home: tzinfo
    defined: frozenset[str] = frozenset()

    def zone(self, name: str) -> tzinfo | None:
        """Find a zone by its name: of the file, of IANA, of Windows. None where the file defines it
        in a way that cannot be read. Raises UnknownZoneError.
        """
        found = known_zone(name)
        if found is None and name not in self.defined:
            raise UnknownZoneError(name)
        return UTC if getattr(found, "key", "") in UNIVERSAL else found

    def moment(self, event: Component, key: str) -> Moment | None:
        """Read what a property of an event says; None where it is missing or cannot be read. Raises
        UnknownZoneError.
        """
        given = event.get(key)
        value = single_value(given)
        if value is None:
            return None
        params = given.params
        if not isinstance(value, datetime) or str(params.get("VALUE", "")).upper() == "DATE":
            return Moment(datetime.combine(value, time()), None, whole_day=True)
        name = str(params.get("TZID", "")).strip('"')
        if name:
            return Moment(value.replace(tzinfo=None), self.zone(name))
        return Moment(value.replace(tzinfo=None), UTC if value.tzinfo else None)


def single_value(given: Any) -> date | None:
    """Read the date or moment that a property holds; the library keeps what it cannot read, and
    raises when asked.
    """
    with contextlib.suppress(BrokenCalendarProperty):
        value = getattr(given, "dt", None)
        return value if isinstance(value, date) else None
    return None


def event_length(event: Component) -> timedelta | None:
    """Read the DURATION of an event, where it has one."""
    with contextlib.suppress(BrokenCalendarProperty):
        value = getattr(event.get("DURATION"), "dt", None)
        return value if isinstance(value, timedelta) else None
    return None


def known_zone(name: str) -> tzinfo | None:
    """Find a zone by its name in IANA or in Windows, or as a calendar of this process has defined
    it.
    """
    with contextlib.suppress(OSError, ValueError):
        return tzp.timezone(name)
    return None


def define_zones(blocks: Iterable[str]) -> frozenset[str]:
    """Make the zones known that a file defines; returns their names, also of those that cannot be
    read.
    """
    names = set()
    for block in blocks:
        names |= {
            line[5:].strip() for line in block.splitlines() if line.upper().startswith("TZID:")
        }
        # a zone that cannot be read leaves the days as they are written
        with contextlib.suppress(Exception):
            Timezone.from_ical(block)
    return frozenset(names)
