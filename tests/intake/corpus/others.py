"""Files that are no table at all, that are about patients, or that make two people hard to tell."""

import io
import zipfile
from collections.abc import Iterator

from tests.intake.corpus.csvs import defect, lines_of, text_of
from tests.intake.corpus.defects import Defect
from tests.intake.corpus.forms import csv_text, workbook


def _kinds_of_file() -> Iterator[Defect]:
    def case(name: str, file: str, content: bytes, *, note: bool = False) -> Defect:
        return defect(f"file-{name}", "kind of file", content, file=file, note=note)

    pdf = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n"
    book = workbook({"events": lines_of()})
    ole = bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 1500
    html = "<html><body><table><tr><td>event_id</td><td>title</td></tr></table></body></html>"
    yield case("pdf-named-xlsx", "events.xlsx", pdf)
    yield case("pdf-named-csv", "events.csv", pdf)
    yield case("csv-named-xlsx", "events.xlsx", text_of().encode(), note=True)
    yield case("xlsx-named-csv", "events.csv", book, note=True)
    yield case("html-named-xls", "events.xls", html.encode())
    yield case("html-named-csv", "events.csv", html.encode())
    yield case("old-or-locked-excel-named-xlsx", "events.xlsx", ole)
    yield case("json-named-csv", "events.csv", b'[{"event_id": "verzonnen-dag-1", "title": "Dag"}]')
    yield case("zip-cut-in-half", "events.xlsx", book[: len(book) // 2])
    yield case("zip-of-something-else", "events.xlsx", _zip({"word/document.xml": "<document/>"}))
    yield case(
        "zip-that-grows", "events.xlsx", _zip({"xl/worksheets/sheet1.xml": "0" * 30_000_000})
    )
    yield case(
        "calendar-named-csv", "events.csv", b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"
    )
    yield case("name-of-no-table", "Kopie van lijst (3).csv", b"a,b\r\n1,2\r\n")
    yield case("empty-xlsx", "events.xlsx", b"")


def _zip(parts: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return buffer.getvalue()


def _about_patients() -> Iterator[Defect]:
    for number, header in enumerate(
        (
            "bsn",
            "Burgerservicenummer",
            "patientnummer",
            "geboortedatum",
            "e-mail",
            "date_of_birth",
            "MRN",
        )
    ):
        lines = lines_of("trainings")
        lines[0].append(header)
        for index, line in enumerate(lines[1:]):
            line.append(
                f"14-05-19{40 + index}"
                if header[:4] in {"gebo", "date"}
                else f"A{index}7{number}31"
            )
        yield defect(
            f"patients-{header.lower()}",
            "about patients",
            csv_text(lines),
            (),
            {header},
            file="trainings.csv",
        )


def _two_people() -> Iterator[Defect]:
    def case(
        name: str, column: str, files: dict[str, list[list[str]]], rows: set[int], **more: bool
    ) -> Defect:
        def made() -> dict[str, bytes]:
            return {f"{table}.csv": csv_text(lines).encode() for table, lines in files.items()}

        return Defect(
            f"people-{name}", "two people", made, frozenset(rows), frozenset({column}), **more
        )

    def people(*rows: str) -> list[list[str]]:
        return [["person_id", "name", "orcid"], *(row.split(";") for row in rows)]

    def talk(person: str) -> list[list[str]]:
        return [["event_id", "person_id", "role", "nr"], ["surgeons-days", person, "lecture", "1"]]

    twins = people(
        "jan-test-1;Jan Testpersoon;", "els-test;Els Testpersoon;", "jan-test-2;Jan Testpersoon;"
    )
    folded = people(
        "jan-test-1;Jan Tëstpersoon;", "els-test;Els Testpersoon;", "jan-test-2;jan testpersoon;"
    )
    orcid = people(
        "jan-test;Jan Testpersoon;0000-0002-1825-0097", "els-test;Els Proef;0000-0002-1825-0097"
    )
    served = people("wim-smit-2;Wim Smit;")
    initial = people("jan-doornberg;Jan Doornberg;")
    yield case("of-one-name", "name", {"people": twins}, {2, 4}, refused=False)
    yield case("of-one-name-but-for-accents", "name", {"people": folded}, {2, 4}, refused=False)
    yield case("of-one-orcid", "orcid", {"people": orcid}, {2, 3}, refused=False)
    yield case("of-the-name-of-a-served-one", "name", {"people": served}, {2}, refused=False)
    yield case(
        "a-name-of-two",
        "person_id",
        {"people": twins, "event_people": talk("Jan Testpersoon")},
        {2},
    )
    yield case(
        "initials-of-two",
        "person_id",
        {"people": initial, "event_people": talk("J. Doornberg")},
        {2},
    )
    alias = [["alias", "person_id"], ["Job Doornberg", "wim-smit"]]
    yield case("a-spelling-of-two", "alias", {"person_aliases": alias}, {2}, refused=False)


def defects() -> Iterator[Defect]:
    """All of them."""
    for part in (_kinds_of_file, _about_patients, _two_people):
        yield from part()
