"""Which names have a word, or one that begins with some letters: a hundred thousand names in two arrays."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import chain

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.query.spellings import Spelling, join_parts

FIRST_LETTER = "\x01"
LAST_LETTER = "\U0010ffff"
"""They come before and after every letter: what begins with a text stands before the text with the last."""
Numbers = npt.NDArray[np.int32]
"""Numbers of spellings."""


class PartIndex:
    """Which spellings have a part. Compact: the numbers of the spellings stand in one array, in the order
    of the parts, so that those of all parts that begin alike lie together.
    """

    def __init__(self, spellings: Sequence[Spelling]) -> None:
        of_each = [join_parts(spelling.table, spelling.words.split()) for spelling in spellings]
        found = pa.array(chain.from_iterable(of_each), pa.string()).dictionary_encode()
        order = pc.sort_indices(found.dictionary).to_numpy()
        codes = np.argsort(order)[found.indices.to_numpy()]
        numbers = np.repeat(np.arange(len(of_each), dtype=np.int32), list(map(len, of_each)))
        self.parts: list[str] = found.dictionary.take(pa.array(order)).to_pylist()
        self._numbers: Numbers = numbers[np.argsort(codes, kind="stable")]
        self._ends: list[int] = [0, *np.cumsum(np.bincount(codes)).tolist()]

    def __contains__(self, part: str) -> bool:
        return self.parts[(code := self._find(part)) : code + 1] == [part]

    def list_spellings(self, part: str) -> Numbers:
        """List the numbers of the spellings that have a part, which is one of `parts`, in their order."""
        code = self._find(part)
        return self._numbers[self._ends[code] : self._ends[code + 1]]

    def list_beginning(self, letters: str) -> Numbers:
        """List the numbers of the spellings with a part that begins with letters, each once."""
        begin, end = self._find(letters), self._find(letters + LAST_LETTER)
        return np.unique(self._numbers[self._ends[begin] : self._ends[end]])

    def _find(self, part: str) -> int:
        return bisect_left(self.parts, part)
