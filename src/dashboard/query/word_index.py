"""The words of a vocabulary that are near a typed one: two million of them in a few milliseconds."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz import process
from rapidfuzz.distance import OSA

ByteSets = npt.NDArray[np.uint64]
SHORTEST = 4
"""Letters of a word in which a typing error is looked for: of shorter ones most are near each other."""
LONG = 6
"""Letters of a word in which there may be two errors."""
BITS = np.left_shift(np.uint64(1), np.arange(256, dtype=np.uint64) & np.uint64(63))
"""The bit that stands for a byte: another for each of a to z."""


def tolerate(length: int, shortest: int = SHORTEST) -> int:
    """Return how many typing errors a word of that many letters may hold."""
    return (length >= shortest) + (length >= LONG)


class WordIndex:
    """Folded words, from which those near a typed one are found: by a letter left out, added or
    changed, or two neighbours swapped. The words stand in Arrow by their length in
    bytes; for each the set of its bytes is kept in 64 bits, of which a changed letter changes two
    at most. Only words whose bits are near are compared letter by letter.
    """

    def __init__(self, words: pa.Array) -> None:
        """Take words, each once."""
        lengths = pc.binary_length(words).to_numpy()
        order = np.argsort(lengths, kind="stable").astype(np.int32)
        in_order, ends = words.take(pa.array(order)), np.cumsum(np.bincount(lengths)).tolist()
        self._words: dict[int, pa.Array] = {}
        self._places: dict[int, npt.NDArray[np.int32]] = {}
        self._bytes: dict[int, ByteSets] = {}
        for length, (begin, end) in enumerate(pairwise([0, *ends])):
            if begin < end:
                self._words[length] = in_order[begin:end]
                self._places[length] = order[begin:end]
                self._bytes[length] = _gather_bytes(in_order, begin, end, length)

    def locate(self, word: str) -> int | None:
        """Return the place of a word among those that were given; None where it is none of them."""
        length = len(word.encode())
        if length not in self._words:
            return None
        for place in np.flatnonzero(self._bytes[length] == _gather_word(word)).tolist():
            if self._words[length][place].as_py() == word:
                return int(self._places[length][place])
        return None

    def find_near(self, word: str, shortest: int = SHORTEST) -> dict[str, int]:
        """Find the words near a folded one, itself too, with how many errors lie between. The shorter
        of the two tells how many there may be.
        """
        most = tolerate(len(word), shortest)
        widest = max((len(letter.encode()) for letter in word), default=1)
        length, found = len(word.encode()), dict[str, int]()
        for near in range(length - most * widest, length + most * widest + 1):
            for other, errors in self._find_of_length(word, near, most, widest):
                if errors <= tolerate(min(len(word), len(other)), shortest):
                    found[other] = errors
        return found

    def _find_of_length(
        self, word: str, length: int, errors: int, widest: int
    ) -> Iterator[tuple[str, int]]:
        """Find the near words of so many bytes. `widest` is how many bytes a letter has at most."""
        if length not in self._words:
            return
        differing = np.bitwise_count(self._bytes[length] ^ _gather_word(word))
        alike = np.flatnonzero(differing <= 2 * errors * widest)
        near = self._words[length].take(pa.array(alike)).to_pylist()
        distances = process.cdist([word], near, scorer=OSA.distance, score_cutoff=errors)[0]
        for place in np.flatnonzero(distances <= errors).tolist():
            yield near[place], int(distances[place])


def _gather_word(word: str) -> np.uint64:
    return np.uint64(np.bitwise_or.reduce(BITS[np.frombuffer(word.encode(), np.uint8)]))


def _gather_bytes(words: pa.Array, begin: int, end: int, length: int) -> ByteSets:
    """Gather the bytes of words that have as many of them: they lie one after the other in Arrow's
    memory.
    """
    _valid, offsets, data = words.buffers()
    first = np.frombuffer(offsets, np.int32)[words.offset + begin]
    found = np.frombuffer(data, np.uint8, (end - begin) * length, first).reshape(-1, length)
    gathered = np.zeros(end - begin, np.uint64)
    for column in range(length):
        gathered |= BITS[found[:, column]]
    return gathered
