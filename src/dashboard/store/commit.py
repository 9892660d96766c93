"""What every change to the store is made of: build beside the others, note the intent, move into
place, flip, log.

Each step is durable before the next. Whatever fails or is killed on the way leaves the served
version whole, the old or the new one; the next publisher finishes or undoes what is open and sweeps
the rest (`recover`).
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from dashboard.intake import invisible
from dashboard.store import build, durable, forgotten_people, linked_files, log, person_names
from dashboard.store.versions import MANIFEST, Manifest, Store, StoreError, Version, recipe

BUILDING = ".building-"
ASIDE = f"{BUILDING}old-"
NOWHERE, CANDIDATE, VERSIONS = "nowhere", "candidate", "versions"
"""Where a version that is to be served stood before."""


def recover(store: Store) -> None:
    """Finish or undo what a publisher that died has left; the lock says that none is alive."""
    if found := log.intended(store):
        intent, came_from, moves = found
        folder = store.versions_folder / str(intent["version"])
        if store.points_at() == intent["version"]:
            linked_files.note_moves(store, moves)
            log.append(store, intent)
        elif folder.is_dir() and came_from == CANDIDATE:
            durable.move(folder, store.candidates_folder / folder.name)
        elif came_from == NOWHERE:
            shutil.rmtree(folder, ignore_errors=True)
    for aside in store.versions_folder.glob(f"{ASIDE}*"):
        if not (original := aside.with_name(aside.name.removeprefix(ASIDE))).exists():
            durable.move(aside, original)
    for leftover in store.versions_folder.glob(f"{BUILDING}*"):
        shutil.rmtree(leftover, ignore_errors=True)
    for half in store.root.glob("*.new"):
        half.unlink(missing_ok=True)
    log.done(store)
    with suppress(linked_files.Unfinished):  # the next one tries again
        linked_files.tell_moves(store)


@contextmanager
def building(store: Store) -> Iterator[Path]:
    """A folder on the versions' file system to build in, removed whatever happens."""
    folder = Path(tempfile.mkdtemp(prefix=BUILDING, dir=store.versions_folder))
    durable.step("folder made")
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
    withheld = build.withhold_small_groups(records, manifest.small_groups_below)
    version_id = build.write_records(records, folder)
    durable.step("records written")
    final = store.versions_folder / version_id
    if reuse and is_whole(final):
        return read_version(final), withheld
    number = forgotten_people.number(store, manifest.removed)
    build.write_rest(records, folder, replace(manifest, id=version_id, removed=number))
    return read_version(folder), withheld


def entry(
    action: str, version: str, store: Store, *, author: str, message: str, now: datetime
) -> log.Entry:
    """What the log will say. Raises StoreError where author or reason do not stand on one line that
    can be read.
    """
    try:
        author, message = (
            invisible.line(author.strip(), "author"),
            invisible.line(message.strip(), "reason"),
        )
    except invisible.UnwantedError as error:
        raise StoreError(str(error)) from None
    time = now.astimezone(UTC).isoformat(timespec="seconds")
    return {
        "time": time,
        "action": action,
        "version": version,
        "from": store.current_id(),
        "author": author,
        "message": message,
    }


def serve(store: Store, version: Version, intent: log.Entry, came_from: str = VERSIONS) -> bool:
    """Flip the pointer to a version, which is moved into place where it stands elsewhere; False
    when it was served already.
    """
    final = store.versions_folder / version.id
    if store.points_at() == version.id:
        # the served version was damaged, and here are its records again
        if version.folder != final:
            replace_version(final, version.folder)
        return False
    moves = _moves(store, version) if intent["action"] == "publish" else {}
    log.intend(store, intent, came_from, moves)
    durable.step("intent noted")
    if version.folder != final:
        replace_version(final, version.folder)
    durable.step("version in place")
    point_at(store, version.id)
    durable.step("pointer flipped")
    linked_files.note_moves(store, moves)
    log.append(store, intent)
    durable.step("logged")
    log.done(store)
    durable.step("intent done")
    with suppress(
        linked_files.Unfinished
    ):  # it is published all the same, and the next one tries again
        linked_files.tell_moves(store)
    return True


def _moves(store: Store, after: Version) -> dict[str, str]:
    served = store.versions_folder / (store.current_id() or "")
    try:
        return person_names.merged(read_version(served), after)
    except StoreError:
        return {}


def point_at(store: Store, version_id: str) -> None:
    """Serve this version from now on: the pointer is replaced in one step."""
    durable.write(store.pointer, version_id + "\n")


def is_whole(folder: Path) -> bool:
    """Whether a version stands there that this program can serve."""
    try:
        version = Version(folder, Manifest.read(folder / MANIFEST))
        return version.manifest.recipe == recipe() and version.damage() is None
    except StoreError:
        return False


def replace_version(final: Path, built: Path) -> None:
    """Put a version in its place; what stands there is the same records, damaged or of another
    recipe.
    """
    if final.exists():
        final.rename(final.with_name(f"{ASIDE}{final.name}"))
        durable.step("damaged version set aside")
    durable.move(built, final)


def read_version(folder: Path) -> Version:
    """The version in a folder."""
    return Version(folder, Manifest.read(folder / MANIFEST))
