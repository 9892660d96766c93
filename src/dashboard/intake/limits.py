"""Files of strangers are parsed in a process of their own, with limits on memory, processor and time.

A workbook of 54 KB can cost openpyxl 21 s and any amount of memory; see TRUST in docs. Only bytes go in and
only JSON comes out, so that nothing a parser is talked into reaches the server.
"""

import contextlib
import importlib
import io
import os
import resource
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

CPU_SECONDS = 30
WALL_SECONDS = 60
"""On a busy machine the clock runs on while the process waits: the processor's time is what a file costs."""
MEMORY_BYTES = 1024**3
WRITTEN_BYTES = 512 * 1024**2
MAX_ENTRIES = 2000
MAX_UNPACKED_BYTES = 400 * 1024**2
MAX_RATIO = 250
"""Workbooks shrink five to forty times; a bomb a thousand times. Below 10 MB the ratio does not matter."""
RATIO_FROM_BYTES = 10 * 1024**2

TASKS = {
    "workbook": ("dashboard.intake.workbooks", "read"),
    "calendar": ("dashboard.intake.ics", "read"),
    "mark": ("dashboard.intake.marking", "mark"),
    "presentation": ("dashboard.share.slides.opening", "tried"),
}


class Unreadable(Exception):
    """A file that cannot be read. `rule` says why, `mend` what to do; `row` and `value` where, if that is known."""

    def __init__(self, rule: str, mend: str, *, row: int | None = None, value: str | None = None) -> None:
        super().__init__(rule)
        self.rule, self.mend, self.row, self.value = rule, mend, row, value


@dataclass(frozen=True)
class Sort:
    """A sort of file in words: what it is called, how it ends, and what mends one that is too large or damaged."""

    name: str
    ending: str
    old: str
    smaller: str
    anew: str
    copied: str


WORKBOOK = Sort(
    "workbook", ".xlsx", ".xls", "Split it, or save each sheet as CSV.",
    "Open it in the spreadsheet, save, upload again.", "Copy the records into a new workbook.",
)  # fmt: skip
PRESENTATION = Sort(
    "presentation", ".pptx", ".ppt", "Split it, or make its pictures smaller.",
    "Open it in the presentation program, save it as .pptx, give it again.", "Copy the slides into a new presentation.",
)  # fmt: skip


def look_inside(data: bytes, sort: Sort = WORKBOOK) -> None:
    """Look at the directory of a workbook, or of another sort of file, before anything is unpacked. Raises Unreadable."""
    if data.startswith(b"%PDF"):
        raise Unreadable(f"the file is a PDF, not a {sort.name}", f"Give the {sort.name} itself.")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(
            f"the file is an old {sort.old}, or protected by a password",
            f"Save it as {sort.ending} without a password.",
        )
    if data.count(b"PK\x01\x02") > 2 * MAX_ENTRIES:  # before the directory itself fills the memory
        raise Unreadable(f"the {sort.name} is too large when unpacked", sort.smaller)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        raise Unreadable(f"the file is not a {sort.name}, or only part of it arrived", sort.anew) from None
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED_BYTES:
        raise Unreadable(f"the {sort.name} is too large when unpacked", sort.smaller)
    if unpacked > RATIO_FROM_BYTES and unpacked / packed > MAX_RATIO:
        raise Unreadable(f"the {sort.name} unpacks to far more than it is", sort.copied)
    if any(entry.filename.lower().endswith("vbaproject.bin") for entry in entries):
        raise Unreadable(f"the {sort.name} holds macros", f"Save it as {sort.ending}, without macros.")


def run(
    task: str, data: bytes, argument: Any = None, *, cpu_seconds: int = CPU_SECONDS, sort: Sort = WORKBOOK
) -> bytes:
    """Do one of TASKS on data in a limited process; returns what it wrote. Raises Unreadable, in the words of the sort
    of file."""
    head = orjson.dumps({"argument": argument, "cpu_seconds": cpu_seconds})
    with tempfile.TemporaryDirectory(prefix="dashboard-intake-") as folder:
        try:
            done = subprocess.run(  # noqa: S603 - our own interpreter and module, no words of a file
                [sys.executable, "-m", "dashboard.intake.limits", task],
                input=len(head).to_bytes(8, "big") + head + data,
                capture_output=True, timeout=WALL_SECONDS, check=False, env=_environment(folder), cwd=folder,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            raise _too_much(sort) from None
    if done.returncode == BROKEN:
        raise Unreadable("the file is damaged or not what its name says", "Open it, save it anew, upload again.")
    if done.returncode != 0:
        raise _too_much(sort)
    return done.stdout


def _too_much(sort: Sort) -> Unreadable:
    return Unreadable(
        f"reading the file takes more than {CPU_SECONDS} seconds or 1 GB of memory", f"{sort.smaller} {sort.copied}"
    )


def _environment(folder: str) -> dict[str, str]:
    """Only what Python needs: no secret of the server reaches the process. One thread of BLAS, because each
    takes memory."""
    return {
        "PYTHONPATH": os.pathsep.join(str(Path(entry).resolve()) for entry in sys.path if entry),
        "PYTHONDONTWRITEBYTECODE": "1", "PYTHONWARNINGS": "ignore", "OPENBLAS_NUM_THREADS": "1", "TMPDIR": folder,
        "PATH": os.defpath, "TZ": "UTC",
    }  # fmt: skip


BROKEN, OUT_OF_MEMORY = 3, 4


def _limit(cpu_seconds: int) -> None:
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_FSIZE, WRITTEN_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):  # some systems know no limit of this kind
            resource.setrlimit(kind, (most, most))


def main(task: str) -> int:
    """What the limited process does: read, work, write."""
    given = sys.stdin.buffer.read()
    start = 8 + int.from_bytes(given[:8], "big")
    head = orjson.loads(given[8:start])
    _limit(head["cpu_seconds"])
    module, function = TASKS[task]
    try:
        answer: bytes = getattr(importlib.import_module(module), function)(given[start:], head["argument"])
    except MemoryError:
        return OUT_OF_MEMORY
    except Exception:  # noqa: BLE001 - whatever a damaged file makes the libraries raise, it is damaged
        return BROKEN
    sys.stdout.buffer.write(answer)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
