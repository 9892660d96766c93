"""What a question asks of the records, gathered of its words."""

from collections.abc import Sequence
from dataclasses import replace

from dashboard.asking.decide import AMOUNTS
from dashboard.asking.items import JOINING, OURS, Item
from dashboard.asking.measures import NOUN_OF_WHICH, Asked
from dashboard.asking.vocabulary import Vocabulary

COUNTED = frozenset(
    "events trainings projects partners grants results series countries contributors contributions"
    " participants funding modules".split()
)
"""Measures of which two that are joined are two questions: how many events and trainings."""
COUNTED_BY = {"getting": "getting", "awarding": "grants"}
"""Verbs that say what is counted where nothing else does."""
HOW = frozenset({"how", "hoe"})
"""Words with which it is asked how something developed, and not that it was made."""
ORGANISED = ("organised", "co-organised")


def gather_asked(items: Sequence[Item], vocabulary: Vocabulary) -> Asked:
    """Gather what is asked."""
    forms = [item.name for item in items if item.kind in ("form", "compare")]
    which = [item.name for item in items if item.kind == "which"]
    measures = [item.name for item in items if item.kind == "measure"]
    spoken = {word for item in items for word in item.said.split()}
    if spoken & HOW and any(item.name == "developing" for item in items):
        forms.append("trend")
    if "most" not in forms:
        measures = [*(NOUN_OF_WHICH[name] for name in which if name in NOUN_OF_WHICH), *measures]
    if _counts_people(items) or (not measures and _names_students(items)):
        measures.append("participants")
    if "count" in forms and "events" in measures and any(i.name == "organised" for i in items):
        measures.append("organised")
    if not measures:
        measures += [COUNTED_BY[item.name] for item in items if item.name in COUNTED_BY]
    if not measures and "much" in spoken and _names_giver(items):
        measures.append("funding")
    if "compare" in forms and not any(item.kind == "compare" for item in items):
        beside = _find_beside(items)
        forms = [form for form in forms if form != "compare" or not beside]
        which, forms = [*beside, *which], [*forms, *("most" for _one in beside)]
    pages = [item.name for item in items if item.kind == "page"]
    return Asked(
        measures,
        forms,
        by=[item.name for item in items if item.kind == "by"],
        which=which,
        page=pages[0] if pages else None,
        much="much" in spoken or any(i.kind == "form" and i.said in AMOUNTS for i in items),
        elsewhere=_is_elsewhere(items, vocabulary.funders, spoken),
        more=any(
            item.kind == "measure" or item.names() & {"speaker", "city", "role"} for item in items
        ),
    )


def _names_giver(items: Sequence[Item]) -> bool:
    """Whether an organisation gave: how much did the ministry give."""
    return any(item.name == "giving" for item in items) and any(
        item.names() == {"organisation"} for item in items
    )


def _counts_people(items: Sequence[Item]) -> bool:
    """Whether people who took part are counted: what follows “how many” is what they are called, and no
    sort of training.
    """
    count = next((nr for nr, i in enumerate(items) if i.kind == "form" and i.name == "count"), None)
    if count is None:
        return False
    behind = range(count + 1, len(items))
    first = next((nr for nr in behind if items[nr].is_telling), len(items))
    named = items[first].names() if first < len(items) else set()
    following = items[first + 1] if first + 1 < len(items) else None
    if following and (following.kind == "measure" or following.names() & {"format", "kind"}):
        return False
    taking_part = any(item.name in ("taking_part", "participants") for item in items)
    return bool(named) and named <= ({"level", "discipline"} | ({"text"} if taking_part else set()))


def _names_students(items: Sequence[Item]) -> bool:
    """Whether students are named, and no sort of training for them."""
    named = {name for item in items for name in item.names()}
    return "format" not in named and any("student" in i.said for i in items if i.kind == "filter")


def count_organised(items: Sequence[Item]) -> list[Item]:
    """Read how many events we organised as the number that is called so, without a filter."""
    counted = any(item.kind == "form" and item.name == "count" for item in items)
    others = {item.name for item in items if item.kind == "measure"} - {"events"}
    return [
        replace(item, kind="measure", name="organised", options=())
        if counted and not others and [o.values for o in item.options] == [ORGANISED]
        else item
        for item in items
    ]


def _find_beside(items: Sequence[Item]) -> list[str]:
    """Find the filter of which two values are compared: Doornberg versus Vliegenthart."""
    named = [
        item.options[0].name for item in items if item.kind == "filter" and len(item.options) == 1
    ]
    return [name for name in dict.fromkeys(named) if named.count(name) > 1][:1]


def _is_elsewhere(items: Sequence[Item], funders: frozenset[str], spoken: set[str]) -> bool:
    """Whether money of somebody else is asked for: of one of whom or with whom we got none."""
    named = {
        value
        for item in items
        for option in item.options
        if option.name in ("organisation", "speaker")
        for value in option.values
    }
    return bool(named) and named.isdisjoint(funders) and spoken.isdisjoint(OURS)


def find_several(items: Sequence[Item]) -> list[str]:
    """Find the things that are asked for beside each other: events and trainings."""
    found: list[str] = []
    for one, between, other in zip(items, items[1:], items[2:], strict=False):
        both = [one.name, other.name]
        joined = between.said in JOINING and one.kind == other.kind == "measure"
        if joined and COUNTED.issuperset(both) and both[0] != both[1]:
            found += both
    return list(dict.fromkeys(found))
