"""Durable writes: what is written is on the disk before the next step begins, and outlives a crash.

Every write, fsync and rename of the store that Python does goes through here, so that the fault
tests can let the Nth one fail.
"""

import errno
import json
import os
from pathlib import Path
from typing import Any

from dashboard.language.messages import N_
from dashboard.store.saying import Saying

DISK_FULL_ERRORS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
DISK_FULL = N_("the disk is full ({error}): make room on it, and do it again")
FILE_UNUSABLE = N_("a file cannot be used ({error}): let whoever runs the server look at the disk")


def describe_disk_fault(error: Exception) -> str:
    """Describe what is wrong with a disk, and what to do. DuckDB gives no number of a fault, only
    the text that the system has for it.
    """
    return str(explain_disk_fault(error))


def explain_disk_fault(error: Exception) -> Saying:
    """Describe the same to be said later, to a reader."""
    full = getattr(error, "errno", None) in DISK_FULL_ERRORS or os.strerror(errno.ENOSPC) in str(
        error
    )
    return Saying(DISK_FULL if full else FILE_UNUSABLE, {"error": str(error).splitlines()[0][:300]})


def failpoint(name: str) -> None:
    """Mark a point at which the fault tests stop the process; does nothing by itself."""


def write(path: Path, text: str, mode: int = 0o644) -> None:
    """Write a file in one step: readers see the old text or the new, never half of it."""
    temporary = path.with_name(path.name + ".new")
    _write_all(temporary, text.encode(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    os.replace(temporary, path)  # noqa: PTH105 - one door for the fault tests
    fsync(path.parent)


def write_json(path: Path, content: Any, mode: int = 0o644) -> None:
    """Write a value as JSON in one step."""
    write(path, json.dumps(content, indent=2, ensure_ascii=False) + "\n", mode)


def append_line(path: Path, line: str) -> None:
    """Add a line to a file that only grows. A line that a crash cut off is removed first."""
    text = path.read_bytes() if path.exists() else b""
    whole = text.rfind(b"\n") + 1
    if whole != len(text):
        os.truncate(path, whole)
    _write_all(path, (line + "\n").encode(), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    fsync(path.parent)


def read_json(path: Path, default: Any) -> Any:
    """Read the value of a JSON file, or the default where there is none. Raises ValueError for a
    damaged one.
    """
    try:
        return json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return default


def remove(path: Path) -> None:
    """Delete a file durably."""
    path.unlink(missing_ok=True)
    fsync(path.parent)


def move(old: Path, new: Path) -> None:
    """Rename on the same file system and make both folders remember it."""
    os.rename(old, new)  # noqa: PTH104 - one door for the fault tests
    fsync(new.parent)
    if old.parent != new.parent:
        fsync(old.parent)


def fsync_tree(folder: Path) -> None:
    """Make a folder and everything in it durable."""
    for path in [*folder.rglob("*"), folder]:
        fsync(path)


def fsync(path: Path) -> None:
    """Make a file or a folder durable."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_all(path: Path, data: bytes, flags: int, mode: int = 0o644) -> None:
    descriptor = os.open(path, flags, mode)
    try:
        while data:
            data = data[os.write(descriptor, data) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
