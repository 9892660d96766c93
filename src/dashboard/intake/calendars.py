"""Events from a calendar file. What a calendar cannot say stays empty; nothing of it is guessed but
the id.
"""

import hashlib
from collections import Counter
from datetime import date
from typing import Any

import orjson
import pyarrow as pa

from dashboard.intake import limits
from dashboard.intake.files import Origin, RawRecords
from dashboard.intake.limits import Room, Unreadable
from dashboard.intake.problems import Problem
from dashboard.intake.recurrence import MAX_DAYS, YEARS_AHEAD, YEARS_BACK
from dashboard.intake.whereabouts import whereabouts
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

FAULTS = {
    "unreadable": (
        "title",
        "the event cannot be read",
        "Open it in the calendar, save it, and export again.",
    ),
    "no-title": ("title", "the event has no title", "Give it one in the calendar."),
    "no-start": (
        "start_date",
        "the event has no start that can be read",
        "Give it a date in the calendar.",
    ),
    "backwards": (
        "end_date",
        "the event ends before it starts",
        "Correct its start or its end in the calendar.",
    ),
    "unknown-zone": (
        "start_date",
        "nobody knows the time zone of the event",
        "Choose a time zone such as Europe/Amsterdam for it in the calendar.",
    ),
    "rule-unreadable": (
        "start_date",
        "the rule by which the event recurs cannot be read",
        "Set it anew in the calendar.",
    ),
    "rule-too-many": (
        "start_date",
        f"the event recurs more than {MAX_DAYS:,} times within {YEARS_BACK + YEARS_AHEAD} years",
        "Let it recur less often, or give an end.",
    ),
    "rule-too-long": (
        "start_date",
        "working out when the event recurs takes too long",
        "Give it a simpler rule, or each day as an event.",
    ),
}
"""Why an entry cannot be taken: the column, the reason and the way to mend it, by code
(series.Entry.fault).
"""


def take(
    file: str, data: bytes, records: RawRecords, room: Room, *, today: date, home: str
) -> None:
    """Add the events of a calendar, and the people it names, to the records; moments in UTC belong
    to the time zone `home`. Rows are numbered by event. What of it is new is told in reconcile.py.
    Raises Unreadable.
    """
    found = orjson.loads(limits.run("calendar", data, {"home": home, "today": today.isoformat()}))
    if found["too_many"]:
        raise Unreadable(
            "the calendar holds more than 20,000 events", "Split it, or give the series an end."
        )
    room.take(len(found["entries"]), 0)
    whole = {letters(e["uid"], UID_LETTERS): e["number"] for e in found["entries"] if e["whole"]}
    base = records.add_origin(Origin(file, calendar=True, series=tuple(whole.items())))
    rows: dict[str, list[Row]] = {"events": [], "event_people": []}
    ids: Counter[str] = Counter()
    for entry in found["entries"]:
        if code := _fault(entry):
            column, rule, mend = FAULTS[code]
            shown = ": ".join(filter(None, (entry["title"], entry["detail"]))) or None
            records.problems.append(Problem(file, entry["number"], column, shown, rule, mend))
            continue
        event = {ROW: base + entry["number"], **_event(entry, today)}
        ids[event["event_id"]] += 1
        if (count := ids[event["event_id"]]) > 1:
            event["event_id"] += f"-{count}"
        rows["events"].append(event)
        for name in _people(entry):
            named = {
                "event_id": event["event_id"],
                "person_id": name,
                "role": "contribution",
                "nr": "1",
            }
            rows["event_people"].append({ROW: event[ROW], **named})
    records.notes += [_note(file, one, found["until"]) for one in found["said"]]
    if not found["entries"]:
        records.notes.append(
            Problem(file, None, None, None, "the calendar holds no events", "Is it the right file?")
        )
    _add(records, rows)


def _add(records: RawRecords, rows: dict[str, list[Row]]) -> None:
    for table, listed in rows.items():
        if listed:
            records.add_rows(table, as_arrow(table, listed))


def _fault(entry: Row) -> str:
    return str(entry["fault"]) or ("" if entry["title"].strip() else "no-title")


def _event(entry: Row, today: date) -> Row:
    """A row of events. The id is unique within the calendar; reconcile.py finds the event that is
    served already.
    """
    title = " ".join(entry["title"].split())
    where = whereabouts(entry["location"], meeting=entry["meeting"])
    passed = (entry["end"] or entry["start"]) < today.isoformat()
    uid = letters(entry["uid"], UID_LETTERS) if entry["uid"] else ""
    return {
        "event_id": "-".join(filter(None, (slug(title, MAX_SLUG) or "event", entry["start"]))),
        "title": title,
        "start_date": entry["start"],
        "end_date": entry["end"],
        "status": STATUS.get(entry["status"], "held" if passed else "planned"),
        "attendance_mode": where.mode,
        "place_id": where.place,
        "participants_kind": "unknown",
        "calendar_uid": "-".join(filter(None, (uid, entry["instance"]))) if uid else None,
        "calendar_digest": _digest(entry, title),
    }


def _digest(entry: Row, title: str) -> str:
    """What the calendar itself said, a short hash for each of PARTS: what differs at the next
    delivery has changed there.
    """
    said = {
        "title": title,
        "dates": f"{entry['start']} {entry['end'] or ''}",
        "place": f"{' '.join(entry['location'].split())} {entry['meeting']}",
        "status": entry["status"] if entry["status"] in STATUS else "",
        "people": "\n".join(sorted(_people(entry))),
    }
    return "-".join(letters(said[part], PART_LETTERS) for part in PARTS)


def _people(entry: Row) -> list[str]:
    return list(dict.fromkeys(" ".join(name.split()) for name in entry["people"]))


def letters(text: str, length: int) -> str:
    """A hash of a text in the letters a to p: a spreadsheet would take some in hexadecimal for
    numbers.
    """
    return hashlib.sha256(text.encode()).hexdigest().translate(LETTERS)[:length]


def unsettled(part: str) -> str:
    """A part of a digest whose names nobody knew when the calendar was delivered: what was left out
    is asked about again.
    """
    return letters(f"left out {part}", PART_LETTERS)


def as_arrow(table: str, rows: list[Row]) -> pa.Table:
    """Rows as text, as other files give them."""
    names = [c.name for c in tables()[table].file_columns]
    arrays = [pa.array([row.get(name) for row in rows], pa.string()) for name in names]
    return pa.table(
        [pa.array([row[ROW] for row in rows], pa.int64()), *arrays], names=[ROW, *names]
    )


def _note(file: str, said: Row, until: str) -> Problem:
    """What is noteworthy about the file, by code (series.Said)."""
    detail = said["detail"]
    column, rule, mend = {
        "encoding": (
            None,
            f"the file is not UTF-8 and is read as Windows text, “{detail}” among it",
            "Look at the accents in the titles.",
        ),
        "own-zone": (
            None,
            f"the calendar gives {detail} as its time zone: days of moments in UTC are those there",
            "Set another one in the calendar if that is not where it belongs.",
        ),
        "utc": (
            "start_date",
            (
                f"{detail} events are given in UTC and begin on another day there; the local day is"
                " taken"
            ),
            "Look at the days of what is late in the evening.",
        ),
        "copies": (
            None,
            f"the event stands {detail} times in the file; the newest counts",
            "Look whether it is right.",
        ),
        "goes-on": (
            "start_date",
            f"the series goes on; it is read until {until}"
            + (f", and {detail} earlier ones are left out" if detail != "0" else ""),
            "Upload the calendar again in time.",
        ),
        "began": (
            "start_date",
            f"{detail} of the series lie more than {YEARS_BACK} years back and are left out",
            "Give them as rows of events, if they count.",
        ),
    }[said["code"]]
    return Problem(file, said["number"], column, said["title"], rule, mend)
