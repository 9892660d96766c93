"""What a question of one word can mean besides: the short name of a strategic line is a part of other
names, and some surnames are words.
"""

from collections.abc import Sequence
from dataclasses import replace

from dashboard.asking.items import Item, Option
from dashboard.asking.lexicon import read_common_words
from dashboard.asking.vocabulary import Vocabulary
from dashboard.schema.folding import fold_words


def offer_alone(items: Sequence[Item], vocabulary: Vocabulary) -> list[Item]:
    """Offer for a line or a surname that is all that a question says what else it can mean."""
    telling = [item for item in items if item.is_telling]
    if len(telling) != 1 or len(telling[0].options) != 1 or " " in telling[0].said:
        return list(items)
    item, word = telling[0], telling[0].said
    others: list[Option] = []
    if item.names() == {"line"}:
        hits = vocabulary.names.find((word,), ("organisations",))
        others = [
            Option("organisation", (hit.id,), hit.label, {"organisation": (hit.id,)})
            for hit in hits
            if word in fold_words(hit.label).split()
        ]
    elif item.names() != {"speaker"} or word not in read_common_words():
        return list(items)
    if vocabulary.is_topic(word):
        others.append(Option("text", (word,), word, {"text": word}))
    offered = replace(item, options=(*item.options, *others))
    return [offered if one is item else one for one in items]
