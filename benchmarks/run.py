"""Speed of the Events page as ratios to a bare page in the same run: make bench. Writes docs/performance.md.

(a) a bare HTML page with plotly.js over the same figures and queries, the reference; (b) an otherwise empty Streamlit page, the
platform's floor; (c) the same page in Dash, the peer; (d) ours.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from find_chromium import installed  # noqa: E402 - after the paths above
from tests.serving import CHROMIUM_FLAGS, free_port, start  # noqa: E402
from tests.sessions import session  # noqa: E402

from benchmarks import crowd, visits  # noqa: E402
from benchmarks.many import measure as one_and_two_processes  # noqa: E402
from benchmarks.pages import OURS, REFERENCE, serving  # noqa: E402
from benchmarks.visits import Visits  # noqa: E402
from dashboard import demo  # noqa: E402
from dashboard.store import Store  # noqa: E402


def first_answer(store: Path) -> tuple[float, float]:
    """Seconds from the start of a server until it answers at all, and until a page has run."""
    port, begin = free_port(), time.perf_counter()
    server = start(store, port)
    try:
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5):
                    break
            except OSError:
                time.sleep(0.02)
        answered = time.perf_counter() - begin
        with session(f"http://127.0.0.1:{port}") as reader:
            reader.ask("year=2025", page="events")
            reader.finished(60)
        return answered, time.perf_counter() - begin
    finally:
        server.terminate()
        server.wait(20)


def run(events: int, repeats: int, viewers: list[int]) -> tuple[list[str], list[str]]:
    """Rows of both tables for one size of data."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        store = Store(Path(folder) / "store")
        demo.make(store, demo.Size(years=1 if events < 5000 else 5, events=events), datetime(2025, 12, 31, tzinfo=UTC))
        with serving(store.root) as targets:
            browser = playwright.chromium.launch(executable_path=installed(), args=CHROMIUM_FLAGS)
            found = visits.measure(browser, targets, repeats)
            browser.close()
            many = crowd.measure(targets, viewers) if viewers else []
        many += one_and_two_processes(store.root, viewers) if viewers else []  # the pages above have ended
        starts = [first_answer(store.root) for _ in range(3)]
        many.append(f"| start until the first answer, until a page has run | {OURS} | {statistics.median(s for s, _ in starts):.1f} s |"
                    f" {statistics.median(s for _, s in starts):.1f} s |")  # fmt: skip
        return table(events, found), [f"| {events:,} {row}" for row in many]


def table(events: int, found: dict[str, Visits]) -> list[str]:
    """A row for each page."""
    bare = found[REFERENCE]

    def beside(mine: list[float], of_bare: list[float]) -> str:
        middle = statistics.median(mine)
        return f"{middle * 1000:.0f} ms | {middle / statistics.median(of_bare):.1f}"

    rows = []
    for name, one in found.items():
        cpu, known = (statistics.median(values) * 1000 for values in (one.cpu, one.cpu_known))
        rows.append(
            f"| {events:,} | {name} | {beside(one.changes, bare.changes)} | {crowd.p95(one.changes) * 1000:.0f} ms |"
            f" {beside(one.known, bare.known)} | {cpu:.0f} ms, {known:.0f} ms | {beside(one.first, bare.first)} | {beside(one.again, bare.again)} |"
            f" {one.size / 1e6:.2f} MB, {one.requests} | {statistics.median(one.frames) / 1000:.0f} kB |"
        )
        if one.turned:
            rows.append(
                f"| {events:,} | {name}, another page of it | {statistics.median(one.turned) * 1000:.0f} ms | | | | | | | | | | |"
            )
    return rows


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, nargs="+", default=[1000])
    parser.add_argument(
        "--repeats",
        type=int,
        default=8,
        help="rounds of about eight changes of the month, for every page; three at least",
    )
    parser.add_argument("--viewers", type=int, nargs="*", default=[10, 30, 100])
    options = parser.parse_args()
    rows, many = [], []
    for events in options.events:
        one, more = run(events, options.repeats, options.viewers)
        rows += one
        many += more
    text = (HERE / "performance.template.md").read_text("utf-8")
    when = datetime.now(UTC).date().isoformat()
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.strip()
    for name, value in {"rows": "\n".join(rows), "many": "\n".join(many), "when": when, "commit": commit}.items():
        text = text.replace("{" + name + "}", value)
    (ROOT / "docs" / "performance.md").write_text(text, "utf-8")
    print("\n".join([*rows, *many]))


if __name__ == "__main__":
    main()
