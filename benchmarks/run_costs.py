"""Where the processor time of one run of our Events page goes: questions, contents with their
figures, and drawing.

In this process, without a browser or a network: Streamlit's own test runner has the page run.
"""

import os
import statistics
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest.mock import patch

from streamlit.testing.v1 import AppTest

from benchmarks.pages import MONTHS, ROOT
from dashboard.query import engine
from dashboard.ui import bar_filters, caches

RUNS = 8


class Spent:
    """Processor seconds of all threads in functions that are watched, each without the watched ones
    that it calls.
    """

    def __init__(self) -> None:
        self.by: dict[str, float] = {}
        self._inside: list[float] = []

    def watched(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def run(*given: Any, **named: Any) -> Any:
            start = time.process_time()
            self._inside.append(0.0)
            try:
                return function(*given, **named)
            finally:
                took, inside = time.process_time() - start, self._inside.pop()
                self.by[name] = self.by.get(name, 0.0) + took - inside
                if self._inside:
                    self._inside[-1] += took

        return run


def measure(store: Path) -> list[str]:
    """Rows of a table: a month that nobody has asked for, and the same again."""
    os.environ["DASHBOARD_STORE"] = str(store)
    page = AppTest.from_file(str(ROOT / "src/dashboard/ui/site.py"), default_timeout=300)
    page.query_params["year"] = "2025"
    page.switch_page("../../../pages/events.py").run()
    rows = []
    for name in ("first", "again"):
        found: list[dict[str, float]] = []
        for month in MONTHS[:RUNS]:
            spent = Spent()
            with ExitStack() as stack:
                for owner, function, said in (
                    (engine, "rows", "questions"),
                    (engine, "query", "questions"),
                    (caches, "make_content", "contents and figures"),
                    (bar_filters, "count_facets", "counts beside the filters"),
                ):
                    stack.enter_context(
                        patch.object(owner, function, spent.watched(said, getattr(owner, function)))
                    )
                start = time.process_time()
                page.query_params.clear()
                page.query_params["month"] = month
                page.run()
                spent.by["everything"] = time.process_time() - start
            found.append(spent.by)
        rows += _said(name, found)
    return rows


def _said(name: str, found: list[dict[str, float]]) -> list[str]:
    def middle(part: str) -> float:
        return statistics.median(one.get(part, 0.0) for one in found) * 1000

    parts = [
        middle(part) for part in ("questions", "contents and figures", "counts beside the filters")
    ]
    every = middle("everything")
    return [
        f"{name} | {' | '.join(f'{part:.0f} ms' for part in (*parts, every - sum(parts), every))} |"
    ]
