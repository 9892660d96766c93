"""Events from a calendar file. What a calendar cannot say stays empty; nothing of it is guessed but the id."""

import re
from datetime import date
from typing import Any

import orjson
import pyarrow as pa

from dashboard.intake import limits
from dashboard.intake.contract import tables
from dashboard.intake.convert import slug
from dashboard.intake.files import ROW, Origin, RawRecords
from dashboard.intake.problems import Problem

ONLINE = re.compile(r"https?://|\b(teams|zoom|webex|online|google meet)\b", re.IGNORECASE)
MAX_SLUG = 80


def take(file: str, data: bytes, records: RawRecords, today: date) -> None:
    """Add the events of a calendar, and the people it names, to the records. Rows are numbered by event.
    Raises Unreadable."""
    found = orjson.loads(limits.run("calendar", data))
    base = records.add_origin(Origin(file, calendar=True))
    rows: dict[str, list[dict[str, Any]]] = {"events": [], "event_people": []}
    ids: dict[str, int] = {}
    for number, entry in enumerate(found, start=1):
        if wrong := _fault(entry):
            column, rule, mend = wrong
            records.problems.append(Problem(file, number, column, entry["title"] or None, rule, mend))
            continue
        event = _event(entry, today)
        count = ids[event["event_id"]] = ids.get(event["event_id"], 0) + 1
        if count > 1:
            event["event_id"] += f"-{count}"
        rows["events"].append({ROW: base + number, **event})
        people = dict.fromkeys(" ".join(name.split()) for name in entry["people"])
        for person in people:
            named = {"event_id": event["event_id"], "person_id": person, "role": "contribution", "nr": "1"}
            rows["event_people"].append({ROW: base + number, **named})
        records.notes += _notes(file, number, event, list(people))
    for table, listed in rows.items():
        if listed:
            records.add_rows(table, _arrow(table, listed))


def _fault(entry: dict[str, Any]) -> tuple[str, str, str] | None:
    if entry["recurs"]:
        return "start_date", "the event recurs, and recurring events are not expanded", "Give each day as an event."
    if not entry["title"].strip() or not slug(entry["title"]):
        return "title", "the event has no title", "Give it one in the calendar."
    if not entry["start"]:
        return "start_date", "the event has no start that can be read", "Give it a date in the calendar."
    return None


def _event(entry: dict[str, Any], today: date) -> dict[str, Any]:
    title, place = entry["title"].strip(), " ".join(entry["location"].split())
    online = bool(ONLINE.search(place))
    last = entry["end"] or entry["start"]
    held = "held" if last < today.isoformat() else "planned"
    return {
        "event_id": f"{slug(title, MAX_SLUG)}-{entry['start']}",
        "title": title,
        "start_date": entry["start"],
        "end_date": entry["end"],
        "status": {"CANCELLED": "cancelled", "TENTATIVE": "planned"}.get(entry["status"], held),
        "attendance_mode": "online" if online else None,
        "place_id": None if online or not place else place,
        "participants_kind": "unknown",
    }


def _notes(file: str, number: int, event: dict[str, Any], people: list[str]) -> list[Problem]:
    notes = []
    if event["status"] == "held":
        mend = "Correct the status if it did not take place."
        notes.append(Problem(file, number, "status", None, "a day that has passed is read as held", mend))
    if people:
        mend = "Correct the role, or remove who only attended."
        rule = "who is invited is read as contributing"
        notes.append(Problem(file, number, "person_id", ", ".join(people), rule, mend))
    return notes


def _arrow(table: str, rows: list[dict[str, Any]]) -> pa.Table:
    names = [c.name for c in tables()[table].file_columns]
    arrays = [pa.array([row.get(name) for row in rows], pa.string()) for name in names]
    return pa.table([pa.array([row[ROW] for row in rows], pa.int64()), *arrays], names=[ROW, *names])
