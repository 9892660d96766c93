"""The integrity of versions: the files of one are compared with its manifest once, and again when
one was touched.

Verdicts are cached for the whole process: readers ask at every click, and hashing a store of
gigabytes takes seconds.
"""

import threading
import time
from dataclasses import dataclass
from pathlib import Path

from dashboard.language.messages import N_
from dashboard.store.manifest import MANIFEST, Manifest, StoreError, Version
from dashboard.store.saying import Saying

RECHECK_SECONDS = 30
"""After so long a version that was found damaged is looked through again: the disk may have been
away for a moment.
"""
DIFFERS = N_("{file} differs from its manifest")
FileStamps = tuple[tuple[int, int, int] | None, ...]


@dataclass(frozen=True)
class _Verdict:
    seen: FileStamps
    damage: Saying | None
    until: float


_lock = threading.Lock()
_verdicts: dict[Path, _Verdict] = {}


def find_damage(version: Version) -> Saying | None:
    """Describe the damage to the files of a version; None where they are whole. It costs a look at
    each file's size and date, and the comparison of every byte when one of them has changed.
    """
    with _lock:
        seen, known = _stamp_files(version), _verdicts.get(version.folder)
        if known is None or known.seen != seen or time.monotonic() > known.until:
            found = version.damage()
            until = float("inf") if found is None else time.monotonic() + RECHECK_SECONDS
            known = _Verdict(seen, Saying(DIFFERS, {"file": found}) if found else None, until)
            _verdicts[version.folder] = known
        return known.damage


def mark_damaged(folder: Path, reason: str, *, sure: bool) -> bool:
    """Mark a version damaged whose reading went wrong, and return whether its files are at fault,
    as the reader of the database is `sure` of or comparing them shows. Such a version is not served
    until a file of it changes, or for DOUBTED_SECONDS, after which it is looked through again.
    """
    try:
        version = Version(folder, Manifest.read(folder / MANIFEST))
    except StoreError:
        return True  # without its manifest it is not served anyway
    if not sure and version.damage() is None:
        return False
    with _lock:
        _verdicts[folder] = _Verdict(
            _stamp_files(version), Saying(reason), time.monotonic() + RECHECK_SECONDS
        )
    return True


def _stamp_files(version: Version) -> FileStamps:
    return tuple(_stamp_file(version.folder / name) for name in (MANIFEST, *version.manifest.files))


def _stamp_file(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns
