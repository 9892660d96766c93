"""CSV files and workbooks as sheets: numbered rows of cells, whatever program wrote them."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePath

import orjson

from dashboard.intake import header, limits
from dashboard.intake.contract import tables
from dashboard.intake.files import Origin
from dashboard.intake.limits import Unreadable
from dashboard.intake.spoken import normal

Cell = str | float
ENCODINGS = ("utf-8-sig", "utf-16", "cp1252")
DELIMITERS = (",", ";", "\t")
MAX_CELLS = 10_000_000
MAX_COLUMNS = 1000
DEFAULT_NAME = re.compile(r"(sheet|blad|werkblad|worksheet|tabelle|feuil)\s*\d*", re.IGNORECASE)
COPY = re.compile(r"\s*(\(\d+\)|-? ?(kopie|copy))$", re.IGNORECASE)


@dataclass
class Sheet:
    """Rows with the number that the spreadsheet shows; `faults` are [row, column, rule, mend], 0 for no row
    or column. `name` is what the table is to be known by."""

    origin: Origin
    name: str
    rows: list[tuple[int, list[Cell]]]
    faults: list[tuple[int, int, str, str]] = field(default_factory=list)
    hidden: bool = False
    strict_length: bool = False


def stem(file: str) -> str:
    """The name of a file without its ending and without what copying adds."""
    return COPY.sub("", PurePath(file).stem)


def csv_sheet(file: str, data: bytes) -> Sheet:
    """A CSV file, its encoding tried strictly, its delimiter that with which the header fits the contract best.
    Raises Unreadable."""
    if data.startswith((b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0")):
        raise Unreadable("the file is not CSV, whatever its name says", "Name it as what it is, such as .xlsx.")
    text = _decode(data)
    declared = re.match(r"sep=(.)\r?\n", text)
    text = text[declared.end() :] if declared else text
    delimiter = _delimiter(file, text, declared[1] if declared else "")
    if text.count(delimiter) > MAX_CELLS:
        raise Unreadable("the file has more than ten million cells", "Split it.")
    try:
        rows: list[tuple[int, list[Cell]]] = [
            (number, list(row)) for number, row in _rows(text, delimiter) if any(cell.strip() for cell in row)
        ]
    except csv.Error as error:
        raise Unreadable(f"the file is not CSV: {error}", "Look for a quotation mark that is not closed.") from None
    return Sheet(Origin(file), stem(file), rows, strict_length=True)


def _decode(data: bytes) -> str:
    for encoding in ENCODINGS:
        if encoding == "utf-16" and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
            continue
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("the file is neither UTF-8 nor Windows text", "Save it as “CSV UTF-8” in the spreadsheet.")


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    return enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), start=1)


def _delimiter(file: str, text: str, declared: str) -> str:
    """Only the header is looked at: data may hold more semicolons than delimiters."""
    table = header.table_names().get(normal(stem(file)))
    candidates = [tables()[table]] if table else list(tables().values())

    def fits(delimiter: str) -> int:
        try:
            first = next((row for _, row in _rows(text[:100_000], delimiter) if any(row)), [])
        except csv.Error:
            return 0
        return max(header.fit(t, first[:MAX_COLUMNS]) for t in candidates)

    options = [d for d in (declared, *DELIMITERS) if d and d not in '"\r\n']
    return max(options, key=fits)


def workbook_sheets(file: str, data: bytes) -> Iterator[Sheet]:
    """The sheets of a workbook that hold something. Raises Unreadable."""
    limits.look_inside(data)
    found = orjson.loads(limits.run("workbook", data))
    filled = [one for one in found if one["rows"]]
    for one in filled:
        by_file = len(filled) == 1 and DEFAULT_NAME.fullmatch(one["name"].strip())
        faults = [tuple(fault) for fault in one["faults"]]
        if one["more"]:
            faults.append((0, 0, f"{one['more']} more cells like these", "Mend these first."))
        name = stem(file) if by_file else one["name"]
        yield Sheet(Origin(file, one["name"]), name, one["rows"], faults, hidden=one["hidden"])
