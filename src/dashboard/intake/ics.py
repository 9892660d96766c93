"""The events of a calendar file; runs in the limited process of limits.py."""

import contextlib
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import orjson
from icalendar import Calendar, Component
from icalendar.error import BrokenCalendarProperty

HOME = ZoneInfo("Europe/Amsterdam")
"""Where the programme is: a moment in UTC belongs to the day that it is there."""
MAX_EVENTS = 20_000


def read(data: bytes, _argument: Any) -> bytes:
    """JSON: a list of events with title, start, end (ISO days, the end inclusive and only where it differs),
    location, people, status and recurs. Raises ValueError for what is no calendar."""
    calendars = Calendar.from_ical(data, multiple=True)
    if not calendars or any(calendar.name != "VCALENDAR" for calendar in calendars):
        raise ValueError("no calendar")
    events = [event for calendar in calendars for event in calendar.walk("VEVENT")]
    if len(events) > MAX_EVENTS:
        raise MemoryError
    return orjson.dumps([_event(event) for event in events])


def _event(event: Component) -> dict[str, Any]:
    start = _moment(event, "DTSTART")
    end = _end(event, start)
    first, last = _day(start), _last_day(start, end)
    return {
        "title": str(event.get("SUMMARY", "")),
        "start": first and first.isoformat(),
        "end": last.isoformat() if last and last != first else None,
        "location": str(event.get("LOCATION", "")),
        "people": [name for key in ("ORGANIZER", "ATTENDEE") for name in _names(event, key)],
        "status": str(event.get("STATUS", "")).upper(),
        "recurs": "RRULE" in event or "RDATE" in event,
    }


def _moment(event: Component, key: str) -> date | None:
    with contextlib.suppress(BrokenCalendarProperty):  # the library keeps what it cannot read, and raises when asked
        moment = getattr(event.get(key), "dt", None)
        return moment if isinstance(moment, date) else None
    return None


def _end(event: Component, start: date | None) -> date | None:
    """The first moment after the event, also where its duration is given instead."""
    with contextlib.suppress(BrokenCalendarProperty):
        length = getattr(event.get("DURATION"), "dt", None)
        if start and isinstance(length, timedelta):
            return start + length
    return _moment(event, "DTEND")


def _day(moment: date | None) -> date | None:
    if isinstance(moment, datetime):
        return (moment.astimezone(HOME) if moment.tzinfo else moment).date()
    return moment


def _last_day(start: date | None, end: date | None) -> date | None:
    """The last day that belongs to the event: the end of a calendar entry is the first moment after it."""
    if end is None or start is None:
        return None
    step = timedelta(microseconds=1) if isinstance(end, datetime) else timedelta(days=1)
    last, first = _day(end - step), _day(start)
    return last if last and first and last > first else first


def _names(event: Component, key: str) -> list[str]:
    """Names only: addresses are not ours to keep."""
    given = event.get(key, [])
    names = [str(one.params.get("CN", "")) for one in (given if isinstance(given, list) else [given])]
    return [name for name in names if name and "@" not in name]
