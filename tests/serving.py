"""A running dashboard and a browser, for tests, screenshots and benchmarks."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page

ROOT = Path(__file__).parents[1]
CHROMIUM_FLAGS = [
    "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(store: Path, script: str = "app.py", log: Path | None = None, **environment: str) -> Iterator[str]:
    """Serve a store on 127.0.0.1 for as long as the context lasts; gives the address."""
    port = free_port()
    output = (log or Path(os.devnull)).open("w")
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port), "--server.address", "127.0.0.1"],
        cwd=ROOT,
        env=os.environ | {"DASHBOARD_STORE": str(store)} | environment,
        stdout=output,
        stderr=subprocess.STDOUT,
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/_stcore/health", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)
        output.close()


def _wait_for(address: str, server: subprocess.Popen, seconds: float = 60) -> None:
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


def ready(page: Page, seconds: float = 40) -> None:
    """Wait until the page has been drawn: its footer is there and nothing runs."""
    page.get_by_text("· version").first.wait_for(timeout=seconds * 1000)
    page.wait_for_function("!document.querySelector('[data-testid=stStatusWidget]')", timeout=seconds * 1000)
    page.wait_for_function("!document.querySelector('[data-testid=stSkeleton]')", timeout=seconds * 1000)
