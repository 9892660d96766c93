"""Workbooks and calendars without a defect."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.intake.corpus.bases import right
from tests.intake.corpus.clean import TRAININGS, Clean, Expected, event
from tests.intake.corpus.forms import DUTCH_XLSX, XLSX, calendar, workbook, written


def _titled(title: str, column: str, value: str) -> Expected:
    return "events", {"title": title}, column, value


def _books() -> Iterator[Clean]:
    lines = written("events", right("events"), DUTCH_XLSX, {})
    read = (
        event("verzonnen-dag-1", "start_date", "2025-02-14"),
        event("verzonnen-dag-1", "participants", "26"),
        event("verzonnen-dag-1", "our_role", "organised"),
    )

    def book(name: str, change: Callable[[Workbook], Any], *more: Expected) -> Clean:
        return Clean(
            f"book-{name}",
            {"Aanlevering 2025.xlsx": workbook({"evenementen": lines}, change)},
            (*read, *more),
        )

    def put(**cells: Any) -> Callable[[Workbook], None]:
        def change(made: Workbook) -> None:
            for at, value in cells.items():
                made["evenementen"][at].value = value

        return change

    fourth = "verzonnen-dag-3"
    yield book("dutch-headers-and-dates", lambda _: None)
    stamped = {"C4": datetime(2025, 5, 14, 9, 30), "D4": datetime(2025, 5, 14, 17, 0)}
    yield book("date-times", put(**stamped), event(fourth, "start_date", "2025-05-14"))
    texts = {"C4": "14 mei 2025", "D4": None, "M4": "ca. 400", "N4": "Ongeveer"}
    yield book(
        "texts-in-cells",
        put(**texts),
        event(fourth, "participants", "400"),
        event(fourth, "end_date", ""),
    )
    yield book("counts-as-text", put(M4="30"), event(fourth, "participants", "30"))
    yield book("below-a-title", lambda made: made["evenementen"].insert_rows(1, 2) or _title(made))
    yield book("counted-from-1904", _from_1904, event(fourth, "start_date", "2025-05-14"))
    yield book(
        "empty-formatted-rows",
        lambda made: setattr(made["evenementen"]["A400"], "number_format", "0"),
    )
    yield Clean(
        "book-of-several-sheets",
        {
            "Nieuwe gegevens.xlsx": workbook(
                {
                    "Instructions": [
                        ["Vul alleen de bladen in die u nodig hebt."],
                        ["Een lege cel betekent: niet bekend."],
                    ],
                    "personen": [["persoon_id", "naam"], ["v-els", "Els van der Verzonnen-Brünn"]],
                    "plaatsen": [
                        ["plaats_id", "locatie", "stad", "land", "nauwkeurigheid"],
                        ["v-zaal", "Verzonnen Zaal", "Groningen", "NL", "Gebouw"],
                    ],
                    "evenementen": [
                        [
                            "evenement_id",
                            "titel",
                            "begindatum",
                            "status",
                            "plaats_id",
                            "soort_deelnemers",
                        ],
                        [
                            "v-boek",
                            "Dag uit een boek",
                            date(2025, 5, 14),
                            "Gehouden",
                            "Verzonnen Zaal",
                            "Onbekend",
                        ],
                    ],
                    "personen_bij_evenementen": [
                        ["evenement_id", "persoon_id", "rol", "nr"],
                        ["v-boek", "Els van der Verzonnen-Brünn", "Voorzitter", 1],
                    ],
                    "trainingen": [TRAININGS.split(";")],
                }
            )
        },
        (
            event("v-boek", "place_id", "v-zaal"),
            ("event_people", {"event_id": "v-boek"}, "person_id", "v-els"),
        ),
    )
    keeps = [["event_id", "kind", "note", "audience"], ["surgeons-days", None, None, "Artsen"]]
    yield Clean(
        "book-blank-cells-keep",
        {"correctie.xlsx": workbook({"events": keeps})},
        (
            event("surgeons-days", "kind", "conference"),
            event("surgeons-days", "audience", "Artsen"),
        ),
    )
    serial = written("funding", right("funding"), XLSX, {(2, "date"): 45791})
    yield Clean(
        "book-serial-number-as-date",
        {"beurzen.xlsx": workbook({"funding": serial})},
        (("funding", {"funding_id": "verzonnen-beurs-3"}, "date", "2025-05-14"),),
    )


def _title(made: Workbook) -> None:
    made["evenementen"]["A1"].value = "Evenementen van het programma in 2025"


def _from_1904(made: Workbook) -> None:
    made.epoch = CALENDAR_MAC_1904
    for at in ("C4", "D4"):
        made["evenementen"][at].value = date(2025, 5, 14)


def _calendars() -> Iterator[Clean]:
    def agenda(name: str, content: bytes, *expected: Expected, **beside: bytes) -> Clean:
        return Clean(f"calendar-{name}", {"agenda.ics": content, **beside}, expected)

    night = [
        "SUMMARY:Verzonnen nacht",
        "DTSTART:20250514T223000Z",
        "DTEND:20250514T233000Z",
        "LOCATION:Blauwe Proefzaal",
    ]
    rooms = "plaats_id;locatie;stad;land;nauwkeurigheid\r\nv-blauw;Blauwe Proefzaal;Groningen;NL;Gebouw\r\n"
    yield agenda(
        "utc-and-a-dutch-room",
        calendar(night),
        _titled("Verzonnen nacht", "start_date", "2025-05-15"),
        _titled("Verzonnen nacht", "place_id", "v-blauw"),
        **{"plaatsen.csv": rooms.encode("utf-8-sig")},
    )
    boston = [
        "SUMMARY:Verzonnen avond ver weg",
        "DTSTART;TZID=America/New_York:20251231T190000",
        "DTEND;TZID=America/New_York:20251231T203000",
    ]
    days = [
        "SUMMARY:Verzonnen dagen",
        "DTSTART;VALUE=DATE:20250514",
        "DTEND;VALUE=DATE:20250517",
        "LOCATION:Lorentz Center",
    ]
    off = ["SUMMARY:Verzonnen en afgelast", "DTSTART:20250514T100000", "STATUS:CANCELLED"]
    yield agenda(
        "zones-days-and-cancelled",
        calendar(boston, days, off),
        _titled("Verzonnen avond ver weg", "start_date", "2025-12-31"),
        _titled("Verzonnen dagen", "end_date", "2025-05-16"),
        _titled("Verzonnen en afgelast", "status", "cancelled"),
    )
    weekly = [
        "SUMMARY:Verzonnen college",
        "DTSTART:20250514T100000Z",
        "RRULE:FREQ=WEEKLY;COUNT=3",
        "EXDATE:20250521T100000Z",
    ]
    found = {"title": "Verzonnen college", "start_date": "2025-05-28"}
    yield agenda("repeated", calendar(weekly), ("events", found, "status", "held"))
    hybrid = [
        "SUMMARY:Verzonnen hybride dag",
        "DTSTART:20250514T120000Z",
        "LOCATION:UMCG\\; Microsoft Teams-vergadering",
    ]
    yield agenda(
        "hybrid",
        calendar(hybrid),
        _titled("Verzonnen hybride dag", "attendance_mode", "mixed"),
        _titled("Verzonnen hybride dag", "place_id", "umcg-groningen"),
    )
    chinese = ["SUMMARY:数据科学日", "DTSTART;VALUE=DATE:20250514"]
    yield agenda(
        "chinese-title", calendar(chinese), _titled("数据科学日", "start_date", "2025-05-14")
    )


def clean() -> Iterator[Clean]:
    """All of them."""
    yield from _books()
    yield from _calendars()
