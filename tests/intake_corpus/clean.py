"""Files without a defect, as Dutch offices make them: accepted without a problem and without a question."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.intake_corpus.bases import right
from tests.intake_corpus.forms import DUTCH_CSV, DUTCH_XLSX, XLSX, calendar, csv_text, workbook, written

Expected = tuple[str, Mapping[str, str], str, str]


@dataclass(frozen=True)
class Clean:
    """A delivery, and cells of what is then served: table, cells that find the row, column, value.

    A year in the future of no file: the files are right on any day after 2025.
    """

    id: str
    files: Mapping[str, bytes]
    expected: Sequence[Expected]


_EVENTS = (
    "evenement_id;titel;begindatum;einddatum;status;soort;plaats_id;onze_rol;deelnemers;soort_deelnemers;opmerking"
)
_FUNDING = "financiering_id;titel;onze_rol;bedrag_eur;soort_bedrag;datum"
_TRAININGS = "training_id;titel;niveau;vorm;status;periode;deelnemers;soort_deelnemers"


def _lines(header: str, *rows: str) -> str:
    return "\r\n".join((header, *rows)) + "\r\n"


def _event(name: str, column: str, value: str) -> Expected:
    return "events", {"event_id": name}, column, value


def _titled(title: str, column: str, value: str) -> Expected:
    return "events", {"title": title}, column, value


def _csvs() -> Iterator[Clean]:
    """As Excel in Dutch saves them."""
    rows = (
        "v-dag;Verzonnen dag;14-05-2025;16-05-2025;Gehouden;Lezing of lezingenreeks;Groningen;Georganiseerd;ca. 400;Ongeveer;",
        "v-avond;Verzonnen avond;14 mei 2025;;gehouden;symposium;UMCG;bijgedragen;1.000;exact;",
        "v-maand;Verzonnen maand;mei 2025;;Gehouden;;;;;onbekend;",
        "v-jaar;Verzonnen jaar;2025;;Gehouden;;;;> 50;Ten minste;",
    )
    read = (
        _event("v-dag", "start_date", "2025-05-14"), _event("v-dag", "end_date", "2025-05-16"),
        _event("v-dag", "participants", "400"), _event("v-dag", "kind", "lecture"),
        _event("v-avond", "participants", "1000"), _event("v-avond", "place_id", "umcg-groningen"),
        _event("v-maand", "start_date", "2025-05"), _event("v-jaar", "participants_kind", "at-least"),
    )  # fmt: skip
    text = _lines(_EVENTS, *rows)
    yield Clean("csv-with-mark", {"evenementen.csv": text.encode("utf-8-sig")}, read)
    yield Clean("csv-utf-16-tabs", {"evenementen.csv": text.replace(";", "\t").encode("utf-16")}, read)
    yield Clean("csv-sep-line", {"evenementen.csv": ("sep=;\r\n" + text).encode("cp1252")}, read)
    titled = "Evenementen 2025 van het programma;;;;;;;;;;\r\n;;;;;;;;;;\r\n" + text
    yield Clean("csv-below-a-title", {"evenementen.csv": titled.encode("utf-8-sig")}, read)
    blank = text.replace("v-avond", "\u00a0v-avond\u00a0").replace("v-maand", ";;;;;;;;;;\r\n\r\nv-maand")
    yield Clean("csv-blank-rows-and-hard-spaces", {"evenementen.csv": (blank + "\r\n\r\n").encode()}, read)
    windows = _lines(
        _EVENTS, "v-cafe;Café Zorgdata – “één” € 5;28-02-2025;;Gehouden;;Vienna;;;onbekend;geïnteresseerden"
    )
    yield Clean(
        "csv-windows-1252", {"evenementen.csv": windows.encode("cp1252")},
        (_event("v-cafe", "title", "Café Zorgdata – “één” € 5"), _event("v-cafe", "note", "geïnteresseerden")),
    )  # fmt: skip
    quoted = csv_text(
        [
            _EVENTS.split(";"),
            [
                "v-noot",
                'Dag "AI"; deel 2',
                "28-02-2025",
                "",
                "Gehouden",
                "",
                "",
                "",
                "",
                "onbekend",
                "Zaal 1\nZaal 2;3",
            ],
            ["v-na", "Daarna", "28-03-2025", "", "Gehouden", "", "", "", "", "onbekend", "kort"],
        ],
        ";",
    )
    yield Clean(
        "csv-notes-of-more-lines", {"evenementen.csv": quoted.encode("utf-8-sig")},
        (_event("v-noot", "title", 'Dag "AI"; deel 2'), _event("v-noot", "note", "Zaal 1\nZaal 2;3"),
         _event("v-na", "note", "kort")),
    )  # fmt: skip
    times = _lines(
        _EVENTS,
        "v-tijd;Met een tijd;14-05-2025 09:30;14-05-2025 17:00;Gehouden;;;;;onbekend;",
        "v-zone;Met een zone;2025-05-14T23:30:00-05:00;;Gehouden;;;;;onbekend;",
    )
    yield Clean(
        "csv-date-times", {"evenementen.csv": times.encode()},
        (_event("v-tijd", "start_date", "2025-05-14"), _event("v-zone", "start_date", "2025-05-14")),
    )  # fmt: skip
    guarded = "event_id,title,start_date,status,participants_kind\nv-om,'-omics dag,2025-02-13,held,unknown\n"
    yield Clean("csv-downloaded-titles", {"events.csv": guarded.encode()}, (_event("v-om", "title", "-omics dag"),))


def _tables() -> Iterator[Clean]:
    """Other tables than events."""
    money = _lines(
        _FUNDING,
        "v-een;Beurs een;Ontvanger;€ 1.234,50;Exact;14-05-2025", "v-twee;Beurs twee;Ontvanger;12.500,-;exact;2025",
        "v-drie;Beurs drie;Ontvanger;EUR 25.000;exact;mei 2025", "v-vier;Beurs vier;Ontvanger;;Onbekend;",
    )  # fmt: skip
    yield Clean(
        "amounts", {"financiering.csv": money.encode("cp1252")},
        tuple(("funding", {"funding_id": key}, "amount_eur", value) for key, value in
              (("v-een", "1234.50"), ("v-twee", "12500"), ("v-drie", "25000"), ("v-vier", ""))),
    )  # fmt: skip
    trainings = _lines(
        _TRAININGS,
        "v-master;Verzonnen master;Master;Cursus;Gehouden;2024-2025;1.000;Exact",
        "v-groep;Verzonnen groep;Promotietraject;Workshops;Gehouden;mei 2025;ca. 400;Ongeveer",
        "v-les;Verzonnen les;Patiënten en publiek;E-learningmodule;In ontwikkeling;2025;;Onbekend",
    )
    yield Clean(
        "academic-years", {"trainingen.csv": trainings.encode("utf-8-sig")},
        (("trainings", {"training_id": "v-master"}, "period", "2024-2025"),
         ("trainings", {"training_id": "v-master"}, "participants", "1000"),
         ("trainings", {"training_id": "v-les"}, "level", "public")),
    )  # fmt: skip
    partial = "training_id;titel\r\nmedicine-first-year;Verbeterde titel\r\n"
    kept = ("trainings", {"training_id": "medicine-first-year"})
    yield Clean(
        "partial-correction", {"trainingen.csv": partial.encode()},
        ((*kept, "title", "Verbeterde titel"), (*kept, "participants", "400"), (*kept, "participants_kind", "about")),
    )  # fmt: skip
    places = "plaats_id;locatie;stad;land;breedtegraad;lengtegraad;nauwkeurigheid\r\n"
    places += "v-huis;Verzonnen Huis;Łódź;PL;51,76;19,46;Gebouw\r\nv-tromso;;Tromsø;NO;69,65;18,96;Plaats\r\n"
    yield Clean(
        "decimal-commas", {"plaatsen.csv": places.encode("utf-8-sig")},
        (("places", {"place_id": "v-huis"}, "latitude", "51.76"), ("places", {"place_id": "v-tromso"}, "city", "Tromsø")),
    )  # fmt: skip
    people = "persoon_id;naam\r\n" + "".join(
        f"{key};{name}\r\n"
        for key, name in (
            ("v-hof", "Wil van ’t Hof-Verzonnen"), ("v-bo", "Ole Bø"), ("v-lopez", "Íñigo López-Proef"),
            ("v-wen", "文 测试"), ("v-graaf", "Maria van Verzonnen tot Oudemirdum de Graaf"),
        )
    )  # fmt: skip
    talks = "evenement_id;persoon_id;rol;nr\r\n" + "".join(
        f"{event};{name};Lezing;5\r\n"
        for event, name in (
            ("surgeons-days", "Doornberg, Job"), ("inclusive-medical-ai", "J. Doornberg"),
            ("from-pixels-to-predictions", "Vries, Tanja de"), ("annual-pain-congres", "Wil van 't Hof-Verzonnen"),
            ("zpannend-zernike", "Ole Bø"), ("dash-connect-1", "MIRJAM PLANTINGA"), ("dash-connect-2", "文 测试"),
        )
    )  # fmt: skip
    expected = (
        ("surgeons-days", "job-doornberg"), ("inclusive-medical-ai", "job-doornberg"), ("zpannend-zernike", "v-bo"),
        ("from-pixels-to-predictions", "tanja-de-vries"), ("annual-pain-congres", "v-hof"), ("dash-connect-2", "v-wen"),
    )  # fmt: skip
    yield Clean(
        "names-as-people-write-them",
        {"personen.csv": people.encode(), "personen_bij_evenementen.csv": talks.encode()},
        tuple(("event_people", {"event_id": event, "nr": "5"}, "person_id", who) for event, who in expected),
    )
    yield Clean(
        "targets-and-deviations",
        {
            f"{name}.csv": csv_text(written(table, right(table), DUTCH_CSV, {}), ";").encode("cp1252")
            for table, name in (("targets", "doelen"), ("deviations", "afwijkingen"))
        },
        (("targets", {"target_id": "verzonnen-doel-2"}, "direction", "more"),
         ("deviations", {"deviation_id": "verzonnen-afwijking-2"}, "until_date", "2026-12-31")),
    )  # fmt: skip


def _books() -> Iterator[Clean]:
    lines = written("events", right("events"), DUTCH_XLSX, {})
    read = (
        _event("verzonnen-dag-1", "start_date", "2025-02-14"), _event("verzonnen-dag-1", "participants", "26"),
        _event("verzonnen-dag-1", "our_role", "organised"),
    )  # fmt: skip

    def book(name: str, change: Callable[[Workbook], Any], *more: Expected) -> Clean:
        return Clean(
            f"book-{name}", {"Aanlevering 2025.xlsx": workbook({"evenementen": lines}, change)}, (*read, *more)
        )

    def put(**cells: Any) -> Callable[[Workbook], None]:
        def change(made: Workbook) -> None:
            for at, value in cells.items():
                made["evenementen"][at].value = value

        return change

    fourth = "verzonnen-dag-3"
    yield book("dutch-headers-and-dates", lambda _: None)
    stamped = {"C4": datetime(2025, 5, 14, 9, 30), "D4": datetime(2025, 5, 14, 17, 0)}
    yield book("date-times", put(**stamped), _event(fourth, "start_date", "2025-05-14"))
    texts = {"C4": "14 mei 2025", "D4": None, "M4": "ca. 400", "N4": "Ongeveer"}
    yield book("texts-in-cells", put(**texts), _event(fourth, "participants", "400"), _event(fourth, "end_date", ""))
    yield book("counts-as-text", put(M4="30"), _event(fourth, "participants", "30"))
    yield book("below-a-title", lambda made: made["evenementen"].insert_rows(1, 2) or _title(made))
    yield book("counted-from-1904", _from_1904, _event(fourth, "start_date", "2025-05-14"))
    yield book("empty-formatted-rows", lambda made: setattr(made["evenementen"]["A400"], "number_format", "0"))
    yield Clean(
        "book-of-several-sheets",
        {
            "Nieuwe gegevens.xlsx": workbook(
                {
                    "Instructies": [["Vul alleen de bladen in die u nodig hebt."], ["Een lege cel betekent: niet bekend."]],
                    "personen": [["persoon_id", "naam"], ["v-els", "Els van der Verzonnen-Brünn"]],
                    "plaatsen": [["plaats_id", "locatie", "stad", "land", "nauwkeurigheid"],
                                 ["v-zaal", "Verzonnen Zaal", "Groningen", "NL", "Gebouw"]],
                    "evenementen": [["evenement_id", "titel", "begindatum", "status", "plaats_id", "soort_deelnemers"],
                                    ["v-boek", "Dag uit een boek", date(2025, 5, 14), "Gehouden", "Verzonnen Zaal", "Onbekend"]],
                    "personen_bij_evenementen": [["evenement_id", "persoon_id", "rol", "nr"],
                                                 ["v-boek", "Els van der Verzonnen-Brünn", "Voorzitter", 1]],
                    "trainingen": [_TRAININGS.split(";")],
                }
            )
        },
        (_event("v-boek", "place_id", "v-zaal"), ("event_people", {"event_id": "v-boek"}, "person_id", "v-els")),
    )  # fmt: skip
    keeps = [["event_id", "kind", "note", "audience"], ["surgeons-days", None, None, "Artsen"]]
    yield Clean(
        "book-blank-cells-keep", {"correctie.xlsx": workbook({"events": keeps})},
        (_event("surgeons-days", "kind", "conference"), _event("surgeons-days", "audience", "Artsen")),
    )  # fmt: skip
    serial = written("funding", right("funding"), XLSX, {(2, "date"): 45791})
    yield Clean(
        "book-serial-number-as-date", {"beurzen.xlsx": workbook({"funding": serial})},
        (("funding", {"funding_id": "verzonnen-beurs-3"}, "date", "2025-05-14"),),
    )  # fmt: skip


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
        "utc-and-a-dutch-room", calendar(night),
        _titled("Verzonnen nacht", "start_date", "2025-05-15"), _titled("Verzonnen nacht", "place_id", "v-blauw"),
        **{"plaatsen.csv": rooms.encode("utf-8-sig")},
    )  # fmt: skip
    boston = ["SUMMARY:Verzonnen avond ver weg", "DTSTART;TZID=America/New_York:20251231T190000",
              "DTEND;TZID=America/New_York:20251231T203000"]  # fmt: skip
    days = [
        "SUMMARY:Verzonnen dagen",
        "DTSTART;VALUE=DATE:20250514",
        "DTEND;VALUE=DATE:20250517",
        "LOCATION:Lorentz Center",
    ]
    off = ["SUMMARY:Verzonnen en afgelast", "DTSTART:20250514T100000", "STATUS:CANCELLED"]
    yield agenda(
        "zones-days-and-cancelled", calendar(boston, days, off),
        _titled("Verzonnen avond ver weg", "start_date", "2025-12-31"), _titled("Verzonnen dagen", "end_date", "2025-05-16"),
        _titled("Verzonnen en afgelast", "status", "cancelled"),
    )  # fmt: skip
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
        "hybrid", calendar(hybrid), _titled("Verzonnen hybride dag", "attendance_mode", "mixed"),
        _titled("Verzonnen hybride dag", "place_id", "umcg-groningen"),
    )  # fmt: skip
    chinese = ["SUMMARY:数据科学日", "DTSTART;VALUE=DATE:20250514"]
    yield agenda("chinese-title", calendar(chinese), _titled("数据科学日", "start_date", "2025-05-14"))


def clean() -> Iterator[Clean]:
    """All of them."""
    for part in (_csvs, _tables, _books, _calendars):
        yield from part()
