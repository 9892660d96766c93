"""Decides between the things that words can mean, by the words around them; what stays open is
offered.
"""

from collections.abc import Sequence
from dataclasses import replace

from dashboard.asking.items import Item, Option
from dashboard.asking.name_senses import find_cue
from dashboard.asking.lexicon import read_first_names
from dashboard.asking.words import Word

INSIDE = frozenset("in during tijdens at near te nabij naar to uit since sinds".split())
"""Words before a month or a place, never before who did something."""
BY = frozenset(
    "by door did deed does doet gaf gave gives geeft spoke sprak heeft has with met".split()
)
"""Words before or after which somebody is named."""
GIVING = frozenset(
    "give gave given gives giving gaf gaven gegeven geven geeft hield verzorgde verzorgd by door"
    " deliver delivered speak spoke".split()
)
OURS = frozenset("we wij us ons our onze ourselves zelf own eigen".split())
THINGS = frozenset("events trainings projects grants partners results contributors".split())
ON_EVENTS = frozenset({"speaker", "role", "city", "country", "status", "organisation", "our_role"})
ON_TRAININGS = frozenset({"level", "discipline", "format"})
MEASURES_OF_TRAININGS = frozenset({"participants", "trained", "trainings", "modules"})
MEASURES_OF_EVENTS = frozenset({"events", "attendances", "abroad", "online", "home"})


def decide(
    items: Sequence[Item], words: Sequence[Word], ours: frozenset[str] = frozenset()
) -> list[Item]:
    """Decide what can be decided. `ours` are the organisations that are ourselves."""
    found = [_decide_name(item, words) for item in items]
    found = _leave_out_ourselves(found, ours)
    found = _refuse_strangers(found, words)
    found = _decide_ai(found)
    found = _decide_roles(found, words)
    found = _decide_relative(found)
    found = _decide_partner(found, words)
    found = [_decide_term(item, found, words) for item in found]
    return [_decide_measure(item, found) for item in found]


def _decide_name(item: Item, words: Sequence[Word]) -> Item:
    """Decide between a person and a month or place of that name by the word before."""
    if len(item.options) < 2 or "speaker" not in item.names():
        return item
    before = find_cue(words, item.start)
    if before in ("of", "van") and item.start > 1:
        before = {"month": "in", "maand": "in"}.get(words[item.start - 2].folded, before)
    people = [option for option in item.options if option.name == "speaker"]
    others = [option for option in item.options if option.name != "speaker"]
    if before in INSIDE and others:
        return item.narrowed(others)
    if before in BY and people:
        decided = item.narrowed(people)
        return replace(decided, kind="filter") if item.kind == "period" else decided
    return item


def _refuse_strangers(items: list[Item], words: Sequence[Word]) -> list[Item]:
    """Take a first name and a last name that belong to two people for somebody who is not known."""
    found = list(items)
    for nr, (first, last) in enumerate(zip(items, items[1:], strict=False)):
        follows = (
            first.end == last.start and words[first.start].chunk + 1 >= words[last.start].chunk
        )
        if not follows or last.names() != {"speaker"} or last.kind != "filter":
            continue
        given = words[first.start].folded in read_first_names()
        named = "speaker" in first.names() or not first.kind
        if given and named and first.end - first.start == 1:
            found[nr], found[nr + 1] = first.not_understood(), last.not_understood()
    return found


def _leave_out_ourselves(items: list[Item], ours: frozenset[str]) -> list[Item]:
    """Read the name of the programme as “we”, where the question says anything else."""
    telling = [item for item in items if item.kind in ("filter", "measure", "period")]
    if len(telling) < 2:
        return items
    return [
        Item(item.start, item.end, "filler", "ours")
        if len(item.options) == 1
        and item.options[0].name == "organisation"
        and ours.issuperset(item.options[0].values)
        else item
        for item in items
    ]


def _decide_ai(items: list[Item]) -> list[Item]:
    """Read an abbreviation that several lines have in their names as a word of a text beside it."""
    found = list(items)
    for nr, item in enumerate(items):
        beside = [*items[max(0, nr - 1) : nr], *items[nr + 1 : nr + 2]]
        if len(item.options) > 1 and item.names() == {"line"} and item.senses[0].part:
            if text := next((o for i in beside for o in i.options if o.name == "text"), None):
                word = item.said
                option = Option("text", (word,), word, {"text": word}, text.page)
                found[nr] = replace(item, options=(option,))
    return found


def _decide_roles(items: list[Item], words: Sequence[Word]) -> list[Item]:
    """Say that a role of somebody else than us is not understood, and read “held” as giving, where
    somebody has a role.
    """
    spoken = {word.folded for word in words}
    who = any(
        item.name in ("who", "organisation") and item.kind in ("form", "which") for item in items
    )
    ours = bool(spoken & OURS) or any(item.name == "ours" for item in items)
    by = any(
        find_cue(words, item.start) in ("by", "door")
        for item in items
        if item.names() & {"speaker", "organisation"}
    )
    giving = any(item.names() & {"role", "speaker"} for item in items)
    found = []
    for item in items:
        names = item.names()
        if names == {"our_role"} and (by or who) and not ours:
            found.append(item.not_understood())
        elif names == {"status"} and giving and words[item.end - 1].folded in ("held", "gehouden"):
            found.append(Item(item.start, item.end, "filler"))
        else:
            found.append(item)
    return found


def _decide_relative(items: list[Item]) -> list[Item]:
    """Read who, where and when behind what they belong to as nothing: symposia waar Peter sprak."""
    found = list(items)
    for nr, item in enumerate(items[:-1]):
        if item.kind == "form" and item.name in ("who", "where", "when"):
            before = next((one for one in reversed(items[:nr]) if one.kind != "filler"), None)
            if before and (before.name in THINGS or before.names() & {"kind", "format"}):
                found[nr] = Item(item.start, item.end, "filler")
    return found


def _decide_partner(items: list[Item], words: Sequence[Word]) -> list[Item]:
    """Read “partner” as our role where it is said that we are it."""
    spoken = {word.folded for word in words}
    if not spoken & {"we", "wij"} or not spoken & {"are", "were", "zijn", "waren", "als", "as"}:
        return items
    option = Option("our_role", ("partner",), "", {"our_role": ("partner",)})
    return [
        replace(item, kind="filter", name="", options=(option,))
        if item.name == "partners" and words[item.end - 1].folded == "partner"
        else item
        for item in items
    ]


def _decide_term(item: Item, items: Sequence[Item], words: Sequence[Word]) -> Item:
    """Decide between a role of a person, a kind of event and a form of a training."""
    names = item.names()
    if len(item.options) < 2 or not names <= {"role", "kind", "format"}:
        return item
    others = [other for other in items if other is not item]
    told = {name for other in others if len(other.names()) == 1 for name in other.names()}
    told |= {"city" for other in others for option in other.options if option.page == "events"}
    told |= {"level" for other in others for option in other.options if option.page == "trainings"}
    people = any("speaker" in other.names() for other in others)
    measures = {other.name for other in others if other.kind == "measure"}
    given = (
        people
        or any(word.folded in GIVING for word in words)
        or "who" in {other.name for other in others if other.kind == "form"}
    )
    if told & ON_TRAININGS or measures & MEASURES_OF_TRAININGS:
        wanted = ["format", "kind", "role"]
    elif "role" in names and given:
        wanted = ["role"]
    elif "role" in names and told & {"role"}:
        wanted = ["role"]
    elif told & {"kind"} or measures & MEASURES_OF_EVENTS or told & ON_EVENTS or people:
        wanted = ["kind", "role"]
    else:
        return item
    for name in wanted:
        if chosen := [option for option in item.options if option.name == name]:
            return item.narrowed(chosen)
    return item


def _decide_measure(item: Item, items: Sequence[Item]) -> Item:
    """Leave out the filter that a measure may be as well, as partners and contributions are."""
    if item.kind in ("measure", "form", "page", "by", "which") and item.options:
        return replace(item, options=())
    return item
