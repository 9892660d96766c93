"""Committing a version: stage it beside the others, write the intent ahead, move it into place,
flip the pointer, log.

Each step is durable before the next. Whatever fails or is killed on the way leaves the served
version whole, the old or the new one; the next publisher finishes or undoes what is open and sweeps
the rest (`recover`).
"""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from dashboard.intake import invisible
from dashboard.store import (
    build,
    durable,
    forgotten_people,
    linked_files,
    log,
    person_names,
    small_groups,
)
from dashboard.store.versions import MANIFEST, Manifest, Store, StoreError, Version, compute_recipe

STAGING_PREFIX = ".building-"
REPLACED_PREFIX = f"{STAGING_PREFIX}old-"
FROM_STAGING, FROM_CANDIDATE, FROM_VERSIONS = "nowhere", "candidate", "versions"
"""Where a version that is to be served stood before."""


def recover(store: Store) -> None:
    """Finish or undo what a publisher that died has left; the lock says that none is alive."""
    if open_intent := log.read_publish_intent(store):
        _resolve_intent(store, *open_intent)
    for replaced in store.versions_folder.glob(f"{REPLACED_PREFIX}*"):
        original = replaced.with_name(replaced.name.removeprefix(REPLACED_PREFIX))
        if not original.exists():
            durable.move(replaced, original)
    for leftover in store.versions_folder.glob(f"{STAGING_PREFIX}*"):
        shutil.rmtree(leftover, ignore_errors=True)
    for half in store.root.glob("*.new"):
        half.unlink(missing_ok=True)
    log.delete_publish_intent(store)
    with suppress(linked_files.Unfinished):  # the next one tries again
        linked_files.notify_merges(store)


def _resolve_intent(
    store: Store, entry: log.Entry, came_from: str, merges: Mapping[str, str]
) -> None:
    """Log what was committed; move or remove the version where the pointer was not flipped."""
    folder = store.versions_folder / str(entry["version"])
    if store.points_at() == entry["version"]:
        linked_files.note_merges(store, merges)
        log.append_entry(store, entry)
    elif folder.is_dir() and came_from == FROM_CANDIDATE:
        durable.move(folder, store.candidates_folder / folder.name)
    elif came_from == FROM_STAGING:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def open_staging_folder(store: Store) -> Iterator[Path]:
    """Give a folder on the versions' file system to build in, removed whatever happens."""
    folder = Path(tempfile.mkdtemp(prefix=STAGING_PREFIX, dir=store.versions_folder))
    durable.failpoint("folder made")
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def build_version(
    store: Store,
    records: duckdb.DuckDBPyConnection,
    folder: Path,
    manifest: Manifest,
    *,
    reuse: bool = True,
) -> tuple[Version, int]:
    """Build a version in the folder; returns it and how many small head counts were withheld. With
    `reuse`, a whole version of the same records that stands in the store already is returned
    instead.
    """
    withheld = small_groups.withhold_small_groups(records, manifest.small_groups_below)
    version_id = build.write_records(records, folder)
    durable.failpoint("records written")
    final = store.versions_folder / version_id
    if reuse and is_whole(final):
        return read_version(final), withheld
    number = forgotten_people.count_forgotten(store, manifest.removed)
    build.complete_version(records, folder, replace(manifest, id=version_id, removed=number))
    return read_version(folder), withheld


def make_log_entry(
    action: str, version: str, store: Store, *, author: str, message: str, now: datetime
) -> log.Entry:
    """Make an entry for the log. Raises StoreError where author or reason do not stand on one line
    that can be read.
    """
    try:
        return {
            "time": now.astimezone(UTC).isoformat(timespec="seconds"),
            "action": action,
            "version": version,
            "from": store.current_id(),
            "author": invisible.check_line(author.strip(), "author"),
            "message": invisible.check_line(message.strip(), "reason"),
        }
    except invisible.UnwantedError as error:
        raise StoreError(*error.args) from None


def commit_version(
    store: Store, version: Version, entry: log.Entry, came_from: str = FROM_VERSIONS
) -> bool:
    """Flip the pointer to a version, which is moved into place where it stands elsewhere; False
    when it was served already.
    """
    if store.points_at() == version.id:
        # the served version was damaged, and here are its records again
        _move_into_place(store, version)
        return False
    merges = _find_merges(store, version) if entry["action"] == "publish" else {}
    log.write_publish_intent(store, entry, came_from, merges)
    durable.failpoint("intent noted")
    _move_into_place(store, version)
    durable.failpoint("version in place")
    replace_pointer(store, version.id)
    durable.failpoint("pointer flipped")
    _finish_commit(store, entry, merges)
    return True


def _move_into_place(store: Store, version: Version) -> None:
    final = store.versions_folder / version.id
    if version.folder != final:
        replace_version(final, version.folder)


def _finish_commit(store: Store, entry: log.Entry, merges: Mapping[str, str]) -> None:
    """Log what was committed, and let links follow merged people."""
    linked_files.note_merges(store, merges)
    log.append_entry(store, entry)
    durable.failpoint("logged")
    log.delete_publish_intent(store)
    durable.failpoint("intent done")
    with suppress(linked_files.Unfinished):  # it is published all the same, and the next one tries
        linked_files.notify_merges(store)


def _find_merges(store: Store, after: Version) -> dict[str, str]:
    served = store.versions_folder / (store.current_id() or "")
    try:
        return person_names.find_merged_people(read_version(served), after)
    except StoreError:
        return {}


def replace_pointer(store: Store, version_id: str) -> None:
    """Serve this version from now on: the pointer is replaced in one step."""
    durable.write(store.pointer, version_id + "\n")


def is_whole(folder: Path) -> bool:
    """Return whether a version stands there that this program can serve."""
    try:
        version = Version(folder, Manifest.read(folder / MANIFEST))
        return version.manifest.recipe == compute_recipe() and version.damage() is None
    except StoreError:
        return False


def replace_version(final: Path, built: Path) -> None:
    """Move a version into its place; what stands there has the same records, damaged or of another
    recipe.
    """
    if final.exists():
        final.rename(final.with_name(f"{REPLACED_PREFIX}{final.name}"))
        durable.failpoint("damaged version set aside")
    durable.move(built, final)


def read_version(folder: Path) -> Version:
    """Read the version in a folder."""
    return Version(folder, Manifest.read(folder / MANIFEST))
