"""What changed since: what a version says today, beside what another one said on an earlier day.

    since = find_since(before, day_before, after, today, filters)
    since.changes   what happened, became known, was corrected, is to be watched; what matters most first
    since.numbers   the numbers that moved, each difference split by its reasons

Nothing here knows a page, and nothing is said before it is read: `Change.say()` speaks the language
of its reader. Layers: sorts ← differing, values ← contributions ← numbers ←
changes ← named, watch ← find ← summary.
"""

from dashboard.publishing.since.changes import (
    CORRECTED,
    HAPPENED,
    KNOWN,
    PARTS,
    UNSORTED,
    WATCH,
    Change,
)
from dashboard.publishing.since.find import Since, find_since
from dashboard.publishing.since.numbers import MovedNumber, Part, split_number
from dashboard.publishing.since.sorts import Sort
from dashboard.publishing.since.summary import list_parts, make_headline, say_day, write_text
from dashboard.publishing.since.watch import LOOK_AHEAD

__all__ = [
    "CORRECTED",
    "HAPPENED",
    "KNOWN",
    "LOOK_AHEAD",
    "PARTS",
    "UNSORTED",
    "WATCH",
    "Change",
    "MovedNumber",
    "Part",
    "Since",
    "Sort",
    "find_since",
    "list_parts",
    "make_headline",
    "say_day",
    "split_number",
    "write_text",
]
