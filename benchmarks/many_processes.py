"""One and two processes behind nginx: what readers wait for, and what it costs in memory.

The reader is that of many_readers.py, who opens the page first, as a browser does: its cookie leads the
WebSocket to one process.
"""

import random
import statistics
import tempfile
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import psutil
from tests.support.sessions import Session, cookie_of_a_page, session

from benchmarks.many_readers import p95
from benchmarks.pages import MONTHS, OURS
from dashboard.server.multiprocess import run_processes
from dashboard.server.multiprocess.nginx import is_free

PAUSE = 20.0
"""Seconds between two clicks of a reader, on average."""


@dataclass(frozen=True)
class Crowd:
    """So many processes at one address."""

    base: str
    processes: list[psutil.Process]

    def memory(self) -> float:
        """Megabytes that all of them hold, without nginx."""
        return sum(process.memory_info().rss for process in self.processes) / 1e6


def _ask(page: Session, month: str) -> float:
    start = time.perf_counter()
    page.ask(f"month={month}", page="events")
    page.finished(120)
    return time.perf_counter() - start


def together(crowd: Crowd, number: int) -> list[float]:
    """Seconds until each of so many readers who open the page at once has its answer."""
    gate = threading.Barrier(number)

    def one(_: int) -> float:
        gate.wait()
        start = time.perf_counter()
        with session(crowd.base, cookie=cookie_of_a_page(crowd.base)) as page:
            _ask(page, "2025-05")
            return time.perf_counter() - start

    with ThreadPoolExecutor(number) as readers:
        return list(readers.map(one, range(number)))


def thinking(crowd: Crowd, number: int, seconds: float) -> tuple[list[float], float]:
    """Seconds that each click takes, of so many readers who click about every 20 seconds; and the
    megabytes that the processes hold while all these pages are open.
    """
    waits: list[float] = []
    held: list[float] = []
    until = time.perf_counter() + seconds

    def one(nr: int) -> None:
        choose = random.Random(nr)
        with session(crowd.base, cookie=cookie_of_a_page(crowd.base)) as page:
            time.sleep(choose.uniform(0, min(PAUSE, seconds / 2)))
            while time.perf_counter() < until:
                waits.append(_ask(page, choose.choice(MONTHS)))
                if nr == 0:
                    held.append(crowd.memory())
                time.sleep(choose.uniform(0.5, 1.5) * min(PAUSE, seconds / 2))

    with ThreadPoolExecutor(number) as readers:
        list(readers.map(one, range(number)))
    return waits, held[-1]


def measure(
    store: Path, viewers: Sequence[int], seconds: float = 60, processes: Sequence[int] = (1, 2)
) -> list[str]:
    """Rows of the table."""
    rows = []
    for number in processes:
        with tempfile.TemporaryDirectory() as folder:
            port = next(port for port in range(18_500, 19_500) if is_free(port))
            with run_processes(number, port, store, Path(folder)) as programs:
                pids = [program.running.pid for program in programs[:-1] if program.running]
                rows += _rows(
                    Crowd(f"http://127.0.0.1:{port}", [psutil.Process(pid) for pid in pids]),
                    viewers,
                    seconds,
                )
    return rows


def _rows(crowd: Crowd, viewers: Sequence[int], seconds: float) -> list[str]:
    name = f"{OURS}, {len(crowd.processes)} behind nginx"
    together(crowd, 2 * len(crowd.processes))  # every process has run the page
    opened = [wait for _ in range(3) for wait in together(crowd, 20)]
    rows = [
        (
            f"| 20 readers open at once: median, p95 | {name} | {_both(opened)} | {crowd.memory():.0f}"
            " MB in all afterwards |"
        )
    ]
    for number in viewers:
        waits, held = thinking(crowd, number, seconds)
        rows.append(
            f"| {number} readers, a click each 20 s: median, p95 | {name} | {_both(waits)} |"
            f" {held:.0f} MB in all meanwhile |"
        )
    return rows


def _both(waits: list[float]) -> str:
    return f"{statistics.median(waits) * 1000:.0f} ms, {p95(waits) * 1000:.0f} ms"
