"""The pages that are measured, each in a process of its own."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from playwright.sync_api import Page
from tests.serving import free_port, start, wait_for

ROOT = Path(__file__).resolve().parents[1]
MONTHS = {f"2025-{number:02}": name for number, name in enumerate(
    "January February March April May June July August September October November December".split(), start=1)}  # fmt: skip
YEAR = ""
REFERENCE, FLOOR, PEER, OURS = "bare page", "empty Streamlit page", "Dash", "our Events page"
Change = Callable[[Page, str], None]


@dataclass(frozen=True)
class Target:
    """One page: where it is, how it goes from the whole year to a month and back, and where its heading is."""

    name: str
    base: str
    path: str
    choose: Change
    back: Change
    heading: str
    process: psutil.Process

    def painted(self, page: Page, month: str) -> None:
        """Wait until the heading and the figures of the month (or of the year) are on the screen."""
        words = f"Events in {MONTHS[month]} 2025" if month else "Events in 2025"
        page.wait_for_function(
            "([s, w]) => document.querySelector(s)?.textContent.includes(w)"
            " && document.querySelectorAll('.js-plotly-plot .main-svg').length >= 3",
            arg=[self.heading, words], timeout=120_000,
        )  # fmt: skip
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def cpu(self) -> float:
        """Seconds of processor that its server has used."""
        times = self.process.cpu_times()
        return times.user + times.system

    def memory(self) -> float:
        """Megabytes that its server holds."""
        return self.process.memory_info().rss / 1e6


def _pill(page: Page, month: str) -> None:
    page.get_by_test_id("stSidebar").get_by_text(re.compile(f"^{MONTHS[month][:3]} ")).click()


def _radio(page: Page, month: str) -> None:
    page.get_by_label(month or "2025", exact=True).click()


@contextmanager
def serving(store: Path) -> Iterator[list[Target]]:
    """All of them on one store."""
    environment = {"DASHBOARD_STORE": str(store), "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")])}
    with ExitStack() as stack:

        def run(command: list[str], port: int) -> psutil.Process:
            started = subprocess.Popen(command, cwd=ROOT, env=os.environ | environment, stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL)  # fmt: skip
            return up(started, port)

        def up(started: subprocess.Popen, port: int) -> psutil.Process:
            stack.callback(started.wait)
            stack.callback(started.terminate)
            wait_for(f"http://127.0.0.1:{port}/", started)
            return psutil.Process(started.pid)

        def streamlit(script: str) -> tuple[str, psutil.Process]:
            port = free_port()
            return f"http://127.0.0.1:{port}", up(start(store, port, script, **environment), port)

        bare, peer = free_port(), free_port()
        in_bare = run(
            [sys.executable, "-m", "uvicorn", "benchmarks.bare:app", "--port", str(bare), "--log-level", "error"], bare
        )
        in_peer = run([sys.executable, "-m", "benchmarks.peer", str(peer)], peer)
        at_floor, in_floor = streamlit("benchmarks/floor_app.py")
        at_ours, in_ours = streamlit("app.py")
        time.sleep(2)
        yield [
            Target(REFERENCE, f"http://127.0.0.1:{bare}", "/", lambda page, month: page.evaluate("m => show('month=' + m)", month),
                   lambda page, _: page.evaluate("show('year=2025')"), "#done", in_bare),
            Target(FLOOR, at_floor, "/", lambda page, month: page.get_by_text(month, exact=True).click(),
                   lambda page, month: page.get_by_text(month, exact=True).click(), "h1", in_floor),
            Target(PEER, f"http://127.0.0.1:{peer}", "/", _radio, lambda page, _: _radio(page, YEAR), "#done", in_peer),
            Target(OURS, at_ours, "/events", _pill, _pill, "h1", in_ours),
        ]  # fmt: skip
