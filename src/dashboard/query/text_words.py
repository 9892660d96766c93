"""The words of all searchable texts, and which of them somebody meant who typed another."""

from functools import cached_property

import pyarrow as pa
import pyarrow.compute as pc

from dashboard.query.word_index import SHORTEST, WordIndex
from dashboard.schema.folding import fold_words

MAX_NEAREST = 3
MIN_PART = 3
"""Letters of each of two words that were typed as one."""


class TextWords:
    """The folded words of one version, with how often each occurs."""

    def __init__(self, words: pa.Table) -> None:
        """Take the rows of the question `text_words`."""
        self._words, self._occurrences = words["word"], words["occurrences"]

    @cached_property
    def _near_words(self) -> WordIndex:
        return WordIndex(self._words.combine_chunks())

    def nearest_words(self, word: str, shortest: int = SHORTEST) -> tuple[str, ...]:
        """Return a word itself, folded, where it occurs in the searchable texts, else at most three
        nearest, those that occur most first; or the two that were typed as one, with a space between
        (hong kong). None where nothing is near, and for more than one word. `shortest` is how many
        letters a word has at least in which an error is looked for.
        """
        folded = fold_words(word)
        if not folded or " " in folded:
            return ()
        if self._near_words.locate(folded) is not None:
            return (folded,)
        if any(sign.isdigit() for sign in folded):
            return ()
        near = self._near_words.find_near(folded, shortest)
        least = min(near.values(), default=0)
        if least != 1 and (split := self._split_in_two(folded)):
            return (split,)
        nearest = (found for found, errors in near.items() if errors == least)
        return tuple(sorted(nearest, key=self._rank_word)[:MAX_NEAREST])

    def occurs(self, word: str) -> bool:
        """Return whether a word is one of the searchable texts, or a part of one."""
        parts = fold_words(word).split()
        return all(pc.any(pc.match_substring(self._words, part)).as_py() for part in parts)

    def _rank_word(self, word: str) -> tuple[int, str]:
        place = self._near_words.locate(word)
        return (0 if place is None else -self._occurrences[place].as_py()), word

    def _split_in_two(self, word: str) -> str:
        """Split what was typed as one word into two that occur, of which the rarer occurs most."""
        ends = range(MIN_PART, len(word) - MIN_PART + 1)
        split = ((word[:end], word[end:]) for end in ends)
        known = [
            (max(self._rank_word(one) for one in pair), " ".join(pair))
            for pair in split
            if all(self._near_words.locate(one) is not None for one in pair)
        ]
        return min(known)[1] if known else ""
