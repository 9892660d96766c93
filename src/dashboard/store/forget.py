"""Forgetting a person: every kept version is built anew without the person, and the old ones are
deleted.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

import duckdb

from dashboard.intake.check import open_checked_records, open_empty_database
from dashboard.intake.files import read_folder
from dashboard.intake.problems import Refused
from dashboard.language.messages import N_
from dashboard.schema.contract import Table, tables
from dashboard.schema.convert import quote_identifier
from dashboard.store import commit, durable, erasure, forget_intent, forgotten_people, linked_files
from dashboard.store.forget_intent import ForgetIntent
from dashboard.store.person_names import PersonToForget, make_name_key, read_person_names
from dashboard.store.publish import open_for_writing
from dashboard.store.versions import RECORDS, VERSION_ID, Store, StoreError, Version


@dataclass(frozen=True, order=True)
class Mention:
    """A text that still contains a spelling of the name, for the steward to change. `table` is also
    "log" and "manifest", where somebody wrote the name in a message; `record_id` is then the
    version.
    """

    table: str
    record_id: str
    column: str
    text: str


@dataclass(frozen=True)
class Forgotten:
    """`name` is what stands for the person now; `versions` gives for each old id the new one;
    `lost` names versions of an older schema that could not be built again and were deleted.
    """

    name: str
    versions: dict[str, str]
    lost: tuple[str, ...]
    mentions: tuple[Mention, ...]


def forget(
    store: Store,
    person_id: str,
    *,
    author: str,
    message: str,
    now: datetime,
    wait: float = 0,
    names: Iterable[str] = (),
    again: str = "",
) -> Forgotten:
    """Remove a person from every kept version and from every candidate (all are discarded), for
    good.

    The intent is written first, and whoever comes next finishes from it what a crash interrupted.
    Texts that contain the name are listed and not changed; `names` are spellings beside those in
    the versions. `again` is the number of somebody whom the history knows as forgotten and the
    register does not: it is then entered anew. Raises StoreError where no version has the person,
    and Unfinished where a linked file could not be changed yet.
    """
    # before it is read to finish what is open
    make_room = partial(_check_reentry, store, again) if again else None
    with open_for_writing(store, wait, make_room) as finished:
        if finished and finished.whom.person_id == person_id and not again:
            return _report(store, finished)
        # somebody else's, of which a linked file could not be changed
        erasure.finish_erasure(store)
        entry = commit.make_log_entry("forget", "", store, author=author, message=message, now=now)
        entry |= {"again": True} if again else {}
        whom = _identify_person(store, person_id, names, again)
        intent = ForgetIntent(whom, entry, shelf=linked_files.locate_shelf(store))
        forget_intent.write_intent(store, intent)
        durable.failpoint("intention to forget noted")
        done = erasure.finish_erasure(store)
        if done is None:
            raise StoreError(
                N_("the intent to forget {person} is gone: forget them again"), person=person_id
            )
        return _report(store, done)


def _report(store: Store, done: ForgetIntent) -> Forgotten:
    return Forgotten(done.whom.stand_in, done.versions, done.lost, _find_mentions(store, done.whom))


def _identify_person(
    store: Store, person_id: str, names: Iterable[str], again: str
) -> PersonToForget:
    """Find out who is meant, and the stand-in. Raises StoreError where that is nobody, or not to be
    trusted.
    """
    if not again and (fault := forgotten_people.find_register_fault(store)):
        raise StoreError(fault)
    register, spellings = forgotten_people.read_register(store), collect_spellings(store, person_id)
    namesakes = tuple(sorted(collect_namesakes(store, person_id)))
    whom = PersonToForget(person_id, again, tuple(sorted({*spellings, *names})), namesakes)
    _, person = forgotten_people.add_person(register, whom)
    known = {p.name for p in register.people if p.id_hash == person.id_hash}
    if not spellings and not known and not again:
        raise StoreError(
            N_("there is no person {person} in any version of the store {store}"),
            person=person_id[:60],
            store=store.root,
        )
    taken = {p.name for p in register.people} - known
    if again and (again in taken or person.name != again):
        raise StoreError(
            f"{again} is somebody else in {store.root / forgotten_people.REGISTER_FILE}:"
            f" {person_id[:60]} is not that person"
        )
    return replace(whom, stand_in=person.name)


def _check_reentry(store: Store, again: str) -> None:
    """Require a stand-in that the history knows; a register that cannot be read is put aside, so
    that another can be begun.
    """
    begun = forget_intent.read_intent(store)
    known = {*forgotten_people.read_forgotten_from_history(store)}
    if again not in known | ({begun.whom.stand_in} if begun else set()):
        raise StoreError(f"the history knows of no {again[:60]} who was forgotten")
    try:
        forgotten_people.read_register(store)
    except StoreError:
        path = store.root / forgotten_people.REGISTER_FILE
        durable.move(path, path.with_name(f"{path.name}.damaged"))


def collect_spellings(store: Store, person_id: str) -> set[str]:
    """Collect the name and other spellings of a person in all kept versions; none once the person
    is forgotten.
    """
    return {
        text
        for records in _list_record_folders(store)
        for identity, text in read_person_names(records)
        if identity == person_id
    }


def collect_namesakes(store: Store, person_id: str) -> set[str]:
    """Collect the ids of others who have a name or spelling of a person, in any kept version."""
    ids = set()
    for records in _list_record_folders(store):
        named = read_person_names(records)
        theirs = {make_name_key(text) for identity, text in named if identity == person_id}
        ids |= {
            identity
            for identity, text in named
            if identity != person_id and make_name_key(text) in theirs
        }
    return ids


def _list_record_folders(store: Store) -> list[Path]:
    """List the records of every version and candidate, also of those whose manifest cannot be read."""
    folders = (store.versions_folder, store.candidates_folder)
    return [
        path / RECORDS
        for folder in folders
        for path in sorted(folder.glob("*"))
        if VERSION_ID.fullmatch(path.name)
    ]


def _find_mentions(store: Store, whom: PersonToForget) -> tuple[Mention, ...]:
    """Find the texts of all versions and of the log that still hold a name."""
    # ids of namesakes hold the name as well, and are no mention
    others = "|".join(rf"\b{re.escape(identity)}\b" for identity in whom.namesakes)
    found: set[Mention] = set()
    for version in store.versions():
        found |= _search_version(version, whom, others)
    return tuple(sorted(found | _search_log(store, whom)))


def _search_version(version: Version, whom: PersonToForget, others: str) -> set[Mention]:
    try:
        records = open_checked_records(read_folder(version.records), published=True)
    except Refused:
        return set()
    manifest = version.manifest
    with records:
        _load_spellings(records, whom.names)
        found = _search_texts(
            records, "manifest", version.id, author=manifest.author, message=manifest.message
        )
        return found.union(*(_search_table(records, table, others) for table in tables().values()))


def _search_log(store: Store, whom: PersonToForget) -> set[Mention]:
    found: set[Mention] = set()
    with open_empty_database() as con:
        _load_spellings(con, whom.names)
        for entry in store.log():
            texts = {name: str(entry.get(name)) for name in ("author", "message")}
            found |= _search_texts(con, "log", str(entry.get("version")), **texts)
    return found


NAME_COLUMNS = {("people", "name"), ("person_aliases", "alias")}
"""A cell here that is the very name is that of somebody else, who has it too."""
FOLDED_TEXT = "' ' || fold_words({}) || ' '"
"""A text in which names are looked for: whole words, without case, accents and punctuation."""


def _load_spellings(con: duckdb.DuckDBPyConnection, spellings: Iterable[str]) -> None:
    con.execute("create or replace temp table spellings (words text)")
    for spelling in spellings:
        con.execute(
            f"insert into spellings select {FOLDED_TEXT.format('$text')}", {"text": spelling}
        )


def _search_table(con: duckdb.DuckDBPyConnection, table: Table, others: str) -> set[Mention]:
    texts = [c.name for c in table.file_columns if c.sql_type == "VARCHAR" and not c.terms]
    if not texts:
        return set()
    key = " || ' ' || ".join(f"cast({quote_identifier(name)} as text)" for name in table.key)
    columns = ", ".join(map(quote_identifier, texts))
    spoken = "case when $others = '' then cell else regexp_replace(cell, $others, ' ', 'g') end"
    # one question for all columns: its folding of a text takes long to be planned
    rows = con.execute(
        f'with cells as (unpivot (select {key} as "the row", {columns} from typed.{quote_identifier(table.name)})'
        f" on {columns} into name column_name value cell),"
        f" folded as materialized (select *, {FOLDED_TEXT.format(spoken)} as text from cells)"
        ' select distinct "the row", column_name, cell from folded, spellings where contains(text, words)'
        " and not (words = text and list_contains($names, column_name))",
        {"others": others, "names": [name for name in texts if (table.name, name) in NAME_COLUMNS]},
    ).fetchall()
    return {Mention(table.name, record, column, text) for record, column, text in rows}


def _search_texts(
    con: duckdb.DuckDBPyConnection, where: str, record: str, **texts: str
) -> set[Mention]:
    query = f"select count(*) from spellings where contains({FOLDED_TEXT.format('$text')}, words)"
    found = set()
    for column, text in texts.items():
        row = con.execute(query, {"text": text}).fetchone()
        found |= {Mention(where, record, column, text)} if row and row[0] else set()
    return found
