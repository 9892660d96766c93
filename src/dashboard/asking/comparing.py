"""The year with which a question compares: the one behind “compare with”, or “more … than in”."""

from collections.abc import Sequence
from dataclasses import replace

from dashboard.asking.items import Item, Option
from dashboard.asking.lexicon import Sense

MORE = frozenset("more less fewer higher lower meer minder hoger lager vaker often".split()) | {
    "more than",
    "less than",
    "fewer than",
    "meer dan",
    "minder dan",
}
THAN = frozenset({"than", "dan"})


def find_compared(items: Sequence[Item]) -> list[Item]:
    """Make of the year with which is compared what it is: an item of the kind compare. Where no such
    year is found, nothing changes.
    """
    marks = [nr for nr, item in enumerate(items) if item.kind == "form" and item.name == "compare"]
    marks = marks or _find_more_than(items)
    found = list(items)
    if not marks:
        return found
    years = [nr for nr, item in enumerate(items) if _find_year(item, items)]
    if len(years) == 1 and (both := _find_two_years(items[years[0]])):
        at = years[0]
        found[at : at + 1] = [_of_year(items[at], both[1]), _compare(items[at], both[0])]
        return found
    behind = [nr for nr in years if nr > marks[-1] or len(years) > 1]
    if not behind:
        return found
    for mark in marks:
        found[mark] = replace(items[mark], kind="form", name="compare")
    at = behind[-1]
    found[at] = _compare(items[at], _find_year(items[at], items))
    return found


def _find_more_than(items: Sequence[Item]) -> list[int]:
    """Find “more” and “than” where a year stands behind them."""
    more = [nr for nr, item in enumerate(items) if item.kind == "refused" and item.said in MORE]
    than = [nr for nr, item in enumerate(items) if item.said.split()[-1] in THAN]
    if not more or not than or than[-1] < more[0]:
        return []
    behind = next((item for item in items[than[-1] + 1 :] if not item.says_nothing), None)
    return sorted({more[0], than[-1]}) if behind and _find_year(behind, items) else []


def _find_year(item: Item, items: Sequence[Item]) -> int:
    """Find the year that a period is, or of which it is the months that another period is of another
    year; 0 where it is neither.
    """
    if item.kind != "period" or len(item.options) != 1:
        return 0
    option = item.options[0]
    if option.name == "year":
        return int(option.values[0])
    if both := _find_two_years(item):
        return both[0]
    others = [other.options[0] for other in items if other.kind == "period" and other is not item]
    months = [value[4:] for value in option.values] if option.name == "month" else []
    same = any(
        other.name == "month" and [value[4:] for value in other.values] == months
        for other in others
    )
    return int(option.values[0][:4]) if months and same else 0


def _find_two_years(item: Item) -> tuple[int, int] | None:
    """Find the two years that follow each other where a period is these: 2024 and 2025."""
    changes = item.options[0].changes if item.options else {}
    first, last = changes.get("from_day"), changes.get("to_day")
    if not first or not last:
        return None
    whole = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
    return (first.year, last.year) if whole and last.year == first.year + 1 else None


def _of_year(item: Item, year: int) -> Item:
    return replace(item, options=(Option("year", (str(year),), str(year), {"year": year}),))


def _compare(item: Item, year: int) -> Item:
    sense = Sense("compare", "compare", (str(year),))
    return replace(item, kind="compare", name="compare", options=(), senses=(sense,))
