"""Privacy of small groups: head counts under a threshold are withheld before a version is built."""

from collections.abc import Iterator

import duckdb

from dashboard.language.messages import N_
from dashboard.schema.contract import Column, Table, tables
from dashboard.schema.convert import quote_identifier
from dashboard.store.saying import Saying

WITHHELD = N_("withheld (small group)")
"""What stands in the place of what a source states: in English in every version, said by `_` where
it is shown.
"""
REPEATS_NUMBER = N_(
    "{table}.{key}: the {text} repeats the number of {column}, which is withheld because the group"
    " is small: change the text"
)
NUMBER_WORDS = (
    "zero|nul",
    "one",
    "two|twee",
    "three|drie",
    "four|vier",
    "five|vijf",
    "six|zes",
    "seven|zeven",
    "eight|acht",
    "nine|negen",
    "ten|tien",
    "eleven|elf",
    "twelve|twaalf",
)
"""What a source may write for a small number, from 0 on. The Dutch for one is an article too, and
is left out.
"""
NUMBER_PATTERN = (
    rf"(?i)[0-9]|\b({'|'.join(NUMBER_WORDS)})\b|\b(thir|four|fif|six|seven|eigh|nine)teen\b|hundred|dozen"
    r"|\b(twen|thir|for|fif|six|seven|eigh|nine)ty|(tien|tig|honderd|dozijn)\b"
)
"""Finds a number in figures or in words, English or Dutch."""


def withhold_small_groups(candidate: duckdb.DuckDBPyConnection, below: int) -> int:
    """Replace head counts under the threshold by *fewer than*, with what sources state of them.

    Returns how many were withheld. A lower bound under the threshold becomes unknown: "at least 3"
    may be many, and "fewer than 5" would be untrue. The numbers are then nowhere in the version:
    neither in its database nor in its records.
    """
    return sum(
        _withhold_column(candidate, table, column, below) for table, column in _list_head_counts()
    )


def _list_head_counts() -> Iterator[tuple[Table, Column]]:
    for table in tables().values():
        for column in table.file_columns:
            if column.people:
                yield table, column


def _withhold_column(
    candidate: duckdb.DuckDBPyConnection, table: Table, column: Column, below: int
) -> int:
    name, count, kind = (
        quote_identifier(n) for n in (table.name, column.name, f"{column.name}_kind")
    )
    small = (
        f"select {quote_identifier(table.key[0])} from typed.{name} where {count} < {int(below)}"
    )
    row = candidate.execute(f"select count(*) from ({small})").fetchone()
    _withhold_claims(candidate, f"table_name = '{table.name}' and record_id in ({small})")
    candidate.execute(
        f"update typed.{name} set {count} = null, {kind} = case {kind} when 'at-least' then"
        f" 'unknown' else 'fewer-than' end where {count} < $below",
        {"below": below},
    )
    return row[0] if row else 0


def _withhold_claims(candidate: duckdb.DuckDBPyConnection, about_small: str) -> None:
    """Withhold what sources state of small groups, and every number that the same place of a source
    states of another record: from “32 in two courses” and the 29 of one course anybody could
    work out the other. It goes whatever it is, so that what is left tells nothing of the number
    either.
    """
    place = "(source_id, coalesce(cast(line as varchar), section, ''))"
    heads = ", ".join(f"'{column.name}'" for _, column in _list_head_counts())
    candidate.execute(
        f"""
        update typed.claims set stated = $withheld
        where stated is not null and (({about_small}) or (
            {place} in (select {place} from typed.claims where {about_small})
            and (field is null or field in ({heads}))
            and regexp_matches(stated, $number)
        ))
        """,
        {"withheld": WITHHELD, "number": NUMBER_PATTERN},
    )


def find_small_counts_in_texts(
    candidate: duckdb.DuckDBPyConnection, below: int
) -> tuple[Saying, ...]:
    """Find texts of a record that repeat its own head count, which is about to be withheld: whoever
    publishes has to change the text, because a program cannot rewrite a sentence. The number itself
    is not repeated in the remarks.
    """
    return tuple(
        Saying(
            REPEATS_NUMBER,
            {"table": table.name, "key": key, "text": text.name, "column": column.name},
        )
        for table, column in _list_head_counts()
        for text in table.file_columns
        if text.form == "text"
        for key in _find_repeated(candidate, table, column, text, below)
    )


def _find_repeated(
    candidate: duckdb.DuckDBPyConnection, table: Table, column: Column, text: Column, below: int
) -> list[str]:
    count = quote_identifier(column.name)
    words = " ".join(f"when {nr} then '{word}'" for nr, word in enumerate(NUMBER_WORDS))
    pattern = (
        rf"concat('(?i)\b(', {count}, '|', case {count} {words} else cast({count} as varchar) end,"
        r" ')\b')"
    )
    rows = candidate.execute(
        f"select {quote_identifier(table.key[0])} from typed.{quote_identifier(table.name)} where {count} < $below and"
        f" regexp_matches({quote_identifier(text.name)}, {pattern}) order by 1",
        {"below": below},
    ).fetchall()
    return [key for (key,) in rows]
