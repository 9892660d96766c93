"""What a question can mean besides what it says: the organisation or the city of one name, and of a
question of one thing what else it is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dashboard.asking.decide import INSIDE, OF_ORGANISATIONS
from dashboard.asking.items import Item, Option
from dashboard.asking.lexicon import read_common_words, read_words_around
from dashboard.asking.name_senses import find_cue
from dashboard.asking.vocabulary import Vocabulary
from dashboard.asking.words import Word
from dashboard.schema.folding import fold_words

BODIES = read_words_around("bodies")
"""What organisations are called that have the name of a place."""


def read_bodies(items: Sequence[Item], words: Sequence[Word], vocabulary: Vocabulary) -> list[Item]:
    """Read the name of a city as its municipality or province where projects or money are asked for,
    which are of organisations and stand nowhere: projects of Groningen. Elsewhere what is in a
    municipality may be in its city.
    """
    if not any(item.kind == "measure" and item.name in OF_ORGANISATIONS for item in items):
        return [_offer_city(item, words, vocabulary) for item in items]
    found = []
    for item in items:
        placed = item.names() != {"city"} or find_cue(words, item.start) in INSIDE
        options = [] if placed else list(_find_bodies(item.options[0].label, vocabulary))
        found.append(item.narrowed(options))
    return found


def _offer_city(item: Item, words: Sequence[Word], vocabulary: Vocabulary) -> Item:
    """Offer the city of that name beside a municipality or province in which something is."""
    if item.names() != {"organisation"} or find_cue(words, item.start) not in INSIDE:
        return item
    spelt = [word.folded for word in words[item.start : item.end]]
    if BODIES.isdisjoint(spelt):
        return item
    name = [word for word in spelt if word not in BODIES and word not in ("of", "van")]
    cities = [hit for hit in vocabulary.names.find(name, ("cities",)) if not hit.errors]
    options = [Option("city", (hit.id,), hit.label, {"city": (hit.id,)}) for hit in cities]
    return replace(item, options=(*options, *item.options))


def _find_bodies(city: str, vocabulary: Vocabulary) -> Iterator[Option]:
    for hit in vocabulary.names.find(fold_words(city).split(), ("organisations",)):
        if not hit.errors and BODIES & {*fold_words(hit.label).split()}:
            yield Option("organisation", (hit.id,), hit.label, {"organisation": (hit.id,)})


def offer_alone(items: Sequence[Item], vocabulary: Vocabulary) -> list[Item]:
    """Offer for a line or an organisation that is all that a question says, but for a period, and for
    a surname that is its only word, what else it can mean.
    """
    telling = [item for item in items if item.is_telling and item.kind != "period"]
    if len(telling) != 1 or len(telling[0].options) != 1:
        return list(items)
    if telling[0].names() == {"speaker"} and len(items) > 1:
        return list(items)
    others = list(_find_others(telling[0], vocabulary))
    offered = replace(telling[0], options=(*telling[0].options, *others))
    return [offered if one is telling[0] else one for one in items]


def _find_others(item: Item, vocabulary: Vocabulary) -> Iterator[Option]:
    """Find what an item can mean besides: of a line the organisations that are called so; words that
    titles have too; and of a surname the word that it is.
    """
    said, several = item.said, " " in item.said
    text = Option("text", (said,), said, {"text": said})
    if item.names() == {"line"} and not several:
        for hit in vocabulary.names.find((said,), ("organisations",)):
            if said in fold_words(hit.label).split():
                yield Option("organisation", (hit.id,), hit.label, {"organisation": (hit.id,)})
        if vocabulary.is_topic(said):
            yield text
    elif item.names() == {"organisation"} and not item.corrected:
        if said in (vocabulary.title_parts if several else vocabulary.title_words):
            yield text
    elif item.names() == {"speaker"} and said in read_common_words():
        yield text
