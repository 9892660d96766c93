"""Typed records into the files of a version: canonical CSV, and the database that the queries read."""

import hashlib
from dataclasses import replace
from pathlib import Path

import duckdb

from dashboard.schema.contract import Table, derive_sql, schema_sql, schema_version, tables
from dashboard.schema.convert import insert_sql, quoted
from dashboard.store import durable
from dashboard.store.versions import DATABASE, MANIFEST, RECORDS, Manifest, compute_recipe, sha256

WITHHELD = "withheld (small group)"
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
    withheld = 0
    for table in tables().values():
        for column in (c for c in table.file_columns if c.people):
            name, count, kind = (
                quoted(table.name),
                quoted(column.name),
                quoted(f"{column.name}_kind"),
            )
            key = quoted(table.key[0])
            small = f"select {key} from typed.{name} where {count} < {int(below)}"
            row = candidate.execute(f"select count(*) from ({small})").fetchone()
            withheld += row[0] if row else 0
            _withhold_claims(candidate, f"table_name = '{table.name}' and record_id in ({small})")
            candidate.execute(
                f"update typed.{name} set {count} = null, {kind} = case {kind} when 'at-least' then"
                f" 'unknown' else 'fewer-than' end where {count} < $below",
                {"below": below},
            )
    return withheld


def _withhold_claims(candidate: duckdb.DuckDBPyConnection, about_small: str) -> None:
    """Take away what sources state of small groups, and every number that the same place of a
    source states of another record: from “32 in two courses” and the 29 of one course anybody could
    work out the other. It goes whatever it is, so that what is left tells nothing of the number
    either.
    """
    place = "(source_id, coalesce(cast(line as varchar), section, ''))"
    heads = ", ".join(f"'{c.name}'" for t in tables().values() for c in t.file_columns if c.people)
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


def find_small_counts_in_texts(candidate: duckdb.DuckDBPyConnection, below: int) -> tuple[str, ...]:
    """Where a text of a record repeats its own head count, which is about to be withheld: whoever
    publishes has to change the text, because a program cannot rewrite a sentence. The number itself
    is not said again.
    """
    found: list[str] = []
    for table in tables().values():
        for column in (c for c in table.file_columns if c.people):
            count = quoted(column.name)
            words = " ".join(f"when {nr} then '{word}'" for nr, word in enumerate(NUMBER_WORDS))
            pattern = (
                rf"concat('(?i)\b(', {count}, '|', case {count} {words} else cast({count} as"
                r" varchar) end, ')\b')"
            )
            for text in (c for c in table.file_columns if c.form == "text"):
                rows = candidate.execute(
                    f"select {quoted(table.key[0])} from typed.{quoted(table.name)} where {count} <"
                    f" $below and regexp_matches({quoted(text.name)}, {pattern}) order by 1",
                    {"below": below},
                ).fetchall()
                found += [
                    f"{table.name}.{key}: the {text.name} repeats the number of {column.name},"
                    " which is withheld because the group is small: change the text"
                    for (key,) in rows
                ]
    return tuple(found)


def write_records(candidate: duckdb.DuckDBPyConnection, folder: Path) -> str:
    """Write the canonical CSV files and return the id of the version: 16 hexadecimal digits of the
    records and the schema version, the same for the same records wherever they are built."""
    target = folder / RECORDS
    target.mkdir()
    digest = hashlib.sha256(f"schema {schema_version()}\n".encode())
    for table in tables().values():
        path = target / f"{table.name}.csv"
        candidate.execute(_copy_sql(candidate, table, path))
        digest.update(f"{table.name} {sha256(path)}\n".encode())
    return digest.hexdigest()[:16]


def _copy_sql(candidate: duckdb.DuckDBPyConnection, table: Table, path: Path) -> str:
    columns = ", ".join(quoted(name) for name in _choose_columns(candidate, table))
    order = ", ".join(quoted(name) for name in table.key)
    rows = f"select {columns} from memory.typed.{quoted(table.name)} order by {order}"
    return f"copy ({rows}) to {_quote_path(path)} (format csv, header, delimiter ',')"


def _choose_columns(candidate: duckdb.DuckDBPyConnection, table: Table) -> list[str]:
    """The columns that the file of a table has. One that was added to the contract stands in it
    once a row fills it: the same records keep the same id, and links that pin them keep working.
    """
    later = [c.name for c in table.file_columns if c.later]
    counts = ", ".join(f"count({quoted(name)})" for name in later)
    found = (
        candidate.execute(f"select {counts} from memory.typed.{quoted(table.name)}").fetchone()
        if later
        else ()
    )
    empty = {name for name, count in zip(later, found or (), strict=True) if not count}
    return [c.name for c in table.file_columns if c.name not in empty]


def write_database(candidate: duckdb.DuckDBPyConnection, folder: Path) -> dict[str, int]:
    """Build the database of the version from the typed records; returns the rows per table.

    Raises duckdb.ConstraintException if a row breaks a constraint that the checks let through.
    """
    candidate.execute(f"attach {_quote_path(folder / DATABASE)} as built; use built")
    try:
        # hundreds of statements, each durable by itself otherwise
        candidate.execute(f"begin; {schema_sql()}; commit")
        for table in tables().values():
            candidate.execute(insert_sql(table))
        candidate.execute(derive_sql())
        candidate.execute("checkpoint built")
        return {name: _count_rows(candidate, name) for name in tables()}
    finally:
        candidate.execute("use memory; detach built")


def complete_version(
    candidate: duckdb.DuckDBPyConnection, folder: Path, manifest: Manifest
) -> None:
    """Write what belongs to the records in the folder: the database and the manifest; make all of
    it durable.
    """
    rows = write_database(candidate, folder)
    durable.failpoint("database written")
    whole = replace(
        manifest,
        schema_version=schema_version(),
        recipe=compute_recipe(),
        parent=None if manifest.parent == manifest.id else manifest.parent,
        rows=rows,
        files=digest_files(folder),
    )
    whole.write(folder / MANIFEST)
    durable.fsync_tree(folder)
    durable.failpoint("version durable")


def digest_files(folder: Path) -> dict[str, str]:
    """SHA-256 of every file in a folder, by its path there."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): sha256(path) for path in paths}


def _count_rows(candidate: duckdb.DuckDBPyConnection, table: str) -> int:
    row = candidate.execute(f"select count(*) from built.main.{quoted(table)}").fetchone()
    return row[0] if row else 0


def _quote_path(path: Path) -> str:
    """A path as an SQL literal: copy and attach take no parameters."""
    return "'" + str(path).replace("'", "''") + "'"
