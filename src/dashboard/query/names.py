"""Who and what readers call by name, found in spite of spelling: people, places, countries,
organisations, projects, series and trainings; and the words of all searchable texts.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice
from threading import Condition

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from cachetools import LRUCache, cached

from dashboard.intake.person_names import PARTICLES, TITLES
from dashboard.language.messages import choose_term
from dashboard.model.filters import NO_FILTERS
from dashboard.query import questions
from dashboard.query.part_index import Numbers, PartIndex
from dashboard.query.questions import Row
from dashboard.query.spellings import SMALL_WORDS, Beginning, Errors, Spelling, read_spellings
from dashboard.query.text_words import TextWords
from dashboard.query.word_index import LONG, WordIndex
from dashboard.schema.folding import fold, fold_words
from dashboard.store import Version
from dashboard.text.countries import CAPITALS, name_country

KEPT_VERSIONS = 4
"""Versions whose names are kept: what is served, one before it, a candidate, and one compared."""
KEPT_WORDS = 1000
"""Typed words of which the near parts of names are kept."""
MAX_WORDS = 12
"""A name of more words is none."""
MAX_JOINED = 3
"""Typed words that may be one: Hong Kong for Hongkong."""
MAX_COMPARED = 500
"""Of a word that more names have, those of most events are looked at."""
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
    """The names of one version, and its vocabulary. All is folded (schema.folding)."""

    def __init__(self, named: pa.Table, words: pa.Table) -> None:
        """Take the rows of the questions `names` and `text_words`."""
        self.text_words = TextWords(words)
        self._named = named
        self._spellings = read_spellings(named)
        self._by_part = PartIndex(self._spellings)
        names, tables = np.unique([one.table for one in self._spellings], return_inverse=True)
        self._table_names: list[str] = names.tolist()
        self._tables = tables.astype(np.int8)
        self._borrowed = np.array([spelling.borrowed for spelling in self._spellings])
        self._rank = _rank_spellings(named, self._spellings)

    @cached_property
    def _find_near(self) -> Callable[[str], Errors]:
        """Find the parts of names near a word; of the last ones they are kept, as one question asks
        for each several times.
        """
        index = WordIndex(pa.array(self._by_part.parts, pa.string()))
        return lru_cache(KEPT_WORDS)(index.find_near)

    def find(
        self, words: Sequence[str], tables: Collection[str] = (), limit: int = 20
    ) -> tuple[NameHit, ...]:
        """Find the records that words together name, in any order: best first, all with the same
        least number of errors, so that two of one name are both there. None where nothing is near.

        `tables` are the tables to look in, all where none is given. Titles such as prof. and a
        tussenvoegsel may be missing or added, apostrophes and hyphens too, and a genitive 's.
        """
        return tuple(
            NameHit(*spelling.key, self._label(spelling), errors, whole)
            for spelling, errors, whole in islice(self._search(words, tables), limit)
        )

    def complete(self, words: Sequence[str], limit: int) -> Mapping[str, list[Row]]:
        """Find by table the records with a name that words begin, while somebody types: of the last
        word the beginning suffices, but not of a borrowed name. Those with the very word come first,
        then those with most events, then those whose last one is latest.

        Gives rows of the question `names`, at most `limit` of a table.
        """
        typed = tuple(part for word in words for part in fold_words(word).split())
        forms = dict.fromkeys((typed, *_vary(typed))) if 0 < len(typed) <= MAX_WORDS else ()
        completed = (self._complete(form, limit) for form in forms)
        return next((self._group_rows(found, limit) for found in completed if found), {})

    def find_rows(self, words: Sequence[str], limit: int) -> Mapping[str, list[Row]]:
        """Find by table the records that words name, as `find` does; gives rows as `complete` does."""
        return self._group_rows([spelling for spelling, *_ in self._search(words, ())], limit)

    def has_part(self, word: str) -> bool:
        """Return whether a name has a word, or one that is near: if not, no words with it name a
        record.
        """
        parts = _split_typed((word,))
        return all(len(part) == 1 or bool(self._list_near(part, tolerant=True)) for part in parts)

    def nearest_words(self, word: str) -> tuple[str, ...]:
        """Return the word itself where it occurs in the searchable texts, else what is nearest: see
        TextWords.
        """
        return self.text_words.nearest_words(word)

    def _search(self, words: Sequence[str], tables: Collection[str]) -> list[Found]:
        """Find the names that words mean, each record once, the best first."""
        typed = _split_typed(words)
        wanted = set(tables or self._table_names)
        if len(words) == 1 and words[0].upper() in CAPITALS and not words[0].isupper():
            wanted = wanted - {"countries"}
        forms = _vary(typed)
        joined = [("".join(typed),)] if forms and 1 < len(typed) <= MAX_JOINED else []
        for form in (*forms, *joined):
            if found := self._find_form(form, wanted, tolerant=False):
                return _choose_best(found)
        return _choose_best(
            hit for form in forms for hit in self._find_form(form, wanted, tolerant=True)
        )

    def _find_form(
        self, form: tuple[str, ...], tables: Collection[str], *, tolerant: bool
    ) -> list[Found]:
        """Find the names that hold every word of a form."""
        letters, long = _split_initials(form)
        near = [self._list_near(word, tolerant=tolerant) for word in long]
        found: list[Found] = []
        for nr in self._meet(near, tables)[:MAX_COMPARED].tolist():
            spelling = self._spellings[nr]
            covered = spelling.cover(near) if spelling.has_initials(letters) else None
            if covered and _is_meant(spelling, form, *covered):
                found.append((spelling, *covered))
        return found

    def _complete(self, form: tuple[str, ...], limit: int) -> list[Spelling]:
        """Find the names that a form begins: of each table some, the best first."""
        letters, before = _split_initials(form[:-1])
        numbers, near = self._by_part.list_beginning(form[-1]), list[Errors | Beginning]()
        for word in before:
            near.append(parts := self._list_near(word, tolerant=False))
            numbers = np.intersect1d(numbers, self._gather(parts))
        near.append(Beginning(form[-1]))
        exact = np.isin(numbers, self._gather({form[-1]: 0}))
        kept = exact | ~self._borrowed[numbers]
        numbers, exact = numbers[kept], exact[kept]
        ranked = numbers[np.lexsort((self._rank[numbers], ~exact))]
        found: list[Spelling] = []
        for table in np.unique(self._tables[ranked]):
            of_table = ranked[self._tables[ranked] == table][:MAX_COMPARED].tolist()
            spellings = (self._spellings[nr] for nr in of_table)
            fitting = (one for one in spellings if one.has_initials(letters) and one.cover(near))
            found += _take_records(fitting, limit)
        return found

    def _list_near(self, word: str, *, tolerant: bool) -> Errors:
        """List the parts of names that a word may be."""
        if word not in self._by_part and word.endswith("s") and word[:-1] in self._by_part:
            return {word[:-1]: 0}  # a genitive without its apostrophe
        exact = {word: 0} if word in self._by_part else {}
        return {**self._find_near(word), **exact} if tolerant else exact

    def _meet(self, near: Sequence[Errors], tables: Collection[str]) -> Numbers:
        """Give the names that have a part near every typed word: those of most events first."""
        numbers = self._gather(near[0])
        for parts in near[1:]:
            numbers = np.intersect1d(numbers, self._gather(parts))
        wanted = np.isin(self._table_names, list(tables))
        numbers = numbers[wanted[self._tables[numbers]]]
        # what is no person may be meant though a thousand people are called so
        people = np.isin(self._table_names, ["people"])[self._tables[numbers]]
        ranked: Numbers = numbers[np.lexsort((self._rank[numbers], people))]
        return ranked

    def _gather(self, parts: Iterable[str]) -> Numbers:
        """Gather the names that have one of some parts."""
        lists = [self._by_part.list_spellings(part) for part in parts if part in self._by_part]
        return np.unique(np.concatenate([np.array([], np.int32), *lists]))

    def _group_rows(self, spellings: Iterable[Spelling], limit: int) -> dict[str, list[Row]]:
        """Group the rows of spellings by table, each record once."""
        rows: dict[str, dict[tuple[str, str], Row]] = {}
        for spelling in spellings:
            of_table = rows.setdefault(spelling.table, {})
            if spelling.is_recorded and spelling.key not in of_table and len(of_table) < limit:
                of_table[spelling.key] = self._read_row(spelling)
        return {table: list(of_table.values()) for table, of_table in rows.items() if of_table}

    def _read_row(self, spelling: Spelling) -> Row:
        row: Row = self._named.slice(spelling.row or 0, 1).to_pylist()[0]
        return row

    def _label(self, spelling: Spelling) -> str:
        if spelling.table == "countries":
            return name_country(spelling.id)
        return choose_term(self._read_row(spelling), "label")


@cached(LRUCache(KEPT_VERSIONS), key=lambda version: version.identity, condition=Condition())
def load_names(version: Version) -> Names:
    """Load the names and words of a version, which are kept. Raises as questions.run."""
    named, words = (questions.run(version, name, NO_FILTERS) for name in ("names", "text_words"))
    return Names(named, words)


def _rank_spellings(named: pa.Table, spellings: Sequence[Spelling]) -> npt.NDArray[np.int64]:
    """Give each spelling its place in the order of events, most first, and of the last one's day."""
    rows = np.array([-1 if one.row is None else one.row for one in spellings])
    # of a country that no record is in, what is added last stands for nothing
    events = np.append(named["events"].to_numpy(), 0)[rows]
    days = np.append(named["last_day"].cast(pa.int32()).fill_null(0).to_numpy(), 0)[rows]
    return np.argsort(np.lexsort((-days, -events)))


def _take_records(spellings: Iterable[Spelling], limit: int) -> list[Spelling]:
    """Take the first spelling of each of some records."""
    records: dict[tuple[str, str], Spelling] = {}
    for spelling in spellings:
        records.setdefault(spelling.key, spelling)
        if len(records) == limit:
            break
    return list(records.values())


def _split_typed(words: Sequence[str]) -> tuple[str, ...]:
    """Split typed words into folded ones, without a genitive 's."""
    return tuple(
        part for word in words for part in fold_words(GENITIVE.sub("", fold(word))).split()
    )


def _split_initials(form: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Split the words of a form into single letters and longer words."""
    return [word for word in form if len(word) == 1], [word for word in form if len(word) > 1]


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
    an error is overlooked in a country that no record is in, and one in a borrowed name; of a shorter
    one a letter within may be left out: Keuln.
    """
    if spelling.table in WHOLE_ONLY and not whole:
        return False
    if spelling.borrowed and errors > 1:
        return False
    own = spelling.is_recorded and not spelling.borrowed
    if not errors or own or min(map(len, form)) >= LONG:
        return True
    known, typed = spelling.words, form[0]
    within = (known[0], known[-1]) == (typed[0], typed[-1]) and len(known) == len(typed) + 1 == LONG
    return spelling.is_recorded and len(form) == 1 and within


def _choose_best(found: Iterable[Found]) -> list[Found]:
    """Choose the hits with the fewest errors, each record once, whole names first."""
    hits = list(found)
    least = min((errors for _, errors, _ in hits), default=0)
    best = [hit for hit in hits if hit[1] == least]
    best = [hit for hit in best if not hit[0].borrowed] or best
    best.sort(key=lambda hit: (not hit[2], hit[0].words.count(" ")))
    records: dict[tuple[str, str], Found] = {}
    for hit in best:
        records.setdefault(hit[0].key, hit)
    return list(records.values())
