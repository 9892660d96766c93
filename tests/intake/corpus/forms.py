"""The forms in which one table is delivered: CSV and workbook, English and Dutch."""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from openpyxl import Workbook

DATA = Path(__file__).parents[3] / "data"
CSV, DUTCH_CSV, XLSX, DUTCH_XLSX = "csv", "dutch csv", "xlsx", "dutch xlsx"
FORMS = (CSV, DUTCH_CSV, XLSX, DUTCH_XLSX)

Row = Mapping[str, Any]
Table = Sequence[Row]


@cache
def dictionary() -> dict[str, tuple[str, dict[str, tuple[str, str]]]]:
    """Of every table, by the data dictionary: Dutch name; of columns Dutch name and form."""
    found: dict[str, tuple[str, dict[str, tuple[str, str]]]] = {}
    columns: dict[str, tuple[str, str]] = {}
    for line in (DATA / "README.md").read_text("utf-8").splitlines():
        if heading := re.fullmatch(r"## (\w+) \((\w+)\)", line):
            columns = {}
            found[heading[1]] = heading[2], columns
        elif column := re.match(r"\| `(\w+)` \| `(\w+)` \| ([^|]+) \|", line):
            columns[column[1]] = column[2], column[3].strip("` ")
    return found


@cache
def dutch_terms() -> dict[tuple[str, str], str]:
    """The Dutch label of a term, by list and id."""
    with (DATA / "terms.csv").open(encoding="utf-8", newline="") as file:
        return {(row["list"], row["term_id"]): row["label_nl"] for row in csv.DictReader(file)}


def in_dutch(table: str, column: str, value: Any) -> Any:
    """A right value in Dutch: the label of a term, the day first, a decimal comma."""
    form = dictionary()[table][1][column][1]
    if form.startswith("term of"):
        return dutch_terms().get((form.split("`")[1], value), value)
    if form == "date" and re.fullmatch(r"\d{4}-\d\d-\d\d", str(value)):
        return date.fromisoformat(value).strftime("%d-%m-%Y")
    if form in {"amount in euro", "degrees"}:
        return str(value).replace(".", ",")
    return value


def in_cells(table: str, column: str, value: Any) -> Any:
    """A right value as a workbook holds it: counts and amounts as numbers, whole days as dates."""
    form = dictionary()[table][1][column][1]
    if form in {"whole number", "amount in euro", "degrees"} and value:
        return float(value) if "." in value else int(value)
    if form == "date" and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return date.fromisoformat(value)
    return value


def written(
    table: str, rows: Table, form: str, faults: Mapping[tuple[int, str], Any]
) -> list[list[Any]]:
    """Header and rows in the form; `faults` stand as they are, by index of the row and column."""
    columns, dutch = list(rows[0]), "dutch" in form
    header = [dictionary()[table][1][name][0] if dutch else name for name in columns]
    found: list[list[Any]] = [header]
    for index, row in enumerate(rows):
        found.append(
            [faults.get((index, name), _right(table, name, row[name], form)) for name in columns]
        )
    return found


def _right(table: str, column: str, value: str, form: str) -> Any:
    if form in {XLSX, DUTCH_XLSX}:
        value = in_cells(table, column, value)
    return in_dutch(table, column, value) if "dutch" in form and isinstance(value, str) else value


def csv_text(lines: Iterable[Sequence[Any]], delimiter: str = ",", end: str = "\r\n") -> str:
    """As a spreadsheet saves it."""
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter, lineterminator=end).writerows(lines)
    return buffer.getvalue()


def workbook(
    sheets: Mapping[str, Iterable[Sequence[Any]]], edit: Callable[[Workbook], None] | None = None
) -> bytes:
    """A workbook with these sheets, changed by `edit` before it is saved."""
    book = Workbook()
    book.remove(book.active)
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append([None if value == "" else value for value in line])
    if edit:
        edit(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def delivered(table: str, lines: Sequence[Sequence[Any]], form: str) -> tuple[str, bytes]:
    """Name and bytes of the file."""
    name = dictionary()[table][0] if "dutch" in form else table
    if form in {XLSX, DUTCH_XLSX}:
        return f"{name}.xlsx", workbook({name: lines})
    text = csv_text(lines, ";" if form == DUTCH_CSV else ",")
    return f"{name}.csv", text.encode("utf-8-sig" if form == DUTCH_CSV else "utf-8")


def in_parts(book: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """A workbook whose parts are changed one by one; None leaves a part out."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if (content := change(name, old.read(name))) is not None:
                new.writestr(name, content)
    return buffer.getvalue()


def calendar(*events: Sequence[str], head: Sequence[str] = ()) -> bytes:
    """A calendar whose events are these lines; UID and DTSTAMP are added where they are missing."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Verzonnen//Corpus//NL", *head]
    for number, event in enumerate(events, 1):
        given = "\n".join(event)
        lines += ["BEGIN:VEVENT"]
        lines += [] if "UID" in given else [f"UID:verzonnen-{number}"]
        lines += [] if "DTSTAMP" in given else ["DTSTAMP:20250101T000000Z"]
        lines += [*event, "END:VEVENT"]
    return ("\r\n".join([*lines, "END:VCALENDAR"]) + "\r\n").encode()
