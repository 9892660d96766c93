"""No patient data: columns of citizen service numbers, e-mail addresses or birth dates are refused.

One nine-digit number in eleven passes the 11-check by chance, so a single hit is a question to the
steward. The values themselves are never repeated in a problem.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import duckdb

from dashboard.intake.files import Origin, place
from dashboard.intake.header import NO_PATIENTS
from dashboard.intake.problems import Problem
from dashboard.schema.contract import Table, tables
from dashboard.schema.convert import ROW, quoted

NUMBER = re.compile(r"(?<!\d)\d{4}[. ]?\d{2}[. ]?\d{3}(?!\d)")
MAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[A-Za-z]{2,}")
MANY = 3
SHARE = 0.3
"""By chance a ninth of the nine-digit numbers in a column pass; of citizen service numbers all do.
"""
MAX_CELLS = 20_000
"""Enough of a column to know what it holds."""


@dataclass(frozen=True)
class Kind:
    """`candidates` finds cells by an SQL regular expression; `test` looks at each."""

    name: str
    candidates: str
    test: Callable[[str], bool]
    forms: tuple[str, ...]


def is_service_number(text: str) -> bool:
    """Whether the text holds nine digits that pass the 11-check of the Dutch citizen service
    number.
    """
    return any(_eleven(re.sub(r"\D", "", found)) for found in NUMBER.findall(text))


def _eleven(digits: str) -> bool:
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True))
    return int(digits) > 0 and total % 11 == 0


# A text may state the day of an event, but hardly one before 2010: older days are those of births.
KINDS = (
    Kind(
        "citizen service numbers",
        r"(^|[^\d])\d{4}[. ]?\d{2}[. ]?\d{3}([^\d]|$)",
        is_service_number,
        ("text", "count", "id"),
    ),
    Kind("e-mail addresses", r"\S@\S", lambda text: bool(MAIL.search(text)), ("text", "id")),
    Kind(
        "birth dates",
        r"(?i)(\b(geboren\b|geb\.|born\b|birth\b|dob\b).*\d{4})"
        r"|^\s*(\d{1,2}[-/. ]\d{1,2}[-/. ](19\d|200)\d|(19\d|200)\d-\d\d-\d\d)\s*$",
        lambda _text: True,
        ("text",),
    ),
)


def look(
    con: duckdb.DuckDBPyConnection, origins: Sequence[Origin]
) -> tuple[list[Problem], list[Problem]]:
    """Problems for columns of raw.<table> that hold many such cells, notes for those with a few."""
    problems: list[Problem] = []
    notes: list[Problem] = []
    present = "select table_name from duckdb_tables() where schema_name = 'raw'"
    for (name,) in con.execute(present).fetchall():
        for column, kind in _suspects(con, tables()[name]):
            rows = con.execute(
                f"select {ROW}, {quoted(column)} from raw.{quoted(name)} where"
                f" regexp_matches({quoted(column)}, '{kind.candidates}') order by {ROW} limit"
                f" {MAX_CELLS}"
            ).fetchall()
            hits = [number for number, value in rows if kind.test(value[:10_000])]
            if hits:
                many = len(hits) >= MANY and len(hits) >= SHARE * len(rows)
                (problems if many else notes).append(
                    _say(name, column, kind, hits, origins, many=many)
                )
    return problems, notes


def _suspects(con: duckdb.DuckDBPyConnection, table: Table) -> list[tuple[str, Kind]]:
    """The columns with candidates, counted in one pass over the table."""
    asked = [(c.name, kind) for c in table.file_columns for kind in KINDS if c.form in kind.forms]
    counts = ", ".join(
        f"bool_or(regexp_matches({quoted(name)}, '{kind.candidates}'))" for name, kind in asked
    )
    found = con.execute(f"select {counts} from raw.{quoted(table.name)}").fetchone() or ()
    return [one for one, hit in zip(asked, found, strict=True) if hit]


def _say(
    table: str, column: str, kind: Kind, hits: list[int], origins: Sequence[Origin], *, many: bool
) -> Problem:
    origin, row = place(origins, table, hits[0])
    if many:
        rule = f"{len(hits)} cells look like {kind.name}: {NO_PATIENTS}"
        return Problem(
            origin.file,
            None,
            column,
            None,
            rule,
            f"Remove them; the first stands in row {row}.",
            origin.sheet,
        )
    rule = f"{len(hits)} cell{'s look' if len(hits) > 1 else ' looks'} like {kind.name}"
    return Problem(origin.file, row, column, None, rule, "Is it? Then remove it.", origin.sheet)
