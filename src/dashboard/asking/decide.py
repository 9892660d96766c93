"""Decides between the things that words can mean, by the words around them; what stays open is
offered.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from dashboard.asking.items import OURS, Item, Option
from dashboard.asking.lexicon import (
    read_cities,
    read_common_forms,
    read_first_names,
    read_surnames,
    read_words_around,
)
from dashboard.asking.name_senses import find_cue
from dashboard.asking.words import Word
from dashboard.intake.person_names import PARTICLES
from dashboard.language.messages import _
from dashboard.query.metric_definitions import METRICS
from dashboard.schema.folding import fold_words

INSIDE = read_words_around("before_months_and_places")
"""Words before a month or a place, never before who did something."""
BY = read_words_around("before_who_did_it")
"""Words before which somebody is named."""
BEFORE_PEOPLE = read_words_around("before_people")
GIVING = read_words_around("of_giving")
ON_EVENTS = frozenset({"speaker", "city", "country", "status", "organisation", "our_role", "kind"})
APART = read_words_around("apart_from_waar")
BEFORE_MORE = read_words_around("behind_apart")
"""Prepositions that belong to a “waar” that stands before them, and words that may follow them."""
ON_TRAININGS = frozenset({"level", "discipline", "format"})
MEASURES_OF_TRAININGS = frozenset({"participants", "trained", "trainings", "modules"})
MEASURES_OF_EVENTS = frozenset({"events", "attendances", "abroad", "online", "home"})
OFFERED = ("meeting", "meetings")
"""Words for events that are the name of one kind of them too. A contribution is no such word: nobody
who asks for contributions means those of which no role is known.
"""
OF_ORGANISATIONS = frozenset(
    "projects projects_running projects_completed projects_coming"
    " projects_planned results partners funding subsidy grants funding_elsewhere".split()
)
"""Measures of what organisations do and get: no place is known of them."""
WHAT = ("what", "wat")
PEOPLE = ("contributors", "participants", "trained")
SIZED = frozenset(
    {"grants", "subsidy", "funding", "funding_elsewhere", "participants", "attendances"}
)
"""Measures of an amount of money, or of how many came."""
AMOUNTS = read_words_around("amounts")
"""What is asked of an amount, and of nothing else that is known."""
TEACHING = read_words_around("teaching")
WITH = frozenset({"with", "met"})
ORGANISED = frozenset({"organised", "co-organised"})
MAKING = ("making", "developing", "getting", "awarding")
"""Verbs of which nobody is known who did it, but of projects and money: who won."""
THINGS = frozenset("events trainings projects grants partners results contributors".split())
"""Measures that who, where and when can stand behind as a part of a sentence."""


def decide(items: Sequence[Item], words: Sequence[Word], ours: frozenset[str]) -> list[Item]:
    """Decide what can be decided. `ours` are the organisations that are ourselves."""
    found = _leave_out_asker(list(items))
    found = _offer_measures([_decide_name(item, words) for item in found])
    found = _read_reached(_read_amounts(found))
    found = _leave_out_ourselves(found, ours)
    found = _refuse_strangers(found, words)
    found = _read_beside_texts(found)
    found = _decide_roles_of_ours(_read_with_whom(found, words), words)
    found = _leave_out_relatives(found)
    found = _read_teaching(_decide_partner(_read_split_what(found), words))
    return [_decide_term(item, found) for item in found]


def _leave_out_asker(items: list[Item]) -> list[Item]:
    """Leave out who asks: “our dean asks: how many …”, “…, vraagt de voorzitter”: what is not known, or
    is a role, on the side of the verb where nothing else is said.
    """
    verb = next((nr for nr, item in enumerate(items) if item.name == "reporting"), None)
    if verb is None:
        return items
    sides = (items[:verb], items[verb + 1 :])
    for side in sides:
        asker = {id(item) for item in side if not item.is_telling or item.names() == {"role"}}
        said = any(item.is_telling for other in sides if other is not side for item in other)
        if said and len(asker) == len(side) and not any(item.kind == "refused" for item in side):
            return [_silence(item) if id(item) in asker else item for item in items]
    return items


def _silence(item: Item) -> Item:
    return replace(item, kind="filler", name="", options=())


def _offer_measures(items: list[Item]) -> list[Item]:
    """Leave out the filter that a measure may be as well; meetings of nobody in particular may be all
    events, or those that are called so only.
    """
    told = {name for item in items if item.kind == "filter" for name in item.names()}
    forms = {item.name for item in items if item.kind == "form"}
    open_ = not told & {"speaker", "role", "kind"} and not forms & {"definition", "who"}
    found = []
    for item in items:
        if item.kind in ("filter", "period"):
            found.append(item)
        elif item.kind == "measure" and item.said in OFFERED and open_:
            filters = [o for o in item.options if o.name == "kind"]
            everything = Option("metric", ("events_held",), METRICS["events_held"].label, {})
            found.append(replace(item, options=(everything, *filters) if filters else ()))
        else:
            found.append(replace(item, options=()))
    return found


def _decide_name(item: Item, words: Sequence[Word]) -> Item:
    """Decide between a person and a month or place of that name by the word before."""
    if len(item.options) < 2 or "speaker" not in item.names():
        return item
    before = find_cue(words, item.start)
    if before in ("of", "van") and words[item.start - 2].folded in ("month", "maand"):
        before = "in"
    people = [option for option in item.options if option.name == "speaker"]
    others = [option for option in item.options if option.name != "speaker"]
    if before in INSIDE and others:
        return item.narrowed(others)
    return replace(item.narrowed(people), kind="filter") if before in BY else item


def _read_amounts(items: list[Item]) -> list[Item]:
    """Read how big or how high as how much where it is said of money or of who came: how big
    was the grant.
    """
    if not any(item.kind == "measure" and item.name in SIZED for item in items):
        return items
    return [
        replace(item, kind="form", name="count")
        if item.kind == "refused" and item.said in AMOUNTS
        else item
        for item in items
    ]


def _read_reached(items: list[Item]) -> list[Item]:
    """Read how many people were reached as those who took part; of what else is counted, and where it is
    asked what or which ones were reached, it says nothing; whom and where is not understood.
    """
    counted = any(item.kind == "form" and item.name == "count" for item in items)
    what = any(item.said in WHAT or item.kind == "which" for item in items)
    others = {item.name for item in items if item.kind == "measure"} - {"reached", *PEOPLE}
    participants = any(item.kind == "measure" and item.name in PEOPLE for item in items)
    found = []
    for item in items:
        if item.name != "reached":
            found.append(item)
        elif counted and not others:
            found.append(replace(item, kind="measure", name="participants"))
        else:
            silent = counted or what or participants
            found.append(_silence(item) if silent else item.not_understood())
    return found


def _leave_out_ourselves(items: list[Item], ours: frozenset[str]) -> list[Item]:
    """Read the name of the programme as “we”, where the question says anything else."""
    if sum(item.kind in ("filter", "measure", "period") for item in items) < 2:
        return items
    return [
        replace(item, kind="filler", name="ours", options=())
        if item.names() == {"organisation"}
        and all(ours.issuperset(option.values) for option in item.options)
        else item
        for item in items
    ]


def _refuse_strangers(items: list[Item], words: Sequence[Word]) -> list[Item]:
    """Take a first name and a last name for somebody who is not known, where they belong to two people
    or one of them to nobody: Jan Doornberg, Jan Smits, April Goossens.
    """
    found = list(items)
    for nr, first in enumerate(items[:-1]):
        last = nr + 1
        while last + 1 < len(items) and items[last].said in PARTICLES and not items[last].options:
            last += 1
        apart = words[items[last].start].start - words[items[last - 1].end - 1].end
        shared = [option for option in first.options if option in items[last].options]
        if shared and first.names() == {"speaker"}:
            found[nr], found[last] = first.narrowed(shared), items[last].narrowed(shared)
            continue
        also_first = _is_given_name(items[last], words)
        other = items[last].names() == {"speaker"} and not also_first
        led = find_cue(words, first.start) in BEFORE_PEOPLE
        nobody = not items[last].kind and _may_be_surname(words[items[last].start], led=led)
        if apart <= 1 and _is_given_name(first, words) and (other or nobody):
            found[nr : last + 1] = [item.not_understood() for item in items[nr : last + 1]]
    return found


def _is_given_name(item: Item, words: Sequence[Word]) -> bool:
    """Whether a word is the first name of somebody: of a person of the records, of nobody, or a month
    that is a name too, where none is meant.
    """
    if item.end - item.start > 1:
        return False
    firsts = {fold_words(o.label).split()[0] for o in item.options if o.name == "speaker"}
    if item.said in firsts:
        return True
    dated = item.kind == "period" and find_cue(words, item.start) in INSIDE
    named = "speaker" in item.names() or not item.kind or item.kind == "period"
    return item.said in read_first_names() and named and not dated


def _may_be_surname(word: Word, *, led: bool) -> bool:
    """Whether a word that is not understood may be a last name: one that people know, or any other that
    is no city, where it is written with a capital letter or a person is named.
    """
    unknown = word.folded not in read_cities() and word.folded not in read_common_forms()
    named = (led or word.capital) and word.folded.isalpha()
    return word.folded in read_surnames() or (named and unknown)


def _read_beside_texts(items: list[Item]) -> list[Item]:
    """Read a word that everybody uses, or an abbreviation that several lines have in their names, as one
    of the text beside it.
    """
    found = list(items)
    for nr, item in enumerate(items):
        several = len(item.options) > 1 and item.names() == {"line"} and " " not in item.said
        if several or item.kind == "common":
            beside = (*found[max(0, nr - 1) : nr], *found[nr + 1 : nr + 2])
            texts = [o for one in beside for o in one.options if o.name == "text"]
            if texts:
                option = Option("text", (item.said,), item.said, {"text": item.said}, texts[0].page)
                found[nr] = replace(item, kind="filter", options=(option,))
    return found


def _decide_roles_of_ours(items: list[Item], words: Sequence[Word]) -> list[Item]:
    """Say that the role of somebody else is not understood as ours; what people contributed is no role
    of ours either, and “held” says nothing where somebody gave something.
    """
    ours = any(item.name == "ours" or not OURS.isdisjoint(item.said.split()) for item in items)
    who = any(
        item.kind in ("form", "which") and item.name in ("who", "organisation") for item in items
    )
    by = any(
        find_cue(words, item.start) in ("by", "door")
        for item in items
        if item.names() & {"speaker", "organisation"}
    )
    giving = any(item.names() & {"role", "speaker"} for item in items)
    people = any(item.kind == "measure" and item.name == "contributors" for item in items)
    of_projects = any(
        (item.kind == "measure" and item.name in OF_ORGANISATIONS)
        or any(option.page == "projects" for option in item.options)
        for item in items
    )
    found = []
    for item in items:
        if [o.values for o in item.options] == [("contributed",)] and (who or giving or people):
            found.append(replace(item, kind="measure", name="contributions", options=()))
        elif (item.name in MAKING and who and not of_projects) or (
            item.names() == {"our_role"} and (by or who) and not ours
        ):
            found.append(item.not_understood())
        elif item.said in ("held", "gehouden") and item.options and giving and not item.corrected:
            found.append(replace(item, kind="filler", options=()))
        else:
            found.append(item)
    return found


def _leave_out_relatives(items: list[Item]) -> list[Item]:
    """Leave out who, where and when behind what they belong to: symposia waar Peter sprak."""
    found = list(items)
    for nr, item in enumerate(items[:-1]):
        if item.kind == "form" and item.name in ("who", "where", "when"):
            before = next((one for one in reversed(items[:nr]) if not one.says_nothing), None)
            if before and (before.name in THINGS or before.names() & {"kind", "format"}):
                found[nr] = replace(item, kind="filler")
    return found


def _read_with_whom(items: list[Item], words: Sequence[Word]) -> list[Item]:
    """Read with whom we organised something as the partners in it; with whom somebody did something is
    not understood.
    """
    roles = [o.values for i in items for o in i.options if o.name == "our_role"]
    organised = any(ORGANISED.issuperset(values) for values in roles)
    people = any("speaker" in item.names() for item in items)
    partners = any(item.name == "partners" for item in items)
    found = list(items)
    for nr, item in enumerate(items):
        led = WITH & {find_cue(words, item.start), item.said.split()[0]}
        if item.kind != "form" or item.name != "who" or not led or partners:
            continue
        if organised:
            found[nr] = replace(item, kind="measure", name="partners")
        elif people:
            found[nr] = item.not_understood()
    return found


def _read_split_what(items: list[Item]) -> list[Item]:
    """Read “waar … aan mee” as what, not as where: the preposition stands apart from it."""
    where = next((nr for nr, item in enumerate(items) if item.said == "waar"), None)
    if where is None:
        return items
    behind = items[where + 1 :]
    for item, following in zip_longest(behind, behind[1:]):
        apart = following is None or following.kind == "period" or following.said in BEFORE_MORE
        if item.said in APART and apart:
            return [replace(one, kind="filler") if one is items[where] else one for one in items]
    return items


def _decide_partner(items: list[Item], words: Sequence[Word]) -> list[Item]:
    """Read “partner” as our role where it is said that we are it. Where it stands alone, or as what
    nobody is said to be, it is offered beside the number of partners.
    """
    spoken = {word for item in items for word in item.said.split()}
    ours = spoken & {"we", "wij"} and spoken & {"are", "were", "zijn", "waren", "als", "as"}
    alone = sum(item.is_telling for item in items) == 1
    defined = any(item.name == "definition" for item in items)
    role = Option("our_role", ("partner",), _("Partner"), {"our_role": ("partner",)})
    number = Option("metric", ("partners",), METRICS["partners"].label, {})
    found = []
    for item in items:
        if item.name != "partners" or item.said != "partner":
            found.append(item)
        elif ours:
            found.append(replace(item, kind="filter", name="", options=(role,)))
        elif alone or (find_cue(words, item.start) in ("as", "als") and not defined):
            found.append(replace(item, options=(number, role)))
        else:
            found.append(item)
    return found


def _read_teaching(items: list[Item]) -> list[Item]:
    """Read education and lessons for somebody as trainings, and not as the pillar or lectures: education
    for bachelors.
    """
    told = {name for item in items for name in item.names()}
    pillars = any(item.name == "pillars" for item in items)
    if pillars or told.isdisjoint(ON_TRAININGS):
        return items
    return [
        replace(item, kind="measure", name="trainings", options=())
        if item.said in TEACHING and item.names() <= {"pillar", "role"}
        else item
        for item in items
    ]


def _decide_term(item: Item, items: Sequence[Item]) -> Item:
    """Decide between a role of a person, a kind of event and a form of a training."""
    if len(item.options) < 2 or not item.names() <= {"role", "kind", "format"}:
        return item
    for names in _rank_lists(item, [other for other in items if other is not item]):
        if chosen := [option for option in item.options if option.name in names]:
            return item.narrowed(chosen)
    return item


def _rank_lists(item: Item, others: Sequence[Item]) -> tuple[tuple[str, ...], ...]:
    """Rank the lists of which a term may be by what else a question says, those together between which
    it does not decide; none where that tells nothing.
    """
    told = {name for other in others if len(other.names()) == 1 for name in other.names()}
    pages = {option.page for other in others for option in other.options}
    measures = {other.name for other in others if other.kind == "measure"}
    asked = {other.name for other in others if other.kind == "form"}
    spoken = {word for other in others for word in other.said.split()}
    people = any("speaker" in other.names() for other in others)
    if told & ON_TRAININGS or measures & MEASURES_OF_TRAININGS or "trainings" in pages:
        return ("format",), ("kind",), ("role",)
    if "role" in item.names() and (people or "who" in asked or spoken & GIVING or "role" in told):
        return (("role",),)
    if measures & MEASURES_OF_EVENTS or told & {"status", "our_role"}:
        return ("kind",), ("role",)
    if told & ON_EVENTS or "text" in told or "events" in pages:
        return (("kind", "role"),)
    return (("kind",),) if "role" in told or people else ()
