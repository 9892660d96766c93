"""CSV files as text: every cell as it stands, with the row number that a spreadsheet shows.

Nothing is detected or converted here; see schema/convert.py. A fault in the form of a file (encoding,
header, number of cells) is a problem like any other.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyarrow as pa

from dashboard.intake.csv_rows import read_rows
from dashboard.intake.encodings import NOT_UTF_8, Decoding, decode_damaged, holds_utf_8
from dashboard.intake.limits import UnreadableFile
from dashboard.intake.messages import Text, _, join_sentences
from dashboard.intake.problems import AS_PUBLISHED, Problem, shorten
from dashboard.intake.reading_options import Heading, ReadingOptions
from dashboard.intake.suggestions import describe_column, list_known, suggest_nearest
from dashboard.schema.contract import Table, tables
from dashboard.schema.convert import ROW

MAX_FILE_BYTES = 512 * 1024 * 1024
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
    reading: ReadingOptions = field(default_factory=ReadingOptions, compare=False)
    series: tuple[tuple[str, int], ...] = ()
    columns: Mapping[str, tuple[str, str]] = field(default_factory=dict, compare=False)

    def problem(
        self,
        code: str,
        message: Text,
        hint: Text,
        *,
        row: int | None = None,
        column: str | None = None,
        value: str | None = None,
        rows: int = 1,
        variant: str = "",
    ) -> Problem:
        """Make a problem or note of this file or sheet; for the fields see Problem."""
        where = (self.file, row, column, value)
        return Problem(*where, message, hint, self.sheet, code=code, rows=rows, variant=variant)


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


def find_origin(origins: Sequence[Origin], table: str, number: int) -> tuple[Origin, int]:
    """Find the file or sheet of a `row_number`, and the number of the row in it. A negative one is
    that of a row which the served version already has.
    """
    if number < 0:
        return Origin(f"{table}.csv{AS_PUBLISHED}"), -number
    index, row = divmod(number, ORIGIN_STEP)
    return (origins[index - 1] if index else Origin(f"{table}.csv")), row


def add_file_columns(problems: Iterable[Problem], origins: Sequence[Origin]) -> list[Problem]:
    """Add to problems or notes what their file calls the column: its own header and its letter."""
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
        message, hint = _("no such folder"), _("Give a folder with CSV files.")
        records.problems.append(Origin(str(folder)).problem("no-folder", message, hint))
        return records
    for path in sorted(folder.glob("*.csv")):
        if path.stem not in tables():
            message, nearest = _("no table has this name"), _suggest(path.stem, tables(), ".csv")
            records.problems.append(Origin(path.name).problem("unknown-table", message, nearest))
    for table in tables().values():
        _read_table(folder / f"{table.name}.csv", table, records)
    return records


def _read_table(path: Path, table: Table, records: RawRecords) -> None:
    origin = Origin(path.name)
    if table.later and not path.exists():
        records.tables[table.name] = make_empty_table(table)
        return
    if missing := _find_file_problem(path, origin, table):
        records.problems.append(missing)
        return
    text = path.read_bytes().decode("utf-8-sig", "surrogateescape")
    try:
        _read_rows(text, origin, table, records)
    except UnreadableFile as error:
        records.problems.append(make_unreadable_problem(origin, error))


def _find_file_problem(path: Path, origin: Origin, table: Table) -> Problem | None:
    """Say why a file is not even opened; None where it is."""
    if not path.is_file():
        columns = ",".join(column.name for column in table.file_columns)
        hint = _("An empty table is a file with the header {columns}.", columns=columns)
        return origin.problem("missing-file", _("the file is missing"), hint)
    if path.stat().st_size > MAX_FILE_BYTES:
        hint = _("Split it, or check whether it is the right file.")
        return origin.problem("too-large", _("the file is larger than 512 MB"), hint)
    return None


def make_unreadable_problem(origin: Origin, error: UnreadableFile) -> Problem:
    """Make the problem of a file that cannot be read."""
    return origin.problem(error.code, error.said, error.mend, row=error.row, value=error.value)


def _read_rows(text: str, origin: Origin, table: Table, records: RawRecords) -> None:
    """Add the rows of a text to the records. Raises UnreadableFile."""
    rows, damaged = read_rows(text), NOT_UTF_8.search(text) is not None
    if damaged and not holds_utf_8(text):
        row = next((number for number, cells in rows if NOT_UTF_8.search("".join(cells))), None)
        raise UnreadableFile(
            _("the file is not UTF-8"), _save_as_utf_8(), row=row, code="not-utf-8"
        )
    header = [decode_damaged(name.strip()) for name in next(rows, (1, []))[1]]
    if wrong := list(_find_header_problems(origin, header, table)):
        records.problems += wrong
        return
    sound = _sound_rows(origin, rows, header, records.problems, damaged=damaged)
    columns = [column.name for column in table.file_columns]
    records.tables[table.name] = _collect(sound, header, columns)


def _save_as_utf_8() -> Text:
    return _("Save the file as “CSV UTF-8” in the spreadsheet.")


def _find_header_problems(origin: Origin, header: list[str], table: Table) -> Iterator[Problem]:
    columns = [column.name for column in table.file_columns]
    for name, count in Counter(header).items():
        if count > 1:
            message, hint = _("the column stands twice in the header"), _("Remove one of the two.")
            yield origin.problem("double-column", message, hint, row=1, column=name)
        if name not in columns:
            yield origin.problem(
                "unknown-column",
                _("no such column"),
                _suggest(name, columns),
                row=1,
                column=name or None,
                value=name,
            )
    for column in table.file_columns:
        if column.required and column.name not in header:
            add = join_sentences(_("Add it."), describe_column(column))
            message = _("the column is missing")
            yield origin.problem("missing-column", message, add, row=1, column=column.name)


def _sound_rows(
    origin: Origin,
    rows: Iterable[tuple[int, list[str]]],
    header: list[str],
    problems: list[Problem],
    *,
    damaged: bool,
) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that hold something and have the cells of the header, in UTF-8; the others
    become problems.
    """
    for number, row in rows:
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(header):
            hint = _("Look for a comma that is not inside quotation marks, or a missing one.")
            problems.append(make_width_problem(origin, number, len(row), len(header), hint))
        elif damaged and NOT_UTF_8.search("".join(row)):
            problems += _damaged_cells(origin, number, header, row)
        else:
            yield number, row


def make_width_problem(origin: Origin, row: int, cells: int, header: int, hint: Text) -> Problem:
    """Make the problem of a row with another number of cells than its header."""
    message = _("the row has {cells} cells, the header {header}", cells=cells, header=header)
    return origin.problem("row-width", message, hint, row=row, variant=f"{cells}/{header}")


def make_empty_table(table: Table) -> pa.Table:
    """Make what a file with a header and no row gives: a table that was added to the contract later
    may be missing.
    """
    return _collect([], [], [column.name for column in table.file_columns])


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


def _damaged_cells(
    origin: Origin, number: int, header: list[str], row: list[str]
) -> Iterator[Problem]:
    for name, cell in zip(header, row, strict=True):
        if NOT_UTF_8.search(cell):
            text = shorten(decode_damaged(cell))
            message = _("the cell is not UTF-8; as Windows text it says “{text}”", text=text)
            hint, code = _save_as_utf_8(), "damaged-letters"
            yield origin.problem(code, message, hint, row=number, column=name, variant=text)


def _suggest(name: str, choices: Iterable[str], suffix: str = "") -> Text:
    """Say which known name is meant, or which there are."""
    known = list(choices)
    return suggest_nearest(name, known, suffix=suffix) or list_known(known)
