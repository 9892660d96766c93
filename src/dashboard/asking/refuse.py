"""What is not understood of a question: words that change what is asked and that no filter carries,
with what they govern, and what has no answer. It is never left out silently.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from dashboard.asking.asked import find_several
from dashboard.asking.items import JOINING, Item
from dashboard.asking.lexicon import read_foreign_words, read_words_around
from dashboard.asking.measures import BY_OF_NOUN, NOUN_OF_WHICH, NOUNS, OF_HEADS, Asked
from dashboard.asking.vocabulary import Vocabulary
from dashboard.model.filters import Filters
from dashboard.query.metric_definitions import METRICS
from dashboard.schema.folding import fold_words

PERIODS = "period"
BEFORE_PERIODS = read_words_around("before_months_and_places") | {"on", "op"}
"""Words between a negation and the period that it governs: not in June."""
TOGETHER = read_words_around("together")
ALL_BUT = ("op", "na")
"""What stands around who is left out in Dutch."""
SORTS: Mapping[str, str] = {
    **dict.fromkeys(("measure", "role", "kind", "format"), "thing"),
    **dict.fromkeys(("speaker", "organisation"), "who"),
    **dict.fromkeys(("city", "country"), "where"),
    **dict.fromkeys(("year", "month", "from", "to"), "when"),
}
"""What sort of thing a filter names, or a measure."""
OF_PARTNERS = frozenset({"partners", "organisation"})
"""What asks for organisations, which no other number is of."""
OF_COHORTS = frozenset({"training_participants", "trainings_held"})
"""Numbers of people whom no record names."""
OF_LEVELS = {"level", "discipline"}
LISTED = frozenset({"events", "trainings", "projects"})
"""Measures whose things are listed."""


def refuse(items: Sequence[Item]) -> list[Item]:
    """Take out of what is understood what negations, compared numbers and what is not recorded govern;
    everything where the question is in another language, or was guessed more than read.
    """
    found = _refuse_negated(_refuse_all_but(list(items)))
    found = _refuse_together(_refuse_numbers(found))
    found = _refuse_employment(_refuse_second(found))
    if _is_foreign(found) or _is_guessed(found):
        return [item.not_understood() for item in found]
    return found


def _is_foreign(items: Sequence[Item]) -> bool:
    """Whether two words or more are of another language, and fewer of English or Dutch."""
    spoken = {word for item in items for word in item.said.split()}
    foreign = spoken & read_foreign_words()
    own = [
        item
        for item in items
        if item.kind in ("filler", "form", "measure")
        and not item.corrected
        and foreign.isdisjoint(item.said.split())
    ]
    return len(foreign) > 1 and len(foreign) > len(own)


def _is_guessed(items: Sequence[Item]) -> bool:
    """Whether all that is understood are words with typing errors, and as many words are not
    understood.
    """
    telling = [item for item in items if item.is_telling]
    words = sum(item.end - item.start for item in telling)
    unknown = sum(item.end - item.start for item in items if item.kind in ("", "common"))
    return bool(telling) and all(item.corrected for item in telling) and unknown >= words


def _refuse_employment(items: list[Item]) -> list[Item]:
    """Take the people who work somewhere out of what is understood, with where: they are no speakers."""
    verbs = [nr for nr, item in enumerate(items) if item.name == "employment"]
    if not verbs:
        return items
    found = []
    for nr, item in enumerate(items):
        worker = item.kind == "measure" and item.name in ("contributors", "participants")
        employer = nr > verbs[0] and item.names() == {"organisation"}
        found.append(item.not_understood() if worker or employer else item)
    if any(item.is_telling and item.kind != "form" for item in found):
        return found
    return [item.not_understood() if item.kind == "form" else item for item in found]


def _refuse_negated(items: list[Item]) -> list[Item]:
    """Take away what is behind a negation: the next thing that says something, and what is joined to
    it; where nothing is behind, what is before. A period that does not follow at once, but for a
    preposition, is that of the question.
    """
    for nr, item in enumerate(items):
        if item.kind != "refused" or item.name != "negation":
            continue
        behind = next((n for n in range(nr + 1, len(items)) if not items[n].says_nothing), None)
        before = next((n for n in range(nr - 1, -1, -1) if _may_be_governed(items[n])), None)
        if behind is not None:
            last = _find_last_joined(items, _skip_noun(items, behind))
            led = all(item.said in BEFORE_PERIODS for item in items[nr + 1 : behind])
            if items[behind].kind != PERIODS or led:
                items[nr + 1 : last + 1] = [i.not_understood() for i in items[nr + 1 : last + 1]]
        elif before is not None:
            items[before:nr] = [i.not_understood() for i in items[before:nr]]
            items[nr + 1 :] = [i.not_understood() for i in items[nr + 1 :]]
    return items


def _skip_noun(items: Sequence[Item], at: int) -> int:
    """Find the value behind what its list is called: not in the pillar research."""
    noun = BY_OF_NOUN.get(items[at].name, "") if items[at].kind == "measure" else ""
    return at + 1 if noun and at + 1 < len(items) and noun in items[at + 1].names() else at


def _refuse_all_but(items: list[Item]) -> list[Item]:
    """Take away what stands between the two words of a negation: iedereen op Doornberg na."""
    begin = next((nr for nr, item in enumerate(items) if item.said == ALL_BUT[0]), None)
    end = next((nr for nr, item in enumerate(items) if item.said == ALL_BUT[1]), None)
    if begin is None or end is None or not begin < end or items[end].is_telling:
        return items
    if any(item.kind == PERIODS for item in items[begin:end]):
        return items
    without = [item.not_understood() for item in items[begin : end + 1]]
    return [*items[:begin], *without, *items[end + 1 :]]


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


def _refuse_together(items: list[Item]) -> list[Item]:
    """Say that “together with” between two people is not understood: of them either is enough."""
    found = list(items)
    for nr in range(1, len(items) - 1):
        around = (items[nr - 1].names(), items[nr + 1].names())
        if items[nr].said in TOGETHER and around == ({"speaker"}, {"speaker"}):
            found[nr] = items[nr].not_understood()
    return found


def _refuse_second(items: list[Item]) -> list[Item]:
    """Say of a second question behind “and” that it is not understood: keynotes by Doornberg and lectures
    by Metting are not the keynotes and lectures by either.
    """
    joins = [nr for nr, item in enumerate(items) if item.said in JOINING]
    bounds = [-1, *joins, len(items)]
    parts = [_sort_parts(items[begin + 1 : end]) for begin, end in pairwise(bounds)]
    for nr, (one, other) in enumerate(pairwise(parts)):
        if sum(one[sort] != other[sort] for sort in one.keys() & other.keys()) > 1:
            begin, end = bounds[nr + 1 : nr + 3]
            return [
                item.not_understood() if begin <= at < end else item
                for at, item in enumerate(items)
            ]
    return items


def _sort_parts(items: Sequence[Item]) -> dict[str, object]:
    """Sort what a part of a question names: a thing, people, a place, a period."""
    found: dict[str, object] = {}
    for item in items:
        sorts = {SORTS.get(name, "") for name in item.names()} or {SORTS.get(item.kind, "")}
        for sort in sorts - {""}:
            found.setdefault(sort, (item.name, [option.values for option in item.options]))
    return found


def refuse_heads(items: Sequence[Item]) -> list[Item]:
    """Say of people who belong to what is listed or counted that they are not understood: events with
    students. Trainings are for people: there they say nothing.
    """
    forms = [nr for nr, item in enumerate(items) if item.kind in ("form", "by", "compare")]
    counts = [nr for nr in forms if items[nr].name == "count"]
    if len(forms) > len(counts) or len(counts) > 1:
        return list(items)
    behind = range(counts[0] + 1 if counts else 0, len(items))
    telling = [nr for nr in behind if items[nr].is_telling and not items[nr].names() & OF_LEVELS]
    if not telling or not _is_listed(items[telling[0]], counted=bool(counts)):
        return list(items)
    first = telling[0]
    joined = items[first + 1 : first + 2]
    if counts and joined and (joined[0].said in JOINING or joined[0].name in OF_HEADS):
        return list(items)
    of_trainings = items[first].name == "trainings" or "format" in items[first].names()
    found = list(items)
    for nr in range(first + 1, len(items)):
        if items[nr].kind == "measure" and items[nr].name in OF_HEADS:
            silent = counts and of_trainings
            found[nr] = replace(items[nr], kind="filler") if silent else items[nr].not_understood()
    return found


def _is_listed(item: Item, *, counted: bool) -> bool:
    """Whether an item is a thing that is listed or counted."""
    named = counted and item.names() and item.names() <= {"format", "kind"}
    return bool(named) or (item.kind == "measure" and item.name in LISTED)


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
        ("most", by), ("who", metric not in OF_COHORTS), ("compare", form != "compare" or any(item.kind == "compare" for item in items)), ("definition", metric)
    ) if not met}  # fmt: skip
    named = {name for item in items for name in item.names()}
    named |= {"month"} if named & {"from", "to"} else set()
    counted = "count" in asked.forms and {*asked.measures} == {"cities"}
    answered = metric == "partners" or by == "organisation" or find_several(items)
    found = []
    for item in items:
        noun = BY_OF_NOUN.get(item.name, "") if item.name in NOUNS else ""
        of_sort = item.kind == "measure" and bool(noun) and noun != by
        refused = (
            (item.kind == "form" and item.name in unmet)
            or (item.kind == "which" and form == "list" and item.name not in NOUN_OF_WHICH)
            or (item.kind == "measure" and item.name == "cities" and counted)
            or (item.name in OF_PARTNERS and not answered and len(item.options) < 2)
            or (of_sort and noun not in named)
        )
        silent = replace(item, kind="filler") if of_sort else item
        found.append(item.not_understood() if refused else silent)
    return found
