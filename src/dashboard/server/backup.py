"""Backup and restore: one tar file with the store, the saved views and links (shares.sqlite), the
settings and the house's templates.

backup.json in it gives the SHA-256 of every other file. Nothing is ever written over what is there.
"""

import io
import json
import os
import re
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version as release
from pathlib import Path

from dashboard import shares
from dashboard.model import settings
from dashboard.store import Store, require_empty_store, restore_snapshot, take_snapshot
from dashboard.store.durable import DISK_FULL_ERRORS, describe_disk_fault
from dashboard.store.manifest import compute_sha256

MANIFEST_NAME, FORMAT = "backup.json", 1
MEMBER_NAME = re.compile(
    r"store/(?:current|log\.jsonl|redirects\.json|removed\.json|mappings\.json|versions/[0-9a-f]{16}/(?:[a-z_.]+|records/[a-z_]+\.csv))"
    r"|shares\.sqlite|data/[^/\\\x00]{1,100}"
)
LOCK_TIMEOUT_SECONDS = 60.0
"""Seconds to wait for a publisher who is at work."""


class BackupError(Exception):
    """A backup cannot be made or put back; the message says why. What was there is as it was."""


@dataclass(frozen=True)
class Place:
    """What belongs to one dashboard: its store, its shares, and the folder with settings.toml."""

    store: Store
    shares: shares.SharesDb
    data: Path


@dataclass(frozen=True)
class Backup:
    """What a backup holds. `beside` names settings that differ from those that are there, and where
    they were put.
    """

    served: str
    versions: int
    files: int
    time: str
    release: str
    beside: tuple[Path, ...] = ()


def back_up(place: Place, file: Path, now: datetime) -> Backup:
    """Write a backup while others read, share and publish. Raises BackupError, StoreError and
    SharesError; a file that is there already stays as it is.
    """
    if file.exists():
        raise BackupError(f"{file} is there already: name another file")
    with (
        take_snapshot(place.store, LOCK_TIMEOUT_SECONDS) as folder,
        tempfile.TemporaryDirectory() as aside,
    ):
        content = _collect_content(place, folder, Path(aside))
        served = Store(folder).current_id() or ""
        made = Backup(
            served,
            len(Store(folder).versions()),
            len(content),
            now.astimezone(UTC).isoformat(timespec="seconds"),
            release("dashboard"),
        )
        _write_new(file, content, made)
    return made


def _collect_content(place: Place, folder: Path, aside: Path) -> dict[str, Path]:
    """Return the files of a backup by their names in it; the shares are copied to `aside` first."""
    content = dict(_list_store_files(folder))
    copied = aside / "shares.sqlite"
    if shares.copy_database(place.shares, copied):
        content["shares.sqlite"] = copied
    return content | {f"data/{path.name}": path for path in _list_settings_files(place.data)}


def _write_new(file: Path, content: dict[str, Path], made: Backup) -> None:
    """Write the archive beside its place and link it there: another file is never replaced."""
    written = file.with_name(f"{file.name}.new")
    try:
        _write_archive(written, content, made)
        os.link(written, file)  # unlike a rename it never takes the place of another file
    except FileExistsError:
        raise BackupError(f"{file} is there already: name another file") from None
    finally:
        written.unlink(missing_ok=True)


def restore(file: Path, place: Place) -> Backup:
    """Put a backup back where nothing is, after every byte of it was compared. Settings that differ
    from those that are there are put beside them. Raises BackupError, and StoreError where
    something stands in the store.
    """
    require_empty_store(place.store)
    if place.shares.path.exists():
        raise BackupError(f"{place.shares.path} is there already: move it away first")
    place.store.root.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restoring-", dir=place.store.root) as aside:
        folder = Path(aside)
        kept = _unpack(file, folder)
        if (copied := folder / "shares.sqlite").exists():
            place.shares.path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(copied, place.shares.path)
        beside = tuple(_restore_data(folder / "data", place.data))
        restore_snapshot(folder / "store", place.store)
    return Backup(**{**kept.__dict__, "beside": beside})


def _list_store_files(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield f"store/{path.relative_to(folder).as_posix()}", path


def _list_settings_files(data: Path) -> list[Path]:
    chosen = settings.load(data)
    templates = [path for path in (chosen.template, chosen.word_template) if path]
    found = [data / "settings.toml", *(path for path in templates if path.parent == data)]
    return [path for path in found if path.is_file()]


def _format_manifest(content: dict[str, Path], made: Backup) -> bytes:
    manifest = {
        "form": FORMAT,
        **{k: v for k, v in made.__dict__.items() if k != "beside"},
        "digests": {name: compute_sha256(path) for name, path in content.items()},
    }
    return json.dumps(manifest, indent=1).encode()


def _write_archive(file: Path, content: dict[str, Path], made: Backup) -> None:
    text = _format_manifest(content, made)
    with file.open("xb") as target:
        os.chmod(file, 0o600)  # noqa: PTH101 - it holds names
        with tarfile.open(fileobj=target, mode="w") as archive:
            entry = tarfile.TarInfo(MANIFEST_NAME)
            entry.size, entry.mode = len(text), 0o600
            entry.mtime = int(datetime.fromisoformat(made.time).timestamp())
            archive.addfile(entry, io.BytesIO(text))
            for name, path in content.items():
                archive.add(path, name, recursive=False)
        target.flush()
        os.fsync(target.fileno())


def _unpack(file: Path, folder: Path) -> Backup:
    """Unpack a backup into a folder and compare every byte. Raises BackupError."""
    try:
        with tarfile.open(file) as archive:
            _refuse_foreign_members(file, archive.getmembers())
            archive.extractall(folder, filter="data")
        digests, kept = _read_manifest(file, folder)
    except (OSError, tarfile.TarError, ValueError, KeyError, TypeError) as error:
        full = isinstance(error, OSError) and error.errno in DISK_FULL_ERRORS
        why = describe_disk_fault(error) if full else str(error)
        raise BackupError(
            f"{file} cannot be {'put back' if full else 'read as a backup'}: {why}"
        ) from error
    if damaged := _find_damaged(folder, digests):
        raise BackupError(
            f"{file} is damaged: {min(damaged)} is not what was kept; nothing was put back"
        )
    return kept


def _refuse_foreign_members(file: Path, members: list[tarfile.TarInfo]) -> None:
    """Raise BackupError where an archive holds anything that no backup does, or a name twice."""
    odd = [
        m.name
        for m in members
        if not m.isreg() or not (m.name == MANIFEST_NAME or MEMBER_NAME.fullmatch(m.name))
    ]
    if odd or len({m.name for m in members}) != len(members):
        raise BackupError(
            f"{file} is no backup of this dashboard: it holds {(odd or ['a name twice'])[0][:80]}"
        )


def _read_manifest(file: Path, folder: Path) -> tuple[dict[str, str], Backup]:
    """Return the digests of the files, and what the backup says of itself. Raises BackupError."""
    manifest = json.loads((folder / MANIFEST_NAME).read_text("utf-8"))
    digests, form = dict(manifest.pop("digests")), manifest.pop("form")
    if form != FORMAT:
        raise BackupError(
            f"{file} was written by a newer release ({manifest['release']}): use that release"
        )
    return digests, Backup(**manifest)


def _find_damaged(folder: Path, digests: dict[str, str]) -> list[str]:
    """Return the names of files that are missing, unknown, or not what was backed up."""
    found = {
        path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()
    }
    del found[MANIFEST_NAME]
    return [
        name
        for name in digests.keys() | found.keys()
        if name not in found or digests.get(name) != compute_sha256(found[name])
    ]


def _restore_data(source: Path, target: Path) -> Iterator[Path]:
    """Copy the settings back; yield what was put beside a file that is there and differs."""
    for path in sorted(source.glob("*")):
        target.mkdir(parents=True, exist_ok=True)
        final = target / path.name
        if final.exists() and final.read_bytes() != path.read_bytes():
            final = target / f"{path.stem}.restored{path.suffix}"
            yield final
        if not final.exists():
            shutil.copyfile(path, final)
