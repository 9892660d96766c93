"""What a question of one word can mean besides: the short name of a strategic line is a part of other
names, organisations are in titles, and some surnames are words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dashboard.asking.items import Item, Option
from dashboard.asking.lexicon import read_common_words
from dashboard.asking.vocabulary import Vocabulary
from dashboard.schema.folding import fold_words


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
