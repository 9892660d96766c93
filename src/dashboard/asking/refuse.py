"""Words that change what is asked and that no filter carries: they are never left out silently, and
what they govern is not read as a filter.
"""

from collections.abc import Sequence

from dashboard.asking.items import JOINING, Item

PERIODS = "period"


def refuse(items: Sequence[Item]) -> list[Item]:
    """Take out of what is understood what negations and compared numbers govern."""
    return _refuse_numbers(_refuse_negated(list(items)))


def _refuse_negated(items: list[Item]) -> list[Item]:
    """Take away what is behind a negation: the next thing that says something, and what is joined to
    it; where nothing is behind, what is before. A period that does not follow at once is that of the
    question.
    """
    for nr, item in enumerate(items):
        if item.kind != "refused" or item.name != "negation":
            continue
        behind = next((n for n in range(nr + 1, len(items)) if not items[n].says_nothing), None)
        before = next((n for n in range(nr - 1, -1, -1) if _may_be_governed(items[n])), None)
        if behind is not None:
            last = _find_last_joined(items, behind)
            if items[behind].kind != PERIODS or behind == nr + 1:
                items[nr + 1 : last + 1] = [i.not_understood() for i in items[nr + 1 : last + 1]]
        elif before is not None:
            items[before:nr] = [i.not_understood() for i in items[before:nr]]
            items[nr + 1 :] = [i.not_understood() for i in items[nr + 1 :]]
    return items


def _may_be_governed(item: Item) -> bool:
    return not item.says_nothing and item.kind != "form"


def _find_last_joined(items: Sequence[Item], at: int) -> int:
    """Find the last of things of one sort that “and” joins: without Doornberg and Metting."""
    while (
        at + 2 < len(items)
        and items[at + 1].said in JOINING
        and items[at].kind == items[at + 2].kind
        and items[at].names() == items[at + 2].names()
    ):
        at += 2
    return at


def _refuse_numbers(items: list[Item]) -> list[Item]:
    """Take what a compared number counts out of what is understood: more than 100 participants."""
    for nr in range(1, len(items) - 1):
        before, item, behind = items[nr - 1 : nr + 2]
        counted = not item.kind and item.said.isdigit() and before.kind == "refused"
        if counted and behind.kind == "measure":
            items[nr + 1] = behind.not_understood()
    return items
