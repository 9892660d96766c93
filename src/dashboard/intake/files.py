"""CSV files as text: every cell as it stands, with the row number that a spreadsheet shows.

Nothing is detected or converted here; see convert.py. A fault in the form of a file (encoding, header,
number of cells) is a problem like any other.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
from rapidfuzz import process

from dashboard.intake.answers import Heading, Reading
from dashboard.intake.contract import Table, tables
from dashboard.intake.problems import Problem

MAX_FILE_BYTES = 512 * 1024 * 1024
ROW = "row_number"
csv.field_size_limit(1_000_000)


ORIGIN_STEP = 2**32
"""A `row_number` is the number of the row plus this for every origin before its own: rows of several files
may then stand in one table, keep distinct numbers, and still be named by file, sheet and row."""


@dataclass(frozen=True)
class Origin:
    """Where rows came from. `calendar`: what cannot be looked up there is noted and left out, because a
    calendar cannot be mended as a spreadsheet can. `lacks`: columns that new rows need and its header leaves out.
    `dutch`: its header is; `reading` is what was said of it.
    `series`: the UIDs (as calendar_uid has them) of the series that a calendar holds whole, each
    with the number of its event."""

    file: str
    sheet: str | None = None
    calendar: bool = False
    lacks: tuple[str, ...] = ()
    dutch: bool = False
    reading: Reading = field(default_factory=Reading, compare=False)
    series: tuple[tuple[str, int], ...] = ()


@dataclass
class RawRecords:
    """The tables of one delivery as Arrow tables of text with a column `row_number`, what was wrong with
    the files, and notes on what is suspicious but allowed.

    `origins` are the files and sheets after the canonical <table>.csv, which is origin 0; `headings` are the headers
    of all sheets that were read, also of those that are no table.
    """

    tables: dict[str, pa.Table] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    origins: list[Origin] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)

    @property
    def absent(self) -> tuple[str, ...]:
        """The tables of the contract that the delivery says nothing about."""
        return tuple(name for name in tables() if name not in self.tables)

    def add_origin(self, origin: Origin) -> int:
        """Register a file or sheet; returns what to add to the numbers of its rows."""
        self.origins.append(origin)
        return len(self.origins) * ORIGIN_STEP

    def add_rows(self, table: str, rows: pa.Table) -> None:
        """Append rows to a table: two files may each hold some."""
        self.tables[table] = pa.concat_tables([self.tables[table], rows]) if table in self.tables else rows


def place(origins: Sequence[Origin], table: str, number: int) -> tuple[Origin, int]:
    """The file or sheet of a `row_number`, and the number of the row in it. A negative one is that of a row which
    the served version already has."""
    if number < 0:
        return Origin(f"{table}.csv as published"), -number
    index, row = divmod(number, ORIGIN_STEP)
    return (origins[index - 1] if index else Origin(f"{table}.csv")), row


def read_folder(folder: Path) -> RawRecords:
    """Read one CSV file per table from a folder. Never raises for what is in a file."""
    records = RawRecords()
    if not folder.is_dir():
        records.problems.append(
            Problem(str(folder), None, None, None, "no such folder", "Give a folder with CSV files.")
        )
        return records
    for path in sorted(folder.glob("*.csv")):
        if path.stem not in tables():
            records.problems.append(
                Problem(
                    path.name, None, None, None, "no table has this name", did_you_mean(path.stem, tables(), ".csv")
                )
            )
    for table in tables().values():
        _read_table(folder / f"{table.name}.csv", table, records)
    return records


def _read_table(path: Path, table: Table, records: RawRecords) -> None:
    columns = [column.name for column in table.file_columns]
    if not path.is_file():
        mend = f"An empty table is a file with the header {','.join(columns)}."
        records.problems.append(Problem(path.name, None, None, None, "the file is missing", mend))
        return
    if path.stat().st_size > MAX_FILE_BYTES:
        mend = "Split it, or check whether it is the right file."
        records.problems.append(Problem(path.name, None, None, None, "the file is larger than 512 MB", mend))
        return
    text = _decode(path, records)
    if text is None:
        return
    rows = _rows(text)
    try:
        header = [name.strip() for name in next(rows, (1, []))[1]]
        if wrong := list(_header_problems(path.name, header, table)):
            records.problems += wrong
        else:
            records.tables[table.name] = _collect(path.name, rows, header, records.problems, columns)
    except csv.Error as error:
        mend = "Look for a quotation mark that is not closed."
        records.problems.append(Problem(path.name, None, None, None, f"the file is not CSV: {error}", mend))


def _header_problems(file: str, header: list[str], table: Table) -> Iterator[Problem]:
    columns = [column.name for column in table.file_columns]
    for name, count in Counter(header).items():
        if count > 1:
            yield Problem(file, 1, name, None, "the column stands twice in the header", "Remove one of the two.")
        if name not in columns:
            yield Problem(file, 1, name or None, name, "no such column", did_you_mean(name, columns))
    for column in table.file_columns:
        if column.required and column.name not in header:
            yield Problem(file, 1, column.name, None, "the column is missing", f"Add it. {column.meaning}".strip())


def _decode(path: Path, records: RawRecords) -> str | None:
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        records.problems.append(
            Problem(path.name, row, None, None, "the file is not UTF-8", "Save it as “CSV UTF-8” in the spreadsheet.")
        )
        return None


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with their spreadsheet number: a quoted line break does not start a new row."""
    return enumerate(csv.reader(io.StringIO(text, newline="")), start=1)


def _collect(
    file: str, rows: Iterator[tuple[int, list[str]]], header: list[str], problems: list[Problem], columns: list[str]
) -> pa.Table:
    numbers: list[int] = []
    cells: list[list[str]] = []
    for number, row in rows:
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(header):
            rule = f"the row has {len(row)} cells, the header {len(header)}"
            mend = "Look for a comma that is not inside quotation marks, or a missing one."
            problems.append(Problem(file, number, None, None, rule, mend))
            continue
        numbers.append(number)
        cells.append(row)
    by_column = dict(zip(header, zip(*cells, strict=True), strict=True)) if cells else {}
    arrays = [pa.array(by_column.get(name, [None] * len(cells)), pa.string()) for name in columns]
    return pa.table([pa.array(numbers, pa.int64()), *arrays], names=[ROW, *columns])


def did_you_mean(name: str, choices: Iterable[str], suffix: str = "") -> str:
    known = list(choices)
    hit = process.extractOne(name, known, score_cutoff=60)
    return f"Did you mean “{hit[0]}{suffix}”?" if hit else f"Known are: {', '.join(known)}."
