"""What secretaries write: a reader sees what is meant, a program must not guess it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.intake.corpus.bases import right
from tests.intake.corpus.defects import Defect
from tests.intake.corpus.forms import (
    DUTCH_CSV,
    DUTCH_XLSX,
    csv_text,
    delivered,
    dictionary,
    workbook,
    written,
)

Lines = list[list[Any]]

# table, column, what stands in row 6 of the sheet, whether a note is enough
_CELLS: Sequence[tuple[str, str, str, bool]] = (
    ("events", "start_date", "14 t/m 16 mei 2025", False),
    ("events", "start_date", "14 en 21 mei 2025", False),
    ("events", "start_date", "14/15 mei 2025", False),
    ("events", "start_date", "mei/juni 2025", False),
    ("events", "start_date", "ma 14 mei 2025", True),
    ("events", "start_date", "14 mei", False),
    ("events", "start_date", "14 mei '25", True),
    ("events", "start_date", "idem", False),
    ("events", "start_date", '"', False),
    ("events", "end_date", "zelfde dag", False),
    ("events", "start_date", "2O25-05-14", False),
    ("events", "start_date", "14-05-2025 (onder voorbehoud)", False),
    ("events", "start_date", "Pasen 2025", False),
    ("events", "place_id", "Groningen / Amsterdam", False),
    ("events", "place_id", "n.t.b.", False),
    ("events", "place_id", "UMCG en online", False),
    ("events", "participants", "25 + 10", False),
    ("events", "participants", "25 (waarvan 5 online)", False),
    ("events", "participants", "±", False),
    ("events", "participants", "tientallen", False),
    ("events", "participants", "2025-05-14", False),
    ("events", "participants", "06-12345678", False),
    ("events", "kind", "lezing/workshop", False),
    ("events", "status", "ja", False),
    ("events", "status", "x", False),
    ("event_people", "person_id", "Job Doornberg en Mirjam Plantinga", False),
    ("event_people", "person_id", "Job Doornberg (UMCG)", True),
    ("event_people", "person_id", "prof. dr. Verzonnen", False),
    ("event_people", "person_id", "diverse sprekers", False),
    ("event_people", "person_id", "idem", False),
    ("event_people", "role", "spreker / voorzitter", False),
    ("trainings", "period", "24/25", False),
    ("trainings", "period", "semester 1", False),
    ("trainings", "participants", "2 groepen van 15", False),
    ("trainings", "participants", "15 p.p.", False),
    ("funding", "amount_eur", "€ 10.000 p/j", False),
    ("funding", "amount_eur", "12.500,00 excl. btw", False),
    ("funding", "amount_eur", "vertrouwelijk", False),
    ("funding", "amount_eur", "12.5000", False),
    ("funding", "amount_eur", "1 250 000,0 0", False),
    ("funding", "funder_id", "EU / provincie", False),
    ("projects", "end_date", "heden", False),
    ("projects", "start_date", "begin 2024", False),
    ("projects", "end_date", "t.z.t.", False),
    ("places", "latitude", "53,21917 N", True),
    ("places", "country", "Nederland/Duitsland", False),
    ("people", "orcid", "0000 0002 1825 0096", True),
    ("targets", "metric", "aantal evenementen", False),
)


def _cells() -> Iterator[Defect]:
    for number, (table, column, value, note) in enumerate(_CELLS):
        form = (DUTCH_CSV, DUTCH_XLSX)[number % 2]
        lines = written(table, right(table), form, {(4, column): value})
        columns = frozenset({column, dictionary()[table][1][column][0]})
        yield Defect(
            f"secretary-{number:02d}-{column}",
            "secretary",
            partial(_one, table, lines, form),
            frozenset({6}),
            columns,
            not note,
        )


def _one(table: str, lines: Lines, form: str) -> dict[str, bytes]:
    return dict([delivered(table, lines, form)])


def _sheets() -> Iterator[Defect]:
    """What happens to the sheet as a whole."""

    def case(
        name: str,
        change: Callable[[Lines], Any],
        rows: Iterable[int],
        columns: Iterable[str] = (),
        *,
        note: bool = False,
    ) -> Defect:
        lines = written("events", right("events"), DUTCH_CSV, {})
        change(lines)
        content = csv_text(lines, ";").encode("cp1252")
        return Defect(
            f"secretary-{name}",
            "secretary",
            lambda: {"evenementen.csv": content},
            frozenset(rows),
            frozenset(columns),
            not note,
        )

    yield case("legend-below", lambda lines: lines.append(["* = onder voorbehoud"]), {14})
    yield case("heading-between", lambda lines: lines.insert(5, ["April", *[""] * 14]), {6})
    yield case("signature", lambda lines: lines.extend([[], ["Ingevuld door Testpersoon"]]), {15})
    yield case(
        "total-of-participants", lambda lines: lines.append(["", *[""] * 11, 378, "", ""]), {14}
    )
    yield case(
        "column-sorted-alone",
        lambda lines: _swap(lines, 3),
        {5},
        {"einddatum", "end_date", "start_date"},
    )
    yield case("cell-shifted-right", lambda lines: _shift(lines[6]), {7})
    yield case("two-rows-pasted-into-one", lambda lines: lines[4].extend(lines.pop(5)), {5})
    yield case(
        "row-copied", lambda lines: lines.append(lines[3]), {4, 14}, {"evenement_id", "event_id"}
    )
    yield case(
        "id-typed-in-capitals", lambda lines: _upper(lines[4]), {5}, {"evenement_id", "event_id"}
    )


def _swap(lines: Lines, column: int) -> None:
    """One cell of a column that was sorted without the others: an end long before its start."""
    lines[4][column] = "13-01-2025"


def _shift(line: list[Any]) -> None:
    line.insert(4, "")
    line.pop()


def _upper(line: list[Any]) -> None:
    line[0] = line[0].upper()


def _books() -> Iterator[Defect]:
    """What Excel makes of it."""

    def case(
        name: str, change: Callable[[Workbook, Worksheet], Any], rows: Iterable[int], *columns: str
    ) -> Defect:
        lines = written("events", right("events"), DUTCH_XLSX, {})

        def made() -> dict[str, bytes]:
            changed = workbook(
                {"evenementen": lines}, lambda book: change(book, book["evenementen"])
            )
            return {"Kopie van lijst.xlsx": changed}

        return Defect(
            f"secretary-{name}",
            "secretary",
            made,
            frozenset(rows),
            frozenset(columns),
        )

    def put(at: str, value: Any) -> Callable[..., None]:
        return lambda _, sheet: setattr(sheet[at], "value", value)

    yield case(
        "count-with-a-unit", put("M5", "30 pers. (schatting)"), {5}, "deelnemers", "participants"
    )
    yield case(
        "date-as-text-of-the-american-office",
        put("C5", "5/14/25 9:00 AM"),
        {5},
        "begindatum",
        "start_date",
    )
    yield case("fraction-for-half-a-group", put("M7", 17.5), {7}, "deelnemers", "participants")
    yield case("serial-of-years-ahead", _far_serial, {8}, "begindatum", "start_date", "status")
    yield case("row-hidden-and-wrong", _hide_seven, {7})


def _hide_seven(_: Workbook, sheet: Worksheet) -> None:
    sheet.row_dimensions[7].hidden = True
    sheet["M7"].value = "oud"


def _far_serial(_: Workbook, sheet: Worksheet) -> None:
    sheet["C8"].value, sheet["D8"].value = 60_000, None


def defects() -> Iterator[Defect]:
    """All of them."""
    for part in (_cells, _sheets, _books):
        yield from part()
