"""What names mean in a question: a person, a place, an organisation, the title of a project, series or
training.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from rapidfuzz.distance import DamerauLevenshtein

from dashboard.asking.lexicon import (
    Sense,
    read_cities,
    read_city_names,
    read_common_forms,
    read_common_words,
    read_organisation_words,
    read_surnames,
    read_words_around,
)
from dashboard.asking.vocabulary import Vocabulary
from dashboard.asking.words import Word, quote
from dashboard.query.names import NameHit
from dashboard.schema.folding import fold_words
from dashboard.text.countries import CAPITALS

FILTER_OF_TABLE = {
    "people": "speaker",
    "cities": "city",
    "countries": "country",
    "organisations": "organisation",
}
TITLED = {"projects": "projects", "trainings": "trainings", "series": "series"}
"""Tables whose records are found by the words of their titles, with the page of each."""
ARTICLES = read_words_around("articles")
INSIDE = read_words_around("before_places")
"""Words before a place, behind which half a name of something else is none."""
AT = read_words_around("before_buildings")
"""Words before a building."""
SHORTEST_HALF = 4
"""Letters of a word that is enough to name an organisation of several words."""
SHORT, SHORTEST_COUNTRY, LONG = 5, 6, 7
"""Letters of a surname with which other words are easily confused; of a country in which a typing error
is overlooked; and of a name with two of them.
"""
SOUNDS = tuple(
    pair.split(":")
    for pair in "ij:y ei:y ph:f th:t ck:k dt:t sch:sg sce:se sci:si ce:se ci:si ch:g c:k w:v z:s ae:a oe:o ue:u".split()
)
"""How letters are written that are said alike."""
Found = tuple[Sense, int, float]
"""A sense of a name, how many typing errors it has, and how much less it counts than a phrase."""


def find_names(
    vocabulary: Vocabulary, text: str, words: Sequence[Word], start: int, end: int
) -> list[Found]:
    """Find what words name: of people all that are called so, of other things the one whose whole
    name it is, else one whose name begins so.
    """
    spelt = [word.folded for word in words[start:end]]
    typed = [text[word.start : word.end] for word in words[start:end]]
    if end - start == 1 and is_country(text, words, start):
        typed = [typed[0].upper()]
    hits = [
        hit
        for hit in vocabulary.names.find(typed)
        if (_is_meant(hit, spelt) or _is_in_city(hit, words, start, end))
        and _is_spelt(hit, typed)
        and not _is_other_surname(hit, typed)
    ]
    if organisations := _find_translated(vocabulary, spelt):
        hits = organisations
    elif not hits and (other := _spell_otherwise(spelt)):
        exact = (hit for hit in vocabulary.names.find(other) if not hit.errors)
        hits = [replace(hit, errors=1) for hit in exact]
    elif not hits and end - start == 1:
        hits = _find_elsewhere(vocabulary, spelt[0])
    hits += _find_namesakes(vocabulary, hits, spelt)
    chosen = _choose(hits, spelt, find_cue(words, start))
    said = quote(text, words, start, end)
    return [(_read_hit(hit, said, spelt), hit.errors, _weigh(hit)) for hit in chosen]


def find_of_first_name(
    vocabulary: Vocabulary, words: Sequence[Word], start: int, end: int
) -> list[Found]:
    """Find the one person of a first name whose last name is said nearly as another one that was typed:
    Michiel Kaman for Kahmann. A last name that people know is that of somebody else.
    """
    first, last = words[start].folded, words[end - 1].folded
    sounds = _write_sounds(last)
    if len(sounds) < SHORTEST_HALF or last in read_surnames():
        return []
    found = [
        hit
        for hit in vocabulary.names.find((first,), ("people",))
        if not hit.errors
        and fold_words(hit.label).startswith(first)
        and any(_is_said_nearly(sounds, word) for word in fold_words(hit.label).split()[1:])
    ]
    return [(_read_hit(hit, "", ()), 1, -0.2) for hit in found] if len(found) == 1 else []


def find_cut_name(vocabulary: Vocabulary, joined: str) -> list[Found]:
    """Find the people whose last name two words are together, with an error: dorn berg."""
    hits = vocabulary.names.find((joined,), ("people",))
    return [(_read_hit(hit, "", ()), hit.errors, 0.0) for hit in hits if hit.errors < 2]


def is_country(text: str, words: Sequence[Word], at: int) -> bool:
    """Whether a word is the short name of a country that is another word elsewhere: the US, de VS. It is
    where an article stands before it, or where it is written with capitals and not all words are.
    """
    word = words[at]
    if word.folded.upper() not in CAPITALS:
        return False
    apart = not text.isupper() or find_cue(words, at) in INSIDE
    capitals = text[word.start : word.end].isupper() and apart
    return capitals or (at > 0 and words[at - 1].folded in ARTICLES)


def find_cue(words: Sequence[Word], start: int) -> str:
    """Find the word before, leaving out articles; empty where there is none."""
    while start > 0 and words[start - 1].folded in ARTICLES:
        start -= 1
    return words[start - 1].folded if start else ""


def _is_meant(hit: NameHit, spelt: Sequence[str]) -> bool:
    """Whether a name with errors can be meant: none of the wrong words is a word, a surname or a city
    that people know, but for a surname that is said the same, or a longer one with one error behind
    the first name of somebody. A first name may be spelt wrongly.
    """
    known = fold_words(hit.label).split()
    sounds = {_write_sounds(word) for word in known}
    return not hit.errors or all(
        word in known
        or len(word) < 3
        or (len(spelt) > 1 and hit.table != "people" and _is_variant(word, known))
        or _write_sounds(word) in sounds
        or not (
            word in read_common_forms()
            or (hit.table == "people" and word in read_surnames() and not _is_whole(hit, spelt))
            or (len(spelt) == 1 and _is_other_city(hit, word))
        )
        for word in spelt
    )


def _is_whole(hit: NameHit, spelt: Sequence[str]) -> bool:
    """Whether words are the whole name of a person with one error, in a long last name."""
    known = fold_words(hit.label).split()
    return hit.whole and hit.errors == 1 and known[0] == spelt[0] and len(spelt[-1]) >= LONG


def _is_other_city(hit: NameHit, word: str) -> bool:
    """Whether a word is what another city is called than the one that was found."""
    called = read_cities().get(word, frozenset())
    city = fold_words(hit.label.split(", ")[0])
    return bool(called) and called.isdisjoint({city, *read_cities().get(city, ())})


def _is_in_city(hit: NameHit, words: Sequence[Word], start: int, end: int) -> bool:
    """Whether a word that people know stands as a city does: “in Lieden”, and not what people are."""
    if hit.table != "cities" or end - start > 1 or _is_other_city(hit, words[start].folded):
        return False
    return words[start].capital and find_cue(words, start) in INSIDE | AT


def _is_variant(word: str, known: Sequence[str]) -> bool:
    """Whether a word is another spelling of one in a name of several words: centre, center."""
    return any(word[:4] == one[:4] and sorted(word) == sorted(one) for one in known)


def _is_spelt(hit: NameHit, typed: Sequence[str]) -> bool:
    """Whether a name has no more errors than can be overlooked: in a country one in a word of six
    letters; in other names, but those of cities, two of seven letters; and a short surname by itself is none that is written
    small, as other words are.
    """
    if not hit.errors or hit.table == "cities":
        return True
    shortest = min(len(word) for word in typed)
    if hit.table == "countries":
        return hit.errors < 2 and shortest >= SHORTEST_COUNTRY
    known = fold_words(hit.label).split()
    sounds = {_write_sounds(word) for word in known}
    wrong = [word for word in map(fold_words, typed) if word not in known]
    wrong = [word for word in wrong if _write_sounds(word) not in sounds]
    if any(len(word) < LONG for word in wrong) and hit.errors > len(wrong):
        return False
    if hit.table != "people":
        return True
    return len(typed) > 1 or len(typed[0]) > SHORT or not typed[0].islower()


def _is_said_nearly(sounds: str, word: str) -> bool:
    other = _write_sounds(word)
    if sounds[0] != other[0]:
        return False
    return DamerauLevenshtein.distance(sounds, other) <= (1 if len(sounds) > SHORTEST_HALF else 0)


def _write_sounds(word: str) -> str:
    """Write a word as it is said, where names of one sound are written in several ways."""
    for written, said in SOUNDS:
        word = word.replace(written, said)
    return re.sub(r"(.)\1+", r"\1", word)


def _is_other_surname(hit: NameHit, typed: Sequence[str]) -> bool:
    """Whether words name a person only without their last s, but are the surname of another or an ordinary
    word: Smits, jobs.
    """
    known = fold_words(hit.label).split()
    folded = [fold_words(word) for word in typed]
    return hit.table == "people" and any(
        word not in known
        and word.removesuffix("s") in known
        and (word in read_surnames() or word in read_common_forms())
        for word in folded
    )


def _find_translated(vocabulary: Vocabulary, spelt: Sequence[str]) -> list[NameHit]:
    """Find an organisation by what its sort is called in Dutch: gemeente Groningen, Hanzehogeschool."""
    for typed, known in read_organisation_words().items():
        if typed in spelt and len(spelt) > 1 and typed != known:
            others = [word for word in spelt if word not in {typed, "van", "of", *ARTICLES}]
        elif len(spelt) == 1 and spelt[0].endswith(typed) and spelt[0] != typed:
            others = [spelt[0].removesuffix(typed)]
        else:
            continue
        hits = vocabulary.names.find(others, ("organisations",)) if others else ()
        if found := [h for h in hits if not h.errors and known in fold_words(h.label).split()]:
            return [replace(hit, whole=True) for hit in found]
    return []


def _spell_otherwise(spelt: Sequence[str]) -> list[str]:
    """Spell names with y for ij, or the other way round; nothing where neither is in them."""
    if any("ij" in word for word in spelt):
        return [word.replace("ij", "y") for word in spelt]
    return [word.replace("y", "ij") for word in spelt] if any("y" in w for w in spelt) else []


def _find_elsewhere(vocabulary: Vocabulary, word: str) -> list[NameHit]:
    """Find a city by what it is called in another language: Köln; no code of three letters."""
    if len(word) < SHORTEST_HALF or word in read_common_forms():
        return []
    names = {name for city in read_cities().get(word, ()) for name in read_city_names()[city]}
    found = (vocabulary.names.find(name.split(), ("cities",)) for name in names)
    hits = {hit for hits in found for hit in hits if not hit.errors}
    return list(hits) if len(hits) == 1 else []


def _find_namesakes(
    vocabulary: Vocabulary, hits: Sequence[NameHit], spelt: Sequence[str]
) -> list[NameHit]:
    """Find the people who are called as a city that was named otherwise than the records do: what was
    typed may be a typing error in their name.
    """
    own = [fold_words(hit.label).split() for hit in hits if hit.table == "cities"]
    return [
        hit for words in own if words != spelt for hit in vocabulary.names.find(words, ("people",))
    ]


def _choose(hits: Sequence[NameHit], spelt: Sequence[str], cue: str) -> list[NameHit]:
    """Choose among the records that words name. A city that is called as its country is the city."""
    whole = [hit for hit in hits if hit.whole]
    people = [hit for hit in hits if hit.table == "people"]
    people = [hit for hit in people if hit.whole] or people
    cities = [hit for hit in whole if hit.table == "cities"]
    places = cities or [hit for hit in whole if hit.table == "countries"]
    if people or places:
        return people + places
    named = [hit for hit in whole if hit.table == "organisations" or hit.table in TITLED]
    venues = [hit for hit in whole if hit.table == "places"]
    if venues and (cue in AT or not named):
        return venues[:1]
    return named or _choose_halves(hits, spelt, cue)


def _choose_halves(hits: Sequence[NameHit], spelt: Sequence[str], cue: str) -> list[NameHit]:
    """Choose among the records of which words are half of the name."""
    if cue in INSIDE and len(spelt) < 4:
        return []
    organisations = [
        hit for hit in hits if hit.table == "organisations" and _begins_so(hit, spelt[0])
    ]
    telling = (len(word) >= SHORTEST_HALF and word not in read_common_words() for word in spelt)
    if organisations and any(telling):
        return organisations
    titled = [hit for hit in hits if hit.table in TITLED or hit.table == "places"]
    return titled[:1] if len(spelt) > 1 else []


def _begins_so(hit: NameHit, word: str) -> bool:
    first = fold_words(hit.label).split()[0]
    return first == word or DamerauLevenshtein.distance(first, word) <= hit.errors


def _weigh(hit: NameHit) -> float:
    if hit.table == "people":
        return -0.2 if hit.whole else -1.0
    return -0.5 if hit.whole else -2.0 if hit.table == "organisations" else -5.0


def _read_hit(hit: NameHit, said: str, spelt: Sequence[str]) -> Sense:
    """Read a record as a filter; one that none selects as the words of its title."""
    if hit.table in FILTER_OF_TABLE:
        return Sense("filter", FILTER_OF_TABLE[hit.table], (hit.id,), hit.label)
    known = fold_words(hit.label).split()
    wrong = hit.errors or any(word not in known for word in spelt)
    return Sense(
        "title",
        TITLED.get(hit.table, "events"),
        (_mend(spelt, known) if wrong else said,),
        hit.label,
    )


def _mend(spelt: Sequence[str], known: Sequence[str]) -> str:
    """Write typed words as they stand in a name, two that were typed as one apart."""
    pairs = {"".join(pair): " ".join(pair) for pair in pairwise(known)}
    options = {**pairs, **{word: word for word in known}}
    near = (
        min(options, key=lambda one: (DamerauLevenshtein.distance(one, word), one in pairs, one))
        for word in spelt
    )
    return " ".join(options[one] for one in near)
