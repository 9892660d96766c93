"""Who and what readers call by name, found in spite of spelling: people, places, countries,
organisations, projects, series and trainings; and the words of all searchable texts.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from threading import Condition

import pyarrow as pa
import pyarrow.compute as pc
from cachetools import LRUCache, cached

from dashboard.intake.person_names import PARTICLES, TITLES
from dashboard.language.messages import choose_term
from dashboard.model.filters import NO_FILTERS
from dashboard.query import questions
from dashboard.query.spellings import (
    SMALL_WORDS,
    Errors,
    PartIndex,
    Spelling,
    read_spellings,
)
from dashboard.query.word_index import LONG, SHORTEST, WordIndex
from dashboard.schema.folding import fold, fold_words
from dashboard.store import Version
from dashboard.text.countries import CAPITALS, name_country

KEPT_VERSIONS = 4
"""Versions whose names are kept: what is served, one before it, a candidate, and one compared."""
MAX_WORDS = 12
"""A name of more words is none."""
MAX_JOINED = 3
"""Typed words that may be one: Hong Kong for Hongkong."""
MAX_COMPARED = 500
"""Of a word that more names have, some are looked at."""
MAX_NEAREST = 3
MIN_PART = 3
"""Letters of each of two words that were typed as one."""
WHOLE_ONLY = frozenset({"cities", "countries"})
"""Tables whose names mean nothing by half: New of New York."""
GENITIVE = re.compile(r"(?<=\w)'s?$")
Found = tuple[Spelling, int, bool]
"""A name that was found, with how many errors, and whether it is whole."""


@dataclass(frozen=True)
class NameHit:
    """A record that words name. `id` is the value of its filter where it has one (job-doornberg,
    groningen-nl, NL), else its id; `label` what it is called, in the reader's language, which two of
    one name share; `errors` the typing errors over all words; `whole` whether the words are a whole
    name and not some of its words, as a surname is.
    """

    table: str
    id: str
    label: str
    errors: int
    whole: bool


class Names:
    """The names and words of one version. All is folded (schema.folding)."""

    def __init__(self, named: pa.Table, words: pa.Table) -> None:
        """Take the rows of the questions `names` and `vocabulary`."""
        self._named = named
        self._spellings = read_spellings(named)
        self._by_part = PartIndex(self._spellings)
        self._words, self._occurrences = words["word"], words["occurrences"]

    @cached_property
    def _near_parts(self) -> WordIndex:
        return WordIndex(self._by_part.parts)

    @cached_property
    def _near_words(self) -> WordIndex:
        return WordIndex(self._words.combine_chunks())

    def find(
        self, words: Sequence[str], tables: Collection[str] = (), limit: int = 20
    ) -> tuple[NameHit, ...]:
        """Find the records that words together name, in any order: best first, all with the same
        least number of errors, so that two of one name are both there. None where nothing is near.

        `tables` are the tables to look in, all where none is given. Titles such as prof. and a
        tussenvoegsel may be missing or added, apostrophes and hyphens too, and a genitive 's.
        """
        typed = _split_typed(words)
        forms = _vary(typed)
        wanted = set(tables) or self._tables
        if len(words) == 1 and words[0].upper() in CAPITALS and not words[0].isupper():
            wanted = wanted - {"countries"}
        for form in (*forms, ("".join(typed),)) if 1 < len(typed) <= MAX_JOINED else forms:
            if found := self._find_form(form, wanted, tolerant=False):
                return self._choose_best(found, limit)
        found = [hit for form in forms for hit in self._find_form(form, wanted, tolerant=True)]
        return self._choose_best(found, limit)

    def has_part(self, word: str) -> bool:
        """Return whether a name has a word, or one that is near: if not, no words with it name a
        record.
        """
        parts = _split_typed((word,))
        return all(len(part) == 1 or bool(self._list_near(part, tolerant=True)) for part in parts)

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

    @cached_property
    def _tables(self) -> set[str]:
        return {spelling.table for spelling in self._spellings}

    def _find_form(
        self, form: tuple[str, ...], tables: Collection[str], *, tolerant: bool
    ) -> list[Found]:
        """Find the names that hold every word of a form: those with the fewest errors."""
        letters = [word for word in form if len(word) == 1]
        near = [self._list_near(word, tolerant=tolerant) for word in form if len(word) > 1]
        found: list[Found] = []
        for spelling in islice(self._meet(near, tables), MAX_COMPARED):
            covered = spelling.cover(near) if spelling.has_initials(letters) else None
            if covered and _is_meant(spelling, form, *covered):
                found.append((spelling, *covered))
        return found

    def _list_near(self, word: str, *, tolerant: bool) -> Errors:
        """List the parts of names that a word may be."""
        if word not in self._by_part and word.endswith("s") and word[:-1] in self._by_part:
            return {word[:-1]: 0}  # a genitive without its apostrophe
        exact = {word: 0} if word in self._by_part else {}
        return self._near_parts.find_near(word) | exact if tolerant else exact

    def _meet(self, near: Sequence[Errors], tables: Collection[str]) -> Iterator[Spelling]:
        """Give the names that have a part near every typed word: those nearest to the word that fewest
        names have first, and among equals people last.
        """
        rarest, *others = sorted(near, key=self._count_names)
        common = [
            {nr for part in parts for nr in self._by_part.list_spellings(part)} for parts in others
        ]
        for part in sorted(rarest, key=lambda part: rarest[part]):
            for nr in self._by_part.list_spellings(part):
                if self._spellings[nr].table in tables and all(nr in names for names in common):
                    yield self._spellings[nr]

    def _count_names(self, parts: Errors) -> int:
        return sum(self._by_part.count(part) for part in parts)

    def _choose_best(self, found: Sequence[Found], limit: int) -> tuple[NameHit, ...]:
        """Choose the hits with the fewest errors, each record once, whole names first."""
        least = min((errors for _, errors, _ in found), default=0)
        best = [hit for hit in found if hit[1] == least]
        best = [hit for hit in best if not hit[0].borrowed] or best
        best.sort(key=lambda hit: (not hit[2], hit[0].words.count(" "), hit[0].key))
        records: dict[tuple[str, str], Found] = {}
        for hit in best:
            records.setdefault(hit[0].key, hit)
        return tuple(
            NameHit(*spelling.key, self._label(spelling), errors, whole)
            for spelling, errors, whole in islice(records.values(), limit)
        )

    def _label(self, spelling: Spelling) -> str:
        if spelling.table == "countries" or spelling.row is None:
            return name_country(spelling.id)
        return choose_term(self._named.slice(spelling.row, 1).to_pylist()[0], "label")


@cached(LRUCache(KEPT_VERSIONS), key=lambda version: version.identity, condition=Condition())
def load_names(version: Version) -> Names:
    """Load the names and words of a version, which are kept. Raises as questions.run."""
    named, words = (questions.run(version, name, NO_FILTERS) for name in ("names", "vocabulary"))
    return Names(named, words)


def _split_typed(words: Sequence[str]) -> tuple[str, ...]:
    """Split typed words into folded ones, without a genitive 's."""
    return tuple(
        part for word in words for part in fold_words(GENITIVE.sub("", fold(word))).split()
    )


def _vary(typed: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """List the forms of a name to look for: as it is typed, without titles, and without tussenvoegsels.
    None where no word names something.
    """
    bare = tuple(word for word in typed if word not in TITLES | PARTICLES | SMALL_WORDS)
    if len(typed) > MAX_WORDS or all(len(word) < 2 for word in bare):
        return ()
    untitled = typed[next(nr for nr, word in enumerate(typed) if word not in TITLES) :]
    return tuple(dict.fromkeys((typed, untitled, bare)))


def _is_meant(spelling: Spelling, form: tuple[str, ...], errors: int, whole: bool) -> bool:
    """Return whether a name that was found can be meant: half of a city is none; of a long word only
    an error is overlooked in a country that no record is in, and one in a borrowed name.
    """
    if spelling.table in WHOLE_ONLY and not whole:
        return False
    if spelling.borrowed and errors > 1:
        return False
    known = spelling.is_recorded and not spelling.borrowed
    return not errors or known or min(map(len, form)) >= LONG
