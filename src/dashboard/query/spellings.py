"""By what a record is called: one name of it as its folded words, and whether typed words are that name."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from dashboard.intake.gazetteer import list_other_names
from dashboard.intake.person_names import PARTICLES, join_words, split_name
from dashboard.schema.folding import fold_words
from dashboard.text.countries import list_spellings

SMALL_WORDS = frozenset(
    "the de het een t a an and en of van in for voor on op to te aan bij at".split()
)
"""Words that a name may lack and still be whole; alone they name nothing."""
Errors = Mapping[str, int]
"""Parts of names, each with how many typing errors lie between it and a typed word."""


class Spelling(NamedTuple):
    """One name of one record: its folded words in one text, and the row in which what the record is
    called stands. A country in which no record is has none. A name that the records do not give,
    Keulen for Cologne, is `borrowed`: it counts where it is nothing else.
    """

    table: str
    id: str
    words: str
    row: int | None
    borrowed: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """What two spellings of one record share."""
        return self.table, self.id

    @property
    def is_recorded(self) -> bool:
        """Tell a record from a country in which none is."""
        return self.row is not None

    def cover(self, near: Sequence[Errors]) -> tuple[int, bool] | None:
        """Return how many errors a typed name has as this one, and whether it is whole; None where a
        word of it stands for none here. `near` has the parts of names near each typed word.
        """
        words = self.words.split()
        parts = list(
            zip(join_parts(self.table, words), list_places(self.table, len(words)), strict=True)
        )
        covered, errors = set[int](), 0
        for options in near:
            fits = [(options[part], place) for part, place in parts if part in options]
            free = [(many, place) for many, place in fits if covered.isdisjoint(place)]
            if not free:
                return None
            many, place = min(free, key=lambda fit: fit[0])
            covered.update(place)
            errors += many
        small = PARTICLES if self.table == "people" else SMALL_WORDS
        needed = {nr for nr, word in enumerate(words) if nr == 0 or word not in small}
        return errors, needed <= covered

    def has_initials(self, letters: Sequence[str]) -> bool:
        """Return whether every letter is a word, or of a person the first letter of one."""
        words = self.words.split()
        people = self.table == "people"
        return all(
            letter in words or (people and any(word.startswith(letter) for word in words))
            for letter in letters
        )


def join_parts(table: str, words: list[str]) -> list[str]:
    """Give the parts by which a name is found: every word, and those that somebody writes in one, such
    as vant Hof, ElBaz and Hongkong; a person's first name stays by itself.
    """
    joined = words[table == "people" :]
    if len(joined) < 2:
        return words
    pairs = map("".join, pairwise(joined))
    return [*words, *pairs, "".join(joined)] if len(joined) > 2 else [*words, *pairs]


def list_places(table: str, count: int) -> list[range]:
    """List which of so many words the parts of a name are, in the order of join_parts."""
    begin = int(table == "people")
    single = [range(nr, nr + 1) for nr in range(count)]
    pairs = [range(nr, nr + 2) for nr in range(begin, count - 1)]
    return [*single, *pairs, *([range(begin, count)] if count - begin > 2 else [])]


class PartIndex:
    """Which spellings have a part. Compact: the numbers of the spellings stand in one array, ordered by
    part.
    """

    def __init__(self, spellings: Sequence[Spelling]) -> None:
        of_each = [join_parts(spelling.table, spelling.words.split()) for spelling in spellings]
        parts = pa.array(chain.from_iterable(of_each), pa.string()).dictionary_encode()
        codes = parts.indices.to_numpy()
        numbers = np.repeat(np.arange(len(of_each), dtype=np.int32), list(map(len, of_each)))
        self.parts: pa.Array = parts.dictionary
        self._numbers = numbers[np.argsort(codes, kind="stable")]
        self._ends: list[int] = [0, *np.cumsum(np.bincount(codes)).tolist()]
        self._codes = {part: code for code, part in enumerate(self.parts.to_pylist())}

    def __contains__(self, part: str) -> bool:
        return part in self._codes

    def count(self, part: str) -> int:
        """Count the spellings that have a part, which is one of `parts`."""
        code = self._codes[part]
        return self._ends[code + 1] - self._ends[code]

    def list_spellings(self, part: str) -> list[int]:
        """List the numbers of the spellings that have a part, which is one of `parts`, in their order."""
        code = self._codes[part]
        found: list[int] = self._numbers[self._ends[code] : self._ends[code + 1]].tolist()
        return found


def read_spellings(named: pa.Table) -> list[Spelling]:
    """Read the names in rows of the question `names`, and those of every country: people last."""
    columns = (named[name].to_pylist() for name in ("table_name", "id", "name", "words"))
    rows = list(zip(*columns, strict=True))
    country_rows = {id_: nr for nr, (table, id_, *_) in enumerate(rows) if table == "countries"}
    spellings = [
        Spelling("countries", code, fold_words(name), country_rows.get(code))
        for code, names in list_spellings().items()
        for name in names
    ]
    for nr, (table, id_, name, words) in enumerate(rows):
        if table == "organisations":
            spellings += [Spelling(table, id_, words, nr) for words in _split_names(name)]
        elif table == "people" and ("," in name or "." in name):
            spellings.append(Spelling(table, id_, join_words(split_name(name)), nr))
        elif table != "countries":
            spellings.append(Spelling(table, id_, words, nr))
    return [*_borrow_names(rows), *spellings]


def _borrow_names(rows: Sequence[tuple[str, ...]]) -> Iterator[Spelling]:
    """Give what the cities of the records are called in other languages."""
    cities = {
        (name, id_.rpartition("-")[2].upper()): (id_, words, nr)
        for nr, (table, id_, name, words) in enumerate(rows)
        if table == "cities"
    }
    names = list_other_names(frozenset(cities)) if cities else {}
    for city, (id_, own, nr) in cities.items():
        for words in sorted(names.get(city, set()) - {own}):
            yield Spelling("cities", id_, words, nr, borrowed=True)


def _split_names(name: str) -> Iterator[str]:
    """Split the names of an organisation, folded: what stands in brackets is an abbreviation of it, or
    stands in the middle of its name.
    """
    parts = [part for text in name.split(";") for part in text.replace(")", "(").split("(")]
    return (words for words in dict.fromkeys(map(fold_words, (name, *parts))) if words)
