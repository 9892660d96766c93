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
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

import orjson

from dashboard.intake.forkserver import ForkServer
from dashboard.intake.messages import Complaint, Text, _, join_sentences, read_text
from dashboard.language.messages import current_language, speaking

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
    "csv": ("dashboard.intake.csv_rows", "read_csv"),
    "workbook": ("dashboard.intake.workbooks", "read_workbook"),
    "calendar": ("dashboard.intake.ical_file", "read_calendar"),
    "mark": ("dashboard.intake.workbook_writer", "mark_problems"),
    "refresh": ("dashboard.export.refresh_isolated", "work"),
}
PRELOADED = (
    "dashboard.intake.csv_rows",
    "dashboard.intake.workbooks",
    "dashboard.intake.ical_file",
)
"""What does not start threads: the others are imported where they are needed."""
T = TypeVar("T")


class UnreadableFile(Complaint, Exception):
    """A file that cannot be read. `said` is why, `mend` what to do; `row` and `value` where, if
    that is known; `code` is the id of the reason.
    """

    def __init__(
        self,
        said: Text,
        mend: Text,
        *,
        row: int | None = None,
        value: str | None = None,
        code: str = "unreadable-file",
    ) -> None:
        super().__init__(said)
        self.said, self.mend = said, mend
        self.row, self.value, self.code = row, value, code

    def parts(self) -> dict[str, Any]:
        """Return what read_unreadable() makes it of again outside the limited process; a Message in
        it is a dataclass.
        """
        names = ("said", "mend", "row", "value", "code")
        return {name: getattr(self, name) for name in names}


def read_unreadable(parts: Mapping[str, Any]) -> UnreadableFile:
    """Make the fault again of which JSON has the parts()."""
    said, mend = read_text(parts["said"]), read_text(parts["mend"])
    return UnreadableFile(said, mend, row=parts["row"], value=parts["value"], code=parts["code"])


@dataclass(frozen=True)
class FileKind:
    """A sort of file in words: what mends one that is too large (`smaller`), is damaged (`anew`) or
    costs too much (`copied`); of one that is an archive also why it is refused.
    """

    smaller: Text
    anew: Text
    copied: Text
    archive: "ArchiveWords | None" = None


@dataclass(frozen=True)
class ArchiveWords:
    """Messages and hints on an archive of a sort: it is `broken` or none; it is a PDF (`pdf`,
    `itself`), the `old` form of its program (`new_form`); it is a `bomb`, too `large` or has
    `macros` (`no_macros`).
    """

    broken: Text
    pdf: Text
    itself: Text
    old: Text
    new_form: Text
    bomb: Text
    large: Text
    macros: Text
    no_macros: Text


@dataclass
class RowBudget:
    """How many rows and cells a delivery may still hold."""

    rows: int = MAX_ROWS
    cells: int = MAX_CELLS

    def admitted(
        self, rows: Iterable[tuple[int, T]], width: Callable[[T], int]
    ) -> Iterator[tuple[int, T]]:
        """Count numbered rows as they come and pass them on; `width` says how many cells one has, 0
        where it holds nothing and is left out. Raises UnreadableFile at the first one too many.
        """
        for line, (number, row) in enumerate(rows, start=1):
            cells = width(row)
            if line > MAX_LINES:
                message = _("the file has more than {n:,} rows", n=MAX_LINES)
                raise UnreadableFile(message, SPLIT, code="too-many-rows")
            if cells:
                self.take(1, cells)
                yield number, row

    def take(self, rows: int, cells: int) -> None:
        """Count what was read. Raises UnreadableFile where it is too much."""
        self.rows -= rows
        self.cells -= cells
        if self.rows < 0:
            message = _("the files hold more than {n:,} rows together", n=MAX_ROWS)
            raise UnreadableFile(message, SPLIT, code="too-many-rows")
        if self.cells < 0:
            message = _("the files hold more than {n:,} cells together", n=MAX_CELLS)
            raise UnreadableFile(message, SPLIT, code="too-many-cells")


SPLIT = _("Split it, and give the parts one after the other.")
WORKBOOK = FileKind(
    _("Split it, or save each sheet as CSV."),
    _("Open it in the spreadsheet, save, upload again."),
    _("Copy the records into a new workbook."),
    ArchiveWords(
        _("the file is not a workbook, or only part of it arrived"),
        _("the file is a PDF, not a workbook"),
        _("Give the workbook itself."),
        _("the file is an old .xls, or protected by a password"),
        _("Save it as .xlsx without a password."),
        _("the workbook unpacks to far more than it is"),
        _("the workbook is too large when unpacked"),
        _("the workbook holds macros"),
        _("Save it as .xlsx, without macros."),
    ),
)
TEXT = FileKind(
    SPLIT,
    _("Open it in the spreadsheet, save it as CSV UTF-8."),
    _("Or give it as a workbook."),
)
PRESENTATION = FileKind(
    _("Split it, or make its pictures smaller."),
    _("Open it in the presentation program, save it as .pptx, give it again."),
    _("Copy the slides into a new presentation."),
    ArchiveWords(
        _("the file is not a presentation, or only part of it arrived"),
        _("the file is a PDF, not a presentation"),
        _("Give the presentation itself."),
        _("the file is an old .ppt, or protected by a password"),
        _("Save it as .pptx without a password."),
        _("the presentation unpacks to far more than it is"),
        _("the presentation is too large when unpacked"),
        _("the presentation holds macros"),
        _("Save it as .pptx, without macros."),
    ),
)
DOCUMENT = FileKind(
    _("Split it, or make its pictures smaller."),
    _("Open it in the word processor, save it as .docx, give it again."),
    _("Copy the text into a new document."),
    ArchiveWords(
        _("the file is not a document, or only part of it arrived"),
        _("the file is a PDF, not a document"),
        _("Give the document itself."),
        _("the file is an old .doc, or protected by a password"),
        _("Save it as .docx without a password."),
        _("the document unpacks to far more than it is"),
        _("the document is too large when unpacked"),
        _("the document holds macros"),
        _("Save it as .docx, without macros."),
    ),
)


def check_archive(data: bytes, sort: FileKind = WORKBOOK) -> None:
    """Check the directory of a workbook, or of another sort of file, before anything is unpacked.
    Raises UnreadableFile.
    """
    words = sort.archive
    assert words is not None
    _check_beginning(data, words)
    if data.count(b"PK\x01\x02") > 2 * MAX_ENTRIES:  # before the directory itself fills the memory
        raise _too_large(sort, words)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        raise UnreadableFile(words.broken, sort.anew, code="not-an-archive") from None
    _check_entries(entries, sort, words)


def _check_beginning(data: bytes, words: ArchiveWords) -> None:
    """Refuse what is known to be another sort of file by its first bytes. Raises UnreadableFile."""
    if data.startswith(b"%PDF"):
        raise UnreadableFile(words.pdf, words.itself, code="other-format")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableFile(words.old, words.new_form, code="other-format")


def _check_entries(entries: list[zipfile.ZipInfo], sort: FileKind, words: ArchiveWords) -> None:
    """Refuse an archive that is too large when unpacked, or holds macros. Raises UnreadableFile."""
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED_BYTES:
        raise _too_large(sort, words)
    if unpacked > RATIO_FROM_BYTES and unpacked / packed > MAX_RATIO:
        raise UnreadableFile(words.bomb, sort.copied, code="too-large")
    if any(entry.filename.lower().endswith("vbaproject.bin") for entry in entries):
        raise UnreadableFile(words.macros, words.no_macros, code="macros")


def _too_large(sort: FileKind, words: ArchiveWords) -> UnreadableFile:
    return UnreadableFile(words.large, sort.smaller, code="too-large")


def run_isolated(
    task: str,
    data: bytes,
    argument: Any = None,
    *,
    cpu_seconds: int = CPU_SECONDS,
    sort: FileKind = WORKBOOK,
) -> bytes:
    """Do one of TASKS on data in a limited process; returns what it wrote. Raises UnreadableFile,
    in the words of the sort of file.
    """
    if not TURNS.acquire(timeout=PATIENCE_SECONDS):
        message, hint = _("other files are being read just now"), _("Give it again in a minute.")
        raise UnreadableFile(message, hint, code="server-busy")
    try:
        found = _ask_server(task, data, argument, cpu_seconds)
    except OSError as error:  # no room for a folder, no process to be had
        reason = error.strerror or str(error)
        message = _("the server cannot read files just now ({reason})", reason=reason)
        raise UnreadableFile(message, FULL, code="server-fault") from None
    finally:
        TURNS.release()
    return _open_answer(found, sort)


def _ask_server(task: str, data: bytes, argument: Any, cpu_seconds: int) -> bytes:
    """Send the work with a folder of its own to the process that does it. Raises OSError."""
    with tempfile.TemporaryDirectory(prefix="dashboard-intake-") as folder:
        head = orjson.dumps(
            {
                "task": task,
                "argument": argument,
                "cpu_seconds": cpu_seconds,
                "seconds": WALL_SECONDS,
                "language": current_language(),
                "folder": folder,
            }
        )
        return SERVER.ask([len(head).to_bytes(8, "big"), head, data], WALL_SECONDS, ANSWER_BYTES)


TURNS = threading.BoundedSemaphore(AT_ONCE)
SERVER = ForkServer("dashboard.intake.limits:run_task", PRELOADED)
FULL = _("Tell whoever runs the server; its disk may be full.")
DONE, REFUSED, BROKEN, OUT_OF_MEMORY = b"d", b"r", b"b", b"m"


def _open_answer(found: bytes, sort: FileKind) -> bytes:
    """Return what the work gave back. Raises UnreadableFile for what it refused or did not finish."""
    kind, answer = found[:1], found[1:]
    if kind == DONE:
        return answer
    if kind == REFUSED:
        raise read_unreadable(json.loads(answer))
    if kind == BROKEN:
        message = _("the file is damaged or not what its name says")
        raise UnreadableFile(
            message, _("Open it, save it anew, upload again."), code="damaged-file"
        )
    message = _("reading the file takes more than {n} seconds or 1 GB of memory", n=CPU_SECONDS)
    hint = join_sentences(sort.smaller, sort.copied)
    raise UnreadableFile(message, hint, code="too-costly")


def run_task(given: bytes) -> bytes:
    """Do a task in the limited process: it gives itself limits, works, and answers."""
    start = 8 + int.from_bytes(given[:8], "big")
    head, data = orjson.loads(given[8:start]), given[start:]
    tempfile.tempdir = head["folder"]
    module, function = TASKS[head["task"]]
    do = getattr(importlib.import_module(module), function)
    _limit(head["cpu_seconds"], head["seconds"])
    with speaking(head["language"]):
        return _answer(lambda: do(data, head["argument"]))


def _answer(do: Callable[[], bytes]) -> bytes:
    """Do the work and say how it ended, as _open_answer reads it."""
    try:
        return DONE + do()
    except MemoryError:
        return OUT_OF_MEMORY
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            return BROKEN
        full = UnreadableFile(_("the disk of the server is full"), FULL, code="server-fault")
        return REFUSED + orjson.dumps(full.parts())
    except UnreadableFile as fault:
        return REFUSED + json.dumps(fault.parts(), default=asdict).encode()
    except Exception:  # noqa: BLE001 - whatever a damaged file makes the libraries raise, it is damaged
        return BROKEN


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
    """Count the bytes of addresses that the program itself takes; 0 where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    except (OSError, ValueError):
        return 0
