"""A running dashboard and a browser, for tests, screenshots and benchmarks."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

ROOT = Path(__file__).parents[2]
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # a GPU drawn by the processor took two fifths of a test's time
    "--disable-gpu",
    "--disable-software-rasterizer",
]


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(
    store: Path,
    script: str = "app.py",
    log: Path | None = None,
    health: str = "/_stcore/health",
    port: int = 0,
    options: Sequence[str] = (),
    **environment: str,
) -> Iterator[str]:
    """Serve a store on 127.0.0.1 for as long as the context lasts; gives the address. It is up when
    `health` answers.
    """
    port = port or free_port()
    server = start(store, port, script, log, options, **environment)
    try:
        wait_for(f"http://127.0.0.1:{port}{health}", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


def start(
    store: Path,
    port: int,
    script: str = "app.py",
    log: Path | None = None,
    options: Sequence[str] = (),
    **environment: str,
) -> subprocess.Popen:
    """Start a server on a port of 127.0.0.1; whoever starts it ends it. It answers after wait_for."""
    with (log or Path(os.devnull)).open("a") as output:
        return subprocess.Popen(
            [
                sys.executable,
                "-m",
                "streamlit",
                "run",
                script,
                "--server.port",
                str(port),
                "--server.address",
                "127.0.0.1",
                *options,
            ],
            cwd=ROOT,
            env=os.environ | {"DASHBOARD_STORE": str(store)} | environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )


def wait_for(address: str, server: subprocess.Popen, seconds: float = 60) -> None:
    """Wait until the address answers. Raises RuntimeError where the server ended, or takes longer."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if server.poll() is not None:
            raise RuntimeError(f"the server ended with code {server.returncode}")
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"{address} does not answer")


PARTS_WRITTEN = """[...document.querySelectorAll('[class*="st-key-part-"]')].every(
    part => part.querySelector('.ours')?.childElementCount)"""


FOOTER = re.compile("· (version|versie)")
"""In both languages."""


def ready(page: Page, seconds: float = 40) -> None:
    """Wait until the page has been drawn: its footer is there, nothing runs, and the script that
    makes our parts of the page, which comes a moment after their places, has written them.
    """
    page.get_by_text(FOOTER).filter(visible=True).first.wait_for(timeout=seconds * 1000)
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0, timeout=seconds * 1000)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=seconds * 1000)
    wait_until(page, PARTS_WRITTEN, seconds)


FOR_PAPER = "getComputedStyle(document.documentElement).getPropertyValue('--foot-of-paper') !== ''"


def ready_for_paper(page: Page) -> None:
    """Wait until what is printed is as the page says: the script that writes the foot of every sheet
    comes a moment after what is seen.
    """
    ready(page)
    wait_until(page, FOR_PAPER)


def write_in(page: Page, box: Locator, words: str) -> None:
    """Write in a box with a list of suggestions, as a reader does: who finds it empty after leaving
    it writes again. A list closes, and Enter takes nothing, where the page scrolls under it while
    it is still being laid out.
    """
    for _ in range(4):
        box.click()
        box.fill(words)
        page.wait_for_timeout(600)
        box.press("Enter")
        box.press("Tab")
        page.wait_for_timeout(600)
        if box.input_value() == words:
            return
    raise AssertionError(f"“{words}” is not taken")


def wait_until(page: Page, expression: str, seconds: float = 20) -> None:
    """Wait until a JavaScript expression holds. Playwright's own way evaluates texts in the page,
    which the content policy refuses; this one asks the debugger.
    """
    until = time.monotonic() + seconds
    while not page.evaluate(expression):
        if time.monotonic() > until:
            raise AssertionError(f"does not hold after {seconds:.0f} seconds: {expression}")
        page.wait_for_timeout(50)
