"""Files without a defect, as Dutch offices make them: accepted without a question."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tests.intake.corpus.bases import right
from tests.intake.corpus.forms import DUTCH_CSV, csv_text, written

Expected = tuple[str, Mapping[str, str], str, str]


@dataclass(frozen=True)
class Clean:
    """A delivery, and cells of what is then served: table, cells that find the row, column, value.

    No day in it is after 2025, so that what is right does not depend on today.
    """

    id: str
    files: Mapping[str, bytes]
    expected: Sequence[Expected]


_EVENTS = "evenement_id;titel;begindatum;einddatum;status;soort;plaats_id;onze_rol;deelnemers;soort_deelnemers;opmerking"
_FUNDING = "financiering_id;titel;onze_rol;bedrag_eur;soort_bedrag;datum"
TRAININGS = "training_id;titel;niveau;vorm;status;periode;deelnemers;soort_deelnemers"


def _lines(header: str, *rows: str) -> str:
    return "\r\n".join((header, *rows)) + "\r\n"


def event(name: str, column: str, value: str) -> Expected:
    return "events", {"event_id": name}, column, value


def _csvs() -> Iterator[Clean]:
    """As Excel in Dutch saves them."""
    rows = (
        "v-dag;Verzonnen dag;14-05-2025;16-05-2025;Gehouden;Lezing of lezingenreeks;Groningen;Georganiseerd;ca. 400;Ongeveer;",
        "v-avond;Verzonnen avond;14 mei 2025;;gehouden;symposium;UMCG;bijgedragen;1.000;exact;",
        "v-maand;Verzonnen maand;mei 2025;;Gehouden;;;;;onbekend;",
        "v-jaar;Verzonnen jaar;2025;;Gehouden;;;;> 50;Ten minste;",
    )
    read = (
        event("v-dag", "start_date", "2025-05-14"),
        event("v-dag", "end_date", "2025-05-16"),
        event("v-dag", "participants", "400"),
        event("v-dag", "kind", "lecture"),
        event("v-avond", "participants", "1000"),
        event("v-avond", "place_id", "umcg-groningen"),
        event("v-maand", "start_date", "2025-05"),
        event("v-jaar", "participants_kind", "at-least"),
    )
    text = _lines(_EVENTS, *rows)
    yield Clean("csv-with-mark", {"evenementen.csv": text.encode("utf-8-sig")}, read)
    yield Clean(
        "csv-utf-16-tabs", {"evenementen.csv": text.replace(";", "\t").encode("utf-16")}, read
    )
    yield Clean("csv-sep-line", {"evenementen.csv": ("sep=;\r\n" + text).encode("cp1252")}, read)
    titled = "Evenementen 2025 van het programma;;;;;;;;;;\r\n;;;;;;;;;;\r\n" + text
    yield Clean("csv-below-a-title", {"evenementen.csv": titled.encode("utf-8-sig")}, read)
    blank = text.replace("v-avond", "\u00a0v-avond\u00a0").replace(
        "v-maand", ";;;;;;;;;;\r\n\r\nv-maand"
    )
    yield Clean(
        "csv-blank-rows-and-hard-spaces", {"evenementen.csv": (blank + "\r\n\r\n").encode()}, read
    )
    windows = _lines(
        _EVENTS,
        "v-cafe;Café Zorgdata – “één” € 5;28-02-2025;;Gehouden;;Vienna;;;onbekend;geïnteresseerden",
    )
    yield Clean(
        "csv-windows-1252",
        {"evenementen.csv": windows.encode("cp1252")},
        (
            event("v-cafe", "title", "Café Zorgdata – “één” € 5"),
            event("v-cafe", "note", "geïnteresseerden"),
        ),
    )
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
        "csv-notes-of-more-lines",
        {"evenementen.csv": quoted.encode("utf-8-sig")},
        (
            event("v-noot", "title", 'Dag "AI"; deel 2'),
            event("v-noot", "note", "Zaal 1\nZaal 2;3"),
            event("v-na", "note", "kort"),
        ),
    )
    times = _lines(
        _EVENTS,
        "v-tijd;Met een tijd;14-05-2025 09:30;14-05-2025 17:00;Gehouden;;;;;onbekend;",
        "v-zone;Met een zone;2025-05-14T23:30:00-05:00;;Gehouden;;;;;onbekend;",
    )
    yield Clean(
        "csv-date-times",
        {"evenementen.csv": times.encode()},
        (event("v-tijd", "start_date", "2025-05-14"), event("v-zone", "start_date", "2025-05-14")),
    )
    guarded = "event_id,title,start_date,status,participants_kind\nv-om,'-omics dag,2025-02-13,held,unknown\n"
    yield Clean(
        "csv-downloaded-titles",
        {"events.csv": guarded.encode()},
        (event("v-om", "title", "-omics dag"),),
    )


def _tables() -> Iterator[Clean]:
    """Other tables than events."""
    money = _lines(
        _FUNDING,
        "v-een;Beurs een;Ontvanger;€ 1.234,50;Exact;14-05-2025",
        "v-twee;Beurs twee;Ontvanger;12.500,-;exact;2025",
        "v-drie;Beurs drie;Ontvanger;EUR 25.000,00;exact;mei 2025",
        "v-vier;Beurs vier;Ontvanger;;Onbekend;",
    )
    yield Clean(
        "amounts",
        {"financiering.csv": money.encode("cp1252")},
        tuple(
            ("funding", {"funding_id": key}, "amount_eur", value)
            for key, value in (
                ("v-een", "1234.50"),
                ("v-twee", "12500"),
                ("v-drie", "25000"),
                ("v-vier", ""),
            )
        ),
    )
    trainings = _lines(
        TRAININGS,
        "v-master;Verzonnen master;Master;Cursus;Gehouden;2024-2025;1.000;Exact",
        "v-groep;Verzonnen groep;Promotietraject;Workshops;Gehouden;mei 2025;ca. 400;Ongeveer",
        "v-les;Verzonnen les;Patiënten en publiek;E-learningmodule;In ontwikkeling;2025;;Onbekend",
    )
    yield Clean(
        "academic-years",
        {"trainingen.csv": trainings.encode("utf-8-sig")},
        (
            ("trainings", {"training_id": "v-master"}, "period", "2024-2025"),
            ("trainings", {"training_id": "v-master"}, "participants", "1000"),
            ("trainings", {"training_id": "v-les"}, "level", "public"),
        ),
    )
    partial = "training_id;titel\r\nmedicine-first-year;Verbeterde titel\r\n"
    kept = ("trainings", {"training_id": "medicine-first-year"})
    yield Clean(
        "partial-correction",
        {"trainingen.csv": partial.encode()},
        (
            (*kept, "title", "Verbeterde titel"),
            (*kept, "participants", "400"),
            (*kept, "participants_kind", "about"),
        ),
    )
    places = "plaats_id;locatie;stad;land;breedtegraad;lengtegraad;nauwkeurigheid\r\n"
    places += "v-huis;Verzonnen Huis;Łódź;PL;51,76;19,46;Gebouw\r\nv-tromso;;Tromsø;NO;69,65;18,96;Plaats\r\n"
    yield Clean(
        "decimal-commas",
        {"plaatsen.csv": places.encode("utf-8-sig")},
        (
            ("places", {"place_id": "v-huis"}, "latitude", "51.76"),
            ("places", {"place_id": "v-tromso"}, "city", "Tromsø"),
        ),
    )
    people = "persoon_id;naam\r\n" + "".join(
        f"{key};{name}\r\n"
        for key, name in (
            ("v-hof", "Wil van ’t Hof-Verzonnen"),
            ("v-bo", "Ole Bø"),
            ("v-lopez", "Íñigo López-Proef"),
            ("v-wen", "文 测试"),
            ("v-graaf", "Maria van Verzonnen tot Oudemirdum de Graaf"),
        )
    )
    talks = "evenement_id;persoon_id;rol;nr\r\n" + "".join(
        f"{event};{name};Lezing;5\r\n"
        for event, name in (
            ("surgeons-days", "Doornberg, Job"),
            ("inclusive-medical-ai", "J. Doornberg"),
            ("from-pixels-to-predictions", "Vries, Tanja de"),
            ("annual-pain-congres", "Wil van 't Hof-Verzonnen"),
            ("zpannend-zernike", "Ole Bø"),
            ("dash-connect-1", "MIRJAM PLANTINGA"),
            ("dash-connect-2", "文 测试"),
        )
    )
    expected = (
        ("surgeons-days", "job-doornberg"),
        ("inclusive-medical-ai", "job-doornberg"),
        ("zpannend-zernike", "v-bo"),
        ("from-pixels-to-predictions", "tanja-de-vries"),
        ("annual-pain-congres", "v-hof"),
        ("dash-connect-2", "v-wen"),
    )
    yield Clean(
        "names-as-people-write-them",
        {"personen.csv": people.encode(), "personen_bij_evenementen.csv": talks.encode()},
        tuple(
            ("event_people", {"event_id": event, "nr": "5"}, "person_id", who)
            for event, who in expected
        ),
    )
    yield Clean(
        "targets-and-deviations",
        {
            f"{name}.csv": csv_text(written(table, right(table), DUTCH_CSV, {}), ";").encode(
                "cp1252"
            )
            for table, name in (("targets", "doelen"), ("deviations", "afwijkingen"))
        },
        (
            ("targets", {"target_id": "verzonnen-doel-2"}, "direction", "more"),
            ("deviations", {"deviation_id": "verzonnen-afwijking-2"}, "until_date", "2026-12-31"),
        ),
    )


def clean() -> Iterator[Clean]:
    """All of them."""
    from tests.intake.corpus import clean_books  # noqa: PLC0415

    yield from _csvs()
    yield from _tables()
    yield from clean_books.clean()
