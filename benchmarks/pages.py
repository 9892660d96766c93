"""The pages that are measured, each in a process of its own."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from playwright.sync_api import Page
from tests.support.serving import free_port, start, wait_for

ROOT = Path(__file__).resolve().parents[1]
MONTHS = {
    f"2025-{number:02}": name
    for number, name in enumerate(
        "January February March April May June July August September October November December".split(),
        start=1,
    )
}
YEAR = ""
REFERENCE, FLOOR, PEER, OURS = "bare page", "empty Streamlit page", "Dash", "our Events page"
Choice = Callable[[Page, str], None]


WATCH = """
({heading, words, charts}) => {
  const before = new Set([...document.querySelectorAll('.js-plotly-plot')].map(plot => plot.data));
  const painting = window.painting = {from: 0, until: 0, last: 0};
  addEventListener('click', event => { painting.from ||= event.timeStamp; }, {capture: true, once: true});
  window.watching?.forEach(observer => observer.disconnect());  // those of the last change would take time in this one
  const frames = [];
  const changes = new MutationObserver(() => { painting.last = performance.now(); });
  const long = new PerformanceObserver(seen => frames.push(...seen.getEntries()));
  changes.observe(document, {subtree: true, childList: true, attributes: true});
  long.observe({type: 'long-animation-frame', buffered: true});
  window.watching = [changes, long];
  const shown = (at, after) => {
    const frame = frames.find(frame => frame.renderStart <= at && at <= frame.paintTime);
    painting.until = frame ? frame.presentationTime : after;
  };
  const look = () => {
    const plots = [...document.querySelectorAll('.js-plotly-plot')].filter(plot => plot.checkVisibility());
    const drawn = plot => plot.data && !before.has(plot.data) && plot.querySelector('.main-svg');
    if (document.querySelector(heading)?.textContent.toLowerCase().includes(words.toLowerCase()) && plots.length >= charts && plots.every(drawn)) {
      const at = performance.now(), {port1, port2} = new MessageChannel();
      port1.onmessage = () => { const after = performance.now(); setTimeout(() => shown(at, after), 300); };
      port2.postMessage(0);
    } else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}"""
"""Notes in the page when it was clicked (or opened, 0), when the frame was presented in which the
heading says the words and every chart that is seen is a new one, and when anything was last
changed. Chromium tells the presentation of a frame of 50 ms and more (Long Animation Frames); of a
shorter one, a message that is sent from it arrives when it is painted.
"""


@dataclass(frozen=True)
class Target:
    """One page: where it is, how a month is chosen and left, where its heading is, and how many
    charts it draws of a month or of the whole year.
    """

    name: str
    base: str
    path: str
    choose: Choice
    back: Choice
    heading: str
    process: psutil.Process
    charts: Callable[[str], int]

    def opened(self, page: Page, month: str) -> float:
        """Open the page of a month; seconds from the navigation until heading and charts are
        painted.
        """
        page.add_init_script(f"({WATCH})({json.dumps(self._sought(month))})")
        page.goto(f"{self.base}{self.path}?month={month}")
        return _painted(page)

    def changed(self, page: Page, choice: Choice, month: str, shown: str) -> float:
        """Choose or leave a month; seconds from the click until heading and charts of what is then
        `shown` are painted.
        """
        page.evaluate(WATCH, self._sought(shown))
        choice(page, month)
        return _painted(page)

    def _sought(self, month: str) -> dict[str, str | int]:
        words = f"Events in {MONTHS[month]} 2025" if month else "Events in 2025"
        return {"heading": self.heading, "words": words, "charts": self.charts(month)}

    def cpu(self) -> float:
        """Seconds of processor that its server has used."""
        times = self.process.cpu_times()
        return times.user + times.system

    def memory(self) -> float:
        """Megabytes that its server holds."""
        return self.process.memory_info().rss / 1e6


def at_rest(page: Page) -> float:
    """Seconds from the click until the document was last changed; ask when nothing happens any
    more.
    """
    times: dict[str, float] = page.evaluate("window.painting")
    return (times["last"] - times["from"]) / 1000


def _painted(page: Page) -> float:
    page.wait_for_function("() => window.painting?.until", timeout=120_000)
    times: dict[str, float] = page.evaluate("window.painting")
    return (times["until"] - times["from"]) / 1000


def _name(page: Page, month: str) -> None:
    """Press the name of a month above its rows of the agenda: it chooses it, and takes it back."""
    page.locator(f'.agenda-head a[data-act="month={month}"]').first.click()


def _chip(page: Page, month: str) -> None:
    page.locator(f'.chip[data-act="-month={month}"]').click()


def _radio(page: Page, month: str) -> None:
    page.get_by_label(month or "2025", exact=True).click()


def _text(page: Page, month: str) -> None:
    page.get_by_text(month, exact=True).click()


@contextmanager
def serving(store: Path) -> Iterator[list[Target]]:
    """All of them on one store."""
    environment = {
        "DASHBOARD_STORE": str(store),
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
    }
    with ExitStack() as stack:

        def run(command: list[str], port: int) -> psutil.Process:
            started = subprocess.Popen(
                command,
                cwd=ROOT,
                env=os.environ | environment,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            return up(started, port)

        def up(started: subprocess.Popen, port: int) -> psutil.Process:
            stack.callback(started.wait)
            stack.callback(started.terminate)
            wait_for(f"http://127.0.0.1:{port}/", started)
            return psutil.Process(started.pid)

        def streamlit(script: str) -> tuple[str, psutil.Process]:
            port = free_port()
            return f"http://127.0.0.1:{port}", up(start(store, port, script, **environment), port)

        def all_charts(_: str) -> int:
            return 1

        bare, peer = free_port(), free_port()
        in_bare = run(
            [
                sys.executable,
                "-m",
                "uvicorn",
                "benchmarks.page_bare:app",
                "--port",
                str(bare),
                "--log-level",
                "error",
            ],
            bare,
        )
        in_peer = run([sys.executable, "-m", "benchmarks.page_dash", str(peer)], peer)
        at_floor, in_floor = streamlit("benchmarks/page_streamlit_app.py")
        at_ours, in_ours = streamlit("app.py")
        time.sleep(2)
        yield [
            Target(
                REFERENCE,
                f"http://127.0.0.1:{bare}",
                "/",
                _radio,
                lambda page, _: _radio(page, YEAR),
                "#done",
                in_bare,
                all_charts,
            ),
            Target(FLOOR, at_floor, "/", _text, _text, "h1", in_floor, all_charts),
            Target(
                PEER,
                f"http://127.0.0.1:{peer}",
                "/",
                _radio,
                lambda page, _: _radio(page, YEAR),
                "#done",
                in_peer,
                all_charts,
            ),
            Target(
                OURS,
                at_ours,
                "/events",
                _name,
                _chip,
                "h1",
                in_ours,
                all_charts,
            ),
        ]
