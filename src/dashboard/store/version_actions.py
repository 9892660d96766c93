"""Rolling back to another version, exporting one, and purging old ones."""

import shutil
from datetime import datetime
from pathlib import Path

from dashboard.store import commit, durable, log
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


def purge_versions(
    store: Store, keep: int, *, author: str, message: str, now: datetime, wait: float = 0
) -> list[str]:
    """Delete all versions but the newest `keep`, the one that was published last and the one that
    readers get; returns the ids of those that are gone. Raises StoreError, also where no version
    can be served: then none is let go.
    """
    if keep < 0:
        raise StoreError("give the number of versions to keep, 0 or more")
    with open_for_writing(store, wait):
        served = store.current_id()
        needed = {served, store.served().version.id} if served else {served}
        old = [version for version in store.versions()[keep:] if version.id not in needed]
        for version in old:
            _delete_version(version)
        ids = [version.id for version in old]
        if ids and served:
            entry = commit.make_log_entry(
                "purge", served, store, author=author, message=message, now=now
            )
            log.append_entry(store, entry | {"versions": ids})
        return ids


def _delete_version(version: Version) -> None:
    gone = version.folder.with_name(f"{commit.STAGING_PREFIX}gone-{version.id}")
    durable.move(version.folder, gone)
    shutil.rmtree(gone, ignore_errors=True)
