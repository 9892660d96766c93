"""What the pages that ours is measured beside show: the figure and the number of the Events page, by
the same functions over the same questions, and the filters to choose from.

Each process keeps the rows that it was asked for, as ours does (ui/caches.py): *first* means the same
for all pages.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dashboard.model import settings
from dashboard.model.filter_links import parse_filters
from dashboard.model.filters import Filters
from dashboard.query import questions
from dashboard.server.responses import read_today
from dashboard.store import Store, Version
from dashboard.text.counts import format_count
from dashboard.text.dates import name_month
from dashboard.text.selection import describe_filters
from dashboard.views.content.events import draw_timeline, find_events
from dashboard.views.view import Answers, Rows, View

KEPT = 2000
SPEAKERS = tuple(f"demo-person-{number}" for number in range(1, 9))
"""Those of the demo data with most contributions."""
NOBODY = ("", "any")
EMPTY = {"data": [{"type": "scatter", "x": [], "y": []}], "layout": {}}
"""What is drawn where the Events page has no timeline: without any trace plotly.py raises."""
Options = Mapping[str, list[tuple[str, str]]]


class KeptAnswers(Answers):
    """Answers of which the last are kept."""

    def rows(
        self, version: Version, question: str, filters: Filters, params: Mapping[str, Any]
    ) -> Rows:
        hashable = ((k, tuple(v) if isinstance(v, list) else v) for k, v in params.items())
        return _rows(version.database, question, filters, tuple(sorted(hashable)))


@lru_cache(KEPT)
def _rows(
    _database: object, question: str, filters: Filters, params: tuple[tuple[str, Any], ...]
) -> Rows:
    given = {name: list(v) if isinstance(v, tuple) else v for name, v in params}
    return questions.rows(served(), question, filters, **given)


@lru_cache(1)
def served() -> Version:
    """The version that every page shows."""
    return Store(settings.store_folder()).open()


@lru_cache(1)
def labels() -> dict[str, dict[str, str]]:
    """What the ids of the filters are called."""
    return questions.read_labels(served())


@lru_cache(1)
def options() -> Options:
    """What can be chosen in each filter: pairs of a value and what it is called, without one first.
    Years have none.
    """
    names = labels()
    return {
        "year": [(str(year), str(year)) for year in sorted(names["year"])],
        "month": [NOBODY, *((f"{nr:02}", name_month(f"2025-{nr:02}")) for nr in range(1, 13))],
        "speaker": [NOBODY, *((one, names["speaker"][one]) for one in SPEAKERS)],
        "kind": [NOBODY, *names["kind"].items()],
    }


def forget() -> None:
    """Forget the store: another one is shown from now on."""
    for kept in (served, labels, options, _rows):
        kept.cache_clear()


def make_query(chosen: Mapping[str, str | None]) -> list[tuple[str, str]]:
    """The pairs of a link of ours from what is chosen in the four filters."""
    year, month = chosen.get("year") or "2025", chosen.get("month")
    when = ("month", f"{year}-{month}") if month else ("year", year)
    return [when, *((name, one) for name in ("speaker", "kind") if (one := chosen.get(name)))]


def read_query(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """What a link of ours chooses in the four filters."""
    given = dict(pairs)
    year, _, month = given.get("month", given.get("year", "2025")).partition("-")
    return {"year": year, "month": month} | {
        name: given.get(name, "") for name in ("speaker", "kind")
    }


@dataclass(frozen=True)
class Shown:
    """The heading, which says the selection and the number of held events, and the figure."""

    heading: str
    figure: dict[str, Any]
    drawn: bool

    def json(self) -> str:
        """Write it for a page."""
        return json.dumps({"heading": self.heading, "figure": self.figure}, default=str)


def show(pairs: Iterable[tuple[str, str]], *, narrow: bool = False) -> Shown:
    """Ask and draw what the Events page shows for a link; `narrow` for a phone."""
    filters, _ = parse_filters(pairs)
    store = Store(settings.store_folder())
    view = View(
        store=store,
        version=served(),
        filters=filters,
        labels=labels(),
        settings=settings.current(),
        today=read_today(),
        page="events",
        answers=KeptAnswers(),
    )
    number = int(view.number("events_held").value or 0)
    heading = f"{describe_filters(filters, view.labels)}: {format_count(number, 'event')}"
    pictures = draw_timeline(view, find_events(view))
    chart = pictures[0].chart if pictures else None
    if chart is None or not chart.figure:
        return Shown(heading, EMPTY, drawn=False)
    drawing = (chart.narrow if narrow else None) or chart
    layout = {**drawing.figure["layout"], "height": drawing.height}
    return Shown(heading, {**drawing.figure, "layout": layout}, drawn=True)
