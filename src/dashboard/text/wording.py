"""Re-exports until scripts move its importers to the modules by subject."""

from dashboard.model.statuses import UNDER_WAY
from dashboard.text.counts import by_status, count
from dashboard.text.dates import MONTH_NAMES, day, lasting
from dashboard.text.labels import told_apart, unmixed
from dashboard.text.lists import listed
from dashboard.text.selection import describe, describe_period

__all__ = [
    "MONTH_NAMES",
    "UNDER_WAY",
    "by_status",
    "count",
    "day",
    "describe",
    "describe_period",
    "lasting",
    "listed",
    "told_apart",
    "unmixed",
]
