"""What is wrong with a workbook: formulas, merged and hidden cells, other types."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.intake.corpus.bases import right
from tests.intake.corpus.defects import Defect
from tests.intake.corpus.forms import DUTCH_XLSX, XLSX, dictionary, workbook, written


def _book(
    name: str,
    kind: str,
    change: Callable[[Workbook, Worksheet], Any],
    rows: Iterable[int] = (),
    columns: Iterable[str] = (),
    *,
    table: str = "events",
    note: bool = False,
    hint: str = "",
) -> Defect:
    sheet = dictionary()[table][0]
    lines = written(table, right(table), DUTCH_XLSX, {})

    def made() -> dict[str, bytes]:
        return {
            "aanlevering.xlsx": workbook({sheet: lines}, lambda book: change(book, book[sheet]))
        }

    named = set(columns) | {
        dictionary()[table][1][column][0] for column in columns if column in dictionary()[table][1]
    }
    return Defect(f"book-{name}", kind, made, frozenset(rows), frozenset(named), not note, hint)


def _cell(
    table: str, row: int, column: str, value: Any, number_format: str = ""
) -> Callable[..., None]:
    at = list(right(table)[0]).index(column) + 1

    def change(_: Workbook, sheet: Worksheet) -> None:
        sheet.cell(row, at).value = value
        if number_format:
            sheet.cell(row, at).number_format = number_format

    return change


def _typed() -> Iterator[Defect]:
    """A cell whose type is not that of its column."""
    cases: list[tuple[str, str, str, Any, str, bool]] = [
        ("error-na", "events", "participants", "#N/A", "", False),
        ("error-ref", "events", "title", "#REF!", "", False),
        ("error-div", "funding", "amount_eur", "#DIV/0!", "", False),
        ("error-name-in-dutch", "trainings", "participants", "#NAAM?", "", False),
        ("error-value", "events", "start_date", "#VALUE!", "", False),
        ("true-as-count", "events", "participants", True, "", False),
        ("false-as-date", "projects", "start_date", False, "", False),
        ("true-as-title", "trainings", "title", True, "", True),
        ("time-as-date", "events", "start_date", time(10, 30), "", False),
        ("duration-as-count", "events", "participants", timedelta(hours=26), "", False),
        ("date-as-count", "trainings", "participants", date(2025, 4, 3), "", False),
        ("date-as-amount", "funding", "amount_eur", datetime(2025, 12, 1), "", False),
        ("fraction-shown-whole", "events", "participants", 12.6, "0", False),
        ("percentage", "events", "participants", 0.5, "0%", False),
        ("percentage-of-whole", "trainings", "participants", 1, "0%", True),
        ("dollars", "funding", "amount_eur", 1250, '"$"#,##0.00', True),
        ("negative", "trainings", "participants", -3, "", False),
        ("amount-of-three-decimals", "funding", "amount_eur", 1250.125, "", False),
        ("year-9999", "events", "start_date", date(9999, 12, 31), "", False),
        ("year-1900", "events", "start_date", date(1900, 1, 14), "", True),
        ("number-as-country", "places", "country", 31, "", False),
        ("number-as-term", "events", "kind", 3, "", False),
        ("year-as-number-20266", "targets", "year", 20266, "", False),
    ]
    for name, table, column, value, shown, note in cases:
        also = ("end_date", "status") if column == "start_date" else ()
        change = _cell(table, 6, column, value, shown)
        yield _book(
            f"typed-{name}", "type of a cell", change, {6}, (column, *also), table=table, note=note
        )


def _formulas() -> Iterator[Defect]:
    for name, table, column, formula in (
        ("sum", "events", "participants", "=SUM(A1:A3)"),
        ("text", "events", "title", '="Dag "&"1"'),
        ("link", "people", "name", '=HYPERLINK("https://voorbeeld.example","Testpersoon")'),
        ("date", "projects", "start_date", "=TODAY()"),
        ("other-book", "funding", "amount_eur", "=[1]Blad1!$A$1"),
        ("lookup", "trainings", "level", "=VLOOKUP(A2,B2:C9,2,FALSE)"),
    ):
        yield _book(
            f"formula-{name}",
            "formula",
            _cell(table, 8, column, formula),
            {8},
            {column},
            table=table,
        )


def _shape() -> Iterator[Defect]:
    def case(
        name: str,
        change: Callable[[Workbook, Worksheet], Any],
        rows: Iterable[int] = (),
        columns: Iterable[str] = (),
        **more: Any,
    ) -> Defect:
        return _book(f"shape-{name}", "shape of a workbook", change, rows, columns, **more)

    yield case("merged-down", lambda _, s: s.merge_cells("J4:J6"), {4, 5, 6}, {"place_id", "J"})
    yield case(
        "merged-across", lambda _, s: s.merge_cells("G5:H5"), {5}, {"kind", "attendance_mode", "G"}
    )
    yield case("merged-header", lambda _, s: s.merge_cells("B1:C1"), {1})
    yield case("hidden-row", lambda _, s: _hide(s.row_dimensions[7]), {7})
    yield case("hidden-column", lambda _, s: _hide(s.column_dimensions["O"]), (), {"note", "O"})
    yield case("filtered-rows", _filter_rows, {9, 10})
    yield case("hidden-sheet", lambda b, _: _hidden_sheet(b, "hidden"), hint="personen")
    yield case("very-hidden-sheet", lambda b, _: _hidden_sheet(b, "veryHidden"), hint="personen")
    yield case(
        "only-a-hidden-sheet-of-notes",
        _aside("Kladblok", [["Let op"], ["geheim"]], "hidden"),
        note=True,
    )
    yield case(
        "sheet-of-no-table",
        _aside("Blad2", [["Naam", "Bedrag"], ["x", 5]]),
        note=True,
        hint="Blad2",
    )
    yield case("header-doubled", lambda _, s: _set(s, "L1", "titel"), {1}, {"titel", "title", "L"})
    yield case("header-unknown", lambda _, s: _set(s, "L1", "Zaalhuur"), {1}, {"Zaalhuur", "L"})
    yield case("header-missing", lambda _, s: _set(s, "L1", None), (), {"L"})
    yield case("no-header", lambda _, s: s.delete_rows(1), {1})
    yield case("cells-beside-the-table", lambda _, s: _set(s, "R5", "los getal"), {5})
    yield case("words-below-the-table", lambda _, s: _set(s, "A16", "* exclusief online"), {16})
    yield case(
        "total-below-the-table", lambda _, s: (_set(s, "A14", "Totaal"), _set(s, "M14", 378)), {14}
    )
    yield case("second-sheet-of-the-table", _second_sheet, {2}, {"event_id"})
    yield case(
        "header-in-dutch-and-english",
        lambda _, s: _set(s, "L1", "title"),
        {1},
        {"title", "titel", "L"},
    )


def _hide(dimension: Any) -> None:
    dimension.hidden = True


def _set(sheet: Worksheet, at: str, value: Any) -> None:
    sheet[at].value = value


def _filter_rows(_: Workbook, sheet: Worksheet) -> None:
    sheet.auto_filter.ref = "A1:O13"
    for row in (9, 10):
        sheet.row_dimensions[row].hidden = True


def _hidden_sheet(book: Workbook, state: str) -> None:
    sheet = book.create_sheet("personen")
    for line in written("people", right("people", 5), XLSX, {}):
        sheet.append([value or None for value in line])
    sheet.sheet_state = state


def _aside(title: str, lines: list[list[Any]], state: str = "visible") -> Callable[..., None]:
    def change(book: Workbook, _: Worksheet) -> None:
        sheet = book.create_sheet(title)
        for line in lines:
            sheet.append(line)
        sheet.sheet_state = state

    return change


def _second_sheet(book: Workbook, _: Worksheet) -> None:
    """The English name of the same table, with a row of the first sheet in it."""
    sheet = book.create_sheet("events")
    for line in written("events", right("events")[:1], XLSX, {}):
        sheet.append(line)


def defects() -> Iterator[Defect]:
    """All of them."""
    for part in (_typed, _formulas, _shape):
        yield from part()
