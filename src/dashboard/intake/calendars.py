"""Reads events from a calendar file. What a calendar cannot say stays empty; nothing of it is guessed
but the id.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

import orjson
import pyarrow as pa

from dashboard.intake import limits
from dashboard.intake.event_location import find_location
from dashboard.intake.files import Origin, RawRecords
from dashboard.intake.ical_recurrence import MAX_DAYS, YEARS_AHEAD, YEARS_BACK
from dashboard.intake.limits import RowBudget, UnreadableFile
from dashboard.intake.messages import N_, Text, _, ngettext
from dashboard.intake.problems import Problem
from dashboard.language.nouns import plural
from dashboard.schema.contract import tables
from dashboard.schema.convert import ROW, slug

Row = dict[str, Any]
MAX_SLUG = 80
LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")
STATUS = {"CANCELLED": "cancelled", "TENTATIVE": "planned"}
"""What a calendar may say of an event that its day does not say."""
UID_LETTERS, PART_LETTERS = 16, 6
PARTS = ("title", "dates", "place", "status", "people")
"""What a calendar says of an event, in the order of the parts of `calendar_digest`."""

FAULTS: Mapping[str, tuple[str, Text, Text]] = {
    "unreadable": (
        "title",
        _("the event cannot be read"),
        _("Open it in the calendar, save it, and export again."),
    ),
    "no-title": ("title", _("the event has no title"), _("Give it one in the calendar.")),
    "no-start": (
        "start_date",
        _("the event has no start that can be read"),
        _("Give it a date in the calendar."),
    ),
    "backwards": (
        "end_date",
        _("the event ends before it starts"),
        _("Correct its start or its end in the calendar."),
    ),
    "unknown-zone": (
        "start_date",
        _("nobody knows the time zone of the event"),
        _("Choose a time zone such as Europe/Amsterdam for it in the calendar."),
    ),
    "rule-unreadable": (
        "start_date",
        _("the rule by which the event recurs cannot be read"),
        _("Set it anew in the calendar."),
    ),
    "rule-too-many": (
        "start_date",
        _(
            "the event recurs more than {n:,} times within {years} years",
            n=MAX_DAYS,
            years=YEARS_BACK + YEARS_AHEAD,
        ),
        _("Let it recur less often, or give an end."),
    ),
    "rule-too-long": (
        "start_date",
        _("working out when the event recurs takes too long"),
        _("Give it a simpler rule, or each day as an event."),
    ),
}
"""Why an entry cannot be taken: the column, message and hint, by code (ical_events.Entry.fault)."""


NOTES: Mapping[str, tuple[str, str]] = {
    "encoding": (
        N_("the file is not UTF-8 and is read as Windows text, “{detail}” among it"),
        N_("Look at the accents in the titles."),
    ),
    "own-zone": (
        N_("the calendar gives {detail} as its time zone: days of moments in UTC are those there"),
        N_("Set another one in the calendar if that is not where it belongs."),
    ),
    "copies": (
        N_("the event stands {detail} times in the file; the newest counts"),
        N_("Look whether it is right."),
    ),
}
"""What is noteworthy about a calendar: message and hint, by code (ical_events.Remark)."""

COUNTED: Mapping[str, tuple[tuple[str, str], str]] = {
    "utc": (
        plural(
            "{n} event is given in UTC and begins on another day there; the local day is taken",
            "{n} events are given in UTC and begin on another day there; the local day is taken",
        ),
        N_("Look at the days of what is late in the evening."),
    ),
    "began": (
        plural(
            "{n} of the series lies more than {years} years back and is left out",
            "{n} of the series lie more than {years} years back and are left out",
        ),
        N_("Give them as rows of events, if they count."),
    ),
}
"""The same of so many events: the message for one and for many."""


def read_calendar(
    file: str, data: bytes, records: RawRecords, room: RowBudget, *, today: date, home: str
) -> None:
    """Add the events of a calendar, and the people it names, to the records; moments in UTC belong
    to the time zone `home`. Rows are numbered by event. What of it is new is told in reconcile.py.
    Raises UnreadableFile.
    """
    found = orjson.loads(
        limits.run_isolated("calendar", data, {"home": home, "today": today.isoformat()})
    )
    if found["too_many"]:
        message = _("the calendar holds more than 20,000 events")
        hint = _("Split it, or give the series an end.")
        raise UnreadableFile(message, hint, code="too-many-events")
    room.take(len(found["entries"]), 0)
    whole = {
        hash_to_letters(e["uid"], UID_LETTERS): e["number"] for e in found["entries"] if e["whole"]
    }
    origin = Origin(file, calendar=True, series=tuple(whole.items()))
    base = records.add_origin(origin)
    _add_entries(found["entries"], origin, base, records, today)
    records.notes += [_make_note(origin, one, found["until"]) for one in found["said"]]
    if not found["entries"]:
        message, hint = _("the calendar holds no events"), _("Is it the right file?")
        records.notes.append(origin.problem("no-events", message, hint))


def _add_entries(
    entries: list[Row], origin: Origin, base: int, records: RawRecords, today: date
) -> None:
    """Add the rows of events and of the people they name; an entry with a fault is a problem."""
    rows: dict[str, list[Row]] = {"events": [], "event_people": []}
    ids: Counter[str] = Counter()
    for entry in entries:
        if code := _find_fault(entry):
            records.problems.append(_make_problem(origin, entry, code))
            continue
        event = {ROW: base + entry["number"], **_make_event(entry, today)}
        ids[event["event_id"]] += 1
        if (count := ids[event["event_id"]]) > 1:
            event["event_id"] += f"-{count}"
        rows["events"].append(event)
        key = {ROW: event[ROW], "event_id": event["event_id"]}
        rows["event_people"] += [
            {**key, "person_id": name, "role": "contribution", "nr": "1"}
            for name in _list_people(entry)
        ]
    for table, listed in rows.items():
        if listed:
            records.add_rows(table, make_table(table, listed))


def _make_problem(origin: Origin, entry: Row, code: str) -> Problem:
    column, message, hint = FAULTS[code]
    shown = ": ".join(filter(None, (entry["title"], entry["detail"]))) or None
    return origin.problem(
        f"event-{code}", message, hint, row=entry["number"], column=column, value=shown
    )


def _find_fault(entry: Row) -> str:
    return str(entry["fault"]) or ("" if entry["title"].strip() else "no-title")


def _make_event(entry: Row, today: date) -> Row:
    """Make a row of events. The id is unique within the calendar; reconcile.py finds the event that is
    served already.
    """
    title = " ".join(entry["title"].split())
    where = find_location(entry["location"], meeting=entry["meeting"])
    passed = (entry["end"] or entry["start"]) < today.isoformat()
    return {
        "event_id": "-".join(filter(None, (slug(title, MAX_SLUG) or "event", entry["start"]))),
        "title": title,
        "start_date": entry["start"],
        "end_date": entry["end"],
        "status": STATUS.get(entry["status"], "held" if passed else "planned"),
        "attendance_mode": where.mode,
        "place_id": where.place,
        "participants_kind": "unknown",
        "calendar_uid": _make_uid(entry),
        "calendar_digest": _make_digest(entry, title),
    }


def _make_uid(entry: Row) -> str | None:
    """Make the id by which an event is known again, of a series with its day."""
    if not entry["uid"]:
        return None
    uid = hash_to_letters(entry["uid"], UID_LETTERS)
    return "-".join(filter(None, (uid, entry["instance"])))


def _make_digest(entry: Row, title: str) -> str:
    """Make a short hash of what the calendar itself said, for each of PARTS: what differs at the
    next delivery has changed there.
    """
    said = {
        "title": title,
        "dates": f"{entry['start']} {entry['end'] or ''}",
        "place": f"{' '.join(entry['location'].split())} {entry['meeting']}",
        "status": entry["status"] if entry["status"] in STATUS else "",
        "people": "\n".join(sorted(_list_people(entry))),
    }
    return "-".join(hash_to_letters(said[part], PART_LETTERS) for part in PARTS)


def _list_people(entry: Row) -> list[str]:
    return list(dict.fromkeys(" ".join(name.split()) for name in entry["people"]))


def hash_to_letters(text: str, length: int) -> str:
    """Hash a text in the letters a to p: a spreadsheet would take some in hexadecimal for numbers."""
    return hashlib.sha256(text.encode()).hexdigest().translate(LETTERS)[:length]


def mark_left_out(part: str) -> str:
    """Mark a part of a calendar digest as left out: nobody knew its names when the calendar was
    delivered. It differs from the part itself, so that they are asked about at the next delivery.
    """
    return hash_to_letters(f"left out {part}", PART_LETTERS)


def make_table(table: str, rows: list[Row]) -> pa.Table:
    """Make a table of rows as text, as other files give them."""
    names = [c.name for c in tables()[table].file_columns]
    arrays = [pa.array([row.get(name) for row in rows], pa.string()) for name in names]
    return pa.table(
        [pa.array([row[ROW] for row in rows], pa.int64()), *arrays], names=[ROW, *names]
    )


def _make_note(origin: Origin, said: Row, until: str) -> Problem:
    """Make the note on what is noteworthy about the file, by code (ical_events.Remark)."""
    code, detail = said["code"], said["detail"]
    message, hint = (
        _describe_beyond(detail, until) if code == "goes-on" else _describe(code, detail)
    )
    column = "start_date" if code in ("utc", "goes-on", "began") else None
    number, title = said["number"], said["title"]
    variant = "" if code == "utc" else f"{detail}"
    return origin.problem(
        f"calendar-{code}", message, hint, row=number, column=column, value=title, variant=variant
    )


def _describe_beyond(earlier: str, until: str) -> tuple[Text, Text]:
    """Return message and hint for a series that goes on after the last day that is read."""
    hint = _("Upload the calendar again in time.")
    if earlier == "0":
        return _("the series goes on; it is read until {until}", until=until), hint
    message = ngettext(
        "the series goes on; it is read until {until}, and {n} earlier one is left out",
        "the series goes on; it is read until {until}, and {n} earlier ones are left out",
        int(earlier),
        until=until,
    )
    return message, hint


def _describe(code: str, detail: str) -> tuple[Text, Text]:
    """Return message and hint for what is noteworthy about a file or an event of it."""
    if code in COUNTED:
        forms, hint = COUNTED[code]
        return ngettext(*forms, int(detail), years=YEARS_BACK), _(hint)
    message, hint = NOTES[code]
    return _(message, detail=detail), _(hint)
