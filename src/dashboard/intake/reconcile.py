"""A calendar that is delivered again: which of its entries are events that are there already, and
what of them changes.

An entry is known again by its UID, which is kept with the event, whatever its title and days are
now. One that says what it said last time changes nothing. Of the others only that changes which has
changed in the calendar: what a calendar does not know (attendance, kind, our role …) and what
somebody filled in since stays; see completion.py.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter

import pyarrow as pa
import pyarrow.compute as pc

from dashboard.intake.calendars import PARTS, Row, make_table, mark_left_out
from dashboard.intake.files import ORIGIN_STEP, RawRecords, find_origin
from dashboard.intake.ical_recurrence import Horizon
from dashboard.intake.messages import Text, _
from dashboard.intake.problems import Problem
from dashboard.schema.convert import ROW, slug

NEAR_DAYS = 7
"""Days of a series that moved together are the same events where each moved by less than a week:
one week's is not taken for the next one's.
"""
FIRST, PASSED, ANSWERED = "first", "passed", "answered"
"""Beside PARTS: it is not known what the calendar said last time; an event that was planned lies in
the past now; somebody said who is named there.
"""
Pairs = Iterable[tuple[Row, Row]]


@dataclass
class Pairing:
    """What entries of calendars are. `entries` are those that say something new (rows of events),
    `served` the event that each of them is, by id, `changed` what it says otherwise. `gone` are
    served events that were to come and that their series no longer has, under the row of the
    series. `unchanged` counts the entries that say nothing new; `answered` are the numbers of those
    of which somebody said who is named in them. All as of `today`.
    """

    today: date
    entries: list[Row] = field(default_factory=list)
    served: dict[str, Row] = field(default_factory=dict)
    changed: dict[str, set[str]] = field(default_factory=dict)
    gone: list[Row] = field(default_factory=list)
    unchanged: int = 0
    answered: set[int] = field(default_factory=set)
    notes: list[Problem] = field(default_factory=list)


def split_calendars(upload: RawRecords) -> tuple[RawRecords, RawRecords]:
    """Split the rows of an upload into those of calendars and the others. Problems and notes stay
    with the others.
    """
    steps = {i for i, origin in enumerate(upload.origins, start=1) if origin.calendar}
    calendars = RawRecords({}, [], [], list(upload.origins))
    others = RawRecords({}, list(upload.problems), list(upload.notes), list(upload.origins))
    for name, rows in upload.tables.items():
        mine = pa.array(
            [number // ORIGIN_STEP in steps for number in rows.column(ROW).to_pylist()], pa.bool_()
        )
        for records, chosen in ((calendars, mine), (others, pc.invert(mine))):
            if (part := rows.filter(chosen)).num_rows:
                records.tables[name] = part
    return calendars, others


def reconcile(
    calendars: RawRecords, known: Mapping[str, pa.Table], today: date
) -> tuple[RawRecords, Pairing]:
    """Return the rows of calendars without those that say nothing new, under the ids of the events
    that they are; and how they pair with these. Places and people are still in the words of the
    calendar.
    """
    pairing = Pairing(today)
    entries, people = _latest_entries(calendars, pairing), list_rows(calendars, "event_people")
    names_of = defaultdict(list)
    for row in people:
        names_of[row[ROW] // ORIGIN_STEP, row["event_id"]].append(row)
    # their ids are those of the calendar until they are paired
    asked = [(entry, names_of[entry[ROW] // ORIGIN_STEP, entry["event_id"]]) for entry in entries]
    persons = set(known["people"].column("person_id").to_pylist()) if "people" in known else set()
    pairing.answered = {row[ROW] for row in people if row["person_id"] in persons}
    served = known["events"].to_pylist() if "events" in known else []
    _pair_entries(entries, served, pairing, calendars)
    named = [
        {**row, "event_id": entry["event_id"]}
        for entry, rows in asked
        for row in rows
        if _is_new(row, persons, pairing.changed.get(entry["event_id"], set()))
    ]
    return RawRecords(as_tables(pairing.entries, named), [], [], calendars.origins), pairing


def list_rows(records: RawRecords, table: str) -> list[Row]:
    """List the rows of a table; none where it is absent."""
    return records.tables[table].to_pylist() if table in records.tables else []


def as_tables(events: list[Row], people: list[Row]) -> dict[str, pa.Table]:
    """Return rows of events and event_people as tables, without an empty one."""
    listed = {"events": events, "event_people": people}
    return {name: make_table(name, rows) for name, rows in listed.items() if rows}


def _is_new(row: Row, persons: set[str], changed: set[str]) -> bool:
    """Return whether a name is taken over: all where the names have changed, else those that are
    settled.
    """
    return "people" in changed or (ANSWERED in changed and row["person_id"] in persons)


def _latest_entries(calendars: RawRecords, pairing: Pairing) -> list[Row]:
    """List the entries; of one UID in two calendars the later file's."""
    rows = list_rows(calendars, "events")
    last = {row["calendar_uid"]: index for index, row in enumerate(rows) if row["calendar_uid"]}
    latest = []
    for index, row in enumerate(rows):
        if last.get(row["calendar_uid"], index) == index:
            latest.append(row)
            continue
        message = _("the event stands in two calendars; the later one counts")
        said = (message, _("Look whether it is right."))
        note = make_note(calendars, "in-two-calendars", row[ROW], said, value=row["title"])
        pairing.notes.append(note)
    return latest


def make_note(
    records: RawRecords,
    code: str,
    number: int,
    said: tuple[Text, Text],
    *,
    column: str | None = None,
    value: str | None = None,
) -> Problem:
    """Make a note on a row of events, by its row number; `said` is its message and its hint."""
    origin, row = find_origin(records.origins, "events", number)
    return origin.problem(code, *said, row=row, column=column, value=value)


def _pair_entries(
    entries: list[Row], served: list[Row], pairing: Pairing, calendars: RawRecords
) -> None:
    """Find the served event that each entry is, and the served ones that are gone."""
    free = {row["event_id"]: row for row in sorted(served, key=itemgetter("event_id"))}
    taken = set(free)
    found = _match_entries(entries, free)
    for entry in entries:
        old = found.get(id(entry))
        entry["event_id"] = old["event_id"] if old else _free_id(entry["event_id"], taken)
        taken.add(entry["event_id"])
        _note_changes(entry, old, pairing)
    _find_missing(pairing, list(free.values()), calendars)


def _match_entries(entries: list[Row], free: dict[str, Row]) -> dict[int, Row]:
    """Return the served event of each entry that is one, by the id of the entry as an object; takes
    them out of `free`.
    """
    found: dict[int, Row] = {}
    delivered = {entry["calendar_uid"] for entry in entries if entry["calendar_uid"]}
    matches: tuple[Callable[[list[Row], list[Row]], Pairs], ...] = (
        _by_uid,
        _by_series,
        lambda new, old: _by_day(new, [row for row in old if row["calendar_uid"] not in delivered]),
    )
    for match in matches:
        rest = [entry for entry in entries if id(entry) not in found]
        for entry, row in list(match(rest, list(free.values()))):
            found[id(entry)] = free.pop(row["event_id"])
    return found


def _by_uid(entries: list[Row], free: list[Row]) -> Pairs:
    known = {row["calendar_uid"]: row for row in reversed(free) if row["calendar_uid"]}
    return [
        (entry, known[entry["calendar_uid"]]) for entry in entries if entry["calendar_uid"] in known
    ]


def _by_series(entries: list[Row], free: list[Row]) -> Pairs:
    """Pair the series of which the days moved together: those that are new, and those that are no
    longer there, in order.
    """
    new, old = _by_stem(entries), _by_stem(free)
    found: list[tuple[Row, Row]] = []
    for stem in sorted(new.keys() & old.keys()):
        pairs = list(zip(new[stem], old[stem], strict=False))
        found += pairs if all(_near(entry, row) for entry, row in pairs) else []
    return found


def _by_stem(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Group the events by their series, and in it by day."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: str(row["start_date"])):
        stem, _dash, instance = str(row["calendar_uid"] or "").partition("-")
        if instance:
            found[stem].append(row)
    return found


def _near(entry: Row, row: Row) -> bool:
    try:
        moved = date.fromisoformat(entry["start_date"]) - date.fromisoformat(row["start_date"])
    except (TypeError, ValueError):  # known by the month only
        return False
    return abs(moved.days) < NEAR_DAYS


def _by_day(entries: list[Row], free: list[Row]) -> Pairs:
    """Pair events that were published without the UID of their calendar, or under one that is no
    longer used: the same day, and the same title or the id that this title gives.
    """
    waiting: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in free:
        for name in {slug(str(row["title"])), str(row["event_id"])}:
            waiting[name, str(row["start_date"])].append(row)
    used: set[str] = set()
    for entry in entries:
        day = entry["start_date"]
        rows = [*waiting[slug(entry["title"]), day], *waiting[entry["event_id"], day]]
        if rest := [row for row in rows if row["event_id"] not in used]:
            used.add(rest[0]["event_id"])
            yield entry, rest[0]


def _free_id(asked: str, taken: set[str]) -> str:
    number, found = 1, asked
    while found in taken:
        number += 1
        found = f"{asked}-{number}"
    return found


def _note_changes(entry: Row, row: Row | None, pairing: Pairing) -> None:
    """Note what an entry says that is new. What it says as it did last time is left out of it:
    nobody has to know it now.
    """
    changed = _find_changes(entry, row, pairing.today) if row else set(PARTS)
    changed |= {ANSWERED} if entry[ROW] in pairing.answered else set()
    if row and not changed and entry["calendar_uid"] in (None, row["calendar_uid"]):
        pairing.unchanged += 1
        return
    if not changed & {FIRST, "place"}:
        entry |= {"place_id": None, "attendance_mode": None}
    pairing.entries.append(entry)
    pairing.changed[entry["event_id"]] = changed
    if row:
        pairing.served[entry["event_id"]] = row


def _find_changes(entry: Row, row: Row, today: date) -> set[str]:
    """Find what the calendar says otherwise than last time: some of PARTS. Where that is not known:
    FIRST, and what it knows best.
    """
    before = str(row["calendar_digest"] or "").split("-")
    now = str(entry["calendar_digest"]).split("-")
    if len(before) == len(PARTS):
        pairs = zip(PARTS, before, now, strict=True)
        found = {part for part, old, new in pairs if old not in (new, mark_left_out(new))}
        place = PARTS.index("place")
        if before[place] == mark_left_out(now[place]) and not row["place_id"]:
            found.add("place")
    else:
        found = {FIRST, "people"} | ({"dates"} if _days(entry) != _days(row) else set())
    over = _days(row)[1] < today.isoformat()
    if row["status"] == "planned" and entry["status"] == "held" and over:
        found.add(PASSED)
    return found


def _days(row: Row) -> tuple[str, str]:
    return str(row["start_date"]), str(row["end_date"] or row["start_date"])


def _find_missing(pairing: Pairing, free: list[Row], calendars: RawRecords) -> None:
    """Find served events of a series that its calendar holds whole, but no longer with these."""
    horizon = Horizon.around(pairing.today)
    series = {
        stem: index * ORIGIN_STEP + number
        for index, origin in enumerate(calendars.origins, start=1)
        for stem, number in origin.series
    }
    for row in free:
        stem, _dash, instance = str(row["calendar_uid"] or "").partition("-")
        start = str(row["start_date"])
        within = horizon.first.isoformat() <= start <= horizon.last.isoformat()
        if instance and stem in series and within and row["status"] != "cancelled":
            _note_missing(pairing, row, series[stem], calendars)


def _note_missing(pairing: Pairing, row: Row, number: int, calendars: RawRecords) -> None:
    """Note that a series no longer has an event; one that was to come is cancelled."""
    start = str(row["start_date"])
    if row["status"] == "planned" and start >= pairing.today.isoformat():
        pairing.gone.append({**row, ROW: number})
        message = _("its series no longer has this event: it is read as cancelled")
        code, said = "event-cancelled", (message, _("Correct the status if it is not."))
    else:
        message = _("its series no longer has this event, which has passed: it stays")
        code, said = "event-missing", (message, _("Correct it if it was not held."))
    shown = f"{row['title']}, {start}"
    note = make_note(calendars, code, number, said, column="status", value=shown)
    pairing.notes.append(note)
