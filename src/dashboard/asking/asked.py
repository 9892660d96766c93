"""What a question asks of the records: gathered of its words, and what has no answer taken out."""

from collections.abc import Sequence
from dataclasses import replace

from dashboard.asking.items import JOINING, OURS, Item
from dashboard.asking.measures import BY_OF_NOUN, NOUN_OF_WHICH, NOUNS, OF_HEADS, Asked
from dashboard.asking.vocabulary import Vocabulary
from dashboard.model.filters import Filters
from dashboard.query.metric_definitions import METRICS
from dashboard.schema.folding import fold_words

COUNTED = frozenset(
    "events trainings projects partners grants results series countries contributors contributions"
    " participants funding modules".split()
)
"""Measures of which two that are joined are two questions: how many events and trainings."""


ORGANISED = ("organised", "co-organised")
LISTED = frozenset({"events", "trainings", "projects"})
"""Measures whose things are listed."""


def gather_asked(items: Sequence[Item], vocabulary: Vocabulary) -> Asked:
    """Gather what is asked."""
    forms = [item.name for item in items if item.kind in ("form", "compare")]
    which = [item.name for item in items if item.kind == "which"]
    measures = [item.name for item in items if item.kind == "measure"]
    if "most" not in forms:
        measures = [*(NOUN_OF_WHICH[name] for name in which if name in NOUN_OF_WHICH), *measures]
    if any(item.kind == "filter" and "student" in item.said for item in items):
        measures.append("participants")
    if "count" in forms and "events" in measures and any(i.name == "organised" for i in items):
        measures.append("organised")
    if not measures:
        measures += [item.name for item in items if item.name == "getting"]
    if "compare" in forms and not any(item.kind == "compare" for item in items):
        beside = _find_beside(items)
        forms = [form for form in forms if form != "compare" or not beside]
        which, forms = [*beside, *which], [*forms, *("most" for _one in beside)]
    pages = [item.name for item in items if item.kind == "page"]
    spoken = {word for item in items for word in item.said.split()}
    return Asked(
        measures,
        forms,
        by=[item.name for item in items if item.kind == "by"],
        which=which,
        page=pages[0] if pages else None,
        much="much" in spoken,
        elsewhere=_is_elsewhere(items, vocabulary.funders, spoken),
        more=any(
            item.kind == "measure" or item.names() & {"speaker", "city", "role"} for item in items
        ),
    )


def refuse_heads(items: Sequence[Item]) -> list[Item]:
    """Say of people who belong to what is listed that they are not understood: events with students."""
    measures = [item for item in items if item.kind == "measure"]
    listed = bool(measures) and measures[0].name in LISTED
    if not listed or any(item.kind in ("form", "by", "compare") for item in items):
        return list(items)
    return [
        item.not_understood() if item.kind == "measure" and item.name in OF_HEADS else item
        for item in items
    ]


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


def refuse_unfound(items: Sequence[Item], vocabulary: Vocabulary) -> list[Item]:
    """Say of words of texts that no record has together that they are not understood."""
    texts = [item for item in items if [option.name for option in item.options] == ["text"]]
    words = fold_words(" ".join(item.options[0].values[0] for item in texts)).split()
    if not words or vocabulary.finds(words):
        return list(items)
    return [item.not_understood() if item in texts else item for item in items]


def refuse_ignored(items: Sequence[Item], metric: str, filters: Filters) -> list[Item]:
    """Say of filters that mean nothing for the number that answers that they are not understood. A
    number of held events says its status itself.
    """
    if not metric:
        return list(items)
    table = METRICS[metric].table
    ignored = {*filters.ignored_by(table)} - ({"status"} if table.startswith("held_") else set())
    return [item.not_understood() if item.names() & ignored else item for item in items]


def refuse_unanswered(
    items: Sequence[Item], asked: Asked, form: str, by: str, metric: str
) -> list[Item]:
    """Say of what has no answer that it is not understood: the most of nothing that is compared, a
    comparison without a year, a definition of what is no number, sorts of things and places, which
    are no numbers. A sort beside a value of it says nothing.
    """
    unmet = {name for name, met in (
        ("most", by), ("compare", form != "compare" or any(item.kind == "compare" for item in items)), ("definition", metric)
    ) if not met}  # fmt: skip
    named = {name for item in items for name in item.names()}
    named |= {"month"} if named & {"from", "to"} else set()
    counted = "count" in asked.forms and {*asked.measures} == {"cities"}
    found = []
    for item in items:
        noun = BY_OF_NOUN.get(item.name, "") if item.name in NOUNS else ""
        of_sort = item.kind == "measure" and bool(noun) and noun != by
        refused = (
            (item.kind == "form" and item.name in unmet)
            or (item.kind == "which" and form == "list" and item.name not in NOUN_OF_WHICH)
            or (item.kind == "measure" and item.name == "cities" and counted)
            or (of_sort and noun not in named)
        )
        silent = replace(item, kind="filler") if of_sort else item
        found.append(item.not_understood() if refused else silent)
    return found


def find_several(items: Sequence[Item]) -> list[str]:
    """Find the things that are asked for beside each other: events and trainings."""
    found: list[str] = []
    for one, between, other in zip(items, items[1:], items[2:], strict=False):
        both = [one.name, other.name]
        joined = between.said in JOINING and one.kind == other.kind == "measure"
        if joined and COUNTED.issuperset(both) and both[0] != both[1]:
            found += both
    return list(dict.fromkeys(found))
