"""Words that change what is asked and that no filter carries: they are never left out silently, and
what they govern is not read as a filter. A comparison with a year is one that can be made.
"""

from collections.abc import Sequence
from dataclasses import replace

from dashboard.asking.items import Item
from dashboard.asking.lexicon import Sense
from dashboard.asking.words import Word

SILENT = ("filler",)
COMPARED = frozenset(
    {
        "more",
        "less",
        "fewer",
        "meer",
        "minder",
        "more than",
        "less than",
        "fewer than",
        "meer dan",
        "minder dan",
        "higher",
        "lower",
        "hoger",
        "lager",
    }
)
THAN = frozenset({"than", "dan"})
TOWARDS = frozenset({"with", "to", "met", "and", "en", "against", "versus", "vs"})


def refuse(items: Sequence[Item], words: Sequence[Word]) -> list[Item]:
    """Take what negations and comparisons govern out of what is understood, and make of a comparison
    with a year what it is.
    """
    found = _compare_years(list(items), words)
    return _refuse_numbers(_refuse_negated(found), words)


def _compare_years(items: list[Item], words: Sequence[Word]) -> list[Item]:
    """Find the year with which is compared: the one behind “compare with” or “more … than in”."""
    years = [nr for nr, item in enumerate(items) if _year_of(item)]
    marks = [nr for nr, item in enumerate(items) if item.kind == "form" and item.name == "compare"]
    if not marks:
        marks = _find_more_than(items, words)
    if not marks:
        return items
    if len(years) == 1 and _has_two_years(items[years[0]]):
        return _split_years(items, years[0])
    behind = [nr for nr in years if nr > marks[-1] or len(years) > 1]
    if not behind:
        return items
    at = behind[-1]
    year = _year_of(items[at])
    for mark in marks:
        if items[mark].kind == "refused" or _fold(items[mark], words) in THAN:
            items[mark] = replace(items[mark], kind="form", name="compare")
    items[at] = Item(
        items[at].start,
        items[at].end,
        "compare",
        "compare",
        corrected=items[at].corrected,
        senses=(Sense("compare", "compare", (year,)),),
    )
    return _drop_same_months(items, at)


def _drop_same_months(items: list[Item], _at: int) -> list[Item]:
    return items


def _find_more_than(items: list[Item], words: Sequence[Word]) -> list[int]:
    """Find “more … than” with a year behind it."""
    more = [
        n
        for n, item in enumerate(items)
        if item.kind == "refused" and _fold(item, words) in COMPARED
    ]
    than = [n for n, item in enumerate(items) if _fold(item, words).split()[-1] in THAN]
    if not more or not than or than[-1] < more[0]:
        return []
    behind = next((i for i in items[than[-1] + 1 :] if i.kind not in SILENT), None)
    if behind is None or not _year_of(behind):
        return []
    return sorted({more[0], than[-1]})


def _year_of(item: Item) -> str:
    """The year that a period is or is in; empty where it is in several."""
    if item.kind != "period" or len(item.options) != 1:
        return ""
    option = item.options[0]
    if option.name == "year":
        return str(option.changes["year"])
    years = {month[:4] for month in option.changes.get("month", ())}
    return (
        years.pop()
        if len(years) == 1 and option.period and option.period.dated
        else (str(option.changes["from_day"].year) if _has_two_years(item) else "")
    )


def _has_two_years(item: Item) -> bool:
    """Whether a period is two years that follow each other: 2024 and 2025."""
    if item.kind != "period" or len(item.options) != 1 or not item.options[0].period:
        return False
    first, last = item.options[0].changes.get("from_day"), item.options[0].changes.get("to_day")
    return bool(
        first
        and last
        and (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
        and last.year == first.year + 1
    )


def _split_years(items: list[Item], at: int) -> list[Item]:
    item = items[at]
    first = item.options[0].changes["from_day"].year
    option = replace(
        item.options[0],
        name="year",
        values=(str(first + 1),),
        label=str(first + 1),
        changes={"year": first + 1},
        period=None,
    )
    items[at] = replace(item, options=(option,))
    sense = Sense("compare", "compare", (str(first),))
    items.insert(at + 1, Item(item.start, item.end, "compare", "compare", senses=(sense,)))
    return items


def _fold(item: Item, words: Sequence[Word]) -> str:
    return " ".join(word.folded for word in words[item.start : item.end])


def _refuse_negated(items: list[Item]) -> list[Item]:
    """Take away what is behind a negation: the next thing that says something and what is joined to
    it; where nothing is behind, what is before.
    """
    for nr, item in enumerate(items):
        if item.kind != "refused" or item.name != "negation":
            continue
        behind = [n for n in range(nr + 1, len(items)) if items[n].kind not in SILENT]
        before = [n for n in range(nr) if items[n].kind not in (*SILENT, "form")]
        governed = behind[:1] or before[-1:]
        for n in governed:
            last = n
            if items[n].kind != "period" or n == nr + 1:
                items[n] = items[n].not_understood()
            for between in range(min(nr, last) + 1, max(nr, last)):
                items[between] = items[between].not_understood()
    return items


def _refuse_numbers(items: list[Item], words: Sequence[Word]) -> list[Item]:
    """Take what a number counts out of what is understood: more than 100 participants."""
    for nr, item in enumerate(items[:-1]):
        numbered = not item.kind and words[item.start].folded.isdigit()
        before = items[nr - 1] if nr else None
        compared = before is not None and before.kind == "refused"
        if numbered and compared and items[nr + 1].kind == "measure":
            items[nr + 1] = items[nr + 1].not_understood()
    return items
