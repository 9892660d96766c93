"""Files of strangers are parsed in a process of their own, with limits on memory, processor and
time.

A workbook of 54 KB can cost openpyxl 21 s and any amount of memory, 62 MB of short rows of CSV 65 s
and 6 GB. Only bytes go in and only bytes come out, so that nothing a parser is talked into reaches
the server, and not more than so many rows and cells. So many files are read at the same time; the
others wait.
"""

import contextlib
import errno
import importlib
import io
import json
import resource
import signal
import tempfile
import threading
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import orjson

from dashboard.intake.forkserver import ForkServer

CPU_SECONDS = 30
WALL_SECONDS = 60
"""On a busy machine the clock runs on while the process waits: the processor's time is what a file
costs.
"""
MEMORY_BYTES = 1024**3
WRITTEN_BYTES, ANSWER_BYTES = 512 * 1024**2, 256 * 1024**2
AT_ONCE, PATIENCE_SECONDS = 2, 60
"""So many files are read at the same time by a server; how long one waits for its turn."""
MAX_ROWS, MAX_CELLS, MAX_LINES = 250_000, 4_000_000, 1_048_576
"""Of the files of one delivery together: rows that hold something, and their cells. Of a file: rows
in all, as many as a spreadsheet has.
"""
MAX_ENTRIES = 2000
MAX_UNPACKED_BYTES = 400 * 1024**2
MAX_RATIO = 250
"""Workbooks shrink five to forty times; a bomb a thousand times. Below 10 MB the ratio does not
matter.
"""
RATIO_FROM_BYTES = 10 * 1024**2

TASKS = {
    "csv": ("dashboard.intake.csv_rows", "read"),
    "workbook": ("dashboard.intake.workbooks", "read"),
    "calendar": ("dashboard.intake.ics", "read"),
    "mark": ("dashboard.intake.marking", "mark"),
    "refresh": ("dashboard.export.refresh_isolated", "work"),
}
PRELOADED = ("dashboard.intake.csv_rows", "dashboard.intake.workbooks", "dashboard.intake.ics")
"""What does not start threads: the others are imported where they are needed."""
T = TypeVar("T")


class Unreadable(Exception):
    """A file that cannot be read. `rule` says why, `mend` what to do; `row` and `value` where, if
    that is known.
    """

    def __init__(
        self, rule: str, mend: str, *, row: int | None = None, value: str | None = None
    ) -> None:
        super().__init__(rule)
        self.rule, self.mend, self.row, self.value = rule, mend, row, value

    def parts(self) -> dict[str, Any]:
        """What Unreadable(**parts) is made of again: so it comes out of the limited process."""
        return {"rule": self.rule, "mend": self.mend, "row": self.row, "value": self.value}


@dataclass(frozen=True)
class Sort:
    """A sort of file in words: what it is called, how it ends, and what mends one that is too large
    or damaged.
    """

    name: str
    ending: str
    old: str
    smaller: str
    anew: str
    copied: str


@dataclass
class Room:
    """How many rows and cells a delivery may still hold."""

    rows: int = MAX_ROWS
    cells: int = MAX_CELLS

    def admitted(
        self, rows: Iterable[tuple[int, T]], width: Callable[[T], int]
    ) -> Iterator[tuple[int, T]]:
        """Numbered rows as they come, counted; `width` says how many cells one has, 0 where it
        holds nothing and is left out. Raises Unreadable at the first one that is too many.
        """
        for line, (number, row) in enumerate(rows, start=1):
            cells = width(row)
            if line > MAX_LINES:
                raise Unreadable(f"the file has more than {MAX_LINES:,} rows", SPLIT)
            if cells:
                self.take(1, cells)
                yield number, row

    def take(self, rows: int, cells: int) -> None:
        """Count what was read. Raises Unreadable where it is too much."""
        self.rows -= rows
        self.cells -= cells
        if self.rows < 0:
            raise Unreadable(f"the files hold more than {MAX_ROWS:,} rows together", SPLIT)
        if self.cells < 0:
            raise Unreadable(f"the files hold more than {MAX_CELLS:,} cells together", SPLIT)


SPLIT = "Split it, and give the parts one after the other."
WORKBOOK = Sort(
    "workbook",
    ".xlsx",
    ".xls",
    "Split it, or save each sheet as CSV.",
    "Open it in the spreadsheet, save, upload again.",
    "Copy the records into a new workbook.",
)
TEXT = Sort(
    "CSV file",
    ".csv",
    "",
    SPLIT,
    "Open it in the spreadsheet, save it as CSV UTF-8.",
    "Or give it as a workbook.",
)
PRESENTATION = Sort(
    "presentation",
    ".pptx",
    ".ppt",
    "Split it, or make its pictures smaller.",
    "Open it in the presentation program, save it as .pptx, give it again.",
    "Copy the slides into a new presentation.",
)


def look_inside(data: bytes, sort: Sort = WORKBOOK) -> None:
    """Look at the directory of a workbook, or of another sort of file, before anything is unpacked.
    Raises Unreadable.
    """
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
        raise Unreadable(
            f"the file is not a {sort.name}, or only part of it arrived", sort.anew
        ) from None
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED_BYTES:
        raise Unreadable(f"the {sort.name} is too large when unpacked", sort.smaller)
    if unpacked > RATIO_FROM_BYTES and unpacked / packed > MAX_RATIO:
        raise Unreadable(f"the {sort.name} unpacks to far more than it is", sort.copied)
    if any(entry.filename.lower().endswith("vbaproject.bin") for entry in entries):
        raise Unreadable(
            f"the {sort.name} holds macros", f"Save it as {sort.ending}, without macros."
        )


def run(
    task: str,
    data: bytes,
    argument: Any = None,
    *,
    cpu_seconds: int = CPU_SECONDS,
    sort: Sort = WORKBOOK,
) -> bytes:
    """Do one of TASKS on data in a limited process; returns what it wrote. Raises Unreadable, in
    the words of the sort of file.
    """
    if not TURNS.acquire(timeout=PATIENCE_SECONDS):
        raise Unreadable("other files are being read just now", "Give it again in a minute.")
    try:
        with tempfile.TemporaryDirectory(prefix="dashboard-intake-") as folder:
            head = orjson.dumps(
                {
                    "task": task,
                    "argument": argument,
                    "cpu_seconds": cpu_seconds,
                    "seconds": WALL_SECONDS,
                    "folder": folder,
                }
            )
            found = SERVER.ask(
                [len(head).to_bytes(8, "big"), head, data], WALL_SECONDS, ANSWER_BYTES
            )
    except OSError as error:  # no room for a folder, no process to be had
        raise Unreadable(
            f"the server cannot read files just now ({error.strerror or error})", FULL
        ) from None
    finally:
        TURNS.release()
    return _answer(found, sort)


TURNS = threading.BoundedSemaphore(AT_ONCE)
SERVER = ForkServer("dashboard.intake.limits:work", PRELOADED)
FULL = "Tell whoever runs the server; its disk may be full."
DONE, REFUSED, BROKEN, OUT_OF_MEMORY = b"d", b"r", b"b", b"m"


def _answer(found: bytes, sort: Sort) -> bytes:
    kind, answer = found[:1], found[1:]
    if kind == DONE:
        return answer
    if kind == REFUSED:
        raise Unreadable(**json.loads(answer))
    if kind == BROKEN:
        raise Unreadable(
            "the file is damaged or not what its name says", "Open it, save it anew, upload again."
        )
    raise Unreadable(
        f"reading the file takes more than {CPU_SECONDS} seconds or 1 GB of memory",
        f"{sort.smaller} {sort.copied}",
    )


def work(given: bytes) -> bytes:
    """What the limited process does: it gives itself limits, works, and answers."""
    start = 8 + int.from_bytes(given[:8], "big")
    head, data = orjson.loads(given[8:start]), given[start:]
    tempfile.tempdir = head["folder"]
    module, function = TASKS[head["task"]]
    do = getattr(importlib.import_module(module), function)
    _limit(head["cpu_seconds"], head["seconds"])
    try:
        answer: bytes = do(data, head["argument"])
    except MemoryError:
        return OUT_OF_MEMORY
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            return BROKEN
        return REFUSED + orjson.dumps(Unreadable("the disk of the server is full", FULL).parts())
    except Unreadable as fault:
        return REFUSED + json.dumps(fault.parts()).encode()
    except Exception:  # noqa: BLE001 - whatever a damaged file makes the libraries raise, it is damaged
        return BROKEN
    return DONE + answer


def _limit(cpu_seconds: int, seconds: float) -> None:
    signal.setitimer(signal.ITIMER_REAL, seconds)  # it kills
    for kind, most in (
        (resource.RLIMIT_AS, _taken() + MEMORY_BYTES),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_FSIZE, WRITTEN_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):  # some systems know no limit of this kind
            resource.setrlimit(kind, (most, most))


def _taken() -> int:
    """Bytes of addresses that the program itself takes; 0 where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    except (OSError, ValueError):
        return 0
