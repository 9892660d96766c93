"""Who was removed from the records, without saying who: salted hashes of ids and spellings
(removed.json).

Whatever is published passes through here, so that a removed person stays removed: a record under
the old id is emptied again, and the name under another id is refused, because only a person can
tell a namesake.
"""

import csv
import hashlib
import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import duckdb

from dashboard.intake.check import new_candidate
from dashboard.intake.files import Origin, named, place
from dashboard.intake.problems import Problem, Refused
from dashboard.store import digested_json, durable, reassign_person
from dashboard.store.versions import Store, StoreError

REGISTER_FILE, STAND_IN_PREFIX = "removed.json", "person-removed-"
REMEDY = (
    "nothing is published until it is put back from a backup, or every forgotten person is named"
    " again: `python -m dashboard forget ID --again NUMBER --name NAME --yes`; see"
    " docs/operations.md, Forgetting"
)
ID_HASH = "sha256($salt || 'id ' || {})"
NAME_HASH = (
    "sha256($salt || 'name ' || array_to_string(list_sort(string_split(fold_words({}), ' ')), ' '))"
)
"""Case, accents, punctuation and the order of the words do not matter: Smit, Carla is carla smit.
"""
ASCII_WORDS = "trim(regexp_replace(lower(strip_accents({})), '[^a-z0-9]+', ' ', 'g'))"
ASCII_NAME_HASH = (
    f"sha256($salt || 'name ' || array_to_string(list_sort(nullif(string_split({ASCII_WORDS}, '"
    " '), [''])), ' '))"
)
"""How names stand in registers of releases that knew no ø: they are still kept out. Null for a name
of other scripts, of which nothing was left.
"""


@dataclass(frozen=True)
class ForgottenPerson:
    """One removed person: `name` is person-removed-1; `done` says that no version holds the person
    any more. `former` says that the spellings were hashed by a release that knew no ø. `namesakes`
    are the ids of those who had one of the spellings as well when the person was removed: they
    stay.
    """

    name: str
    id_hash: str
    spelling_hashes: tuple[str, ...]
    done: bool = False
    namesakes: tuple[str, ...] = ()
    former: bool = False


@dataclass(frozen=True)
class Register:
    """Everybody who was removed, with the salt of the hashes."""

    salt: str
    people: tuple[ForgottenPerson, ...] = ()


def read_register(store: Store) -> Register:
    """The register of a store. Raises StoreError when it is damaged: nothing is published without
    it.
    """
    try:
        found = digested_json.load_checked((store.root / REGISTER_FILE).read_bytes(), former="salt")
        people = (
            ForgottenPerson(
                **{
                    "former": True,
                    **p,
                    "spelling_hashes": tuple(p["spelling_hashes"]),
                    "namesakes": tuple(p.get("namesakes", ())),
                }
            )
            for p in found["people"]
        )
        return Register(found["salt"], tuple(people))
    except FileNotFoundError:
        return Register(secrets.token_hex(32))
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(
            f"{store.root}/removed.json, which keeps removed people out, is damaged ({error}):"
            f" {REMEDY}"
        ) from error


def write_register(store: Store, register: Register) -> None:
    """Keep the register, readable by its owner alone."""
    durable.write(
        store.root / REGISTER_FILE, digested_json.dump_with_digest(asdict(register)), mode=0o600
    )


def describe_register_fault(store: Store) -> str:
    """Why the register cannot be trusted, in words; empty where it can. What tells whom it must
    hold: the log, with a digest of each entry, and the versions, each of which counts the forgotten
    of its time.
    """
    try:
        register = read_register(store)
    except PermissionError:
        return ""  # only those who publish may read it
    except StoreError as error:
        return str(error)
    held, known = (
        {person.name: digest_entry(register, person) for person in register.people},
        read_forgotten_from_history(store),
    )
    missing = [name for name in sorted(known, key=lambda n: (len(n), n)) if name not in held]
    others = [name for name, said in known.items() if said and held.get(name, said) != said]
    if not missing and not others:
        return ""
    what = (
        f"lacks {', '.join(missing)}" if missing else f"says something else of {', '.join(others)}"
    )
    return f"{store.root / REGISTER_FILE} {what}, whom the history knows as forgotten: {REMEDY}"


def read_forgotten_from_history(store: Store) -> dict[str, str]:
    """Who was forgotten as far as the history knows, by number, with the digest of the entry where
    the log has one.
    """
    most = max((version.manifest.removed for version in store.versions()), default=0)
    entries = [
        entry for entry in store.log() if entry.get("action") == "forget" and entry.get("person")
    ]
    said = {str(entry["person"]): str(entry.get("register") or "") for entry in entries}
    return {f"{STAND_IN_PREFIX}{nr}": "" for nr in range(1, most + 1)} | said


def read_trusted_register(store: Store) -> Register:
    """The register. Raises StoreError where it is not the one that the history knows: somebody
    might come back.
    """
    if said := describe_register_fault(store):
        raise StoreError(said)
    return read_register(store)


def digest_entry(register: Register, person: ForgottenPerson) -> str:
    """What the log says of an entry, so that an older register is told from the newest."""
    said = asdict(replace(person, done=True)) | {"salt": register.salt}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def count_forgotten(store: Store, least: int) -> int:
    """How many people are in the register, and at `least` as many as were known before."""
    try:
        return max(least, len(read_register(store).people))
    except StoreError:
        return least


def add_person(
    register: Register,
    person_id: str,
    spellings: Iterable[str],
    namesakes: Iterable[str] = (),
    stand_in: str = "",
) -> tuple[Register, ForgottenPerson]:
    """The register with a person, who may stand in it already; `stand_in` is the name where it is
    given.
    """
    with new_candidate() as con:
        id_hash, *hashes = (
            _hash_text(con, ID_HASH if place == 0 else NAME_HASH, register.salt, text)
            for place, text in enumerate([person_id, person_id, *spellings])
        )
        others = {_hash_text(con, ID_HASH, register.salt, identity) for identity in namesakes}
    known = next((p for p in register.people if p.id_hash == id_hash), None)
    name = known.name if known else stand_in or f"{STAND_IN_PREFIX}{len(register.people) + 1}"
    all_hashes = tuple(sorted({*hashes, *(known.spelling_hashes if known else ())}))
    spared = tuple(sorted({*others, *(known.namesakes if known else ())}))
    former = known.former if known else False
    person = ForgottenPerson(name, id_hash, all_hashes, namesakes=spared, former=former)
    before = tuple(p for p in register.people if p.id_hash != id_hash and p.name != name)
    return Register(register.salt, (*before, person)), person


def scrub_delivery(
    store: Store, records: duckdb.DuckDBPyConnection, origins: Sequence[Origin] = ()
) -> tuple[str, ...]:
    """Empty the records of removed people in typed tables that are about to be published; says
    whose. `origins` are the files that the rows come from.

    Raises Refused where the name of a removed person stands under another id.
    """
    register = read_trusted_register(store)
    found = scrub(register, records)
    if problems := _find_names_again(register, records, origins):
        raise Refused(problems)
    return tuple(f"{name} was removed on request and is named again: left out" for name in found)


def scrub(register: Register, records: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """Replace everybody in the register by their number; returns whose records were found."""
    _load_register(register, records)
    reassign_person.clear_reassignments(records)
    records.execute(
        "insert into moves select person_id, removed_as from typed.people join removed_ids on hash"
        f" = {ID_HASH.format('person_id')}",
        {"salt": register.salt},
    )
    found = records.execute("select distinct new_id from moves order by new_id").fetchall()
    if found:
        reassign_person.drop_aliases(records)
        reassign_person.apply_reassignments(records)
        reassign_person.blank_people(records)
    return tuple(name for (name,) in found)


def holds_forgotten(register: Register, folder: Path) -> bool:
    """Whether the files in a folder of records, whatever their form, hold the id of somebody who
    was removed. Files that cannot be read do: better gone than kept with the person in them.
    """
    ids = {person.id_hash for person in register.people}
    files = sorted(folder.glob("*.csv"))
    if not (folder / "people.csv").is_file():
        return True
    cells: set[str] = set()
    try:
        for path in files:
            with path.open(encoding="utf-8", newline="") as file:
                cells |= {cell for row in csv.reader(file) for cell in row}
    except (OSError, ValueError, csv.Error):
        return True
    return any(
        hashlib.sha256(f"{register.salt}id {cell}".encode()).hexdigest() in ids for cell in cells
    )


def _find_names_again(
    register: Register, records: duckdb.DuckDBPyConnection, origins: Sequence[Origin]
) -> list[Problem]:
    rule = "the name of a person who was removed on request"
    mend = (
        "Leave this person out. Somebody else of the same name needs a spelling that tells them"
        " apart."
    )
    found = []
    for table, column in (("people", "name"), ("person_aliases", "alias")):
        rows = records.execute(
            f"select row_number, {column} from typed.{table} where ({NAME_HASH.format(column)} in"
            f" (select hash from removed_names) or {ASCII_NAME_HASH.format(column)} in (select hash"
            f" from removed_names where former)) and {ID_HASH.format('person_id')} not in (select"
            " hash from spared)",
            {"salt": register.salt},
        ).fetchall()
        for number, value in rows:
            origin, row = place(origins, table, number)
            found.append(
                Problem(origin.file, row, column, value, rule, mend, origin.sheet, code="removed")
            )
    return named(found, origins)


def _load_register(register: Register, records: duckdb.DuckDBPyConnection) -> None:
    records.execute("create or replace temp table removed_ids (hash text, removed_as text)")
    records.execute("create or replace temp table removed_names (hash text, former boolean)")
    records.execute("create or replace temp table spared (hash text)")
    for person in register.people:
        records.execute(
            "insert into removed_ids values ($hash, $name)",
            {"hash": person.id_hash, "name": person.name},
        )
        records.execute(
            "insert into removed_names select unnest($hashes::text[]), $former",
            {"hashes": list(person.spelling_hashes), "former": person.former},
        )
        records.execute(
            "insert into spared select unnest($hashes::text[])", {"hashes": list(person.namesakes)}
        )


def _hash_text(con: duckdb.DuckDBPyConnection, expression: str, salt: str, text: str) -> str:
    row = con.execute(
        f"select {expression.format('$text')}", {"salt": salt, "text": text}
    ).fetchone()
    assert row is not None
    return str(row[0])
