"""The groups of words of a question with what each of them can mean, as filters: in this form the
grammar decides between them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from dashboard.asking.periods import Period
from dashboard.asking.spans import Span
from dashboard.asking.lexicon import Sense
from dashboard.asking.vocabulary import Vocabulary
from dashboard.language.messages import _, current_language
from dashboard.model.filters import Filters
from dashboard.text.countries import name_country
from dashboard.text.lists import join_names
from dashboard.text.selection import name_period
from dashboard.text.sentences import capitalise
from dashboard.text.selection import name_filter


@dataclass(frozen=True)
class Option:
    """One thing that words can mean: the filter `name` with its `values`, as they stand on Filters and
    in a link, and what that is called. A period has several `changes`. `page` is that of a title.
    """

    name: str
    values: tuple[str, ...]
    label: str
    changes: Mapping[str, Any]
    page: str = ""
    period: Period | None = None

    @property
    def said(self) -> str:
        """What it is called where it is offered: “Person: Job Doornberg”."""
        name = "month" if self.period else self.name
        return _("{filter}: {value}", filter=capitalise(name_filter(name)), value=self.label)


@dataclass(frozen=True)
class Item:
    """Words from `start` to `end`, what sort of thing they are (`kind`: as that of a Sense; empty
    where they are not understood), its `name`, and the `options` of a filter. `said` is the folded words
    without typing errors.
    """

    start: int
    end: int
    kind: str = ""
    name: str = ""
    options: tuple[Option, ...] = ()
    corrected: bool = False
    senses: tuple[Sense, ...] = field(default=(), repr=False)
    said: str = ""

    def not_understood(self) -> "Item":
        """The same words, without what they could mean."""
        return Item(self.start, self.end)

    def narrowed(self, options: Sequence[Option]) -> "Item":
        """The same words with some of their options, where there are any."""
        return replace(self, options=tuple(options)) if options else self

    def names(self) -> set[str]:
        """The filters that its options set."""
        return {option.name for option in self.options}


def make_items(spans: Sequence[Span], vocabulary: Vocabulary, tokens: Sequence[str]) -> list[Item]:
    """Make the items of the spans of a question."""
    return [
        replace(
            _make_item(span, span.senses, vocabulary), said=" ".join(tokens[span.start : span.end])
        )
        for span in spans
    ]


def _make_item(span: Span, senses: Sequence[Sense], vocabulary: Vocabulary) -> Item:
    corrected = span.errors > 0
    if span.periods:
        options = [make_period_option(period) for period in span.periods]
        options += [make_option(sense, vocabulary) for sense in senses]
        unique = tuple({(*o.values, str(o.changes)): o for o in options}.values())
        return Item(span.start, span.end, "period", "", unique, corrected, tuple(senses))
    kinds = {sense.kind for sense in senses}
    if kinds and kinds <= {"filter", "text", "title"}:
        options = [make_option(sense, vocabulary) for sense in senses]
        return Item(span.start, span.end, "filter", "", tuple(options), corrected, tuple(senses))
    if not senses:
        return Item(span.start, span.end)
    filters = tuple(make_option(s, vocabulary) for s in senses if s.kind == "filter")
    first = next(sense for sense in senses if sense.kind != "filter")
    return Item(span.start, span.end, first.kind, first.name, filters, corrected, tuple(senses))


def make_option(sense: Sense, vocabulary: Vocabulary) -> Option:
    """Make an option of a sense of a filter, a title or a word of the texts."""
    if sense.kind in ("text", "title"):
        text = sense.values[0]
        return Option("text", (text,), text, {"text": text}, sense.name)
    names = [_name(sense, value, vocabulary) for value in sense.values]
    label = join_names(names, "or")
    changes: dict[str, Any] = {sense.name: sense.values}
    if sense.year:
        changes["year"] = int(sense.year)
    return Option(sense.name, sense.values, label, changes)


def _name(sense: Sense, value: str, vocabulary: Vocabulary) -> str:
    if sense.name == "country":
        return name_country(value)
    if sense.name == "speaker":
        return vocabulary.people.get(value, sense.label)
    return sense.label or vocabulary.name_value(sense.name, value, current_language())


def make_period_option(period: Period) -> Option:
    """Make an option of a period."""
    changes = period.changes
    name, value = next((n, v) for n, v in changes.items() if v is not None)
    values = value if isinstance(value, tuple) else (str(value),)
    return Option(name, values, name_period(Filters(**changes)), changes, period=period)


def list_between(items: Sequence[Item], first: Item, second: Item) -> Iterator[Item]:
    """List the items between two of them."""
    yield from (item for item in items if first.end <= item.start and item.end <= second.start)
