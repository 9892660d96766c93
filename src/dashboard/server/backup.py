"""A backup: one tar file with the store, the shelf, the settings and the house's template, and
putting it back.

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

from dashboard import shares as shelf
from dashboard.model import settings
from dashboard.store import Store, put_back, refuse_unless_empty, snapshot
from dashboard.store.durable import NO_ROOM, fault_in_words
from dashboard.store.manifest import sha256

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
    """What belongs to one dashboard: its store, its shelf, and the folder with settings.toml."""

    store: Store
    shelf: shelf.Shelf
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
    ShelfError; a file that is there already stays as it is.
    """
    if file.exists():
        raise BackupError(f"{file} is there already: name another file")
    written = file.with_name(f"{file.name}.new")
    with (
        snapshot(place.store, LOCK_TIMEOUT_SECONDS) as folder,
        tempfile.TemporaryDirectory() as aside,
    ):
        copied = Path(aside) / "shares.sqlite"
        content = dict(_list_store_files(folder))
        if shelf.copy(place.shelf, copied):
            content["shares.sqlite"] = copied
        content |= {f"data/{path.name}": path for path in _list_settings_files(place.data)}
        served = Store(folder).current_id() or ""
        made = Backup(
            served,
            len(Store(folder).versions()),
            len(content),
            now.astimezone(UTC).isoformat(timespec="seconds"),
            release("dashboard"),
        )
        try:
            _write_archive(written, content, made)
            os.link(written, file)  # unlike a rename it never takes the place of another file
        except FileExistsError:
            raise BackupError(f"{file} is there already: name another file") from None
        finally:
            written.unlink(missing_ok=True)
    return made


def restore(file: Path, place: Place) -> Backup:
    """Put a backup back where nothing is, after every byte of it was compared. Settings that differ
    from those that are there are put beside them. Raises BackupError, and StoreError where
    something stands in the store.
    """
    refuse_unless_empty(place.store)
    if place.shelf.path.exists():
        raise BackupError(f"{place.shelf.path} is there already: move it away first")
    place.store.root.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restoring-", dir=place.store.root) as aside:
        folder = Path(aside)
        kept = _unpack(file, folder)
        if (shares := folder / "shares.sqlite").exists():
            place.shelf.path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(shares, place.shelf.path)
        beside = tuple(_restore_data(folder / "data", place.data))
        put_back(folder / "store", place.store)
    return Backup(**{**kept.__dict__, "beside": beside})


def _list_store_files(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield f"store/{path.relative_to(folder).as_posix()}", path


def _list_settings_files(data: Path) -> list[Path]:
    template = settings.load(data).template
    found = [data / "settings.toml", *([template] if template and template.parent == data else [])]
    return [path for path in found if path.is_file()]


def _write_archive(file: Path, content: dict[str, Path], made: Backup) -> None:
    digests = {name: sha256(path) for name, path in content.items()}
    said = {
        "form": FORMAT,
        **{k: v for k, v in made.__dict__.items() if k != "beside"},
        "digests": digests,
    }
    text = json.dumps(said, indent=1).encode()
    with file.open("xb") as target:
        os.chmod(file, 0o600)  # noqa: PTH101 - it holds names
        with tarfile.open(fileobj=target, mode="w") as archive:
            entry = tarfile.TarInfo(MANIFEST_NAME)
            entry.size, entry.mode, entry.mtime = (
                len(text),
                0o600,
                int(datetime.fromisoformat(made.time).timestamp()),
            )
            archive.addfile(entry, io.BytesIO(text))
            for name, path in content.items():
                archive.add(path, name, recursive=False)
        target.flush()
        os.fsync(target.fileno())


def _unpack(file: Path, folder: Path) -> Backup:
    try:
        with tarfile.open(file) as archive:
            members = archive.getmembers()
            odd = [
                m.name
                for m in members
                if not m.isreg() or not (m.name == MANIFEST_NAME or MEMBER_NAME.fullmatch(m.name))
            ]
            if odd or len({m.name for m in members}) != len(members):
                raise BackupError(
                    f"{file} is no backup of this dashboard: it holds"
                    f" {(odd or ['a name twice'])[0][:80]}"
                )
            archive.extractall(folder, filter="data")
        said = json.loads((folder / MANIFEST_NAME).read_text("utf-8"))
        digests, form = dict(said.pop("digests")), said.pop("form")
        if form != FORMAT:
            raise BackupError(
                f"{file} was written by a newer release ({said['release']}): use that release"
            )
        kept = Backup(**said)
    except (OSError, tarfile.TarError, ValueError, KeyError, TypeError) as error:
        full = isinstance(error, OSError) and error.errno in NO_ROOM
        why = fault_in_words(error) if full else str(error)
        raise BackupError(
            f"{file} cannot be {'put back' if full else 'read as a backup'}: {why}"
        ) from error
    found = {
        path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()
    }
    del found[MANIFEST_NAME]
    if damaged := [
        n
        for n in digests.keys() | found.keys()
        if n not in found or digests.get(n) != sha256(found[n])
    ]:
        raise BackupError(
            f"{file} is damaged: {min(damaged)} is not what was kept; nothing was put back"
        )
    return kept


def _restore_data(source: Path, target: Path) -> Iterator[Path]:
    """Gives what was put beside a file that is there and differs."""
    for path in sorted(source.glob("*")):
        target.mkdir(parents=True, exist_ok=True)
        final = target / path.name
        if final.exists() and final.read_bytes() != path.read_bytes():
            final = target / f"{path.stem}.restored{path.suffix}"
            yield final
        if not final.exists():
            shutil.copyfile(path, final)
