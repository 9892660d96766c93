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

from dashboard.intake.calendars import PARTS, Row, as_arrow, unsettled
from dashboard.intake.files import ORIGIN_STEP, RawRecords, place
from dashboard.intake.problems import Problem
from dashboard.intake.recurrence import Horizon
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


def apart(upload: RawRecords) -> tuple[RawRecords, RawRecords]:
    """The rows of an upload that are of calendars, and the others. Problems and notes stay with the
    others.
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
    """The rows of calendars without those that say nothing new, under the ids of the events that
    they are; and how they pair with these. Places and people are still in the words of the
    calendar.
    """
    pairing = Pairing(today)
    entries = _once(calendars, pairing)
    people = (
        calendars.tables["event_people"].to_pylist() if "event_people" in calendars.tables else []
    )
    of = defaultdict(list)
    for row in people:
        of[row[ROW] // ORIGIN_STEP, row["event_id"]].append(row)
    persons = set(known["people"].column("person_id").to_pylist()) if "people" in known else set()
    pairing.answered = {row[ROW] for row in people if row["person_id"] in persons}
    asked = [(entry, of[entry[ROW] // ORIGIN_STEP, entry["event_id"]]) for entry in entries]
    _pair(entries, known["events"].to_pylist() if "events" in known else [], pairing, calendars)
    named = [
        {**row, "event_id": entry["event_id"]}
        for entry, rows in asked
        for row in rows
        if _is_new(row, persons, pairing.changed.get(entry["event_id"], set()))
    ]
    listed = {"events": pairing.entries, "event_people": named}
    tables = {name: as_arrow(name, rows) for name, rows in listed.items() if rows}
    return RawRecords(tables, [], [], calendars.origins), pairing


def _is_new(row: Row, persons: set[str], changed: set[str]) -> bool:
    """Whether a name is taken over: all where the names have changed, else those that are settled."""
    return "people" in changed or (ANSWERED in changed and row["person_id"] in persons)


def _once(calendars: RawRecords, pairing: Pairing) -> list[Row]:
    """The entries; of one UID in two calendars the later file's."""
    rows = calendars.tables["events"].to_pylist() if "events" in calendars.tables else []
    last = {row["calendar_uid"]: index for index, row in enumerate(rows) if row["calendar_uid"]}
    for index, row in enumerate(rows):
        if last.get(row["calendar_uid"], index) != index:
            said = (
                "the event stands in two calendars; the later one counts",
                "Look whether it is right.",
            )
            pairing.notes.append(note(calendars, row[ROW], None, row["title"], said))
    return [row for index, row in enumerate(rows) if last.get(row["calendar_uid"], index) == index]


def note(
    records: RawRecords, number: int, column: str | None, value: str | None, said: tuple[str, str]
) -> Problem:
    """A note on a row of events, by its row number: what is said of it, and how to mend it."""
    origin, row = place(records.origins, "events", number)
    return Problem(origin.file, row, column, value, *said, origin.sheet)


def _pair(entries: list[Row], served: list[Row], pairing: Pairing, calendars: RawRecords) -> None:
    free = {row["event_id"]: row for row in sorted(served, key=itemgetter("event_id"))}
    taken, found = set(free), dict[int, Row]()
    delivered = {entry["calendar_uid"] for entry in entries if entry["calendar_uid"]}
    matches: tuple[Callable[[list[Row], list[Row]], Pairs], ...] = (
        _by_uid,
        _by_series,
        lambda new, old: _by_day(new, [row for row in old if row["calendar_uid"] not in delivered]),
    )
    for match in matches:
        for entry, row in list(
            match([e for e in entries if id(e) not in found], list(free.values()))
        ):
            found[id(entry)] = free.pop(row["event_id"])
    for entry in entries:
        old = found.get(id(entry))
        entry["event_id"] = old["event_id"] if old else _free_id(entry["event_id"], taken)
        taken.add(entry["event_id"])
        _tell(entry, old, pairing)
    _missing(pairing, list(free.values()), calendars)


def _by_uid(entries: list[Row], free: list[Row]) -> Pairs:
    known = {row["calendar_uid"]: row for row in reversed(free) if row["calendar_uid"]}
    return [
        (entry, known[entry["calendar_uid"]]) for entry in entries if entry["calendar_uid"] in known
    ]


def _by_series(entries: list[Row], free: list[Row]) -> Pairs:
    """A series of which the days moved together: those that are new, and those that are no longer
    there, in order.
    """
    new, old = _by_stem(entries), _by_stem(free)
    found: list[tuple[Row, Row]] = []
    for stem in sorted(new.keys() & old.keys()):
        pairs = list(zip(new[stem], old[stem], strict=False))
        found += pairs if all(_near(entry, row) for entry, row in pairs) else []
    return found


def _by_stem(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """The events of each series, by day."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: str(row["start_date"])):
        stem, _, instance = str(row["calendar_uid"] or "").partition("-")
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
    """Events that were published without the UID of their calendar, or under one that is no longer
    used: the same day, and the same title or the id that this title gives.
    """
    waiting: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in free:
        for name in {slug(str(row["title"])), str(row["event_id"])}:
            waiting[name, str(row["start_date"])].append(row)
    used: set[str] = set()
    for entry in entries:
        names = (slug(entry["title"]), entry["event_id"])
        rows = [
            row
            for name in names
            for row in waiting[name, entry["start_date"]]
            if row["event_id"] not in used
        ]
        if rows:
            used.add(rows[0]["event_id"])
            yield entry, rows[0]


def _free_id(asked: str, taken: set[str]) -> str:
    number, found = 1, asked
    while found in taken:
        number += 1
        found = f"{asked}-{number}"
    return found


def _tell(entry: Row, row: Row | None, pairing: Pairing) -> None:
    """Note what an entry says that is new. What it says as it did last time is left out of it:
    nobody has to know it now.
    """
    changed = _changes(entry, row, pairing.today) if row else set(PARTS)
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


def _changes(entry: Row, row: Row, today: date) -> set[str]:
    """What the calendar says otherwise than last time: some of PARTS. Where that is not known:
    FIRST, and what it knows best.
    """
    before, now = (
        str(row["calendar_digest"] or "").split("-"),
        str(entry["calendar_digest"]).split("-"),
    )
    if len(before) == len(PARTS):
        pairs = zip(PARTS, before, now, strict=True)
        found = {part for part, old, new in pairs if old not in (new, unsettled(new))}
        place = PARTS.index("place")
        if before[place] == unsettled(now[place]) and not row["place_id"]:
            found.add("place")
    else:
        found = {FIRST, "people"} | ({"dates"} if _days(entry) != _days(row) else set())
    over = _days(row)[1] < today.isoformat()
    return found | (
        {PASSED} if row["status"] == "planned" and entry["status"] == "held" and over else set()
    )


def _days(row: Row) -> tuple[str, str]:
    return str(row["start_date"]), str(row["end_date"] or row["start_date"])


def _missing(pairing: Pairing, free: list[Row], calendars: RawRecords) -> None:
    """Served events of a series that its calendar holds whole, but no longer with these."""
    horizon = Horizon.around(pairing.today)
    series = {
        stem: index * ORIGIN_STEP + number
        for index, origin in enumerate(calendars.origins, start=1)
        for stem, number in origin.series
    }
    for row in free:
        stem, _, instance = str(row["calendar_uid"] or "").partition("-")
        start = str(row["start_date"])
        within = horizon.first.isoformat() <= start <= horizon.last.isoformat()
        if not (instance and stem in series and within) or row["status"] == "cancelled":
            continue
        shown = f"{row['title']}, {start}"
        if row["status"] == "planned" and start >= pairing.today.isoformat():
            said = (
                "its series no longer has this event: it is read as cancelled",
                "Correct the status if it is not.",
            )
            pairing.gone.append({**row, ROW: series[stem]})
        else:
            said = (
                "its series no longer has this event, which has passed: it stays",
                "Correct it if it was not held.",
            )
        pairing.notes.append(note(calendars, series[stem], "status", shown, said))
