"""Re-exports until scripts move its importers to the modules by subject."""

from dashboard.text.counts import by_status, count
from dashboard.text.dates import day, month, months, partial
from dashboard.text.labels import short
from dashboard.text.lists import listed
from dashboard.text.records import period, projects_in_words, trainings_in_words, when, where

__all__ = [
    "by_status",
    "count",
    "day",
    "listed",
    "month",
    "months",
    "partial",
    "period",
    "projects_in_words",
    "short",
    "trainings_in_words",
    "when",
    "where",
]
