"""Calendars: the days they give, the events they are, and what becomes of one that is delivered
again.
"""

from collections import Counter
from contextlib import suppress
from datetime import UTC, date, datetime

import orjson
import pytest

from dashboard.cli import main
from dashboard.intake import ical_file, ical_recurrence, limits
from dashboard.intake.calendars import FAULTS
from dashboard.intake.completion import add_calendars, complete_rows
from dashboard.intake.event_location import find_location
from dashboard.intake.files import RawRecords, read_folder
from dashboard.intake.ical_recurrence import Horizon
from dashboard.intake.name_answers import NEW_PERSON
from dashboard.intake.reconcile import reconcile, split_calendars
from dashboard.intake.resolve import resolve_upload
from dashboard.intake.uploads import read_upload
from dashboard.model.filters import NO_FILTERS
from dashboard.publishing.delivery import StewardAnswers, build_record_file, check_delivery
from dashboard.query import questions
from dashboard.store import Mode, Store, publish_candidate
from tests.conftest import ROOT, served_already

TODAY = date(2026, 11, 28)
NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
CASES = ROOT / "tests" / "cases"


def case(name):
    return (CASES / name).read_bytes()


def calendar(*events, head=()):
    """A calendar of events as lines; each gets a UID of its own unless it brings one."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:test", *head]
    for number, event in enumerate(events, start=1):
        uid = [] if any(line.startswith("UID:") for line in event) else [f"UID:{number}"]
        lines += ["BEGIN:VEVENT", *uid, *event, "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def read_here(data, home="Europe/Amsterdam", today=TODAY):
    """What the limited process answers, without a process."""
    return orjson.loads(ical_file.read_calendar(data, {"home": home, "today": today.isoformat()}))


def days(data, **options):
    return [(entry["start"], entry["end"]) for entry in read_here(data, **options)["entries"]]


def read(data, today=TODAY):
    return read_upload({"a.ics": data}, today)


def rows_of(records, table="events", **equal):
    if table not in records.tables:
        return []
    rows = [
        {k: v for k, v in row.items() if v and k != "row_number"}
        for row in records.tables[table].to_pylist()
    ]
    return [row for row in rows if equal.items() <= row.items()]


@pytest.fixture(autouse=True)
def _read_in_this_process(request, monkeypatch):
    """Starting the limited process takes most of a second; the tests with a store start it."""

    def run(task, data, argument=None):
        with suppress(ValueError):  # the limited process says what is wrong with a broken file
            return ical_file.read_calendar(data, argument)
        return limited(task, data, argument)

    limited = limits.run_isolated
    if "store" not in request.fixturenames:
        monkeypatch.setattr(limits, "run_isolated", run)


# Days
# ----------------------------------------------------------------------------------------------------------------

ABROAD = {
    "All day in Hong Kong": ("2026-05-14", "2026-05-15"),
    "Evening lecture in San Francisco": ("2026-03-31", None),
    "New year lecture Boston": ("2025-12-31", None),
}


@pytest.mark.parametrize("home", ["Europe/Amsterdam", "America/Los_Angeles", "Pacific/Auckland"])
def test_an_event_abroad_keeps_the_days_of_its_own_time_zone(home):
    entries = read_here(case("zones/three-abroad.ics"), home)["entries"]
    assert {e["title"]: (e["start"], e["end"]) for e in entries} == ABROAD


CUSTOM = """BEGIN:VTIMEZONE|TZID:Somewhere|BEGIN:STANDARD|DTSTART:19700101T000000|TZOFFSETFROM:+1000|TZOFFSETTO:+1000
|END:STANDARD|END:VTIMEZONE""".replace("\n", "").split("|")
JUNK = [
    "BEGIN:VTIMEZONE",
    "TZID:Foo/Bar",
    "BEGIN:STANDARD",
    "DTSTART:never",
    "END:STANDARD",
    "END:VTIMEZONE",
]


@pytest.mark.parametrize(
    ("lines", "head", "expected"),
    [
        (["DTSTART:20260514T220500Z", "DTEND:20260514T233000Z"], [], ("2026-05-15", None)),
        (["DTSTART;TZID=Etc/UTC:20260514T220500"], [], ("2026-05-15", None)),
        (["DTSTART:20260514T233000"], [], ("2026-05-14", None)),
        (["DTSTART;TZID=W. Europe Standard Time:20260514T233000"], [], ("2026-05-14", None)),
        (
            ["DTSTART;TZID=/mozilla.org/20050126_1/Asia/Tokyo:20260514T233000"],
            [],
            ("2026-05-14", None),
        ),
        (["DTSTART;TZID=Somewhere:20260514T003000"], CUSTOM, ("2026-05-14", None)),
        (["DTSTART;TZID=Foo/Bar:20260514T003000"], JUNK, ("2026-05-14", None)),
        (["DTSTART;VALUE=DATE:20260514"], [], ("2026-05-14", None)),
        (["DTSTART;VALUE=DATE:20260514", "DTEND;VALUE=DATE:20260514"], [], ("2026-05-14", None)),
        (["DTSTART;VALUE=DATE:20260514", "DURATION:P3D"], [], ("2026-05-14", "2026-05-16")),
        (["DTSTART;TZID=Asia/Tokyo:20260514T220000", "DURATION:PT2H"], [], ("2026-05-14", None)),
        (
            ["DTSTART;TZID=Asia/Tokyo:20260514T220000", "DURATION:PT2H1M"],
            [],
            ("2026-05-14", "2026-05-15"),
        ),
        # the moment on which it ends has a zone of its own, and across the date line a day before
        # it began
        (
            [
                "DTSTART;TZID=Asia/Tokyo:20260514T100000",
                "DTEND;TZID=America/Los_Angeles:20260514T060000",
            ],
            [],
            ("2026-05-14", None),
        ),
        (
            [
                "DTSTART;TZID=Pacific/Auckland:20260514T090000",
                "DTEND;TZID=America/Los_Angeles:20260513T160000",
            ],
            [],
            ("2026-05-14", None),
        ),
        # a calendar that names its own zone means its own days
        (["DTSTART:20260515T010000Z"], ["X-WR-TIMEZONE:America/New_York"], ("2026-05-14", None)),
        (["DTSTART:20260514T230000Z"], ["X-WR-TIMEZONE:UTC"], ("2026-05-15", None)),
    ],
)
def test_a_moment_falls_on_the_day_of_its_clock_and_one_in_utc_on_that_of_its_home(
    lines, head, expected
):
    assert days(calendar(["SUMMARY:X", *lines], head=head)) == [expected]


def test_that_days_in_utc_are_others_at_home_is_said_once():
    data = calendar(
        ["SUMMARY:X", "DTSTART:20260514T220500Z"],
        ["SUMMARY:Y", "DTSTART:20260514T230500Z"],
        ["SUMMARY:Z", "DTSTART:20260514T100000Z"],
    )
    assert [(said["code"], said["detail"]) for said in read_here(data)["said"]] == [("utc", "2")]
    (note,) = read(data).notes
    assert (
        note.message
        == "2 events are given in UTC and begin on another day there; the local day is taken"
    )


# What a calendar says
# ------------------------------------------------------------------------------------------------


def test_a_calendar_gives_events_with_what_it_says_and_no_more():
    data = calendar(
        [
            "SUMMARY:Open dag, AI",
            "DTSTART;VALUE=DATE:20250514",
            "DTEND;VALUE=DATE:20250516",
            "LOCATION:Zaal 1",
        ],
        [
            "SUMMARY:Lezing",
            "DTSTART:20270514T220500Z",
            "DTEND:20270514T233000Z",
            "LOCATION:Microsoft Teams",
        ],
        [
            "SUMMARY:Weg",
            "DTSTART;VALUE=DATE:20270601",
            "DTEND;VALUE=DATE:20270602",
            "STATUS:CANCELLED",
        ],
        ["SUMMARY:数据科学日", "DTSTART;VALUE=DATE:20270603"],
    )
    known = [
        {k: v for k, v in row.items() if not k.startswith("calendar_")}
        for row in rows_of(read(data))
    ]
    assert known[:3] == [
        {
            "event_id": "open-dag-ai-2025-05-14",
            "title": "Open dag, AI",
            "start_date": "2025-05-14",
            "end_date": "2025-05-15",
            "status": "held",
            "place_id": "Zaal 1",
            "participants_kind": "unknown",
        },
        {
            "event_id": "lezing-2027-05-15",
            "title": "Lezing",
            "start_date": "2027-05-15",
            "status": "planned",
            "attendance_mode": "online",
            "participants_kind": "unknown",
        },
        {
            "event_id": "weg-2027-06-01",
            "title": "Weg",
            "start_date": "2027-06-01",
            "status": "cancelled",
            "participants_kind": "unknown",
        },
    ]
    assert known[3]["title"] == "数据科学日"
    assert known[3]["event_id"].endswith("-2027-06-03")


def test_only_known_people_and_places_of_a_calendar_are_kept_and_the_rest_is_noted():
    known = read_folder(ROOT / "data").tables
    data = calendar(
        [
            "SUMMARY:X",
            "DTSTART;VALUE=DATE:20250514",
            "ORGANIZER;CN=Peter van Ooijen:mailto:p@x.nl",
            "ATTENDEE;CN=Wim Smidt:mailto:w@x.nl",
            "ATTENDEE;CN=q@x.nl:mailto:q@x.nl",
            "LOCATION:Isala Hospitaal",
        ]
    )
    records = resolve_upload(read(data), known)
    assert records.problems == []
    assert [row["person_id"] for row in rows_of(records, "event_people")] == ["peter-van-ooijen"]
    assert "place_id" not in rows_of(records)[0]
    assert {(n.column, n.value, n.hint) for n in records.notes if "left out" in n.message} == {
        ("person_id", "Wim Smidt", "Did you mean “Wim Smit” (wim-smit)?"),
        ("place_id", "Isala Hospitaal", "Did you mean “ISALA Hospital” (isala-zwolle)?"),
    }


@pytest.mark.parametrize(
    ("said", "meeting", "expected"),
    [
        ("UMCG; Microsoft Teams-vergadering", False, ("UMCG", "mixed")),
        ("Room 3 / Zoom", False, ("Room 3", "mixed")),
        ("Groningen (https://example.org/route)", False, ("Groningen", "mixed")),
        ("UMCG | Teams | https://teams.microsoft.com/l/meetup-join/1", False, ("UMCG", "mixed")),
        ("Teams-vergadering; Kamer 4.12", False, ("Kamer 4.12", "mixed")),
        ("online, Van der Valk, Groningen", False, ("Van der Valk, Groningen", "mixed")),
        ("UMCG en online", False, ("UMCG", "mixed")),
        ("Hybrid: UMCG", False, ("UMCG", "mixed")),
        ("UMCG", True, ("UMCG", "mixed")),
        ("", True, (None, "online")),
        ("Online via Zoom", False, (None, "online")),
        ("https://us02web.zoom.us/j/1", False, (None, "online")),
        ("Zoom Meeting ID: 123 456, passcode: x1", False, (None, "online")),
        ("Groningen https://maps.google.com/?q=umcg", False, ("Groningen", None)),
        ("ISALA Hospital, Zwolle", False, ("ISALA Hospital, Zwolle", None)),
        ("Zaal en Wij (begane grond)", False, ("Zaal en Wij (begane grond)", None)),
        ("Sportteams Centrum", False, ("Sportteams Centrum", None)),
        ("", False, (None, None)),
    ],
)
def test_a_place_with_an_online_part_is_mixed_and_keeps_its_place(said, meeting, expected):
    assert find_location(said, meeting=meeting) == expected


@pytest.mark.parametrize(
    ("line", "mode"),
    [
        ("CONFERENCE;VALUE=URI:https://x.example/1", "mixed"),
        ("X-GOOGLE-CONFERENCE:https://meet.google.com/x", "mixed"),
        ("X-MICROSOFT-SKYPETEAMSMEETINGURL:https://teams.microsoft.com/x", "mixed"),
        ("X-MICROSOFT-CDO-BUSYSTATUS:BUSY", None),
    ],
)
def test_other_properties_say_that_an_event_can_be_joined_online(line, mode):
    (event,) = rows_of(
        read(calendar(["SUMMARY:X", "DTSTART;VALUE=DATE:20250514", "LOCATION:UMCG", line]))
    )
    assert (event["place_id"], event.get("attendance_mode")) == ("UMCG", mode)


def test_what_cannot_be_taken_is_a_problem_that_names_the_event():
    data = calendar(
        ["DTSTART;VALUE=DATE:20250514"],
        ["SUMMARY:Y", "DTSTART:nonsense"],
        ["SUMMARY:Z", "DTSTART:20250520T120000Z", "DTEND:20250510T120000Z"],
        ["SUMMARY:W", "DTSTART;TZID=Foo/Bar:20250521T233000"],
        ["SUMMARY:V", "DTSTART;VALUE=DATE:20250514", "RRULE:FREQ=FORTNIGHTLY"],
        ["SUMMARY:Good", "DTSTART;VALUE=DATE:20250514"],
    )
    found = read(data)
    assert [(p.row, p.column, p.value) for p in found.problems] == [
        (1, "title", None),
        (2, "start_date", "Y"),
        (3, "end_date", "Z: 2025-05-20, 2025-05-10"),
        (4, "start_date", "W: Foo/Bar"),
        (5, "start_date", "V"),
    ]
    assert [row["title"] for row in rows_of(found)] == ["Good"]


def test_of_copies_of_one_event_the_newest_counts_and_is_noted():
    old, new = (
        ["UID:a", "SEQUENCE:1", "DTSTART;VALUE=DATE:20250514"],
        ["UID:a", "DTSTART;VALUE=DATE:20250521"],
    )
    data = calendar(
        ["SUMMARY:Highest", "SEQUENCE:2", *new],
        ["SUMMARY:Lower", "DTSTAMP:20260101T000000Z", *old],
        [
            "SUMMARY:Earlier",
            "UID:b",
            "LAST-MODIFIED:20250101T000000Z",
            "DTSTART;VALUE=DATE:20250601",
        ],
        ["SUMMARY:Later", "UID:b", "LAST-MODIFIED:20250102T000000Z", "DTSTART;VALUE=DATE:20250601"],
    )
    found = read(data)
    assert [row["title"] for row in rows_of(found)] == ["Highest", "Later"]
    assert [(n.row, n.value) for n in found.notes if "stands 2 times in the file" in n.message] == [
        (1, "Highest"),
        (4, "Later"),
    ]


BROKEN_OTHERS = [
    "BEGIN:VFREEBUSY",
    "DTSTART:sometime",
    "FREEBUSY:19970308T160000Z/never",
    "no line at all",
    "END:VFREEBUSY",
    "BEGIN:VTODO",
    "DUE:soon",
    "BEGIN:VALARM",
    "TRIGGER:x",
    "END:VTODO",
    *JUNK,
]


def test_what_is_no_event_may_be_as_broken_as_it_likes():
    alarm = ["BEGIN:VALARM", "TRIGGER:whenever", "SUMMARY:Alarm", "END:VALARM"]
    data = calendar(["SUMMARY:Good", "DTSTART;VALUE=DATE:20250514", *alarm], head=BROKEN_OTHERS)
    assert [(e["title"], e["fault"]) for e in read_here(data)["entries"]] == [("Good", "")]


def test_half_a_calendar_is_refused_and_one_in_windows_text_says_so():
    whole = calendar(["SUMMARY:Café", "DTSTART;VALUE=DATE:20250514"])
    assert [p.message for p in read(whole[:-20]).problems] == [
        "the file is damaged or not what its name says"
    ]
    found = read(whole.decode().encode("cp1252"))
    assert rows_of(found)[0]["title"] == "Café"
    assert "is not UTF-8" in found.notes[0].message


# Series
# --------------------------------------------------------------------------------------------------------------


def test_a_series_of_outlook_has_its_days_without_what_was_left_out_with_what_was_moved_and_what_was_cancelled():
    found = read(case("calendars/outlook-series.ics"))
    assert found.problems == []
    assert [
        (r["start_date"], r["status"], r.get("place_id"), r.get("attendance_mode"), r["title"])
        for r in rows_of(found)
    ] == [
        ("2026-09-07", "held", "UMCG", "mixed", "Journal club"),
        ("2026-10-05", "held", "UMCG", "mixed", "Journal club"),
        ("2026-09-17", "held", "Groningen", None, "Journal club, with guests"),
        ("2026-09-28", "cancelled", None, None, "Journal club"),
    ]


def test_a_series_for_ever_is_read_within_a_horizon_that_is_said():
    data = calendar(["SUMMARY:For ever", "DTSTART;VALUE=DATE:20100101", "RRULE:FREQ=MONTHLY"])
    found, horizon = read(data), Horizon.around(TODAY)
    starts = [row["start_date"] for row in rows_of(found)]
    assert (starts[0], starts[-1], len(starts)) == ("2016-12-01", "2028-11-01", 144)
    (note,) = found.notes
    assert f"it is read until {horizon.last}, and 83 earlier ones are left out" in note.message


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["RDATE;VALUE=DATE:20260601,20260608"], ["20260518", "20260601", "20260608"]),
        (["RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE;VALUE=DATE:20260525"], ["20260518", "20260601"]),
        (["RRULE:FREQ=WEEKLY;UNTIL=20260601"], ["20260518", "20260525", "20260601"]),
        (["RRULE:FREQ=WEEKLY;COUNT=3", "EXRULE:FREQ=WEEKLY;INTERVAL=2"], ["20260525"]),
        (["RRULE:FREQ=WEEKLY;BYDAY=WE;COUNT=2"], ["20260518", "20260520", "20260527"]),
    ],
)
def test_the_days_of_a_series_are_those_of_its_rules_and_exceptions(lines, expected):
    data = calendar(["SUMMARY:X", "DTSTART;VALUE=DATE:20260518", *lines])
    assert [e["start"].replace("-", "") for e in read_here(data)["entries"]] == expected


def test_what_changes_from_one_event_of_a_series_on_holds_for_the_later_ones():
    start = "DTSTART;TZID=Europe/Amsterdam:20260518T100000"
    onwards = "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Amsterdam:20260601T100000"
    data = calendar(
        ["UID:s", "SUMMARY:Old", start, "RRULE:FREQ=WEEKLY;COUNT=4"],
        ["UID:s", "SUMMARY:New", onwards, "DTSTART;TZID=Europe/Amsterdam:20260602T100000"],
    )
    assert sorted((e["start"], e["title"]) for e in read_here(data)["entries"]) == [
        ("2026-05-18", "Old"),
        ("2026-05-25", "Old"),
        ("2026-06-02", "New"),
        ("2026-06-09", "New"),
    ]


def test_a_rule_that_would_never_end_is_named_and_the_other_events_are_read(monkeypatch):
    monkeypatch.setattr(ical_recurrence, "SERIES_SECONDS", 0.2)
    hostile = {
        "second": "FREQ=SECONDLY;COUNT=1000000000",
        "never": "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
        "zero": "FREQ=DAILY;INTERVAL=0",
        "huge": "FREQ=YEARLY;INTERVAL=99999999999999999999",
    }
    data = calendar(
        *(
            [f"SUMMARY:{name}", "DTSTART:20260518T100000", f"RRULE:{rule}"]
            for name, rule in hostile.items()
        ),
        ["SUMMARY:Good", "DTSTART;VALUE=DATE:20250514"],
    )
    faults = {entry["title"]: entry["fault"] for entry in read_here(data)["entries"]}
    assert faults.pop("huge") in ("", "rule-unreadable")  # a library may read it, as once
    assert faults == {
        "second": "rule-too-many",
        "never": "rule-too-long",
        "zero": "rule-too-long",
        "Good": "",
    }
    assert set(faults.values()) - {""} <= FAULTS.keys()


# Again
# ---------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def data_tables():
    return read_folder(ROOT / "data").tables


class Served:
    """Records without a store, to which calendars are delivered as delivery.join does it."""

    def __init__(self, tables):
        self.tables, self.notes = dict(tables), []

    def deliver(self, data, today=TODAY):
        """Gives how many rows of events were added and changed."""
        upload = read_upload({"a.ics": data}, today)
        assert upload.problems == []
        calendars, _ = split_calendars(upload)
        entries, pairing = reconcile(calendars, self.tables, today)
        whole = complete_rows(resolve_upload(entries, self.tables), pairing, self.tables)
        before = self.events()
        self.tables = add_calendars(RawRecords(dict(self.tables), [], [], []), whole).tables
        self.notes = [*upload.notes, *whole.notes]
        after = self.events()
        assert before.keys() <= after.keys(), "a calendar takes nothing away"
        return len(after) - len(before), sum(after[i] != row for i, row in before.items())

    def events(self):
        rows = self.tables["events"].drop(["row_number"]).to_pylist()
        assert max(Counter(row["event_id"] for row in rows).values()) == 1
        return {row["event_id"]: row for row in rows}

    def edit(self, event_id, **cells):
        table = self.tables["events"]
        rows = [row | cells if row["event_id"] == event_id else row for row in table.to_pylist()]
        self.tables["events"] = type(table).from_pylist(rows, table.schema)

    def people(self, event_id):
        rows = self.tables["event_people"].to_pylist()
        return sorted(
            (row["person_id"], row["role"]) for row in rows if row["event_id"] == event_id
        )


@pytest.fixture
def served(data_tables):
    return Served(data_tables)


OPEN_DAY = "open-day-data-science-2026-05-12"


def test_a_calendar_that_is_delivered_again_changes_nothing_whatever_was_edited_since(served):
    first = case("calendar-again/first.ics")
    assert served.deliver(first) == (2, 0)
    edited = {
        "title": "Open day 2026",
        "participants": "120",
        "participants_kind": "about",
        "kind": "symposium",
        "place_id": "lorentz-center-leiden",
        "status": "cancelled",
        "our_role": "organised",
        "note": "n",
    }
    served.edit(OPEN_DAY, **edited)
    assert served.deliver(first) == (0, 0)
    assert [n.message for n in served.notes] == [
        "2 events are as the calendar said last time: nothing changes there"
    ]


def test_an_event_that_moves_is_the_same_event_and_keeps_what_a_calendar_does_not_know(served):
    served.deliver(case("calendar-again/first.ics"))
    edited = {
        "title": "Open day 2026",
        "participants": "120",
        "participants_kind": "about",
        "kind": "symposium",
        "place_id": "lorentz-center-leiden",
    }
    served.edit(OPEN_DAY, **edited)
    assert served.deliver(case("calendar-again/moved-by-a-week.ics")) == (0, 1)
    event = served.events()[OPEN_DAY]
    assert (event["start_date"], event["end_date"]) == ("2026-05-19", None)
    assert edited.items() <= event.items()
    assert served.people(OPEN_DAY) == [("job-doornberg", "contribution")]


ONCE = [
    "UID:x@example.org",
    "SUMMARY:Once",
    "DTSTART;VALUE=DATE:20270512",
    "LOCATION:UMCG",
    "ATTENDEE;CN=Job Doornberg:mailto:x@y.nl",
]


def changed(**lines):
    """ONCE with other lines, by the name of the property; None leaves it out."""
    left = [line for line in ONCE if line.split(":")[0].split(";")[0] not in lines]
    return calendar([*left, *(line for line in lines.values() if line)])


@pytest.mark.parametrize(
    ("again", "cells"),
    [
        (changed(SUMMARY="SUMMARY:Twice"), {"title": "Twice", "place_id": "umcg-groningen"}),
        (changed(LOCATION=None), {"place_id": "umcg-groningen", "attendance_mode": None}),
        (changed(LOCATION="LOCATION:Nobody knows where"), {"place_id": "umcg-groningen"}),
        (changed(LOCATION="LOCATION:Lorentz Center"), {"place_id": "lorentz-center-leiden"}),
        (
            changed(LOCATION="LOCATION:Zoom"),
            {"place_id": "umcg-groningen", "attendance_mode": "online"},
        ),
        (changed(STATUS="STATUS:CANCELLED"), {"status": "cancelled"}),
        (
            changed(DTEND="DTEND;VALUE=DATE:20270515"),
            {"start_date": "2027-05-12", "end_date": "2027-05-14"},
        ),
        (calendar(ONCE, head=["METHOD:CANCEL"]), {"status": "cancelled"}),
        (
            changed(DTSTART="DTSTART;VALUE=DATE:20260512"),
            {"start_date": "2026-05-12", "status": "held"},
        ),
    ],
)
def test_only_what_changed_in_the_calendar_changes(served, again, cells):
    served.deliver(calendar(ONCE))
    before = served.events()["once-2027-05-12"]
    assert served.deliver(again) == (0, 1)
    after = served.events()["once-2027-05-12"]
    assert cells.items() <= after.items()
    assert {name for name in after if after[name] != before[name]} <= {*cells, "calendar_digest"}


def test_who_is_named_at_an_event_already_is_not_named_again_and_nobody_is_taken_away(served):
    served.deliver(calendar(ONCE))
    table = served.tables["event_people"]
    rows = [
        row | {"role": "keynote"} if row["event_id"] == "once-2027-05-12" else row
        for row in table.to_pylist()
    ]
    served.tables["event_people"] = type(table).from_pylist(rows, table.schema)
    served.deliver(calendar([*ONCE, "ATTENDEE;CN=Peter van Ooijen:mailto:p@y.nl"]))
    assert served.people("once-2027-05-12") == [
        ("job-doornberg", "keynote"),
        ("peter-van-ooijen", "contribution"),
    ]
    served.deliver(changed(ATTENDEE=None))
    assert len(served.people("once-2027-05-12")) == 2


def test_a_planned_event_is_held_once_its_day_has_passed_and_a_cancelled_one_stays_cancelled(
    served,
):
    other = ["UID:y", "SUMMARY:Other", "DTSTART;VALUE=DATE:20270513"]
    served.deliver(calendar(ONCE, other))
    served.edit("other-2027-05-13", status="cancelled")
    assert served.deliver(calendar(ONCE, other), today=date(2027, 6, 1)) == (0, 1)
    assert served.events()["once-2027-05-12"]["status"] == "held"
    assert [n.message for n in served.notes if n.column == "status"] == [
        "a day that has passed is read as held"
    ]


def test_a_tentative_event_of_the_past_stays_planned_with_a_note(served):
    tentative = changed(STATUS="STATUS:TENTATIVE", DTSTART="DTSTART;VALUE=DATE:20250512")
    served.deliver(tentative)
    assert served.events()["once-2025-05-12"]["status"] == "planned"
    assert "a tentative event of a day that has passed stays planned" in [
        n.message for n in served.notes
    ]
    assert served.deliver(tentative) == (0, 0)


def test_an_event_from_before_uids_were_kept_is_known_by_its_title_and_day_and_gets_its_uid(served):
    served.deliver(calendar(ONCE))
    served.edit(
        "once-2027-05-12",
        calendar_uid=None,
        calendar_digest=None,
        place_id="lorentz-center-leiden",
        status="cancelled",
    )
    assert served.deliver(calendar(ONCE)) == (0, 1)
    event = served.events()["once-2027-05-12"]
    assert event["calendar_uid"]
    assert (event["place_id"], event["status"]) == ("lorentz-center-leiden", "cancelled")
    assert served.deliver(changed(DTSTART="DTSTART;VALUE=DATE:20270519")) == (0, 1)


def test_another_event_with_the_title_and_day_that_one_had_before_is_an_event_of_its_own(served):
    served.deliver(calendar(ONCE))
    moved = ["UID:x@example.org", "SUMMARY:Once", "DTSTART;VALUE=DATE:20270519"]
    new = ["UID:new", "SUMMARY:Once", "DTSTART;VALUE=DATE:20270512"]
    assert served.deliver(calendar(new, moved)) == (1, 1)
    assert {i: e["start_date"] for i, e in served.events().items() if i.startswith("once-")} == {
        "once-2027-05-12": "2027-05-19",
        "once-2027-05-12-2": "2027-05-12",
    }
    assert served.deliver(calendar(new, moved)) == (0, 0)


def test_a_calendar_that_makes_new_uids_at_every_export_does_not_count_its_events_twice(served):
    served.deliver(calendar(ONCE))
    assert served.deliver(changed(UID="UID:another")) == (0, 1)
    assert served.deliver(
        calendar([line for line in ONCE if not line.startswith("UID")], head=["X-A:UID"])
    ) == (0, 1)


SERIES = [
    "UID:s",
    "SUMMARY:Club",
    "DTSTART;TZID=Europe/Amsterdam:20270104T100000",
    "RRULE:FREQ=WEEKLY;COUNT=4",
]


def club(served):
    rows = [row for row in served.events().values() if row["title"] == "Club"]
    return sorted((row["start_date"], row["status"]) for row in rows)


def test_a_series_that_moves_by_a_day_stays_the_same_events(served):
    assert served.deliver(calendar(SERIES)) == (4, 0)
    assert served.deliver(calendar(SERIES)) == (0, 0)
    moved = [line.replace("20270104T100000", "20270105T110000") for line in SERIES]
    assert served.deliver(calendar(moved)) == (0, 4)
    assert club(served) == [(f"2027-01-{day:02}", "planned") for day in (5, 12, 19, 26)]


def test_an_event_that_its_series_no_longer_has_is_cancelled_and_comes_back_with_it(served):
    served.deliver(calendar(SERIES))
    without = [*SERIES, "EXDATE;TZID=Europe/Amsterdam:20270111T100000"]
    assert served.deliver(calendar(without)) == (0, 1)
    assert club(served)[1] == ("2027-01-11", "cancelled")
    assert any("its series no longer has this event" in note.message for note in served.notes)
    assert served.deliver(calendar(without)) == (0, 0)
    assert served.deliver(calendar(SERIES)) == (0, 1)
    assert club(served)[1] == ("2027-01-11", "planned")


def test_one_changed_event_of_a_series_alone_changes_that_one(served):
    served.deliver(calendar(SERIES))
    lone = [
        "UID:s",
        "SUMMARY:Club",
        "RECURRENCE-ID:20270111T090000Z",
        "DTSTART;TZID=Europe/Amsterdam:20270113T100000",
    ]
    assert served.deliver(calendar(lone)) == (0, 1)
    assert club(served)[1] == ("2027-01-13", "planned")
    assert Served(served.tables).deliver(calendar([*lone[:1], "SUMMARY:Other", *lone[2:]])) == (
        0,
        1,
    )


# Into the store
# ------------------------------------------------------------------------------------------------------


@pytest.fixture
def store(tmp_path):
    found = Store(tmp_path / "store")
    served_already(found, ROOT / "data")
    return found


def offered(store, files):
    checked = check_delivery(store, files, Mode.MERGE, author="a", now=NOW, small_groups_below=5)
    if checked.candidate:
        publish_candidate(store, checked.candidate.version.id, author="a", message="m", now=NOW)
    return checked


def test_a_calendar_then_a_head_count_then_the_calendar_again_is_accepted_and_keeps_the_number(
    store,
):
    first = {"first.ics": case("calendar-again/first.ics")}
    offered(store, first)
    offered(store, {"steward.csv": case("calendar-again/steward-adds-attendance.csv")})
    before = store.current_id()
    checked = offered(store, first)
    assert (checked.problems, store.current_id()) == ((), before)
    offered(
        store,
        build_record_file(
            store, "events", questions.record(store.open(), "events", OPEN_DAY) | {"note": "Seen."}
        ),
    )
    assert questions.record(store.open(), "events", OPEN_DAY)["calendar_uid"], (
        "the form does not show it, and keeps it"
    )
    assert (
        "calendar_uid" in (store.open().records / "events.csv").read_text("utf-8").splitlines()[0]
    )
    assert (
        "calendar_uid"
        not in (store.versions()[-1].records / "events.csv").read_text("utf-8").splitlines()[0]
    ), "records that no calendar gave keep the id of their version"
    offered(store, {"moved.ics": case("calendar-again/moved-by-a-week.ics")})
    event = questions.record(store.open(), "events", OPEN_DAY)
    assert (event["start_date"], event["participants"], event["kind"]) == (
        "2026-05-19",
        120,
        "symposium",
    )


def test_the_hybrid_calendar_is_refused_for_two_events_and_says_what_is_odd_about_the_others(
    store, served
):
    checked = offered(store, {"h.ics": case("hybrid/ics_hybrid_location.ics")})
    assert [(p.row, p.column) for p in checked.problems] == [(3, "end_date"), (4, "start_date")]
    assert [n.row for n in checked.notes if "tentative" in n.message] == [2]
    only = case("hybrid/ics_hybrid_location.ics").split(b"BEGIN:VEVENT")
    served.deliver(b"BEGIN:VEVENT".join(only[:3]) + b"END:VCALENDAR\r\n")
    event = served.events()["hybride-bijeenkomst-2025-05-14"]
    assert (event["attendance_mode"], event["place_id"]) == ("mixed", "umcg-groningen")


def test_the_days_and_today_are_those_of_the_programmes_time_zone_and_no_mode_replaces_the_events(
    store,
):
    late = calendar(
        ["SUMMARY:Late", "DTSTART:20261231T233000Z"],
        ["SUMMARY:Before", "DTSTART;VALUE=DATE:20261230"],
    )
    new_year = datetime(2026, 12, 31, 4, tzinfo=UTC)
    there = {
        "now": new_year,
        "author": "a",
        "small_groups_below": 5,
        "time_zone": "America/New_York",
    }
    version = check_delivery(store, {"a.ics": late}, Mode.REPLACE, **there).candidate.version
    assert questions.record(version, "events", "late-2026-12-31")["status"] == "planned"
    assert questions.record(version, "events", "before-2026-12-30")["status"] == "planned"
    assert version.manifest.rows["events"] == store.open().manifest.rows["events"] + 2


@pytest.mark.long
def test_publishing_a_calendar_on_the_command_line_adds_to_what_is_served(store, capsys):
    path = str(CASES / "zones" / "three-abroad.ics")
    assert main(["--store", str(store.root), "publish", path, "--yes", "--message", "t"]) == 0
    assert "3 added, 0 removed" in capsys.readouterr().out
    assert (
        main(["--store", str(store.root), "publish", path, "--merge", "--yes", "--message", "t"])
        == 0
    )
    assert "serves already" in capsys.readouterr().out


@pytest.mark.long
def test_a_place_that_was_left_out_is_taken_when_it_is_known_and_what_was_filled_in_stays(store):
    data = calendar(
        ["SUMMARY:Dag A", "DTSTART;VALUE=DATE:20260518", "LOCATION:Jaarbeurs Utrecht"],
        ["SUMMARY:Dag B", "DTSTART;VALUE=DATE:20260519", "LOCATION:Jaarbeurs Utrecht"],
    )
    publish_it(store, {"a.ics": data})
    publish_it(store, {"events.csv": b"event_id,place_id\ndag-b-2026-05-19,umcg-groningen\n"})
    place = b"place_id,venue,city,country,precision\njaarbeurs,Jaarbeurs Utrecht,Utrecht,NL,city\n"
    publish_it(store, {"places.csv": place})
    publish_it(store, {"a.ics": data})
    places = {
        name: questions.record(store.open(), "events", name)["place_id"]
        for name in ("dag-a-2026-05-18", "dag-b-2026-05-19")
    }
    assert places == {"dag-a-2026-05-18": "jaarbeurs", "dag-b-2026-05-19": "umcg-groningen"}


def publish_it(store, files):
    made = check_delivery(store, files, Mode.MERGE, author="a", now=NOW, small_groups_below=5)
    assert not made.problems
    publish_candidate(store, made.candidate.version.id, author="a", message="m", now=NOW)


def test_a_person_of_a_calendar_can_be_settled_afterwards(store):
    data = calendar(
        [
            "SUMMARY:Dag A",
            "DTSTART;VALUE=DATE:20260518",
            "ATTENDEE;CN=Anna Nieuw:mailto:x@example.org",
        ]
    )
    publish_it(store, {"a.ics": data})
    made = check_delivery(
        store,
        {"a.ics": data},
        Mode.MERGE,
        author="a",
        now=NOW,
        small_groups_below=5,
        answers=StewardAnswers(people={"Anna Nieuw": NEW_PERSON}),
    )
    said = questions.rows(
        made.candidate.version, "people_of_event", NO_FILTERS, event="dag-a-2026-05-18"
    )
    assert [row["name"] for row in said] == ["Anna Nieuw"]
