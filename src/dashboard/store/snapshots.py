"""Snapshots: the store as it is at one moment, to copy it while others publish, and restoring one.

Files of a version never change, so that the moment is a folder of hard links: it is made within the
lock in milliseconds, and copied afterwards for as long as that takes.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dashboard.store import durable
from dashboard.store.erasure import SNAPSHOT_PREFIX, sweep_snapshots
from dashboard.store.health import describe_unfinished
from dashboard.store.publish import open_for_writing
from dashboard.store.versions import Store, StoreError

STORE_FILES = ("log.jsonl", "redirects.json", "removed.json", "mappings.json", "current")
"""Files beside the versions; the pointer is put back last, when everything that it may name is
there.
"""


@contextmanager
def take_snapshot(store: Store, wait: float = 0) -> Iterator[Path]:
    """Make a folder with what is published at this moment; it is gone afterwards. Candidates are
    not in it.

    Another publisher is waited for `wait` seconds. Raises StoreError for an empty store, or when it
    is still at work, or while forgetting or merging people is not finished: who puts the copy back
    could not finish it.
    """
    if store.current_id() is None:
        raise StoreError(f"the store {store.root} is empty: there is nothing to keep")
    folder = store.root / f"{SNAPSHOT_PREFIX}{os.getpid()}"
    try:
        with open_for_writing(store, wait):
            sweep_snapshots(store)
            _link_files(store, folder)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _link_files(store: Store, folder: Path) -> None:
    """Fill a folder with hard links to the versions and with copies of what changes."""
    if fault := describe_unfinished(store):
        raise StoreError(f"nothing is kept: {fault}")
    shutil.copytree(store.versions_folder, folder / "versions", copy_function=os.link)
    for name in STORE_FILES:
        if (path := store.root / name).exists():
            shutil.copy2(path, folder / name)


def restore_snapshot(folder: Path, store: Store) -> None:
    """Move the content of such a folder, which stands on the same file system, into an empty store:
    every version first. Raises StoreError for a store that is not empty.
    """
    require_empty_store(store)
    durable.fsync_tree(folder)
    for name in ("versions", *STORE_FILES):
        if (path := folder / name).exists():
            durable.move(path, store.root / name)


def require_empty_store(store: Store) -> None:
    """Check that nothing is kept in the store yet, so that nothing is ever written over. Raises
    StoreError.
    """
    folders = (store.versions_folder, store.candidates_folder)
    found = [path.name for path in folders if path.is_dir() and any(path.iterdir())]
    if found := [*found, *(name for name in STORE_FILES if (store.root / name).exists())]:
        raise StoreError(f"{store.root} is not empty ({', '.join(found)}): move it away first")
