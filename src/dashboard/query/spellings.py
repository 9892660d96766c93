"""By what a record is called: one name of it as its folded words, and whether typed words are that name."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.intake.person_names import PARTICLES, join_words, split_name
from dashboard.language.messages import choose_term
from dashboard.schema.folding import fold_words
from dashboard.text.countries import list_spellings, name_country

ARTICLES = frozenset({"the", "de", "het", "een", "t"})
SMALL_WORDS = ARTICLES | frozenset("a an and en of van in for voor on op to te aan bij at".split())
"""Words that a name may lack and still be whole; alone they name nothing."""
Errors = Mapping[str, int]
"""Parts of names, each with how many typing errors lie between it and a typed word."""


@dataclass(frozen=True)
class Spelling:
    """One name of one record: its folded words, and the row that says what the record is called.
    `recorded` tells a record from a country that no record is in.
    """

    table: str
    id: str
    words: tuple[str, ...]
    row: Mapping[str, Any]
    recorded: bool = True

    @property
    def key(self) -> tuple[str, str]:
        return self.table, self.id

    @property
    def label(self) -> str:
        return (
            name_country(self.id) if self.table == "countries" else choose_term(self.row, "label")
        )

    def list_parts(self) -> Iterator[tuple[str, range]]:
        """List the words by which the name is found, and which of its words each is: also those
        that somebody writes in one, such as vant Hof, ElBaz and Hongkong.
        """
        yield from ((word, range(nr, nr + 1)) for nr, word in enumerate(self.words))
        begin, end = int(self.table == "people"), len(self.words)  # first and last name stay two
        for nr in range(begin, end - 1):
            yield "".join(self.words[nr : nr + 2]), range(nr, nr + 2)
        if end - begin > 2:
            yield "".join(self.words[begin:]), range(begin, end)

    def cover(self, near: Sequence[Errors]) -> tuple[int, bool] | None:
        """Return how many errors a typed name has as this one, and whether it is whole; None where a
        word of it stands for none here. `near` has the parts of names near each typed word.
        """
        parts, covered, errors = list(self.list_parts()), set[int](), 0
        for options in near:
            fits = [(options[part], place) for part, place in parts if part in options]
            free = [(many, place) for many, place in fits if covered.isdisjoint(place)]
            if not free:
                return None
            many, place = min(free, key=lambda fit: fit[0])
            covered.update(place)
            errors += many
        small = PARTICLES if self.table == "people" else SMALL_WORDS
        needed = {nr for nr, word in enumerate(self.words) if nr == 0 or word not in small}
        return errors, needed <= covered

    def has_initials(self, letters: Sequence[str]) -> bool:
        """Return whether every letter is a word, or of a person the first letter of one."""
        people = self.table == "people"
        return all(
            letter in self.words or (people and any(word.startswith(letter) for word in self.words))
            for letter in letters
        )


def read_spellings(named: Iterable[Mapping[str, Any]]) -> Iterator[Spelling]:
    """Read the names in rows of the question `names`, and those of every country."""
    recorded: set[str] = set()
    for row in named:
        table, id_ = row["table_name"], row["id"]
        if table == "countries":
            recorded.add(id_)
            continue
        for words in _split_names(table, row["name"]):
            yield Spelling(table, id_, words, row)
    for code, names in list_spellings().items():
        for name in names:
            yield Spelling("countries", code, _split_words(name), {}, code in recorded)


def _split_names(table: str, name: str) -> set[tuple[str, ...]]:
    """Split the names in a text into their words: of an organisation there are several, and what
    stands in brackets is an abbreviation of it.
    """
    if table == "people":
        written = any(sign in name for sign in ",.(")
        return {tuple(join_words(split_name(name)).split()) if written else _split_words(name)}
    if table != "organisations":
        return {_split_words(name)}
    parts = [part for text in name.split(";") for part in text.replace(")", "(").split("(")]
    return {words for part in (name, *parts) if (words := _split_words(part))}


def _split_words(name: str) -> tuple[str, ...]:
    return tuple(fold_words(name).split())
