"""Completes the rows of a calendar that is delivered again: what a calendar does not know, and
what it says as it did last time, comes from the served event. So that nothing is emptied or
overwritten; see reconcile.py.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import pyarrow as pa

from dashboard.intake.calendars import PART_LETTERS, PARTS, Row, hash_to_letters, mark_left_out
from dashboard.intake.files import Origin, RawRecords
from dashboard.intake.messages import _, ngettext
from dashboard.intake.problems import Problem
from dashboard.intake.reconcile import (
    FIRST,
    PASSED,
    Pairing,
    as_tables,
    list_rows,
    make_note,
)
from dashboard.schema.convert import ROW


def complete_rows(
    settled: RawRecords, pairing: Pairing, known: Mapping[str, pa.Table]
) -> RawRecords:
    """Make settled rows of calendars whole rows of events, and who is new at them; with notes on
    what was read into them.
    """
    entries = list_rows(settled, "events")
    places = {entry["event_id"]: entry["place_id"] for entry in pairing.entries}
    events = [
        _complete(_mark_unsettled(entry, places), pairing.served.get(entry["event_id"]), pairing)
        for entry in entries
    ]
    people, named = _new_people(settled, known), defaultdict(list)
    for row in people:
        named[row["event_id"]].append(row["person_id"])
    notes = [*settled.notes, *pairing.notes]
    for entry, event in zip(entries, events, strict=True):
        notes += _note_status(settled, event, pairing)
        notes += _note_others(settled, entry, event, named[event["event_id"]], pairing)
    if pairing.unchanged:
        notes.append(_note_unchanged(settled, pairing.unchanged))
    events += [
        row | {"status": "cancelled", "calendar_digest": _as_cancelled(row)} for row in pairing.gone
    ]
    return RawRecords(as_tables(events, people), settled.problems, notes, settled.origins)


def _note_unchanged(settled: RawRecords, events: int) -> Problem:
    files = ", ".join(origin.file for origin in settled.origins if origin.calendar)
    message = ngettext(
        "{n} event is as the calendar said last time: nothing changes there",
        "{n} events are as the calendar said last time: nothing changes there",
        events,
    )
    return Origin(files).problem("unchanged-events", message, _("Nothing needs to be done."))


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


def _mark_unsettled(entry: Row, places: Mapping[str, str | None]) -> Row:
    """Say in the digest of an entry that its place was left out, where nobody knew it."""
    if entry["place_id"] or not places[entry["event_id"]]:
        return entry
    parts = str(entry["calendar_digest"]).split("-")
    parts[PARTS.index("place")] = mark_left_out(parts[PARTS.index("place")])
    return entry | {"calendar_digest": "-".join(parts)}


def _where(entry: Row, row: Row) -> Row:
    """Return where an event is. An online event that has got a place is held there; a place that
    nobody knows does not empty the one that is known.
    """
    mode = row["attendance_mode"]
    if entry["place_id"] and mode == "online":
        mode = "onsite"
    return {
        "place_id": entry["place_id"] or row["place_id"],
        "attendance_mode": entry["attendance_mode"] or mode,
    }


def _status(entry: Row, row: Row, changed: set[str]) -> str:
    """Choose the status of an event: whether it is planned or held follows its day when that moved
    or has passed; one that somebody cancelled stays so until the calendar says otherwise.
    """
    said, before = str(entry["status"]), str(row["status"])
    if "status" in changed or (said == "cancelled" and FIRST in changed):
        return said
    moved = "dates" in changed and "cancelled" not in (before, said)
    return said if moved or PASSED in changed else before


def _as_cancelled(row: Row) -> str | None:
    """Make the calendar digest of an event that its calendar no longer has, as if it said that the
    event is cancelled: should the event come back, its status has changed. None where the event has
    no digest of the present form.
    """
    parts = str(row["calendar_digest"] or "").split("-")
    if len(parts) != len(PARTS):
        return None
    parts[PARTS.index("status")] = hash_to_letters("CANCELLED", PART_LETTERS)
    return "-".join(parts)


def _new_people(settled: RawRecords, known: Mapping[str, pa.Table]) -> list[Row]:
    """Find who is named in a calendar and not yet at the event, in whatever role; nobody is taken
    away.
    """
    there = {
        (row["event_id"], row["person_id"])
        for row in (known["event_people"].to_pylist() if "event_people" in known else [])
    }
    found = []
    for row in list_rows(settled, "event_people"):
        one = (row["event_id"], row["person_id"])
        if one not in there:
            there.add(one)
            found.append(row)
    return found


def _note_status(records: RawRecords, event: Row, pairing: Pairing) -> Iterable[Problem]:
    """Note which status was read into an entry that does not say it."""
    old = pairing.served.get(event["event_id"])
    over = str(event["end_date"] or event["start_date"]) < pairing.today.isoformat()
    if event["status"] == "held" and (old is None or old["status"] != "held"):
        message = _("a day that has passed is read as held")
        said = (message, _("Correct the status if it did not take place."))
        yield make_note(records, "read-as-held", event[ROW], said, column="status")
    if event["status"] == "planned" and over:
        message = _("a tentative event of a day that has passed stays planned")
        said, title = (message, _("Say whether it was held or cancelled.")), event["title"]
        yield make_note(records, "stays-planned", event[ROW], said, column="status", value=title)


def _note_others(
    records: RawRecords, entry: Row, event: Row, people: list[str], pairing: Pairing
) -> Iterable[Problem]:
    """Note a place that is kept, and who is read as contributing."""
    place = event["place_id"]
    if event["event_id"] in pairing.served and entry["attendance_mode"] == "online" and place:
        message = _("the calendar says online now; the place is kept")
        said = (message, _("Empty the place if nobody was there."))
        yield make_note(records, "place-kept", event[ROW], said, column="place_id", value=place)
    if people:
        message = _("who is invited is read as contributing")
        said = (message, _("Correct the role, or remove who only attended."))
        names = ", ".join(people)
        yield make_note(
            records, "read-as-contributing", event[ROW], said, column="person_id", value=names
        )


def add_calendars(records: RawRecords, calendars: RawRecords) -> RawRecords:
    """Add the whole rows of calendars to the records, each in place of the one with its key."""
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
