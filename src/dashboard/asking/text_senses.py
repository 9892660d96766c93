"""What words of the texts mean in a question: the title of an event, or words that records contain."""

from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from dashboard.asking.lexicon import (
    Sense,
    read_cities,
    read_common_forms,
    read_common_words,
    read_first_names,
    read_foreign_words,
    read_surnames,
    read_words_around,
)
from dashboard.asking.name_senses import TITLED, Found
from dashboard.asking.vocabulary import Vocabulary
from dashboard.asking.words import Word, quote

LEADING = read_words_around("before_texts")
"""Words behind which a text is looked for."""
SHORTEST, SHORTEST_MENDED, LONG = 3, 5, 7
"""Letters of a word that is looked for in texts, of one in which a typing error is looked for, and of
one with two errors.
"""


def find_title(
    vocabulary: Vocabulary, text: str, words: Sequence[Word], start: int, end: int
) -> Found | None:
    """Find the title of an event that words are, or of which they are a part."""
    spelt = [word.folded for word in words[start:end]]
    mended = [_mend_word(vocabulary, word) for word in spelt]
    errors = sum(one != other for one, other in zip(spelt, mended, strict=True))
    said = " ".join(mended) if errors else quote(text, words, start, end)
    sense = Sense("title", "events", (said,))
    if " ".join(mended) in vocabulary.titles:
        return sense, errors, -1.0
    kinds = [vocabulary.find_kind(word) for word in spelt]
    telling = [kind for kind in kinds if kind not in ("filler", "refused")]
    if len(telling) > 1 and " ".join(mended) in vocabulary.title_parts:
        return sense, errors, -4.0 * (end - start) + 2.0 * errors
    return None


def _mend_word(vocabulary: Vocabulary, word: str) -> str:
    """Mend a typing error in a word of a title; the word itself where there is none."""
    if (
        len(word) < SHORTEST_MENDED
        or word in vocabulary.title_words
        or word in vocabulary.phrases
        or is_known(word)
    ):
        return word
    near = process.extract(
        word,
        vocabulary.title_words,
        scorer=DamerauLevenshtein.distance,
        score_cutoff=1 if len(word) < LONG else 2,
        limit=2,
    )
    alone = len(near) == 1 or (near and near[0][1] < near[1][1])
    return str(near[0][0]) if alone else word


def is_known(word: str) -> bool:
    """Return whether a folded word is one that people know, also of another language, or a name, so
    that it is no typing error.
    """
    lists = (read_common_words, read_surnames, read_first_names, read_foreign_words)
    return any(word in read() for read in lists)


def find_text(
    vocabulary: Vocabulary, word: str, *, led: bool
) -> tuple[tuple[Sense, ...], int] | None:
    """Find the word of the texts that a word is, or the nearest one: with how many errors. Several
    that are equally near are several senses. A word that everybody uses is meant only where it is
    said that it is looked for (`led`), or beside another one.
    """
    spelt = len(word) >= SHORTEST and any(sign.isalpha() for sign in word)
    if not spelt or word in vocabulary.phrases:
        return None
    if vocabulary.is_topic(word):
        kind = "common" if word in read_common_words() and not led else "text"
        return (Sense(kind, find_page(vocabulary, word), (word,)),), 0
    if is_known(word) or word in read_common_forms() or word in read_cities():
        return None
    most = 0 if len(word) < SHORTEST_MENDED else 1 if len(word) < LONG else 2
    if pair := vocabulary.split_topic(word):
        return (Sense("text", "", (pair,)),), 0
    close = vocabulary.find_near_topics(word, most)
    senses = tuple(Sense("text", find_page(vocabulary, one), (one,)) for one in close)
    return (senses, DamerauLevenshtein.distance(close[0], word)) if close else None


def find_page(vocabulary: Vocabulary, word: str) -> str:
    """Find the page of the records of which the titles have a word: empty where several have it, or
    none.
    """
    hits = vocabulary.names.find((word,), (*TITLED,))
    pages = {TITLED[hit.table] for hit in hits if not hit.errors}
    if word in vocabulary.title_words:
        pages.add("events")
    return pages.pop() if len(pages) == 1 else ""
