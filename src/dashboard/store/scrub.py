"""Keeping forgotten people out of what is published.

Whatever is published passes through here: a record under the id of somebody in the register is
emptied again, and the name under another id is refused, because only a person can tell a namesake.
"""

import csv
import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb

from dashboard.intake.files import Origin, add_file_columns, find_origin
from dashboard.intake.messages import N_, _
from dashboard.intake.problems import Problem, Refused
from dashboard.store import reassign_person, scrub_texts
from dashboard.store.forgotten_people import (
    ASCII_NAME_HASH,
    ID_HASH,
    NAME_HASH,
    Register,
    read_trusted_register,
)
from dashboard.store.saying import Saying
from dashboard.store.versions import Store

LEFT_OUT = N_("{person} was removed on request and is named again: left out")
NAMED_AGAIN = N_("the name of a person who was removed on request")
LEAVE_OUT = N_(
    "Leave this person out. Somebody else of the same name needs a spelling that tells them apart."
)


def scrub_delivery(
    store: Store, records: duckdb.DuckDBPyConnection, origins: Sequence[Origin] = ()
) -> tuple[Saying, ...]:
    """Empty the records of removed people in typed tables that are about to be published, and
    return remarks on whose. `origins` are the files that the rows come from.

    Raises Refused where the name of a removed person stands under another id.
    """
    register = read_trusted_register(store)
    found = scrub_records(register, records)
    if problems := _find_names_again(register, records, origins):
        raise Refused(problems)
    return tuple(Saying(LEFT_OUT, {"person": name}) for name in found)


def scrub_records(register: Register, records: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """Replace everybody in the register by their stand-in; returns who was found."""
    _load_register(register, records)
    reassign_person.clear_reassignments(records)
    records.execute(
        "insert into moves select person_id, removed_as from typed.people join removed_ids on hash"
        f" = {ID_HASH.format('person_id')}",
        {"salt": register.salt},
    )
    moved = records.execute("select distinct new_id from moves").fetchall()
    if moved:
        reassign_person.drop_aliases(records)
        reassign_person.apply_reassignments(records)
        reassign_person.blank_people(records)
    found = {name for (name,) in moved} | scrub_texts.scrub_texts(register, records)
    return tuple(sorted(found))


def holds_forgotten(register: Register, folder: Path) -> bool:
    """Return whether the files in a folder of records, whatever their form, hold the id of somebody
    who was removed. Files that cannot be read do: better gone than kept with the person in them.
    """
    if not (folder / "people.csv").is_file():
        return True
    ids = {person.id_hash for person in register.people}
    try:
        cells = _read_cells(folder)
    except (OSError, ValueError, csv.Error):
        return True
    return any(
        hashlib.sha256(f"{register.salt}id {cell}".encode()).hexdigest() in ids for cell in cells
    )


def _read_cells(folder: Path) -> set[str]:
    cells: set[str] = set()
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            cells |= {cell for row in csv.reader(file) for cell in row}
    return cells


def _find_names_again(
    register: Register, records: duckdb.DuckDBPyConnection, origins: Sequence[Origin]
) -> list[Problem]:
    """Find names of removed people under other ids, those of known namesakes left out."""
    found = [
        problem
        for table, column in (("people", "name"), ("person_aliases", "alias"))
        for problem in _find_in_column(register, records, origins, table, column)
    ]
    return add_file_columns(found, origins)


def _find_in_column(
    register: Register,
    records: duckdb.DuckDBPyConnection,
    origins: Sequence[Origin],
    table: str,
    column: str,
) -> Iterator[Problem]:
    rows = records.execute(
        f"select row_number, {column} from typed.{table} where ({NAME_HASH.format(column)} in"
        f" (select hash from removed_names) or {ASCII_NAME_HASH.format(column)} in (select hash"
        f" from removed_names where former)) and {ID_HASH.format('person_id')} not in (select"
        " hash from spared)",
        {"salt": register.salt},
    ).fetchall()
    for number, value in rows:
        origin, row = find_origin(origins, table, number)
        yield Problem(
            origin.file,
            row,
            column,
            value,
            _(NAMED_AGAIN),
            _(LEAVE_OUT),
            origin.sheet,
            code="removed",
        )


def _load_register(register: Register, records: duckdb.DuckDBPyConnection) -> None:
    """Load the hashes into temporary tables beside the records."""
    records.execute("create or replace temp table removed_ids (hash text, removed_as text)")
    records.execute(
        "create or replace temp table removed_names (hash text, former boolean, removed_as text)"
    )
    records.execute("create or replace temp table spared (hash text)")
    for person in register.people:
        records.execute(
            "insert into removed_ids values ($hash, $name)",
            {"hash": person.id_hash, "name": person.name},
        )
        records.execute(
            "insert into removed_names select unnest($hashes::text[]), $former, $name",
            {
                "hashes": list(person.spelling_hashes),
                "former": person.former,
                "name": person.name,
            },
        )
        records.execute(
            "insert into spared select unnest($hashes::text[])", {"hashes": list(person.namesakes)}
        )
