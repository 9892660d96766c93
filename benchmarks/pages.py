"""The pages that are measured, each in a process of its own."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from playwright.sync_api import Locator, Page
from tests.support.serving import free_port, start, wait_for

from benchmarks.figures import options
from benchmarks.walk import Step

ROOT = Path(__file__).resolve().parents[1]
BASIC_JS = ROOT / "src/dashboard/ui/static/plotly/plotly-basic.min.js"
REFERENCE, BASIC, FLOOR = "bare page", "bare page, basic bundle", "empty Streamlit page"
MONTHS = [f"2025-{number:02}" for number in range(1, 13)]
PEER, BUILT, OURS = "Dash", "Observable Framework", "our Events page"


@dataclass(frozen=True)
class Choice:
    """What takes a step of a walk: an element that is clicked, or a list and the value of the option
    that is chosen in it.
    """

    element: Locator
    option: str | None = None

    def take(self) -> None:
        """Click, or choose."""
        if self.option is None:
            self.element.click()
        else:
            self.element.select_option(self.option)


@dataclass(frozen=True)
class Target:
    """One page: where it is, what serves it, what takes a step of a walk (everything before that is
    done by then), and what is closed after it.
    """

    name: str
    base: str
    find: Callable[[Page, Step], Choice]
    process: psutil.Process | None = None
    path: str = "/"
    close: Callable[[Page, Step], None] = lambda _page, _step: None
    narrow: str = "&narrow=1"
    walks: bool = True

    def cpu(self) -> float:
        """Seconds of processor that its server has used, with the processes that it has started."""
        if self.process is None:
            return 0.0
        all_of_it = [self.process, *self.process.children(recursive=True)]
        return sum(sum(one.cpu_times()[:2]) for one in all_of_it)

    def memory(self) -> float:
        """Megabytes that its server holds."""
        return self.process.memory_info().rss / 1e6 if self.process else 0.0


def _in_form(page: Page, step: Step) -> Choice:
    return Choice(page.locator(f'input[name="{step.name}"][value="{step.value}"]'))


def _in_dash(page: Page, step: Step) -> Choice:
    return Choice(page.locator(f"#{step.name} label").nth(_place(step)))


def _in_streamlit(page: Page, step: Step) -> Choice:
    return Choice(page.locator(f".st-key-{step.name} [role=radiogroup] label").nth(_place(step)))


def _place(step: Step) -> int:
    return [value for value, _ in options()[step.name]].index(step.value)


def _in_ours(page: Page, step: Step) -> Choice:
    """What is taken back has a chip; what is chosen is an option of a list, those of kinds behind
    “More”.
    """
    if not step.value:
        return Choice(page.locator(f'.chip[data-act^="-{step.name}="]').first)
    if step.name == "kind":
        page.locator("#more summary").click()
    label = dict(options()[step.name])[step.value]
    found = page.locator(f'.bar-filters select[data-name="{step.name}"]').filter(visible=True)
    option = found.locator("option", has_text=re.compile(rf"^{re.escape(label)}( \(|$)")).first
    return Choice(found, option.get_attribute("value"))


def _close_more(page: Page, step: Step) -> None:
    if step.name == "kind" and step.value:
        page.keyboard.press("Escape")


@contextmanager
def serving(store: Path) -> Iterator[list[Target]]:
    """All of them on one store."""
    environment = {
        "DASHBOARD_STORE": str(store),
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
    }
    with ExitStack() as stack:

        def up(started: subprocess.Popen, port: int) -> psutil.Process:
            stack.callback(started.wait)
            stack.callback(started.terminate)
            wait_for(f"http://127.0.0.1:{port}/", started)
            return psutil.Process(started.pid)

        def run(*command: str, **more: str) -> tuple[str, psutil.Process]:
            port = free_port()
            started = subprocess.Popen(
                [sys.executable, "-m", *(part.format(port=port) for part in command)],
                cwd=ROOT,
                env=os.environ | environment | more,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            return f"http://127.0.0.1:{port}", up(started, port)

        def streamlit(script: str) -> tuple[str, psutil.Process]:
            port = free_port()
            return f"http://127.0.0.1:{port}", up(start(store, port, script, **environment), port)

        bare = ("uvicorn", "benchmarks.page_bare:app", "--port", "{port}", "--log-level", "error")
        dash = "gunicorn --worker-class gthread --threads 8 --no-control-socket --bind 127.0.0.1:{port}"
        at_bare, in_bare = run(*bare)
        at_basic, in_basic = run(*bare, PLOTLY_JS=str(BASIC_JS))
        at_floor, in_floor = streamlit("benchmarks/page_streamlit_app.py")
        at_peer, in_peer = run(*dash.split(), "benchmarks.page_dash:server")
        at_ours, in_ours = streamlit("app.py")
        yield [
            Target(REFERENCE, at_bare, _in_form, in_bare),
            Target(BASIC, at_basic, _in_form, in_basic, walks=False),
            Target(FLOOR, at_floor, _in_streamlit, in_floor),
            Target(PEER, at_peer, _in_dash, in_peer),
            Target(OURS, at_ours, _in_ours, in_ours, "/events", _close_more, narrow=""),
        ]
