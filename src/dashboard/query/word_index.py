"""The words of a vocabulary that are near a typed one: two million of them in a few milliseconds."""

from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

LetterSets = npt.NDArray[np.uint64]
SHORTEST = 4
"""Letters of a word in which a typing error is looked for: of shorter ones most are near each other."""
LONG = 6
"""Letters of a word in which there may be two errors."""


def tolerate(length: int, shortest: int = SHORTEST) -> int:
    """Return how many typing errors a word of that many letters may hold."""
    return (length >= shortest) + (length >= LONG)


class WordIndex:
    """Folded words, from which those near a typed one are found: by a letter left out, added or
    changed, or two swapped (Damerau-Levenshtein). The words stand by length in Arrow; for each the
    set of its letters is kept in 64 bits, of which one error changes two at most. Only words whose
    bits are near are compared letter by letter.
    """

    def __init__(self, words: pa.Array) -> None:
        """Take words, each once, the shortest first and those of one length in order."""
        self._words = words
        lengths = pc.value_counts(pc.utf8_length(words)).to_pylist()
        ends = accumulate(count["counts"] for count in lengths)
        self._places = {
            count["values"]: range(end - count["counts"], end)
            for count, end in zip(lengths, ends, strict=True)
        }
        self._letters: dict[int, LetterSets] = {}

    def locate(self, word: str) -> int | None:
        """Return the place of a word; None where there is none."""
        places = self._places.get(len(word), range(0))
        nr = bisect_left(places, word, key=lambda place: str(self._words[place]))
        return places[nr] if nr < len(places) and str(self._words[places[nr]]) == word else None

    def find_near(self, word: str, shortest: int = SHORTEST) -> dict[str, int]:
        """Find the words near a folded one, itself too, with how many errors lie between. The shorter
        of the two tells how many there may be.
        """
        most = tolerate(len(word), shortest)
        found: dict[str, int] = {}
        for length in range(len(word) - most, len(word) + most + 1):
            errors = min(most, tolerate(length, shortest))
            if abs(length - len(word)) <= errors:
                found |= dict(self._find_of_length(word, length, errors))
        return found

    def _find_of_length(self, word: str, length: int, errors: int) -> Iterator[tuple[str, int]]:
        if length not in self._places:
            return
        places = self._places[length]
        of_length = self._words.slice(places.start, len(places))
        if length not in self._letters:
            self._letters[length] = _gather_letters(of_length, length)
        differing = np.bitwise_count(self._letters[length] ^ _gather_letters([word], len(word))[0])
        alike = of_length.take(pa.array(np.flatnonzero(differing <= 2 * errors)))
        for near, distance, _place in process.extract_iter(
            word, alike.to_pylist(), scorer=DamerauLevenshtein.distance, score_cutoff=errors
        ):
            yield near, distance


def _gather_letters(words: pa.Array | list[str], length: int) -> LetterSets:
    """Gather the letters of words of one length, for each a set of 64 bits: a letter has the bit of
    its code modulo 64, which is another for each of a to z.
    """
    codes = np.array(words, dtype=f"<U{length}").view(np.uint32).reshape(len(words), length)
    bits = np.left_shift(np.uint64(1), (codes & 63).astype(np.uint64))
    letters: LetterSets = np.bitwise_or.reduce(bits, axis=1)
    return letters
