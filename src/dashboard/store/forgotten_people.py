"""The register of forgotten people (removed.json): salted hashes of their ids and spellings, which
do not say who they are. scrub.py keeps them out of what is published.
"""

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

import duckdb

from dashboard.intake.check import open_empty_database
from dashboard.language.messages import N_
from dashboard.store import digested_json, durable
from dashboard.store.person_names import PersonToForget
from dashboard.store.saying import Saying
from dashboard.store.versions import Store, StoreError

REGISTER_FILE, STAND_IN_PREFIX = "removed.json", "person-removed-"
REMEDY = Saying(
    N_(
        "nothing is published until it is put back from a backup, or every forgotten person is"
        " named again: `python -m dashboard forget ID --again NUMBER --name NAME --yes`; see"
        " docs/operations.md, Forgetting"
    )
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
    """Read the register of a store. Raises StoreError when it is damaged: nothing is published
    without it.
    """
    try:
        found = digested_json.load_checked((store.root / REGISTER_FILE).read_bytes(), former="salt")
        return Register(found["salt"], tuple(_parse_person(entry) for entry in found["people"]))
    except FileNotFoundError:
        return Register(secrets.token_hex(32))
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(
            N_("{path}, which keeps removed people out, is damaged ({error}): {remedy}"),
            path=store.root / REGISTER_FILE,
            error=str(error),
            remedy=REMEDY,
        ) from error


def _parse_person(entry: dict[str, Any]) -> ForgottenPerson:
    return ForgottenPerson(
        **{
            "former": True,
            **entry,
            "spelling_hashes": tuple(entry["spelling_hashes"]),
            "namesakes": tuple(entry.get("namesakes", ())),
        }
    )


def write_register(store: Store, register: Register) -> None:
    """Write the register, readable by its owner alone."""
    durable.write(
        store.root / REGISTER_FILE, digested_json.dump_with_digest(asdict(register)), mode=0o600
    )


def describe_register_fault(store: Store) -> str:
    """Say why the register cannot be trusted, for the log; empty where it can."""
    return str(find_register_fault(store) or "")


def find_register_fault(store: Store) -> Saying | None:
    """Find why the register cannot be trusted; None where it can. What tells whom it must hold: the
    log, with a digest of each entry, and the versions, each of which counts the forgotten of its
    time.
    """
    try:
        register = read_register(store)
    except PermissionError:
        return None  # only those who publish may read it
    except StoreError as error:
        return error.saying
    said, people = _find_contradiction(register, read_forgotten_from_history(store))
    if not people:
        return None
    path = store.root / REGISTER_FILE
    return Saying(said, {"path": path, "people": ", ".join(people), "remedy": REMEDY})


def _find_contradiction(register: Register, history: Mapping[str, str]) -> tuple[str, list[str]]:
    """Find whom of the history the register lacks or holds otherwise, and what is to be said of
    them; nobody where both agree.
    """
    held = {person.name: digest_entry(register, person) for person in register.people}
    by_number = sorted(history, key=lambda name: (len(name), name))
    if missing := [name for name in by_number if name not in held]:
        return (
            N_("{path} lacks {people}, whom the history knows as forgotten: {remedy}"),
            missing,
        )
    others = [name for name, digest in history.items() if digest and held[name] != digest]
    return (
        N_("{path} says something else of {people}, whom the history knows as forgotten: {remedy}"),
        others,
    )


def read_forgotten_from_history(store: Store) -> dict[str, str]:
    """Read from the log and the manifests who was forgotten: by stand-in, with the digest of the
    register's entry where the log has one.
    """
    most = max((version.manifest.removed for version in store.versions()), default=0)
    entries = [
        entry for entry in store.log() if entry.get("action") == "forget" and entry.get("person")
    ]
    said = {str(entry["person"]): str(entry.get("register") or "") for entry in entries}
    return {f"{STAND_IN_PREFIX}{nr}": "" for nr in range(1, most + 1)} | said


def read_trusted_register(store: Store) -> Register:
    """Read the register. Raises StoreError where it is not the one that the history knows: somebody
    might come back.
    """
    if fault := find_register_fault(store):
        raise StoreError(fault)
    return read_register(store)


def digest_entry(register: Register, person: ForgottenPerson) -> str:
    """Compute the digest of an entry for the log, so that an older register is told from the
    newest.
    """
    said = asdict(replace(person, done=True)) | {"salt": register.salt}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def count_forgotten(store: Store, least: int) -> int:
    """Count the people in the register: at `least` as many as were known before."""
    try:
        return max(least, len(read_register(store).people))
    except StoreError:
        return least


def add_person(register: Register, whom: PersonToForget) -> tuple[Register, ForgottenPerson]:
    """Add a person to the register, who may stand in it already under a stand-in."""
    id_hash, spelling_hashes, namesake_hashes = _hash_person(register.salt, whom)
    known = next((p for p in register.people if p.id_hash == id_hash), None)
    next_name = whom.stand_in or f"{STAND_IN_PREFIX}{len(register.people) + 1}"
    person = ForgottenPerson(
        known.name if known else next_name,
        id_hash,
        tuple(sorted(spelling_hashes.union(known.spelling_hashes if known else ()))),
        namesakes=tuple(sorted(namesake_hashes.union(known.namesakes if known else ()))),
        former=known.former if known else False,
    )
    others = (p for p in register.people if id_hash != p.id_hash and person.name != p.name)
    return Register(register.salt, (*others, person)), person


def _hash_person(salt: str, whom: PersonToForget) -> tuple[str, set[str], set[str]]:
    """Hash an id, the spellings (of which the id is one), and the ids of namesakes."""
    with open_empty_database() as con:
        return (
            _hash_text(con, ID_HASH, salt, whom.person_id),
            {_hash_text(con, NAME_HASH, salt, name) for name in (whom.person_id, *whom.spellings)},
            {_hash_text(con, ID_HASH, salt, identity) for identity in whom.namesakes},
        )


def _hash_text(con: duckdb.DuckDBPyConnection, expression: str, salt: str, text: str) -> str:
    row = con.execute(
        f"select {expression.format('$text')}", {"salt": salt, "text": text}
    ).fetchone()
    assert row is not None
    return str(row[0])
