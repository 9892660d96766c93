"""Speed of the Events page beside other pages in the same run: make bench. Writes docs/performance.md.

A bare HTML page with plotly.js is the reference, an otherwise empty Streamlit page the platform's
floor, the same page in Dash the peer. `--events 1000 --rounds 2 --only changes` takes two or three
minutes and prints what changes of a filter take.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
DOCS = ROOT / "docs"
MANY = 5000
"""Events from which on they lie in five years, and not in two."""
SECONDS = 45
"""Seconds in which many readers click."""
MANY_PEOPLE = 100_000
"""People of the data of which suggestions are asked."""
PARTS = ("changes", "links", "phone", "readers", "costs", "suggestions")
CURVED = (
    "events",
    "events_by_month",
    "contributors",
    "facets",
    "events_in_scope",
    "event_places",
    "people",
)
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from find_chromium import installed  # noqa: E402 - after the paths above
from tests.support.serving import CHROMIUM_FLAGS, free_port, start  # noqa: E402
from tests.support.sessions import session  # noqa: E402

from benchmarks import (  # noqa: E402
    figures,
    many_readers,
    one_reader,
    question_costs,
    run_costs,
    suggestion_costs,
    svg,
    tables,
    verdicts,
    walk,
)
from benchmarks.many_processes import measure as one_and_two_processes  # noqa: E402
from benchmarks.one_reader import Plan, Visits  # noqa: E402
from benchmarks.pages import OURS, serving  # noqa: E402
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


def store_of(folder: Path, events: int, people: int = demo.Size.people) -> Store:
    """Demo data of that size, made where it is not there yet."""
    name = str(events) if people == demo.Size.people else f"{events}-{people}"
    store = Store(folder / name)
    if not store.versions():
        size = demo.Size(years=2 if events < MANY else 5, events=events, people=people)
        demo.make_demo(store, size, datetime(2025, 12, 31, tzinfo=UTC))
    return store


def run(
    store: Store,
    events: int,
    rounds: int,
    only: frozenset[str],
    viewers: list[int],
    pages: Sequence[str] = ("",),
) -> tuple[dict[str, Visits], list[str]]:
    """Visits of every page, and rows of many readers, for one size of data."""
    found: dict[str, Visits] = defaultdict(Visits)
    many: list[str] = []
    os.environ["DASHBOARD_STORE"] = str(store.root)
    figures.forget()
    walk.forget()
    plan = Plan(
        links=rounds * ("links" in only),
        walks=rounds * ("changes" in only),
        phones=rounds * ("phone" in only and events < MANY),
    )
    with sync_playwright() as playwright, serving(store.root) as targets:
        browser = playwright.chromium.launch(executable_path=installed(), args=CHROMIUM_FLAGS)
        asked = [one for one in targets if any(part in one.name for part in pages)]
        one_reader.measure(browser, asked, plan, found)
        browser.close()
        if viewers:
            many = many_readers.measure(targets, viewers)
    # the pages above have ended
    many += one_and_two_processes(store.root, viewers, SECONDS) if viewers else []
    if "readers" in only:
        starts = [first_answer(store.root) for _ in range(3)]
        many.append(
            f"| start until the first answer, until a page has run | {OURS} |"
            f" {statistics.median(s for s, _ in starts):.1f} s |"
            f" {statistics.median(s for _, s in starts):.1f} s |"
        )
    return found, [f"| {events:,} {row}" for row in many]


def grown(stores: dict[int, Store], folder: Path, largest: int) -> list[str]:
    """Rows of what each question costs by the number of events; draws the curves."""
    databases = question_costs.databases(
        {number: store.open() for number, store in stores.items()}, folder, largest
    )
    found = list(question_costs.costs(databases))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed(), args=CHROMIUM_FLAGS)
        svg.save(browser, svg.curves(found, "a month", CURVED), DOCS / "performance-questions.svg")
        browser.close()
    return question_costs.table(found, list(databases))


def suggestions(stores: dict[int, Store], folder: Path) -> list[str]:
    """A table of what suggestions take in the smallest and the largest data, these with many people."""
    largest = store_of(folder, max(stores), MANY_PEOPLE)
    versions = [stores[min(stores)].open(), largest.open()]
    return [*suggestion_costs.head(), *suggestion_costs.measure(versions)]


def costs_as_they_stand() -> list[str]:
    """The table of costs in the document: the largest data take half an hour to make."""
    section = (
        (DOCS / "performance.md")
        .read_text("utf-8")
        .partition("## Cost of each question")[2]
        .partition("\n## ")[0]
    )
    return [line for line in section.splitlines() if line.startswith("|")]


def save_ratios(found: dict[int, dict[str, Visits]]) -> None:
    """Draw the ratios of the changes that nothing was known of."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed(), args=CHROMIUM_FLAGS)
        svg.save(browser, svg.ratios(found), DOCS / "performance.svg")
        browser.close()


def read_options() -> argparse.Namespace:
    """Read what is to be measured, and how often."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, nargs="+", default=[1000, 100_000, 5_000_000])
    parser.add_argument(
        "--rounds", type=int, nargs="+", default=[6, 4, 3], help="rounds for each number of events"
    )
    parser.add_argument(
        "--only", nargs="+", choices=PARTS, help="measure these only, print them, and write nothing"
    )
    parser.add_argument("--pages", nargs="+", help="measure these only, by a part of their names")
    parser.add_argument("--viewers", type=int, nargs="*", default=[10, 30, 100])
    parser.add_argument(
        "--largest",
        type=int,
        default=50_000_000,
        help="events of the largest data that questions are asked of",
    )
    parser.add_argument(
        "--keep-costs",
        action="store_true",
        help="leave the costs of the questions as they stand in the document",
    )
    parser.add_argument(
        "--stores", type=Path, help="a folder that keeps the demo data for the next time"
    )
    return parser.parse_args()


def write_document(
    found: dict[int, dict[str, Visits]], many: list[str], more: dict[str, list[str]]
) -> None:
    """Write docs/performance.md from its template."""
    text = (HERE / "performance.template.md").read_text("utf-8")
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
    smallest = found[min(found)]
    said = {
        "verdicts": verdicts.verdicts(found, many),
        "changes": list_all(tables.head_of_changes(smallest), tables.list_changes, found),
        "pages": list_all(tables.head_of_pages(), tables.list_pages, found),
        "phones": [*tables.head_of_phones(), *tables.list_phones(smallest)],
        "many": many,
        "commit": [commit],
        **more,
    }
    for name, lines in said.items():
        text = text.replace("{" + name + "}", "\n".join(lines))
    (DOCS / "performance.md").write_text(text, "utf-8")


def list_all(
    head: list[str],
    rows: Callable[[int, dict[str, Visits]], list[str]],
    found: dict[int, dict[str, Visits]],
) -> list[str]:
    """A table with the rows of every number of events."""
    return [*head, *(row for events, pages in found.items() for row in rows(events, pages))]


def tell(events: int, found: dict[str, Visits], many: list[str]) -> None:
    """Print what was measured: it is not lost by what fails later."""
    lines = [*tables.head_of_changes(found), *tables.list_changes(events, found)]
    lines += [*tables.head_of_pages(), *tables.list_pages(events, found)]
    lines += [*tables.head_of_phones(), *tables.list_phones(found), *many]
    print("\n".join(lines), flush=True)


def main() -> None:
    """Measure, print and write."""
    options = read_options()
    only = frozenset(options.only or PARTS)
    rounds = [*options.rounds, *options.rounds[-1:] * len(options.events)]
    with ExitStack() as stack:
        folder = options.stores or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        stores = {events: store_of(folder, events) for events in options.events}
        found, many = {}, []
        for (events, store), number in zip(stores.items(), rounds, strict=False):
            viewers = options.viewers if "readers" in only and events == min(stores) else []
            found[events], more = run(store, events, number, only, viewers, options.pages or [""])
            many += more
            tell(events, found[events], more)
        suggested = suggestions(stores, folder) if "suggestions" in only else []
        print("\n".join(suggested), flush=True)
        if options.only:
            return
        save_ratios(found)
        inside = run_costs.measure(stores[min(stores)].root)
        kept = options.keep_costs
        costs = costs_as_they_stand() if kept else grown(stores, folder, options.largest)
    of_costs = "in an earlier run; the questions are the same" if kept else "in this run"
    parts = [f"| {row}" for row in inside]
    write_document(
        found,
        many,
        {"parts": parts, "costs": costs, "of_costs": [of_costs], "suggestions": suggested},
    )


if __name__ == "__main__":
    main()
