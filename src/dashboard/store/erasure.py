"""Carrying out the intent to forget somebody: the register, every kept version, the log, and the
linked files.

Every step is durable before the next, may be taken again, and is safe to stop after: a version that
is served is never deleted, nobody who is in no version any more is missing in the register, and the
intent goes last.
"""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from dashboard.intake.check import open_checked_records
from dashboard.intake.files import read_folder
from dashboard.intake.problems import Refused
from dashboard.language.messages import N_
from dashboard.store import (
    commit,
    durable,
    forget_intent,
    linked_files,
    log,
    mappings,
    scrub,
)
from dashboard.store.forget_intent import ForgetIntent
from dashboard.store.forgotten_people import (
    Register,
    add_person,
    digest_entry,
    read_register,
    write_register,
)
from dashboard.store.person_names import PersonToForget
from dashboard.store.versions import RECORDS, VERSION_ID, Store, StoreError, Version

LEGACY_REASON = N_("begun under a former release, and finished now")
"""The reason in the log of what nobody gave a reason for: English in the file."""
SNAPSHOT_PREFIX = ".backup-"
"""How folders of hard links begin that a backup makes for itself (snapshot)."""


def finish_erasure(store: Store) -> ForgetIntent | None:
    """Do what is left of forgetting somebody, and return what that was; None where nothing is open.
    The lock must be held.

    Raises Unfinished where a linked file could not be changed: then the intent stays.
    """
    begun = forget_intent.read_intent(store) or _adopt_legacy_intent(store)
    if begun is None:
        return None
    done = begun if _is_recorded(store, begun) else _erase_from_store(store, begun)
    linked_files.notify_forgotten(store, done.whom, done.shelf)
    durable.failpoint("shelf told")
    forget_intent.delete_intent(store)
    durable.failpoint("intention erased")
    return done


def _is_recorded(store: Store, begun: ForgetIntent) -> bool:
    """Return whether the store and its log are done, and the register still says so: candidates
    that were made since then stay.
    """
    return begun.recorded and any(
        p.done and p.name == begun.whom.stand_in for p in read_register(store).people
    )


def _erase_from_store(store: Store, begun: ForgetIntent) -> ForgetIntent:
    """Do everything in the store: the register, the versions, what else names people, and the log."""
    register = _register_person(store, begun)
    done = _rebuild_versions(store, register, begun)
    shutil.rmtree(store.candidates_folder, ignore_errors=True)
    sweep_snapshots(store)
    mappings.forget_person(store, done.whom)
    durable.failpoint("candidates and copies gone")
    register = replace(register, people=tuple(replace(p, done=True) for p in register.people))
    write_register(store, register)
    durable.failpoint("removal done")
    _log_erasure(store, register, done)
    durable.failpoint("forgetting logged")
    done = replace(done, recorded=True)
    if begun.whom.person_id:
        forget_intent.write_intent(store, done)
    durable.failpoint("forgetting recorded")
    return done


def _adopt_legacy_intent(store: Store) -> ForgetIntent | None:
    """Make an intent of an erasure that a former release began, which wrote none: neither who nor
    why is known.
    """
    try:
        register = read_register(store)
    except StoreError:
        return None  # publishing says so
    left = [person.name for person in register.people if not person.done]
    if not left:
        return None
    entry = commit.make_log_entry(
        "forget", "", store, author="", message=LEGACY_REASON, now=datetime.now(UTC)
    )
    return ForgetIntent(PersonToForget("", left[-1]), entry)


def _register_person(store: Store, begun: ForgetIntent) -> Register:
    """Write the person into the register."""
    register = read_register(store)
    if begun.whom.person_id:
        register, _ = add_person(register, begun.whom)
        write_register(store, register)
        durable.failpoint("person in the register")
    return register


@dataclass
class _Rebuilt:
    """What is known of the versions so far: old ids with new ones (`versions`), those that could
    not be rebuilt (`lost`), and the folders that hold somebody in the register (`holding`).
    """

    versions: dict[str, str]
    lost: list[str]
    holding: list[Path] = field(default_factory=list)

    def lose(self, folder: Path) -> None:
        """Note a version that holds somebody and cannot be rebuilt."""
        self.holding.append(folder)
        if folder.name not in self.lost:
            self.lost.append(folder.name)


def _rebuild_versions(store: Store, register: Register, begun: ForgetIntent) -> ForgetIntent:
    """Rebuild every version that holds somebody in the register, and delete the old ones."""
    rebuilt = _rebuild_holding(store, register, begun)
    done = replace(begun, versions=rebuilt.versions, lost=tuple(rebuilt.lost))
    if begun.whom.person_id:
        forget_intent.write_intent(store, done)
    durable.failpoint("versions noted")
    if served := _choose_served(store, done):
        durable.write_json(store.root / "redirects.json", store.redirects() | done.versions)
        durable.failpoint("redirects written")
        commit.replace_pointer(store, served)
        durable.failpoint("pointer redirected")
    for folder in rebuilt.holding:
        _delete_version(store, folder)
        durable.failpoint("old version deleted")
    return done


def _rebuild_holding(store: Store, register: Register, begun: ForgetIntent) -> _Rebuilt:
    """Rebuild the versions that hold somebody; the old ones stay for now."""
    rebuilt = _Rebuilt(dict(begun.versions), list(begun.lost))
    # a version is rebuilt before those that name it as their parent
    for old in reversed(store.versions()):
        if _rebuild_version(store, register, old, rebuilt):
            durable.failpoint("version rebuilt")
    for folder in _find_unreadable(store):
        if scrub.holds_forgotten(register, folder / RECORDS):
            rebuilt.lose(folder)
    return rebuilt


def _rebuild_version(store: Store, register: Register, old: Version, rebuilt: _Rebuilt) -> bool:
    """Rebuild a version where it holds somebody, and return whether it does."""
    try:
        records = open_checked_records(read_folder(old.records), published=True)
    except Refused:  # records of another release that no longer fit: erasing comes before keeping
        if held := scrub.holds_forgotten(register, old.records):
            rebuilt.lose(old.folder)
        return held
    with records, commit.open_staging_folder(store) as folder:
        if not scrub.scrub_records(register, records):
            return False
        parent = rebuilt.versions.get(old.manifest.parent or "", old.manifest.parent)
        manifest = replace(old.manifest, parent=parent)
        version, _ = commit.build_version(store, records, folder, manifest)
        if version.folder == folder:
            commit.replace_version(store.versions_folder / version.id, folder)
    rebuilt.versions[old.id] = version.id
    rebuilt.holding.append(old.folder)
    return True


def _find_unreadable(store: Store) -> Iterator[Path]:
    """Find the folders of versions whose manifest cannot be read: they may hold somebody as well."""
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


def _log_erasure(store: Store, register: Register, done: ForgetIntent) -> None:
    """Log it once, and not at all where nothing was changed."""
    person = next(person for person in register.people if person.name == done.whom.stand_in)
    digest = digest_entry(register, person)
    past = [
        e for e in store.log() if e.get("action") == "forget" and e.get("person") == person.name
    ]
    if _is_news(done, digest, past):
        changed = {
            "version": store.current_id() or "",
            "person": person.name,
            "versions": done.versions,
            "register": digest,
        }
        log.append_entry(store, done.entry | changed)


def _is_news(done: ForgetIntent, digest: str, past: Sequence[log.Entry]) -> bool:
    """Return whether the log lacks this erasure: it may have been interrupted after the entry was
    written, or be asked for once more where nobody was left to forget.
    """
    same = {name: value for name, value in done.entry.items() if name != "version"}
    same["register"] = digest
    if any(same.items() <= {name: e.get(name) for name in same}.items() for e in past):
        return False
    changed = bool(done.versions or done.lost or done.entry.get("again"))
    return changed or not past or past[-1].get("register") != digest


def sweep_snapshots(store: Store) -> None:
    """Remove the snapshots of backups that were killed: they hold names."""
    for left in store.root.glob(f"{SNAPSHOT_PREFIX}*"):
        process = left.name.removeprefix(SNAPSHOT_PREFIX)
        if not process.isdigit() or not Path(f"/proc/{process}").exists():
            shutil.rmtree(left, ignore_errors=True)
