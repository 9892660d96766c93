"""Speed of the Events page as ratios to a bare page in the same run: make bench.

Three pages with the same figures over the same queries: (a) a bare HTML page with plotly.js, the reference;
(b) an otherwise empty Streamlit page, the platform's floor; (c) ours. They take turns, so that a change of the
machine's speed meets all three. Writes docs/performance.md.
"""

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import psutil
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from find_chromium import installed  # noqa: E402 - after the paths above
from tests.serving import CHROMIUM_FLAGS, free_port, served  # noqa: E402

from dashboard import demo  # noqa: E402
from dashboard.store import Store  # noqa: E402

MONTHS = {f"2025-{number:02}": name for number, name in enumerate(
    "January February March April May June July August September October November December".split(), start=1)}  # fmt: skip
HERE = Path(__file__).parent
Change = Callable[[Page, str], None]


class Target:
    """One page: how it is opened, how its month is changed, and when it is painted."""

    def __init__(
        self, name: str, base: str, path: str, click: Change, heading: str, reset: Change | None = None
    ) -> None:
        self.name, self.base, self.path, self.click, self.heading, self.reset = name, base, path, click, heading, reset
        self.process = next(
            c.pid for c in psutil.process_iter() if c.name() and _listens(c, int(base.rsplit(":", 1)[1]))
        )

    def painted(self, page: Page, month: str) -> None:
        words = f"Events in {MONTHS[month]} 2025"
        page.wait_for_function(
            "([s, w]) => document.querySelector(s)?.textContent.includes(w)"
            " && document.querySelectorAll('.js-plotly-plot .main-svg').length >= 3",
            arg=[self.heading, words], timeout=60_000,
        )  # fmt: skip
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def cpu(self) -> float:
        times = psutil.Process(self.process).cpu_times()
        return times.user + times.system


def _listens(process: psutil.Process, port: int) -> bool:
    try:
        return any(c.status == "LISTEN" and c.laddr.port == port for c in process.net_connections("tcp"))
    except psutil.Error:
        return False


def deep_link(browser: Browser, target: Target) -> tuple[float, int, int]:
    """Seconds until painted in a browser without a cache, bytes and requests."""
    # Playwright evaluates what it waits for in the page, which the content policy refuses
    context = browser.new_context(viewport={"width": 1440, "height": 900}, bypass_csp=True)
    page, sizes = context.new_page(), []
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    session.on("Network.webSocketFrameReceived", lambda event: sizes.append(len(event["response"]["payloadData"])))
    start = time.perf_counter()
    page.goto(f"{target.base}{target.path}?month=2025-05")
    target.painted(page, "2025-05")
    seconds = time.perf_counter() - start
    context.close()
    return seconds, int(sum(sizes)), len(sizes)


def changes(browser: Browser, target: Target, months: list[str]) -> list[tuple[float, float]]:
    """Seconds until repainted and CPU seconds of the server for each change of the month."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(f"{target.base}{target.path}?month=2025-05")
    target.painted(page, "2025-05")
    page.wait_for_timeout(1500)
    if target.reset:
        target.reset(page, "2025-05")
    measured = []
    for month in months:
        cpu, start = target.cpu(), time.perf_counter()
        target.click(page, month)
        target.painted(page, month)
        seconds = time.perf_counter() - start
        page.wait_for_timeout(700)
        measured.append((seconds, target.cpu() - cpu))
        if target.reset:
            target.reset(page, month)
    page.close()
    return measured


def pill(page: Page, month: str) -> None:
    """Click a month in our filters: it is chosen, or no longer chosen."""
    page.get_by_test_id("stSidebar").get_by_text(re.compile(f"^{MONTHS[month][:3]} ")).click()


def unpill(page: Page, month: str) -> None:
    """Back to the whole year before the next change; not measured."""
    pill(page, month)
    page.wait_for_function("document.querySelector('h1').textContent.includes('Events in 2025')")
    page.wait_for_timeout(1200)


def run(events: int, repeats: int) -> list[str]:
    """Rows of the table for one size of data."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright, ExitStack() as stack:
        store = Store(Path(folder) / "store")
        demo.make(store, demo.Size(years=1 if events < 5000 else 5, events=events), datetime(2025, 12, 31, tzinfo=UTC))
        port = free_port()
        environment = {"DASHBOARD_STORE": str(store.root), "PYTHONPATH": str(ROOT)}
        bare = subprocess.Popen(
            [sys.executable, "-m", "uvicorn", "benchmarks.bare:app", "--port", str(port), "--log-level", "error"],
            cwd=ROOT, env=os.environ | environment,
        )  # fmt: skip
        stack.callback(bare.wait)
        stack.callback(bare.terminate)
        floor = stack.enter_context(served(store.root, "benchmarks/floor_app.py", PYTHONPATH=str(ROOT)))
        ours = stack.enter_context(served(store.root))
        time.sleep(3)
        targets = [
            Target("bare page", f"http://127.0.0.1:{port}", "/", lambda p, m: p.evaluate("m => show('month=' + m)", m), "#done"),
            Target("empty Streamlit page", floor, "/", lambda p, m: p.get_by_text(m, exact=True).click(), "h1"),
            Target("our Events page", ours, "/events", pill, "h1", unpill),
        ]  # fmt: skip
        browser = playwright.chromium.launch(executable_path=installed(), args=CHROMIUM_FLAGS)
        for target in targets:
            deep_link(browser, target)  # warm
        return table(events, *measure(browser, targets, repeats))


def measure(browser: Browser, targets: list[Target], repeats: int):
    """Interleaved: every target once, then again."""
    opened = {t.name: [] for t in targets}
    changed = {t.name: [] for t in targets}
    for _ in range(3):
        for target in targets:
            opened[target.name].append(deep_link(browser, target))
    per_round = [list(MONTHS)[i : i + 4] for i in (5, 0, 8)]
    for number in range(repeats):
        for target in targets:
            changed[target.name] += changes(browser, target, [m for m in per_round[number % 3] if m != "2025-05"])
    return opened, changed


def table(events: int, opened: dict, changed: dict) -> list[str]:
    reference = (
        statistics.median(s for s, _ in changed["bare page"]),
        statistics.median(o[0] for o in opened["bare page"]),
    )
    rows = []
    for name, openings in opened.items():
        seconds = [s for s, _ in changed[name]]
        repaint, first = statistics.median(seconds), statistics.median(o[0] for o in openings)
        cpu = statistics.median(c for _, c in changed[name])
        rows.append(
            f"| {events:,} | {name} | {repaint * 1000:.0f} ms | {repaint / reference[0]:.1f} | {max(seconds) * 1000:.0f} ms |"
            f" {first:.2f} s | {first / reference[1]:.1f} | {cpu * 1000:.0f} ms | {openings[0][1] / 1e6:.2f} MB |"
            f" {openings[0][2]} |"
        )
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, nargs="+", default=[1000])
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    rows = [row for events in options.events for row in run(events, options.repeats)]
    text = (HERE / "performance.template.md").read_text("utf-8")
    when = datetime.now(UTC).date().isoformat()
    (ROOT / "docs" / "performance.md").write_text(
        text.replace("{rows}", "\n".join(rows)).replace("{when}", when), "utf-8"
    )
    print("\n".join(rows))


if __name__ == "__main__":
    main()
