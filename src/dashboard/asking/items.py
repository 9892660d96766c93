"""The groups of words of a question with what each of them can mean, as filters: in this form the
grammar decides between them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from dashboard.asking.lexicon import Sense, read_words_around
from dashboard.asking.periods import Period
from dashboard.asking.spans import Span
from dashboard.asking.vocabulary import Vocabulary
from dashboard.language.messages import _, current_language
from dashboard.model.filters import LIST_PARAMS, NO_FILTERS, Filters
from dashboard.text.countries import name_country
from dashboard.text.lists import join_names
from dashboard.text.selection import name_filter, name_period
from dashboard.text.sentences import capitalise

OURS = read_words_around("ours")
JOINING = read_words_around("joining")
SELECTING = frozenset({"filter", "text", "title"})
"""Kinds of senses that select records."""
PERIODS = frozenset({"year", "month", "from", "to"})
LINK_NAMES: Mapping[str, str] = {"from_day": "from", "to_day": "to"}
"""What fields of Filters are called in a link, where it is otherwise."""


@dataclass(frozen=True)
class Option:
    """One thing that words can mean: the filter `name` with its `values`, as they stand in a link, what
    that is called, and the `changes` of Filters that it makes, of which a period may have two. `page`
    is that of a title.
    """

    name: str
    values: tuple[str, ...]
    label: str
    changes: Mapping[str, Any]
    page: str = ""
    dated: bool = True

    @property
    def said(self) -> str:
        """What it is called where it is offered: “Person: Job Doornberg”; a period as it is said."""
        if self.name in PERIODS or self.name == "metric":
            return capitalise(self.label)
        return _("{filter}: {value}", filter=capitalise(name_filter(self.name)), value=self.label)


@dataclass(frozen=True)
class Item:
    """Words from `start` to `end`: what sort of thing they are (`kind`, as that of a Sense, period or
    compare; empty where they are not understood), which of its sort (`name`), and the `options` of a
    filter. `said` is the words, folded and without typing errors.
    """

    start: int
    end: int
    kind: str = ""
    name: str = ""
    options: tuple[Option, ...] = ()
    corrected: bool = False
    said: str = ""
    senses: tuple[Sense, ...] = field(default=(), repr=False)

    @property
    def says_nothing(self) -> bool:
        """Whether the question means the same without it."""
        return self.kind == "filler"

    @property
    def is_telling(self) -> bool:
        """Whether it selects something or asks for something."""
        return self.kind not in ("", "filler", "refused", "unrecorded", "common")

    def not_understood(self) -> "Item":
        """The same words, without what they could mean."""
        return Item(self.start, self.end, said=self.said)

    def narrowed(self, options: Sequence[Option]) -> "Item":
        """The same words with some of their options, where there are any."""
        return replace(self, options=tuple(options)) if options else self

    def names(self) -> set[str]:
        """The filters that its options set."""
        return {option.name for option in self.options}


def make_items(spans: Sequence[Span], vocabulary: Vocabulary, tokens: Sequence[str]) -> list[Item]:
    """Make the items of the spans of a question."""
    return [_make_item(span, vocabulary, " ".join(tokens[span.start : span.end])) for span in spans]


def _make_item(span: Span, vocabulary: Vocabulary, said: str) -> Item:
    filters = [make_option(sense, vocabulary) for sense in span.senses if sense.kind in SELECTING]
    options = [*map(make_period_option, span.periods), *filters]
    unique = tuple({(o.name, o.values, str(o.changes)): o for o in options}.values())
    first = next((s for s in span.senses if s.kind not in SELECTING), None)
    kind, name = (first.kind, first.name) if first else ("filter" if filters else "", "")
    kind = "period" if span.periods else kind
    corrected = span.errors > 0
    return Item(span.start, span.end, kind, name, unique, corrected, said, span.senses)


def make_option(sense: Sense, vocabulary: Vocabulary) -> Option:
    """Make an option of a sense of a filter, a title or a word of the texts."""
    if sense.kind in ("text", "title"):
        text = sense.values[0]
        return Option("text", (text,), text, {"text": text}, sense.name)
    names = [_name_value(sense, value, vocabulary) for value in sense.values]
    changes: dict[str, Any] = {sense.name: sense.values}
    if sense.year:
        changes["year"] = int(sense.year)
    return Option(sense.name, sense.values, join_names(names, "or"), changes)


def _name_value(sense: Sense, value: str, vocabulary: Vocabulary) -> str:
    if sense.name == "country":
        return name_country(value)
    if sense.name == "speaker":
        return vocabulary.people.get(value, sense.label)
    return sense.label or vocabulary.name_value(sense.name, value, current_language())


def make_period_option(period: Period) -> Option:
    """Make an option of a period."""
    changes = {name: value for name, value in period.changes.items() if value is not None}
    name, value = next(iter(changes.items()))
    values = value if isinstance(value, tuple) else (str(value),)
    label = name_period(Filters(**changes))
    return Option(LINK_NAMES.get(name, name), values, label, changes, dated=period.dated)


def gather_filters(options: Iterable[Option]) -> tuple[Filters, str]:
    """Gather the filters that options set: values of one filter are alternatives, words of texts
    must all occur. With them the page of a title, where one was named.
    """
    changes: dict[str, Any] = {}
    page = ""
    for option in options:
        page = page or option.page
        for name, value in option.changes.items():
            if name == "text" and name in changes:
                changes[name] = f"{changes[name]} {value}"
            elif name in LIST_PARAMS:
                changes[name] = (*changes.get(name, ()), *value)
            else:
                changes[name] = value
    if changes.get("month"):
        changes.pop("year", None)
    return NO_FILTERS.with_(**changes), page
