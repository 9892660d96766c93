"""Carrying out the intention to forget somebody: the register, every kept version, the log, and
what stands beside.

Every step is durable before the next, may be taken again, and is safe to stop after: a version that
is served is never deleted, nobody who is in no version any more is missing in the register, and the
intention goes last.
"""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from dashboard.intake.check import open_candidate
from dashboard.intake.files import read_folder
from dashboard.intake.problems import Refused
from dashboard.store import (
    commit,
    durable,
    forget_intent,
    forgotten_people,
    linked_files,
    log,
    mappings,
)
from dashboard.store.forget_intent import ForgetIntent
from dashboard.store.person_names import Whom
from dashboard.store.versions import VERSION_ID, Store, StoreError, Version

SNAPSHOT_PREFIX = ".backup-"
"""A folder of hard links that a backup makes for itself (snapshot)."""


def finish_erasure(store: Store) -> ForgetIntent | None:
    """Do what is left of forgetting somebody, and give what that was; None where nothing is open.
    The lock must be held.

    Raises Unfinished where what stands beside the store could not be told: then the intention
    stays.
    """
    begun = forget_intent.read_intent(store) or _adopt_legacy_intent(store)
    if begun is None:
        return None
    done = begun if _is_recorded(store, begun) else _erase_from_store(store, begun)
    linked_files.tell_forgotten(store, done.whom, done.shelf)
    durable.failpoint("shelf told")
    forget_intent.delete_intent(store)
    durable.failpoint("intention erased")
    return done


def _is_recorded(store: Store, begun: ForgetIntent) -> bool:
    """Whether the store and its log are done, and the register still says so: candidates that were
    made since then stay.
    """
    return begun.recorded and any(
        p.done and p.name == begun.whom.stand_in
        for p in forgotten_people.read_register(store).people
    )


def _erase_from_store(store: Store, begun: ForgetIntent) -> ForgetIntent:
    """Everything in the store is done: the register, the versions, what else names people, and the
    log.
    """
    register = _register_person(store, begun)
    done = _rebuild_versions(store, register, begun)
    shutil.rmtree(store.candidates_folder, ignore_errors=True)
    sweep_snapshots(store)
    mappings.forget_person(store, done.whom)
    durable.failpoint("candidates and copies gone")
    register = replace(
        register, people=tuple(replace(person, done=True) for person in register.people)
    )
    forgotten_people.write_register(store, register)
    durable.failpoint("removal done")
    _log_erasure(store, register, done)
    durable.failpoint("forgetting logged")
    done = replace(done, recorded=True)
    if begun.whom.person_id:
        forget_intent.write_intent(store, done)
    durable.failpoint("forgetting recorded")
    return done


def _adopt_legacy_intent(store: Store) -> ForgetIntent | None:
    """One that was interrupted before intentions were written down: neither who nor why is known."""
    try:
        register = forgotten_people.read_register(store)
    except StoreError:
        return None  # publishing says so
    left = [person.name for person in register.people if not person.done]
    if not left:
        return None
    why = "begun under a former release, and finished now"
    entry = commit.make_log_entry(
        "forget", "", store, author="", message=why, now=datetime.now(UTC)
    )
    return ForgetIntent(Whom("", left[-1]), entry)


def _register_person(store: Store, begun: ForgetIntent) -> forgotten_people.Register:
    """The register with the person in it."""
    register, whom = forgotten_people.read_register(store), begun.whom
    if whom.person_id:
        register, _ = forgotten_people.add_person(
            register, whom.person_id, whom.spellings, whom.namesakes, whom.stand_in
        )
        forgotten_people.write_register(store, register)
        durable.failpoint("person in the register")
    return register


def _rebuild_versions(
    store: Store, register: forgotten_people.Register, begun: ForgetIntent
) -> ForgetIntent:
    """Every version that holds somebody in the register is built anew, and then deleted."""
    versions, lost, holding = dict(begun.versions), list(begun.lost), []
    # a version is rebuilt before those that name it as their parent
    for old in reversed(store.versions()):
        if _rebuild_version(store, register, old, versions, lost):
            holding.append(old.folder)
            durable.failpoint("version rebuilt")
    for folder in _find_unreadable(store):
        if forgotten_people.holds_forgotten(register, folder / "records"):
            lost += [folder.name] if folder.name not in lost else []
            holding.append(folder)
    done = replace(begun, versions=versions, lost=tuple(lost))
    if begun.whom.person_id:
        forget_intent.write_intent(store, done)
    durable.failpoint("versions noted")
    if served := _choose_served(store, done):
        durable.write_json(store.root / "redirects.json", store.redirects() | versions)
        durable.failpoint("redirects written")
        commit.point_at(store, served)
        durable.failpoint("pointer redirected")
    for folder in holding:
        _delete_version(store, folder)
        durable.failpoint("old version deleted")
    return done


def _rebuild_version(
    store: Store,
    register: forgotten_people.Register,
    old: Version,
    versions: dict[str, str],
    lost: list[str],
) -> bool:
    """Whether the version holds a removed person and is to be deleted; its successor stands in the
    store.
    """
    try:
        records = open_candidate(read_folder(old.records), published=True)
    except Refused:  # records of another release that no longer fit: erasing comes before keeping
        held = forgotten_people.holds_forgotten(register, old.records)
        if held and old.id not in lost:
            lost.append(old.id)
        return held
    with records, commit.open_staging_folder(store) as folder:
        if not forgotten_people.scrub(register, records):
            return False
        parent = versions.get(old.manifest.parent or "", old.manifest.parent)
        version, _ = commit.build_version(
            store, records, folder, replace(old.manifest, parent=parent)
        )
        if version.folder == folder:
            commit.replace_version(store.versions_folder / version.id, folder)
        versions[old.id] = version.id
        return True


def _find_unreadable(store: Store) -> Iterator[Path]:
    """The folders of versions without a manifest that can be read: they may hold somebody as well."""
    readable = {version.folder for version in store.versions()}
    folders = (
        path
        for path in sorted(store.versions_folder.iterdir())
        if path.is_dir() and VERSION_ID.fullmatch(path.name)
    )
    return (path for path in folders if path not in readable)


def _choose_served(store: Store, done: ForgetIntent) -> str | None:
    served = store.current_id()
    if served in done.lost:
        left = [v.id for v in store.versions() if v.id not in {*done.lost, *done.versions}]
        return left[0] if left else None
    return done.versions.get(served, served) if served else None


def _delete_version(store: Store, old: Path) -> None:
    gone = old.with_name(f"{commit.STAGING_PREFIX}gone-{old.name}")
    old.rename(gone)
    shutil.rmtree(gone, ignore_errors=True)
    durable.fsync(store.versions_folder)


def _log_erasure(store: Store, register: forgotten_people.Register, done: ForgetIntent) -> None:
    """Say it once, and nothing where nothing was changed."""
    person = next(person for person in register.people if person.name == done.whom.stand_in)
    said = forgotten_people.digest_entry(register, person)
    past = [
        e for e in store.log() if e.get("action") == "forget" and e.get("person") == person.name
    ]
    same = {name: value for name, value in done.entry.items() if name != "version"} | {
        "register": said
    }
    if any(same.items() <= {name: e.get(name) for name in same}.items() for e in past):
        return  # it was interrupted after this
    if (
        done.versions
        or done.lost
        or not past
        or past[-1].get("register") != said
        or done.entry.get("again")
    ):
        served = store.current_id() or ""
        changed = {
            "version": served,
            "person": person.name,
            "versions": done.versions,
            "register": said,
        }
        log.append_entry(store, done.entry | changed)


def sweep_snapshots(store: Store) -> None:
    """Remove what backups and restorings that were killed have left: it holds names."""
    for left in store.root.glob(f"{SNAPSHOT_PREFIX}*"):
        process = left.name.removeprefix(SNAPSHOT_PREFIX)
        if not process.isdigit() or not Path(f"/proc/{process}").exists():
            shutil.rmtree(left, ignore_errors=True)
