"""What of the choice that a feed or a calendar follows is not there any more: an address that somebody
subscribed to outlives what it names.
"""

from collections import Counter
from enum import Enum

from dashboard.model.filters import FILTER_NAMES, TIMES
from dashboard.views.view import Pairs, View


class Lost(Enum):
    """What of the filters that were asked for is not there, such as somebody who was forgotten:
    NOTHING; a PART of a filter, of which the rest is followed; all of one, and so the CHOICE.
    """

    NOTHING = "nothing"
    PART = "part"
    CHOICE = "choice"


SELECTING = frozenset(FILTER_NAMES) - TIMES
"""The filters that choose something else than times."""


def find_lost(view: View, pairs: Pairs) -> Lost:
    """Find what of the filters that were asked for is not in a view, the times left aside: what
    follows less is something else, and without the filter it would be of everything.
    """
    asked: dict[str, set[str]] = {}
    for name, value in pairs:
        if name in SELECTING and value.strip():
            asked.setdefault(name, set()).add(value.strip())
    kept = Counter(name for name, _value in view.filters.query())
    if asked.keys() - kept.keys():
        return Lost.CHOICE
    return Lost.PART if any(kept[name] < len(asked[name]) for name in asked) else Lost.NOTHING
