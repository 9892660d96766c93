"""Forgetting a person: every kept version is built anew without the person, and the old ones are deleted."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import duckdb
import pyarrow.csv

from dashboard.intake.check import new_candidate, open_candidate
from dashboard.intake.contract import Table, tables
from dashboard.intake.convert import quoted
from dashboard.intake.files import read_folder
from dashboard.intake.folding import fold_words
from dashboard.intake.problems import Refused
from dashboard.store import durable, erase, log, place, removed
from dashboard.store.publish import working
from dashboard.store.versions import Store, StoreError, Version


@dataclass(frozen=True, order=True)
class Mention:
    """A text that still contains a spelling of the name, for the steward to change. `table` is also "log" and
    "manifest", where somebody wrote the name in a message; `record_id` is then the version."""

    table: str
    record_id: str
    column: str
    text: str


@dataclass(frozen=True)
class Forgotten:
    """`name` is what stands for the person now; `versions` gives for each old id the new one; `lost` names versions
    of an older schema that could not be built again and were deleted."""

    name: str
    versions: dict[str, str]
    lost: tuple[str, ...]
    mentions: tuple[Mention, ...]


def forget(store: Store, person_id: str, *, author: str, message: str, now: datetime, wait: float = 0) -> Forgotten:
    """Remove a person from every kept version and from every candidate (all are discarded), for good.

    Texts that contain the name are listed and not changed. A crash on the way is finished by the next publisher.
    Raises StoreError where no version has the person.
    """
    with working(store, wait):
        before = removed.read(store)
        spellings = spellings_of(store, person_id)
        namesakes = namesakes_of(store, person_id)
        register, person = removed.enter(before, person_id, spellings, namesakes)
        if not spellings and person.name not in {p.name for p in before.people}:
            raise StoreError(f"there is no person {person_id[:60]} in any version of the store {store.root}")
        intent = place.entry("forget", "", store, author=author, message=message, now=now)
        removed.write(store, register)
        durable.step("person in the register")
        erased = erase.finish(store)
        versions = dict(erased.versions)
        if erased.versions or erased.lost:
            served = store.current_id() or ""
            log.append(store, intent | {"version": served, "person": person.name, "versions": versions})
        mentions = _mentions(store, {person_id, *spellings}, namesakes)
        return Forgotten(person.name, versions, tuple(erased.lost), mentions)


def spellings_of(store: Store, person_id: str) -> set[str]:
    """Name and other spellings of a person in all kept versions; none once the person is forgotten."""
    return {text for version in store.versions() for text in _spellings(version, person_id)}


def namesakes_of(store: Store, person_id: str) -> set[str]:
    """Ids of the others who have a name or spelling of a person, in any kept version."""
    ids = set()
    for version in store.versions():
        named = _named(version)
        theirs = {_words(text) for identity, text in named if identity == person_id}
        ids |= {identity for identity, text in named if identity != person_id and _words(text) in theirs}
    return ids


def _words(text: str) -> tuple[str, ...]:
    """What of a spelling matters, as in the register: Vries, Jan de is jan de vries."""
    return tuple(sorted(fold_words(text).split()))


def _spellings(version: Version, person_id: str) -> set[str]:
    """Name and other spellings of a person in a version, in whatever form its files are."""
    return {text for identity, text in _named(version) if identity == person_id}


def _named(version: Version) -> list[tuple[str, str]]:
    """The ids of people with their names and other spellings."""
    found = []
    for table, column in (("people", "name"), ("person_aliases", "alias")):
        try:
            rows = pyarrow.csv.read_csv(version.records / f"{table}.csv").select(["person_id", column]).to_pylist()
        except (OSError, KeyError, pyarrow.ArrowInvalid):
            continue
        found += [(str(row["person_id"]), str(row[column])) for row in rows]
    return found


def _mentions(store: Store, spellings: Iterable[str], namesakes: Iterable[str]) -> tuple[Mention, ...]:
    others = "|".join(rf"\b{re.escape(identity)}\b" for identity in sorted(namesakes))  # they hold the name as well
    found: set[Mention] = set()
    for version in store.versions():
        try:
            records = open_candidate(read_folder(version.records), published=True)
        except Refused:
            continue
        with records:
            _prepare(records, spellings)
            for table in tables().values():
                found |= _in_table(records, table, others)
            found |= _in_text(records, "manifest", version.id, version.manifest.message)
    with new_candidate() as con:
        _prepare(con, spellings)
        for entry in store.log():
            found |= _in_text(con, "log", str(entry.get("version")), str(entry.get("message")))
    return tuple(sorted(found))


NAMES = {("people", "name"), ("person_aliases", "alias")}
"""A cell here that is the very name is that of somebody else, who has it too."""
FOLDED = "' ' || fold_words({}) || ' '"
"""A text in which names are looked for: whole words, without case, accents and punctuation."""


def _prepare(con: duckdb.DuckDBPyConnection, spellings: Iterable[str]) -> None:
    con.execute("create or replace temp table spellings (words text)")
    for spelling in spellings:
        con.execute(f"insert into spellings select {FOLDED.format('$text')}", {"text": spelling})


def _in_table(con: duckdb.DuckDBPyConnection, table: Table, others: str) -> set[Mention]:
    key = " || ' ' || ".join(f"cast({quoted(name)} as text)" for name in table.key)
    found = set()
    for column in (c for c in table.file_columns if c.sql_type == "VARCHAR" and not c.terms):
        cell = quoted(column.name)
        text = FOLDED.format(f"case when $others = '' then {cell} else regexp_replace({cell}, $others, ' ', 'g') end")
        own = f" and words <> {text}" if (table.name, column.name) in NAMES else ""
        rows = con.execute(
            f"select {key}, {quoted(column.name)} from typed.{quoted(table.name)} as t"
            f" where exists (from spellings where contains({text}, words){own})",
            {"others": others},
        ).fetchall()
        found |= {Mention(table.name, record, column.name, text) for record, text in rows}
    return found


def _in_text(con: duckdb.DuckDBPyConnection, where: str, record: str, text: str) -> set[Mention]:
    query = f"select count(*) from spellings where contains({FOLDED.format('$text')}, words)"
    row = con.execute(query, {"text": text}).fetchone()
    return {Mention(where, record, "message", text)} if row and row[0] else set()
