"""What names and words of texts mean in a question: a person, a place, an organisation, a title."""

import re
from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from dashboard.asking.vocabulary import (
    Sense,
    Vocabulary,
    read_organisation_words,
    read_word_list,
)
from dashboard.asking.words import Word, quote
from dashboard.query.names import NameHit
from dashboard.schema.folding import fold_words

FILTER_OF_TABLE = {
    "people": "speaker",
    "cities": "city",
    "countries": "country",
    "organisations": "organisation",
}
PAGE_OF_TABLE = {"projects": "projects", "trainings": "trainings", "series": "series"}
INSIDE = frozenset("in te uit".split())
AT = INSIDE | frozenset("at bij".split())
"""Words before a place, behind which half a name of something else is none."""
ARTICLES = frozenset("the a an de het een t".split())
SOUNDS = (
    ("ij", "y"),
    ("ei", "y"),
    ("ph", "f"),
    ("th", "t"),
    ("ck", "k"),
    ("dt", "t"),
    ("sch", "sg"),
    ("ch", "g"),
    ("c", "k"),
    ("w", "v"),
    ("z", "s"),
    ("ae", "a"),
    ("oe", "o"),
    ("ue", "u"),
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
    cue = find_cue(words, start)
    hits = [
        hit
        for hit in vocabulary.names.find(typed)
        if _is_meant(hit, spelt) and not _is_other_surname(hit, typed)
    ]
    if organisations := _find_translated(vocabulary, spelt):
        hits = organisations
    if not hits and (other := _spell_otherwise(spelt)):
        hits = [replace(hit, errors=1) for hit in vocabulary.names.find(other) if not hit.errors]
    if len(spelt) == 1 and spelt[0] in vocabulary.exonyms:
        city, label = vocabulary.exonyms[spelt[0]]
        if not any(hit.id == city or not hit.errors for hit in hits):
            return [(Sense("filter", "city", (city,), label), 0, -0.5)]
    chosen = _choose(hits, " ".join(spelt), cue)
    return [(_read_hit(hit, text, words, start, end), hit.errors, _weigh(hit)) for hit in chosen]


def find_cue(words: Sequence[Word], start: int) -> str:
    """Find the word before, leaving out articles; empty where there is none."""
    while start > 0 and words[start - 1].folded in ARTICLES:
        start -= 1
    return words[start - 1].folded if start else ""


def _is_other_surname(hit: NameHit, typed: Sequence[str]) -> bool:
    """Whether words name a person only without their last s, but are the surname of another: Smits."""
    known = fold_words(hit.label).split()
    folded = [fold_words(word) for word in typed]
    return hit.table == "people" and any(
        word not in known and word in read_word_list("surnames") and word.removesuffix("s") in known
        for word in folded
    )


def _find_translated(vocabulary: Vocabulary, spelt: Sequence[str]) -> list[NameHit]:
    """Find an organisation by what its sort is called in Dutch: gemeente Groningen, Hanzehogeschool."""
    for dutch, english in read_organisation_words().items():
        if dutch in spelt and len(spelt) > 1 and dutch != english:
            others = [word for word in spelt if word not in (dutch, "van", "of", "de", "het")]
        elif len(spelt) == 1 and spelt[0].endswith(dutch) and spelt[0] != dutch:
            others = [spelt[0].removesuffix(dutch)]
        else:
            continue
        hits = vocabulary.names.find(others, ("organisations",)) if others else ()
        if found := [h for h in hits if not h.errors and english in fold_words(h.label).split()]:
            return [replace(hit, whole=True) for hit in found]
    return []


def find_title(
    vocabulary: Vocabulary, text: str, words: Sequence[Word], start: int, end: int
) -> Found | None:
    """Find the title of an event that words are, or of which they are a part."""
    spelt = [word.folded for word in words[start:end]]
    mended = [_mend_title_word(vocabulary, word) for word in spelt]
    errors = sum(one != other for one, other in zip(spelt, mended, strict=True))
    said = " ".join(mended) if errors else quote(text, words, start, end)
    sense = Sense("title", "events", (said,))
    if " ".join(mended) in vocabulary.titles:
        return sense, errors, -1.0
    telling = [word for word in spelt if not _is_silent(vocabulary, word)]
    if len(telling) > 1 and " ".join(mended) in vocabulary.title_parts:
        return sense, errors, -4.0 * (end - start) + 2.0 * errors
    return None


def _is_silent(vocabulary: Vocabulary, word: str) -> bool:
    senses = vocabulary.phrases.get(word)
    return bool(senses) and senses[0].kind in ("filler", "refused")


def _mend_title_word(vocabulary: Vocabulary, word: str) -> str:
    if len(word) < 5 or word in vocabulary.title_words or word in vocabulary.phrases:
        return word
    if any(word in read_word_list(name) for name in ("common", "surnames", "given-names")):
        return word
    most = 1 if len(word) < 7 else 2
    near = process.extract(
        word,
        vocabulary.title_words,
        scorer=DamerauLevenshtein.distance,
        score_cutoff=most,
        limit=2,
    )
    alone = len(near) == 1 or (near and near[0][1] < near[1][1])
    return str(near[0][0]) if alone else word


def _spell_otherwise(spelt: Sequence[str]) -> list[str]:
    """Spell names with y as with ij, and the other way round; nothing where neither is in them."""
    if any("ij" in word for word in spelt):
        return [word.replace("ij", "y") for word in spelt]
    return [word.replace("y", "ij") for word in spelt] if any("y" in w for w in spelt) else []


def _is_meant(hit: NameHit, spelt: Sequence[str]) -> bool:
    """Whether a name with errors can be meant: none of the wrong words is a word, a surname or a city
    that people know, but for a surname that is said the same. A first name may be spelt wrongly.
    """
    if not hit.errors:
        return True
    known = fold_words(hit.label).split()
    return all(
        word in known
        or len(word) < 3
        or not (
            word in read_word_list("common")
            or (hit.table == "people" and word in read_word_list("surnames"))
            or (len(spelt) == 1 and word in read_word_list("cities"))
        )
        or sounds(word) in {sounds(one) for one in known}
        for word in spelt
    )


def sounds(word: str) -> str:
    """Write a word as it is said, where names of one sound are written in several ways."""
    for written, said in SOUNDS:
        word = word.replace(written, said)
    return re.sub(r"(.)\1+", r"\1", word)


def _choose(hits: Sequence[NameHit], folded: str, cue: str) -> list[NameHit]:
    """Choose among the records that words name. A city that is called as its country is the city."""
    whole = [hit for hit in hits if hit.whole]
    people = [hit for hit in hits if hit.table == "people"]
    full = [hit for hit in people if hit.whole] or people
    cities = [hit for hit in whole if hit.table == "cities"]
    countries = [hit for hit in whole if hit.table == "countries" and not cities]
    places = cities or countries
    if full or places:
        return full + places
    named = [hit for hit in whole if hit.table in ("organisations", *PAGE_OF_TABLE)]
    venues = [hit for hit in whole if hit.table == "places"]
    if venues and (cue in AT or not named):
        return venues[:1]
    if named:
        return named
    if cue in INSIDE and folded.count(" ") < 3:
        return []
    begun = [hit for hit in hits if _begins_so(hit, folded.split()[0])]
    organisations = [hit for hit in begun if hit.table == "organisations"]
    if organisations and len(folded) > 3 and folded not in read_word_list("common"):
        return organisations
    return [hit for hit in hits if hit.table in (*PAGE_OF_TABLE, "places")][
        : 1 if " " in folded else 0
    ]


def _begins_so(hit: NameHit, word: str) -> bool:
    first = fold_words(hit.label).split()[0]
    return first == word or DamerauLevenshtein.distance(first, word) <= hit.errors


def _weigh(hit: NameHit) -> float:
    if hit.table == "people":
        return -0.2 if hit.whole else -1.0
    return -0.5 if hit.whole else -2.0 if hit.table == "organisations" else -5.0


def _read_hit(hit: NameHit, text: str, words: Sequence[Word], start: int, end: int) -> Sense:
    if hit.table in FILTER_OF_TABLE:
        return Sense("filter", FILTER_OF_TABLE[hit.table], (hit.id,), hit.label)
    said = quote(text, words, start, end)
    if hit.errors:
        known = fold_words(hit.label).split()
        said = " ".join(
            min(known, key=lambda one: (DamerauLevenshtein.distance(one, word.folded), one))
            for word in words[start:end]
        )
    return Sense("title", PAGE_OF_TABLE.get(hit.table, "events"), (said,), hit.label)


def find_text(vocabulary: Vocabulary, word: str) -> tuple[tuple[Sense, ...], int] | None:
    """Find the word of the texts that a word is, or the nearest one: with how many errors. Several
    that are equally near are several senses.
    """
    if len(word) < 3 or not any(sign.isalpha() for sign in word) or word in vocabulary.phrases:
        return None
    nearest = vocabulary.names.nearest_words(word)
    if nearest == (word,):
        return (Sense("text", find_page(vocabulary, word), (word,)),), 0
    if any(
        word in read_word_list(name) for name in ("common", "surnames", "given-names", "cities")
    ):
        return None
    most = 1 if len(word) < 7 else 2
    near = [(one, DamerauLevenshtein.distance(one, word)) for one in nearest if one != word]
    close = [(one, errors) for one, errors in near if errors <= most]
    if not close:
        return None
    senses = tuple(Sense("text", find_page(vocabulary, one), (one,)) for one, _ in close)
    return senses, close[0][1]


def find_page(vocabulary: Vocabulary, word: str) -> str:
    """Find the page of the records of which the titles have a word: empty where several have it, or
    none.
    """
    hits = vocabulary.names.find((word,), (*PAGE_OF_TABLE,))
    pages = {PAGE_OF_TABLE[hit.table] for hit in hits if not hit.errors}
    if word in vocabulary.title_words:
        pages.add("events")
    return pages.pop() if len(pages) == 1 else ""
