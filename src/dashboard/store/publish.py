"""Publishing: checked records become a version, and the version becomes the served one.

Build beside the others → compare with the manifest → rename → flip the pointer, each step made durable
before the next. Whatever fails or is killed on the way leaves the served version as it was; what it left
behind is swept by the next publisher.
"""

import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from dashboard.intake.check import open_candidate
from dashboard.intake.contract import schema_version
from dashboard.intake.files import read_folder
from dashboard.store import build
from dashboard.store.versions import MANIFEST, Manifest, Store, StoreError, Version, recipe, sha256

BUILDING = ".building-"


@dataclass(frozen=True)
class Published:
    """The served version after publishing; `changed` is False when it was served already."""

    version: Version
    changed: bool
    withheld: int


def publish(
    store: Store,
    candidate: duckdb.DuckDBPyConnection,
    *,
    author: str,
    message: str,
    now: datetime,
    small_groups_below: int,
) -> Published:
    """Make a checked candidate (intake.check) the served version.

    `now` is written into the manifest, in UTC. Raises StoreError when another publisher is at work.
    """
    with _lock(store):
        _sweep(store)
        parent = store.current_id()
        building = Path(tempfile.mkdtemp(prefix=BUILDING, dir=store.versions_folder))
        try:
            withheld = build.withhold_small_groups(candidate, small_groups_below)
            version_id = build.write_records(candidate, building)
            final = store.versions_folder / version_id
            if not _is_whole(final):
                rows = build.write_database(candidate, building)
                manifest = Manifest(
                    id=version_id,
                    schema_version=schema_version(),
                    recipe=recipe(),
                    author=author,
                    time=now.astimezone(UTC).isoformat(timespec="seconds"),
                    message=message,
                    parent=None if parent == version_id else parent,
                    small_groups_below=small_groups_below,
                    rows=rows,
                    files=_digests(building),
                )
                manifest.write(building / MANIFEST)
                _make_durable(building)
                _replace(final, building)
                _fsync(store.versions_folder)
        finally:
            shutil.rmtree(building, ignore_errors=True)
        version = Version(final, Manifest.read(final / MANIFEST))
        if version_id != parent:
            point_at(store, version_id)
            _log(store, {"time": now.astimezone(UTC).isoformat(timespec="seconds"), "action": "publish",
                         "version": version_id, "from": parent, "author": author, "message": message})  # fmt: skip
        return Published(version, version_id != parent, withheld)


def upgrade(store: Store) -> list[str]:
    """Build every version anew from its records that another release of this program built; returns
    their ids. Author, time and message stay as they were. Raises Refused if the records no longer fit."""
    stale = [v for v in store.versions() if v.manifest.recipe != recipe()]
    served = store.current_id()
    for old in stale:
        publish(
            store,
            open_candidate(read_folder(old.records)),
            author=old.manifest.author,
            message=old.manifest.message,
            now=datetime.fromisoformat(old.manifest.time),
            small_groups_below=old.manifest.small_groups_below,
        )
    if stale and served in {v.id for v in store.versions()}:
        point_at(store, served)
    return [v.id for v in stale]


def point_at(store: Store, version_id: str) -> None:
    """Serve this version from now on: the pointer is replaced in one step."""
    temporary = store.pointer.with_suffix(".new")
    temporary.write_text(version_id + "\n", "utf-8")
    _fsync(temporary)
    temporary.replace(store.pointer)
    _fsync(store.root)


@contextmanager
def _lock(store: Store) -> Iterator[None]:
    """Only one publisher at a time; the lock goes with its process, however it ends."""
    store.versions_folder.mkdir(parents=True, exist_ok=True)
    with (store.root / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StoreError("somebody else is publishing just now: try again in a minute") from None
        yield


def _sweep(store: Store) -> None:
    """Remove what publishers that died have left; the lock says that none is alive."""
    for leftover in store.versions_folder.glob(f"{BUILDING}*"):
        shutil.rmtree(leftover, ignore_errors=True)
    store.pointer.with_suffix(".new").unlink(missing_ok=True)


def _is_whole(folder: Path) -> bool:
    try:
        version = Version(folder, Manifest.read(folder / MANIFEST))
        return version.manifest.recipe == recipe() and version.damage() is None
    except StoreError:
        return False


def _replace(final: Path, building: Path) -> None:
    """Put a version in its place; what stands there is the same records, damaged or of another recipe."""
    if final.exists():
        final.rename(final.with_name(f"{BUILDING}old-{final.name}"))
    building.rename(final)


def _digests(folder: Path) -> dict[str, str]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): sha256(path) for path in paths}


def _make_durable(folder: Path) -> None:
    for path in [*folder.rglob("*"), folder]:
        _fsync(path)


def _fsync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _log(store: Store, entry: dict[str, str | None]) -> None:
    with (store.root / "log.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(entry, ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())
