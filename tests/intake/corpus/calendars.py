"""What is wrong with a calendar."""

from collections.abc import Iterable, Iterator

from tests.intake.corpus.defects import Defect
from tests.intake.corpus.forms import calendar

_RIGHT = (
    "SUMMARY:Verzonnen lezing",
    "DTSTART:20250514T120000Z",
    "DTEND:20250514T140000Z",
    "LOCATION:UMCG",
)
_ALSO = ("SUMMARY:Verzonnen open dag", "DTSTART;VALUE=DATE:20250520", "DTEND;VALUE=DATE:20250521")


def _case(
    name: str,
    columns: Iterable[str],
    event: Iterable[str],
    *more: Iterable[str],
    note: bool = False,
    hint: str = "",
) -> Defect:
    """The second event is the wrong one; it may be named as the second, or by a line of it."""
    events = [list(_RIGHT), list(event), *(list(one) for one in more), list(_ALSO)]
    content = calendar(*events)
    return _whole(name, columns, content, _places_of(content, 2), note=note, hint=hint)


def _places_of(content: bytes, *numbers: int) -> set[int]:
    lines = content.decode().split("\r\n")
    starts = [at for at, line in enumerate(lines, 1) if line == "BEGIN:VEVENT"]
    ends = [at for at, line in enumerate(lines, 1) if line == "END:VEVENT"]
    found = set(numbers)
    for number in numbers:
        found |= set(range(starts[number - 1], ends[number - 1] + 1))
    return found


def _whole(
    name: str,
    columns: Iterable[str],
    content: bytes,
    rows: Iterable[int] = (),
    *,
    note: bool = False,
    hint: str = "",
) -> Defect:
    return Defect(
        f"calendar-{name}",
        "calendar",
        lambda: {"agenda.ics": content},
        frozenset(rows),
        frozenset(columns),
        not note,
        hint,
    )


_START = ("start_date", "begindatum", "DTSTART", "TZID")
_END = (*_START, "end_date", "einddatum", "DTEND")
_ID = ("event_id", "uid", "UID", "title", "start_date")


def defects() -> Iterator[Defect]:
    """All of them."""
    title, place = "SUMMARY:Verzonnen congres", "LOCATION:Vienna"
    yield _case("unknown-zone", _START, [title, "DTSTART;TZID=Verzonnen/Zone:20250521T233000"])
    yield _case(
        "unknown-zone-of-office",
        _START,
        [title, "DTSTART;TZID=Aangepaste tijdzone:20250521T233000"],
    )
    yield _case(
        "end-before-start", _END, [title, "DTSTART:20250520T120000Z", "DTEND:20250510T120000Z"]
    )
    yield _case(
        "end-hours-before-start",
        _END,
        [title, "DTSTART:20250520T120000Z", "DTEND:20250520T080000Z"],
    )
    yield _case(
        "end-day-before-start",
        _END,
        [title, "DTSTART;VALUE=DATE:20250520", "DTEND;VALUE=DATE:20250518"],
    )
    yield _case("no-title", ("title", "titel", "SUMMARY"), ["DTSTART:20250520T120000Z", place])
    yield _case(
        "blank-title", ("title", "titel", "SUMMARY"), ["SUMMARY:  ", "DTSTART:20250520T120000Z"]
    )
    yield _case("no-start", _START, [title, place])
    yield _case("impossible-day", _START, [title, "DTSTART;VALUE=DATE:20250231"])
    yield _case("start-in-words", _START, [title, "DTSTART:morgen om tien uur"])
    yield _case("start-of-year-205", _START, [title, "DTSTART;VALUE=DATE:02050520"], note=True)
    yield _case("start-of-year-2205", _START, [title, "DTSTART;VALUE=DATE:22050520"], note=True)
    yield _case(
        "tentative-and-past",
        ("status", "STATUS"),
        [title, "DTSTART:20250520T120000Z", "STATUS:TENTATIVE"],
        note=True,
    )
    yield _case(
        "unknown-place",
        ("place_id", "plaats_id", "LOCATION"),
        [title, "DTSTART:20250520T120000Z", "LOCATION:Verzonnen Kasteel, Nergenshuizen"],
        note=True,
    )
    yield _case("for-ever", (), [title, "DTSTART:20250520T120000Z", "RRULE:FREQ=WEEKLY"], note=True)
    yield _case("faulty-rule", (), [title, "DTSTART:20250520T120000Z", "RRULE:FREQ=VAAK;COUNT=3"])
    yield _case(
        "every-second", (), [title, "DTSTART:20250520T120000Z", "RRULE:FREQ=SECONDLY"], note=True
    )
    yield _case(
        "soft-hyphen",
        ("title", "SUMMARY"),
        ["SUMMARY:Zorg\u00addata", "DTSTART:20250520T120000Z"],
        note=True,
    )
    yield _case(
        "mojibake", ("title", "SUMMARY"), ["SUMMARY:CafÃ© met ZoÃ«", "DTSTART:20250520T120000Z"]
    )
    twice = [title, "UID:verzonnen-twee", "DTSTART:20250520T120000Z"]
    moved = ["SUMMARY:Heel iets anders", "UID:verzonnen-twee", "DTSTART:20250620T120000Z"]
    content = calendar(_RIGHT, twice, moved, _ALSO)
    yield _whole("uid-twice", _ID, content, _places_of(content, 2, 3), note=True)
    same = calendar(_RIGHT, twice, twice, _ALSO)
    yield _whole("uid-twice-the-same", _ID, same, _places_of(same, 2, 3), note=True)
    right = calendar(_RIGHT, _ALSO)
    yield _whole("cut-in-an-event", (), right[: right.index(b"DTEND;VALUE")])
    yield _whole("cut-between-events", (), right.replace(b"END:VCALENDAR\r\n", b""), note=True)
    task = b"BEGIN:VTODO\r\nUID:t1\r\nDTSTAMP:20250101T000000Z\r\nSUMMARY:Taak\r\nEND:VTODO\r\nEND:VCALENDAR"
    yield _whole("of-tasks-only", (), calendar().replace(b"END:VCALENDAR", task), note=True)
    yield _whole("empty", (), b"")
    yield _whole("not-a-calendar", (), b"Verzonnen brief, geen agenda\r\n")
    yield _whole("pdf", (), b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
