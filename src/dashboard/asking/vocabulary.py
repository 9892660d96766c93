"""What the words of a question can mean: the names and terms of a version, and what can be counted and
asked.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from dashboard.asking.lexicon import (
    FILTER_OF_LIST,
    Sense,
    list_abroad,
    list_regions,
    list_senses,
    list_terms,
    list_unstated,
    read_common_forms,
)
from dashboard.asking.period_words import MENDED
from dashboard.asking.words import inflect
from dashboard.language.messages import _
from dashboard.model.filters import NO_FILTERS, NOT_STATED
from dashboard.query import questions
from dashboard.query.names import NameHit, load_names
from dashboard.schema.folding import fold_words
from dashboard.store import Version

MAX_TITLES, MAX_GRANTS = 5_000, 100_000
"""Events whose titles are kept: of more of them, a title is found by its words; and grants that are
looked at for whom we got money of.
"""
LONGEST_TITLE = 8
SHORTEST_TOPIC = 4
"""Letters of a topic of which another form is known."""
EVENT_TOPICS = "title title_nl title_en short_title short_title_nl host_event audience audience_nl"
TOPICS: Mapping[str, str] = {
    "event_people": "talk_title",
    "trainings": "title title_nl title_en audience audience_nl",
    "training_parts": "title title_nl title_en",
    "projects": "title title_nl title_en short_title short_title_nl",
    "series": "title audience audience_nl",
    "funding": "title scheme",
    "organisations": "name other_names",
    "places": "venue",
}
"""Columns whose words are topics, by table."""
ASKING = ("form", "page", "by", "which")
"""Kinds of words by which it is decided what is asked."""
PARENTS = ("event_id", "training_id")
"""Columns that say to which record a row belongs, of tables of its parts."""
Rows = Sequence[Mapping[str, object]]


class NameSource(Protocol):
    """Names and words of a version: see query.names.Names."""

    def find(
        self, words: Sequence[str], tables: Sequence[str] = (), limit: int = 20
    ) -> tuple[NameHit, ...]:
        """Find the records that words together name."""

    def nearest_words(self, word: str) -> tuple[str, ...]:
        """Find the word of the texts that a word is, or those near it."""

    def has_part(self, word: str) -> bool:
        """Return whether a name has a word, or one that is near."""


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """The words of one version. `phrases` gives the senses of folded phrases, `labels` for each filter
    what its terms are called in English and Dutch, `people` what tells people of one name apart, by
    id. `topics` are the words of titles, names and audiences, which are looked for in texts;
    `knows_topics` says that they are all of them, and `records` has those of each record together.
    `titles` are the folded titles of events, `title_parts` what stands together in them, and
    `title_words` their words. `funders` are the organisations and people of grants to us, by id, and
    `ours` the organisations that are ourselves. `correctable` are the words in which typing errors
    are looked for, `listed` those of them that are no made ending, and `silent` the words that say
    nothing.
    """

    names: NameSource = field(repr=False)
    phrases: Mapping[str, tuple[Sense, ...]] = field(repr=False)
    labels: Mapping[str, Mapping[str, tuple[str, str]]] = field(repr=False)
    default_year: int | None = None
    people: Mapping[str, str] = field(default_factory=dict, repr=False)
    topics: frozenset[str] = field(default=frozenset(), repr=False)
    knows_topics: bool = True
    records: tuple[str, ...] = field(default=(), repr=False)
    titles: frozenset[str] = field(default=frozenset(), repr=False)
    title_parts: frozenset[str] = field(default=frozenset(), repr=False)
    title_words: frozenset[str] = field(default=frozenset(), repr=False)
    funders: frozenset[str] = field(default=frozenset(), repr=False)
    ours: frozenset[str] = frozenset()
    listed: frozenset[str] = field(default=frozenset(), repr=False)
    correctable: tuple[str, ...] = field(default=(), repr=False)
    silent: tuple[str, ...] = field(default=(), repr=False)

    def name_value(self, name: str, value: str, language: str) -> str:
        """Say what a term is called; the term itself where it has no name."""
        if value == NOT_STATED:
            return _(questions.UNSTATED[name])
        english, dutch = self.labels.get(name, {}).get(value, (value, value))
        return dutch if language == "nl" else english

    def find_kind(self, word: str) -> str:
        """Return the kind of what a folded word means by itself; empty where it means nothing."""
        senses = self.phrases.get(word)
        return senses[0].kind if senses else ""

    def is_topic(self, word: str) -> bool:
        """Return whether a folded word is looked for in texts: one of titles and names, or a code such as
        koers30. Where there are too many titles, any of the texts that nobody uses every day.
        """
        if word in self.topics or (len(word) >= SHORTEST_TOPIC and f"{word}s" in self.topics):
            return True
        coded = any(sign.isdigit() for sign in word) and not word.isdigit()
        rare = not self.knows_topics and word not in read_common_forms()
        return (coded or rare) and self.names.nearest_words(word) == (word,)

    def finds(self, words: Iterable[str]) -> bool:
        """Return whether a record has all of some words in its topics; True where not all are known."""
        wanted = tuple(words)
        if not self.knows_topics or not self.topics.issuperset(wanted):
            return True
        return any(all(word in record for word in wanted) for record in self.records)

    def split_topic(self, word: str) -> str:
        """Split a word that is two together in the topics of a record: sectorplan; empty where it is
        none.
        """
        ends = range(SHORTEST_TOPIC, len(word) - SHORTEST_TOPIC + 1)
        pairs = [
            f"{word[:end]} {word[end:]}"
            for end in ends
            if word[:end] in self.topics and word[end:] in self.topics
        ]
        return next((p for p in pairs if any(p in record for record in self.records)), "")

    def find_near_topics(self, word: str, most: int) -> tuple[str, ...]:
        """Find the topics that are nearest to a word, with at most so many errors; none that everybody
        uses, or that means something else in a question.
        """
        if self.knows_topics:
            scorer = DamerauLevenshtein.distance
            near = process.extract(word, self.topics, scorer=scorer, score_cutoff=most, limit=9)
            found = [hit[0] for hit in near if hit[1] == near[0][1]]
        else:
            nearest = self.names.nearest_words(word)
            found = [one for one in nearest if DamerauLevenshtein.distance(one, word) <= most]
        everyday = read_common_forms()
        return tuple(sorted(o for o in found if o not in everyday and o not in self.phrases))[:3]

    def correct(self, word: str) -> tuple[str, int] | None:
        """Find the word of the vocabulary that somebody meant who typed another one, and how many
        errors there are; None where none is near, several that mean different things, or as near one
        that says nothing. A first letter is right where there are two errors, and in a short word;
        two errors never change what is asked.
        """
        most = 0 if len(word) < 4 else 1 if len(word) < 7 else 2
        near = process.extract(
            word,
            self.correctable,
            scorer=DamerauLevenshtein.distance,
            score_cutoff=most,
            limit=5,
        )
        sure = len(word) > 4
        near = [hit for hit in near if (sure and hit[1] < 2) or hit[0][0] == word[0]]
        near = [hit for hit in near if hit[1] < 2 or self.find_kind(hit[0]) not in ASKING]
        least = [hit for hit in near if hit[1] == near[0][1]] if most else []
        least = [hit for hit in least if hit[0] in self.listed] or least
        if not least or self._finds_silent(word, int(least[0][1])):
            return None
        least = [hit for hit in least if hit[0] in self.phrases] or least
        meant = {self.phrases.get(hit[0], ()) for hit in least}
        return (least[0][0], int(least[0][1])) if len(meant) == 1 else None

    def _finds_silent(self, word: str, most: int) -> bool:
        """Return whether a word that says nothing is as near, with at most so many errors."""
        scorer = DamerauLevenshtein.distance
        return process.extractOne(word, self.silent, scorer=scorer, score_cutoff=most) is not None

    def find_with_letter(self, word: str) -> tuple[str, ...]:
        """Find the words that say nothing of which a word is one without one of its letters."""
        length = len(word)
        longer = (one for one in self.silent if len(one) == length + 1)
        return tuple(
            one
            for one in longer
            if any(one[:n] + one[n + 1 :] == word for n in range(1, length + 1))
        )


def load_vocabulary(version: Version, today: date) -> Vocabulary:
    """Load the vocabulary of a version. Raises as questions.run."""
    labels = questions.read_labels(version)
    facts = questions.rows(version, "store_facts", NO_FILTERS, today=today)[0]
    events = questions.browse(version, "events", limit=MAX_TITLES + 1)
    tables = {table: questions.browse(version, table, limit=MAX_TITLES) for table in TOPICS}
    return make_vocabulary(
        load_names(version),
        questions.browse(version, "terms", limit=10_000),
        countries=frozenset(labels["country"]),
        people=labels["speaker"],
        events=events if len(events) <= MAX_TITLES else None,
        records=gather_records({**tables, "events": events}),
        grants=questions.browse(version, "funding", limit=MAX_GRANTS),
        default_year=facts["default_year"],
    )


def make_vocabulary(
    names: NameSource,
    terms: Rows,
    *,
    countries: frozenset[str] = frozenset(),
    people: Mapping[str, str] | None = None,
    events: Rows | None = (),
    records: tuple[str, ...] = (),
    grants: Rows = (),
    default_year: int | None = None,
) -> Vocabulary:
    """Make a vocabulary of rows of the tables terms, events (None where there are too many) and funding,
    and of the countries and people of the records, and the topics of each.
    """
    of_places = [*list_regions(countries), *list_abroad(terms)]
    given = [*list_terms(terms), *list_unstated(), *list_senses(), *of_places]
    phrases = gather_phrases(given)
    titles, parts = gather_titles(events or ())
    funders, ours = find_funders(grants)
    listed = frozenset(word for phrase, _sense in given for word in phrase.split())
    return Vocabulary(
        names=names,
        phrases=phrases,
        labels=_gather_labels(terms),
        default_year=default_year,
        people=people or {},
        topics=frozenset(word for record in records for word in record.split()),
        records=records,
        knows_topics=events is not None,
        titles=titles,
        title_parts=parts,
        title_words=frozenset(word for title in titles for word in title.split()),
        funders=funders,
        ours=ours,
        listed=listed,
        correctable=_list_correctable(phrases),
        silent=_list_silent(phrases),
    )


def gather_phrases(given: Iterable[tuple[str, Sense]]) -> dict[str, tuple[Sense, ...]]:
    """Gather phrases with all their senses, and with the endings that they may have. What stands there
    as a phrase is no ending of another one, but for terms: workshops are those of every list.
    """
    found: dict[str, dict[Sense, None]] = {}
    given = list(given)
    for phrase, sense in given:
        of_terms = sense.name in FILTER_OF_LIST.values() and sense.kind == "filter"
        for form in inflect(phrase) if of_terms else (phrase,):
            found.setdefault(form, {})[sense] = None
    exact = frozenset(found)
    for phrase, sense in given:
        for form in () if sense.says_nothing or sense.kind == "form" else inflect(phrase):
            if form not in exact:
                found.setdefault(form, {})[sense] = None
    return {phrase: _choose_senses(tuple(senses)) for phrase, senses in found.items()}


def _choose_senses(senses: tuple[Sense, ...]) -> tuple[Sense, ...]:
    """Leave out that a phrase says nothing where it says something, and parts of labels where it is a
    whole one, of terms of the same list or of no term.
    """
    telling = tuple(sense for sense in senses if sense.kind != "filler") or senses[:1]
    whole = tuple(sense for sense in telling if not sense.part)
    if any(s.kind == "filter" and s.name not in ("role", "kind", "format") for s in whole):
        return whole
    names = {sense.name for sense in whole}
    return tuple(sense for sense in telling if not sense.part or sense.name not in names)


def gather_titles(events: Rows) -> tuple[frozenset[str], frozenset[str]]:
    """Gather the folded titles of events that have two words or more, and the runs of words in them. A
    short title is one where it has no number that the title does not have: no text is found by it.
    """
    whole: set[str] = set()
    for row in events:
        title, short, host = (
            fold_words(str(row.get(column) or ""))
            for column in ("title", "short_title", "host_event")
        )
        numbers = {word for word in short.split() if word.isdigit()}
        shown = short if numbers <= {*title.split()} else ""
        whole |= {one for one in (title, shown, host) if " " in one}
    parts = {
        " ".join(words[begin:end])
        for words in map(str.split, whole)
        for begin in range(len(words) - 1)
        for end in range(begin + 2, min(begin + LONGEST_TITLE, len(words)) + 1)
    }
    return frozenset(whole), frozenset(parts)


def gather_records(tables: Mapping[str, Rows]) -> tuple[str, ...]:
    """Gather the folded words of titles, names and audiences in rows of the tables of TOPICS and of
    events: those of one record together, of an event with its talks and its venue.
    """
    venues = {row["place_id"]: row["venue"] or "" for row in tables.get("places", ())}
    found: dict[object, list[object]] = {}
    for table, rows in tables.items():
        columns = TOPICS.get(table, EVENT_TOPICS).split()
        for nr, row in enumerate(rows):
            identity = next((row[name] for name in PARENTS if name in row), (table, nr))
            words = found.setdefault(identity, [venues.get(row.get("place_id"), "")])
            words += [row[column] for column in columns if row.get(column)]
    return tuple(fold_words(" ".join(map(str, words))) for words in found.values())


def find_funders(grants: Rows) -> tuple[frozenset[str], frozenset[str]]:
    """Find who gave or got the grants that came to us, by id; and the organisations that got them,
    which are ourselves.
    """
    named = ("funder_id", "recipient_organisation_id", "recipient_person_id")
    ours = [row for row in grants if row["our_role"] == "recipient"]
    recipients = (row["recipient_organisation_id"] for row in ours)
    return (
        frozenset(str(row[column]) for row in ours for column in named if row[column]),
        frozenset(str(one) for one in recipients if one),
    )


def _list_correctable(phrases: Mapping[str, tuple[Sense, ...]]) -> tuple[str, ...]:
    """List the words in which a typing error is looked for: those of more than four letters that say
    something, and those of periods.
    """
    telling = {
        word
        for phrase, senses in phrases.items()
        if not senses[0].says_nothing
        for word in phrase.split()
    }
    silent = {word for word in telling if word in phrases and phrases[word][0].says_nothing}
    return tuple(sorted({word for word in telling if len(word) > 4} - silent | MENDED))


def _list_silent(phrases: Mapping[str, tuple[Sense, ...]]) -> tuple[str, ...]:
    """List the single words that say nothing, of more than four letters."""
    return tuple(
        phrase
        for phrase, senses in phrases.items()
        if senses[0].kind == "filler" and " " not in phrase and len(phrase) > 4
    )


def _gather_labels(terms: Rows) -> dict[str, dict[str, tuple[str, str]]]:
    labels: dict[str, dict[str, tuple[str, str]]] = {}
    for row in terms:
        if name := FILTER_OF_LIST.get(str(row["list"])):
            called = str(row["label_en"]), str(row["label_nl"])
            labels.setdefault(name, {})[str(row["term_id"])] = called
    return labels
