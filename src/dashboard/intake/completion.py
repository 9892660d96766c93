"""Rows of a calendar that is delivered again become whole ones: what a calendar does not know, and
what it says as it did last time, comes from the served event. So that nothing is emptied or
overwritten; see reconcile.py.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import pyarrow as pa

from dashboard.intake.calendars import PART_LETTERS, PARTS, Row, as_arrow, letters, unsettled
from dashboard.intake.files import RawRecords
from dashboard.intake.problems import Problem
from dashboard.intake.reconcile import FIRST, PASSED, Pairing, note
from dashboard.schema.convert import ROW


def complete(settled: RawRecords, pairing: Pairing, known: Mapping[str, pa.Table]) -> RawRecords:
    """Settled rows of calendars as whole rows of events, and who is new at them; with notes on what
    was read into them.
    """
    entries = settled.tables["events"].to_pylist() if "events" in settled.tables else []
    words = {entry["event_id"]: entry["place_id"] for entry in pairing.entries}
    events = [
        _complete(_unsettled(entry, words), pairing.served.get(entry["event_id"]), pairing)
        for entry in entries
    ]
    people, named = _new_people(settled, known), defaultdict(list)
    for row in people:
        named[row["event_id"]].append(row["person_id"])
    notes = [*settled.notes, *pairing.notes]
    for entry, event in zip(entries, events, strict=True):
        notes += _notes(settled, entry, event, named[event["event_id"]], pairing)
    events += [
        row | {"status": "cancelled", "calendar_digest": _as_cancelled(row)} for row in pairing.gone
    ]
    if pairing.unchanged:
        files = ", ".join(origin.file for origin in settled.origins if origin.calendar)
        number = "1 event is" if pairing.unchanged == 1 else f"{pairing.unchanged} events are"
        rule = f"{number} as the calendar said last time: nothing changes there"
        notes.append(Problem(files, None, None, None, rule, "Nothing needs to be done."))
    listed = {"events": events, "event_people": people}
    tables = {name: as_arrow(name, rows) for name, rows in listed.items() if rows}
    return RawRecords(tables, settled.problems, notes, settled.origins)


def _complete(entry: Row, row: Row | None, pairing: Pairing) -> Row:
    if row is None:
        return entry
    changed = pairing.changed[entry["event_id"]]
    whole = {**row, ROW: entry[ROW], "calendar_digest": entry["calendar_digest"]}
    whole["calendar_uid"] = entry["calendar_uid"] or row["calendar_uid"]
    if "title" in changed:
        whole["title"] = entry["title"]
    if "dates" in changed:
        whole |= {"start_date": entry["start_date"], "end_date": entry["end_date"]}
    if "place" in changed:
        whole |= _where(entry, row)
    if FIRST in changed:
        whole |= {name: row[name] or entry[name] for name in ("place_id", "attendance_mode")}
    return whole | {"status": _status(entry, row, changed)}


def _unsettled(entry: Row, words: Mapping[str, str | None]) -> Row:
    """The entry with a digest that says that its place was left out, where nobody knew it."""
    if entry["place_id"] or not words[entry["event_id"]]:
        return entry
    parts = str(entry["calendar_digest"]).split("-")
    parts[PARTS.index("place")] = unsettled(parts[PARTS.index("place")])
    return entry | {"calendar_digest": "-".join(parts)}


def _where(entry: Row, row: Row) -> Row:
    """An online event that has got a place is held there; a place that nobody knows does not empty
    the one that is known.
    """
    here = (
        "onsite"
        if entry["place_id"] and row["attendance_mode"] == "online"
        else row["attendance_mode"]
    )
    return {
        "place_id": entry["place_id"] or row["place_id"],
        "attendance_mode": entry["attendance_mode"] or here,
    }


def _status(entry: Row, row: Row, changed: set[str]) -> str:
    """Whether an event is planned or held follows its day when that moved or has passed; one that
    somebody cancelled stays so until the calendar says otherwise.
    """
    said, before = str(entry["status"]), str(row["status"])
    if "status" in changed or (said == "cancelled" and FIRST in changed):
        return said
    moved = "dates" in changed and "cancelled" not in (before, said)
    return said if moved or PASSED in changed else before


def _as_cancelled(row: Row) -> str | None:
    """The digest of an event that its series no longer has: should it come back, its status has
    changed.
    """
    parts = str(row["calendar_digest"] or "").split("-")
    if len(parts) != len(PARTS):
        return None
    parts[PARTS.index("status")] = letters("CANCELLED", PART_LETTERS)
    return "-".join(parts)


def _new_people(settled: RawRecords, known: Mapping[str, pa.Table]) -> list[Row]:
    """Who is named in a calendar and not yet at the event, in whatever role; nobody is taken away."""
    there = {
        (row["event_id"], row["person_id"])
        for row in (known["event_people"].to_pylist() if "event_people" in known else [])
    }
    found = []
    for row in (
        settled.tables["event_people"].to_pylist() if "event_people" in settled.tables else []
    ):
        one = (row["event_id"], row["person_id"])
        if one not in there:
            there.add(one)
            found.append(row)
    return found


def _notes(
    records: RawRecords, entry: Row, event: Row, people: list[str], pairing: Pairing
) -> Iterable[Problem]:
    """What was read into an entry that it does not say."""
    old = pairing.served.get(event["event_id"])
    over = str(event["end_date"] or event["start_date"]) < pairing.today.isoformat()
    if event["status"] == "held" and (old is None or old["status"] != "held"):
        said = (
            "a day that has passed is read as held",
            "Correct the status if it did not take place.",
        )
        yield note(records, event[ROW], "status", None, said)
    if event["status"] == "planned" and over:
        said = (
            "a tentative event of a day that has passed stays planned",
            "Say whether it was held or cancelled.",
        )
        yield note(records, event[ROW], "status", event["title"], said)
    if old and entry["attendance_mode"] == "online" and event["place_id"]:
        said = (
            "the calendar says online now; the place is kept",
            "Empty the place if nobody was there.",
        )
        yield note(records, event[ROW], "place_id", event["place_id"], said)
    if people:
        said = (
            "who is invited is read as contributing",
            "Correct the role, or remove who only attended.",
        )
        yield note(records, event[ROW], "person_id", ", ".join(people), said)


def added(records: RawRecords, calendars: RawRecords) -> RawRecords:
    """Records with the whole rows of calendars among them, each in place of the one with its key."""
    for name, rows in calendars.tables.items():
        if name in records.tables:
            keys = set(_keys(name, rows))
            rest = pa.array(
                [key not in keys for key in _keys(name, records.tables[name])], pa.bool_()
            )
            kept = records.tables[name].filter(rest).select(rows.column_names).cast(rows.schema)
            records.tables[name] = pa.concat_tables([kept, rows])
    records.notes += calendars.notes
    records.problems += calendars.problems
    return records


KEYS = {"events": ("event_id",), "event_people": ("event_id", "person_id", "role", "nr")}


def _keys(table: str, rows: pa.Table) -> list[tuple[str | None, ...]]:
    return list(zip(*(rows.column(name).to_pylist() for name in KEYS[table]), strict=True))
