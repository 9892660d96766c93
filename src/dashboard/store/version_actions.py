"""Rolling back to another version, and exporting one."""

import shutil
from datetime import datetime
from pathlib import Path

from dashboard.store import commit
from dashboard.store.publish import Published, open_for_writing
from dashboard.store.versions import Store, StoreError, Version


def rollback(
    store: Store, version_id: str, *, author: str, message: str, now: datetime, wait: float = 0
) -> Published:
    """Serve another kept version, an older or a newer one. Raises StoreError where it is unknown or
    damaged.
    """
    with open_for_writing(store, wait):
        version = store.open(version_id)
        intent = commit.make_log_entry(
            "rollback", version.id, store, author=author, message=message, now=now
        )
        return Published(version, commit.commit_version(store, version, intent), 0)


def export_records(version: Version, folder: Path) -> list[Path]:
    """Copy the records of a version into a folder that is empty or not there yet; built again they
    give the same id. Raises StoreError where something stands there already.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StoreError(f"{folder} is not an empty folder: nothing was written")
    folder.mkdir(parents=True, exist_ok=True)
    return [
        Path(shutil.copyfile(path, folder / path.name))
        for path in sorted(version.records.glob("*.csv"))
    ]
