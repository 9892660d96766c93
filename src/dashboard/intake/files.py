"""CSV files as text: every cell as it stands, with the row number that a spreadsheet shows.

Nothing is detected or converted here; see convert.py. A fault in the form of a file (encoding,
header, number of cells) is a problem like any other.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyarrow as pa
from rapidfuzz import process

from dashboard.intake.answers import Heading, Reading
from dashboard.intake.csv_rows import rows_of
from dashboard.intake.encodings import NOT_UTF_8, Decoding, holds_utf_8, undamaged
from dashboard.intake.limits import Unreadable
from dashboard.intake.problems import Problem, shorten
from dashboard.schema.contract import Table, tables
from dashboard.schema.convert import ROW

MAX_FILE_BYTES = 512 * 1024 * 1024
SAVE = "Save the file as “CSV UTF-8” in the spreadsheet."


ORIGIN_STEP = 2**32
"""A `row_number` is the number of the row plus this for every origin before its own: rows of
several files may then stand in one table, keep distinct numbers, and still be named by file, sheet
and row.
"""


@dataclass(frozen=True)
class Origin:
    """Where rows came from. `calendar`: what cannot be looked up there is noted and left out,
    because a calendar cannot be mended as a spreadsheet can. `lacks`: columns that new rows need
    and its header leaves out. `header`: the row that it stands in. `dutch`: it is; `reading` is
    what was said of it. `series`: the UIDs (as calendar_uid has them) of the series that a calendar
    holds whole, each with the number of its event. `columns` are those of the contract with what
    the file calls them, header and letter.
    """

    file: str
    sheet: str | None = None
    calendar: bool = False
    lacks: tuple[str, ...] = ()
    header: int | None = None
    dutch: bool = False
    reading: Reading = field(default_factory=Reading, compare=False)
    series: tuple[tuple[str, int], ...] = ()
    columns: Mapping[str, tuple[str, str]] = field(default_factory=dict, compare=False)


@dataclass
class RawRecords:
    """The tables of one delivery as Arrow tables of text with a column `row_number`, what was wrong
    with the files, and notes on what is suspicious but allowed.

    `origins` are the files and sheets after the canonical <table>.csv, which is origin 0;
    `headings` are the headers of all sheets that were read, also of those that are no table;
    `decodings` says how each uploaded CSV file was decoded.
    """

    tables: dict[str, pa.Table] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    origins: list[Origin] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    decodings: dict[str, Decoding] = field(default_factory=dict)

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
        self.tables[table] = (
            pa.concat_tables([self.tables[table], rows]) if table in self.tables else rows
        )


def place(origins: Sequence[Origin], table: str, number: int) -> tuple[Origin, int]:
    """The file or sheet of a `row_number`, and the number of the row in it. A negative one is that
    of a row which the served version already has.
    """
    if number < 0:
        return Origin(f"{table}.csv as published"), -number
    index, row = divmod(number, ORIGIN_STEP)
    return (origins[index - 1] if index else Origin(f"{table}.csv")), row


def named(problems: Iterable[Problem], origins: Sequence[Origin]) -> list[Problem]:
    """Problems or notes with what their file calls the column: its own header and its letter."""
    known = {(origin.file, origin.sheet): origin.columns for origin in origins}
    found = []
    for problem in problems:
        header, letter = known.get((problem.file, problem.sheet), {}).get(
            problem.column or "", (None, None)
        )
        add = letter is not None and problem.letter is None
        found.append(replace(problem, header=header, letter=letter) if add else problem)
    return found


def read_folder(folder: Path) -> RawRecords:
    """Read one CSV file per table from a folder. Never raises for what is in a file."""
    records = RawRecords()
    if not folder.is_dir():
        records.problems.append(
            Problem(
                str(folder), None, None, None, "no such folder", "Give a folder with CSV files."
            )
        )
        return records
    for path in sorted(folder.glob("*.csv")):
        if path.stem not in tables():
            records.problems.append(
                Problem(
                    path.name,
                    None,
                    None,
                    None,
                    "no table has this name",
                    did_you_mean(path.stem, tables(), ".csv"),
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
        records.problems.append(
            Problem(path.name, None, None, None, "the file is larger than 512 MB", mend)
        )
        return
    text = path.read_bytes().decode("utf-8-sig", "surrogateescape")
    damaged = NOT_UTF_8.search(text) is not None
    rows = rows_of(text)
    try:
        if damaged and not holds_utf_8(text):
            row = next((number for number, cells in rows if NOT_UTF_8.search("".join(cells))), None)
            raise Unreadable("the file is not UTF-8", SAVE, row=row)  # noqa: TRY301 - said as what the rows raise
        header = [undamaged(name.strip()) for name in next(rows, (1, []))[1]]
        if wrong := list(_header_problems(path.name, header, table)):
            records.problems += wrong
        else:
            sound = _sound(path.name, rows, header, records.problems, damaged=damaged)
            records.tables[table.name] = _collect(sound, header, columns)
    except Unreadable as error:
        records.problems.append(
            Problem(path.name, error.row, None, error.value, error.rule, error.mend)
        )


def _header_problems(file: str, header: list[str], table: Table) -> Iterator[Problem]:
    columns = [column.name for column in table.file_columns]
    for name, count in Counter(header).items():
        if count > 1:
            yield Problem(
                file,
                1,
                name,
                None,
                "the column stands twice in the header",
                "Remove one of the two.",
            )
        if name not in columns:
            yield Problem(
                file, 1, name or None, name, "no such column", did_you_mean(name, columns)
            )
    for column in table.file_columns:
        if column.required and column.name not in header:
            yield Problem(
                file,
                1,
                column.name,
                None,
                "the column is missing",
                f"Add it. {column.meaning}".strip(),
            )


def _sound(
    file: str,
    rows: Iterable[tuple[int, list[str]]],
    header: list[str],
    problems: list[Problem],
    *,
    damaged: bool,
) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold something and have the cells of the header, in UTF-8; the others are
    problems.
    """
    for number, row in rows:
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(header):
            rule = f"the row has {len(row)} cells, the header {len(header)}"
            mend = "Look for a comma that is not inside quotation marks, or a missing one."
            problems.append(Problem(file, number, None, None, rule, mend))
        elif damaged and NOT_UTF_8.search("".join(row)):
            problems += _damaged(file, number, header, row)
        else:
            yield number, row


def _collect(
    rows: Iterable[tuple[int, list[str]]], header: list[str], columns: list[str]
) -> pa.Table:
    numbers, cells = [], []
    for number, row in rows:
        numbers.append(number)
        cells.append(row)
    by_column = dict(zip(header, zip(*cells, strict=True), strict=True)) if cells else {}
    arrays = [pa.array(by_column.get(name, [None] * len(cells)), pa.string()) for name in columns]
    return pa.table([pa.array(numbers, pa.int64()), *arrays], names=[ROW, *columns])


def _damaged(file: str, number: int, header: list[str], row: list[str]) -> Iterator[Problem]:
    for name, cell in zip(header, row, strict=True):
        if NOT_UTF_8.search(cell):
            rule = f"the cell is not UTF-8; as Windows text it says “{shorten(undamaged(cell))}”"
            yield Problem(file, number, name, None, rule, SAVE)


def did_you_mean(name: str, choices: Iterable[str], suffix: str = "") -> str:
    known = list(choices)
    hit = process.extractOne(name, known, score_cutoff=60)
    return f"Did you mean “{hit[0]}{suffix}”?" if hit else f"Known are: {', '.join(known)}."
