"""No patient data: columns of citizen service numbers, e-mail addresses or birth dates are refused.

One nine-digit number in eleven passes the 11-check by chance, so a single hit is a question to the
steward. The values themselves are never repeated in a problem.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import compress

import duckdb

from dashboard.intake.files import Origin, find_origin
from dashboard.intake.header_names import NO_PATIENT_DATA
from dashboard.intake.messages import N_, _, ngettext
from dashboard.intake.problems import Problem
from dashboard.language.nouns import plural
from dashboard.schema.contract import Table, tables
from dashboard.schema.convert import ROW, join_cells, quote_identifier

NUMBER = re.compile(r"(?<!\d)\d{4}[. ]?\d{2}[. ]?\d{3}(?!\d)")
MAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[A-Za-z]{2,}")
MANY = 3
SHARE = 0.3
"""By chance a ninth of the nine-digit numbers in a column pass; of citizen service numbers all do.
"""
MAX_CELLS = 20_000
"""Enough of a column to know what it holds."""


@dataclass(frozen=True)
class PersonalDataKind:
    """`candidates` finds cells by an SQL regular expression; `test` looks at each; `code` is that
    of the problem, `many` and `few` say that a column holds many or a few such cells.
    """

    code: str
    many: str
    few: tuple[str, str]
    candidates: str
    test: Callable[[str], bool]
    forms: tuple[str, ...]


def is_service_number(text: str) -> bool:
    """Return whether the text holds nine digits that pass the 11-check of the Dutch citizen service
    number.
    """
    return any(_eleven(re.sub(r"\D", "", found)) for found in NUMBER.findall(text))


def _eleven(digits: str) -> bool:
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True))
    return int(digits) > 0 and total % 11 == 0


# A text may state the day of an event, but hardly one before 2010: older days are those of births.
KINDS = (
    PersonalDataKind(
        "citizen-numbers",
        N_("{n} cells look like citizen service numbers: {why}"),
        plural(
            "{n} cell looks like citizen service numbers",
            "{n} cells look like citizen service numbers",
        ),
        r"(^|[^\d])\d{4}[. ]?\d{2}[. ]?\d{3}([^\d]|$)",
        is_service_number,
        ("text", "count", "id"),
    ),
    PersonalDataKind(
        "mail-addresses",
        N_("{n} cells look like e-mail addresses: {why}"),
        plural("{n} cell looks like e-mail addresses", "{n} cells look like e-mail addresses"),
        r"\S@\S",
        lambda text: bool(MAIL.search(text)),
        ("text", "id"),
    ),
    PersonalDataKind(
        "birth-dates",
        N_("{n} cells look like birth dates: {why}"),
        plural("{n} cell looks like birth dates", "{n} cells look like birth dates"),
        r"(?i)(\b(geboren\b|geb\.|born\b|birth\b|dob\b).*\d{4})"
        r"|^\s*(\d{1,2}[-/. ]\d{1,2}[-/. ](19\d|200)\d|(19\d|200)\d-\d\d-\d\d)\s*$",
        lambda _text: True,
        ("text",),
    ),
)


def find_personal_data(
    con: duckdb.DuckDBPyConnection, origins: Sequence[Origin]
) -> tuple[list[Problem], list[Problem]]:
    """Return problems for columns of raw.<table> that hold many such cells, notes for those with a
    few.
    """
    problems: list[Problem] = []
    notes: list[Problem] = []
    present = "select table_name from duckdb_tables() where schema_name = 'raw'"
    for (name,) in con.execute(present).fetchall():
        for column, kind in _find_suspects(con, tables()[name]):
            rows = _read_candidates(con, name, column, kind)
            hits = [number for number, value in rows if kind.test(value[:10_000])]
            if not hits:
                continue
            origin, row = find_origin(origins, name, hits[0])
            if len(hits) >= MANY and len(hits) >= SHARE * len(rows):
                problems.append(_refuse(origin, row, column, kind, len(hits)))
            else:
                notes.append(_ask(origin, row, column, kind, len(hits)))
    return problems, notes


def _read_candidates(
    con: duckdb.DuckDBPyConnection, table: str, column: str, kind: PersonalDataKind
) -> list[tuple[int, str]]:
    """Read the cells to look at, with the numbers of their rows."""
    return con.execute(
        f"select {ROW}, {quote_identifier(column)} from raw.{quote_identifier(table)} where"
        f" regexp_matches({quote_identifier(column)}, '{kind.candidates}') order by {ROW} limit {MAX_CELLS}"
    ).fetchall()


def _find_suspects(
    con: duckdb.DuckDBPyConnection, table: Table
) -> list[tuple[str, PersonalDataKind]]:
    """Find the columns with candidates: in one pass over the table where all cells of a row are
    looked at together, and in one more over the columns of kinds that may be there.
    """
    columns = {kind: [c for c in table.file_columns if c.form in kind.forms] for kind in KINDS}
    rows = [(join_cells(there), kind) for kind, there in columns.items() if there]
    possible = {kind for _row, kind in compress(rows, _match(con, table, rows, "(?m)"))}
    asked = [(c, kind) for c in table.file_columns for kind in KINDS if c in columns[kind]]
    asked = [(column, kind) for column, kind in asked if kind in possible]
    cells = [(quote_identifier(column.name), kind) for column, kind in asked]
    return [(column.name, kind) for column, kind in compress(asked, _match(con, table, cells))]


def _match(
    con: duckdb.DuckDBPyConnection,
    table: Table,
    asked: Sequence[tuple[str, PersonalDataKind]],
    flags: str = "",
) -> Sequence[bool | None]:
    """Ask whether the text, in SQL, holds in some row what looks like the kind beside it."""
    if not asked:
        return ()
    matches = ", ".join(
        f"bool_or(regexp_matches({text}, '{flags}{kind.candidates}'))" for text, kind in asked
    )
    query = f"select {matches} from raw.{quote_identifier(table.name)}"
    return con.execute(query).fetchone() or ()


def _refuse(origin: Origin, row: int, column: str, kind: PersonalDataKind, cells: int) -> Problem:
    """Make the problem of a column that holds many such cells."""
    message = _(kind.many, n=cells, why=NO_PATIENT_DATA)
    hint = _("Remove them; the first stands in row {row}.", row=row)
    return origin.problem(kind.code, message, hint, column=column)


def _ask(origin: Origin, row: int, column: str, kind: PersonalDataKind, cells: int) -> Problem:
    """Make the note on a column that holds a few such cells."""
    message = ngettext(*kind.few, cells)
    hint = _("Is it? Then remove it.")
    return origin.problem(kind.code, message, hint, row=row, column=column)
