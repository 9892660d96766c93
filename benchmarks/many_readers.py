"""What many readers wait for: without browsers, which would have to share this machine with the
server.

A reader of ours is a WebSocket that has the page run, as the frontend does
(tests/support/sessions.py); a reader of the bare page asks for its figures. What arrives is read to
the end, and nothing is drawn.
"""

import random
import statistics
import threading
import time
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from tests.support.sessions import session

from benchmarks.pages import FLOOR, MONTHS, OURS, REFERENCE, Target

Ask = Callable[[str], None]


def _http(target: Target) -> tuple[Ask, Callable[[], None]]:
    def ask(month: str) -> None:
        with urllib.request.urlopen(f"{target.base}/figure?month={month}", timeout=120) as answer:
            answer.read()

    return ask, lambda: None


def _socket(target: Target) -> tuple[Ask, Callable[[], None]]:
    opened = session(target.base)
    reader = opened.__enter__()

    def ask(month: str) -> None:
        reader.ask(f"month={month}", page=target.path.strip("/"))
        reader.finished(120)

    return ask, lambda: opened.__exit__(None, None, None)


def _reader(target: Target) -> tuple[Ask, Callable[[], None]]:
    return _http(target) if target.name == REFERENCE else _socket(target)


def together(target: Target, number: int = 20) -> float:
    """Seconds until the last of them has its answer, when all open the page at once."""
    gate = threading.Barrier(number + 1)

    def one(_: int) -> float:
        gate.wait()
        ask, leave = _reader(target)
        ask("2025-05")
        seconds = time.perf_counter()
        leave()
        return seconds

    with ThreadPoolExecutor(number) as readers:
        answers = [readers.submit(one, nr) for nr in range(number)]
        gate.wait()
        start = time.perf_counter()
        return max(answer.result() for answer in answers) - start


def thinking(target: Target, number: int, seconds: float = 60, pause: float = 20) -> list[float]:
    """Seconds that each click takes, of so many readers who click about every 20 seconds."""
    waits: list[float] = []
    until = time.perf_counter() + seconds

    def one(nr: int) -> None:
        choose = random.Random(nr)
        ask, leave = _reader(target)
        time.sleep(choose.uniform(0, pause if number > 1 else 0))
        while time.perf_counter() < until:
            start = time.perf_counter()
            ask(choose.choice(MONTHS))
            waits.append(time.perf_counter() - start)
            time.sleep(choose.uniform(0.5, 1.5) * (pause if number > 1 else 1))
        leave()

    with ThreadPoolExecutor(number) as readers:
        list(readers.map(one, range(number)))
    return waits


def measure(targets: list[Target], viewers: list[int]) -> list[str]:
    """Rows of the table."""
    rows = []
    reference = statistics.median(
        together(next(t for t in targets if t.name == REFERENCE)) for _ in range(3)
    )
    for target in (t for t in targets if t.name in (REFERENCE, FLOOR, OURS)):
        last = statistics.median(together(target) for _ in range(3))
        rows.append(
            f"| 20 readers open at once, last answer | {target.name} | {last * 1000:.0f} ms |"
            f" {last / reference:.1f} × bare |"
        )
    ours = next(t for t in targets if t.name == OURS)
    single = p95(thinking(ours, 1, 30))
    rows.append(
        f"| one reader, a click each second, p95 | {ours.name} | {single * 1000:.0f} ms | 1.0 |"
    )
    for number in viewers:
        before = ours.memory()
        waits = thinking(ours, number)
        rows.append(
            f"| {number} readers, a click each 20 s: median, p95 | {ours.name} |"
            f" {statistics.median(waits) * 1000:.0f} ms, {p95(waits) * 1000:.0f} ms |"
            f" {p95(waits) / single:.1f} × one reader |"
        )
        rows.append(
            f"| memory after them, and for each | {ours.name} | {ours.memory():.0f} MB |"
            f" {max(0.0, ours.memory() - before) / number:.2f} MB |"
        )
    return rows


def p95(values: list[float]) -> float:
    """The wait that one of twenty exceeds."""
    return statistics.quantiles(values, n=20)[-1] if len(values) > 1 else values[0]
