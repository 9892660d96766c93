"""Drill-down: what a reader may ask about, a metric, or the part of it that a bar, bubble or cell
stands for.

In the URL it is one word, `why=contributions~speaker.job-doornberg~month.2025-05`: the metric under
the filters of the view, narrowed. A bar's number is that of its metric under these filters: a test
compares them.
"""

import re
from dataclasses import dataclass

from dashboard.model.filter_links import parse_filters
from dashboard.model.filters import FILTER_NAMES, Filters

NARROWING = frozenset(FILTER_NAMES) - {"from", "to", "text"}
"""The filters that narrow a view to a part: a bar of days is that of a year or of months."""
METRIC = re.compile(r"[a-z_]{1,60}")
Within = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class DrillDown:
    """The name of a metric, and the filters that narrow it to a part: (("level", "phd"),)."""

    metric: str
    within: Within = ()

    def __str__(self) -> str:
        return "~".join([self.metric, *(f"{name}.{value}" for name, value in self.within)])

    def filters(self, view: Filters) -> Filters:
        """Narrow the filters of the view to this part."""
        for name, value in self.within:
            view = view.within(name, value)
        return view


def format_drill_down(metric: str, *within: tuple[str, str]) -> str:
    """Format the word for a part of a metric:
    format_drill_down("contributions", ("speaker", "job-doornberg")).
    """
    return str(DrillDown(metric, within))


def parse_drill_down(word: str) -> DrillDown | None:
    """Parse what a word of the URL asks for; None where it is not understood. Whether there is such
    a metric is not looked at.
    """
    name, *parts = word.split("~")
    pairs = [tuple(part.partition(".")[::2]) for part in parts]
    within = tuple((name, value) for name, value in pairs if name in NARROWING)
    filters, notices = parse_filters(within)
    names = [name for name, _ in within]
    if (
        METRIC.fullmatch(name) is None
        or len(within) != len(pairs)
        or notices
        or len(set(names)) < len(names)
        or sorted(filters.query()) != sorted(within)
    ):
        return None
    return DrillDown(name, within)
