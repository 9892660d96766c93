"""Reads a question: a pure function of its text, the vocabulary of a version, the day and the language.

It understands words and phrases, never sentences: what each names is a filter, a number or what is
asked of it; what names nothing and is no filler is said not to be understood.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice, product
from typing import Any

from dashboard.asking.asked import count_organised, find_several, gather_asked
from dashboard.asking.decide import decide
from dashboard.asking.items import LINK_NAMES, Item, Option, gather_filters, make_items
from dashboard.asking.measures import Asked, choose_by, choose_metric, choose_page
from dashboard.asking.mending import join_years, mend_words, split_compounds
from dashboard.asking.offers import offer_alone, read_bodies
from dashboard.asking.period_words import Tokens
from dashboard.asking.periods import PeriodReader
from dashboard.asking.reading import Choice, Reading, Understood
from dashboard.asking.refuse import (
    refuse,
    refuse_heads,
    refuse_ignored,
    refuse_unanswered,
    refuse_unfound,
)
from dashboard.asking.salutations import leave_out_salutations
from dashboard.asking.settle import find_compared, settle_periods
from dashboard.asking.spans import Coverer
from dashboard.asking.vocabulary import Vocabulary
from dashboard.asking.words import MAX_LETTERS, MAX_WORDS, Word, clean, quote, split_question
from dashboard.language.messages import _, pgettext, speaking
from dashboard.model.sitemap import PAGES
from dashboard.query.metric_definitions import METRICS

MAX_CHOICES = 6
"""Readings that are offered: more are no choice."""


def read(
    text: str, vocabulary: Vocabulary, today: date, language: str, year: int | None = None
) -> Reading:
    """Read a question. `year` is the one that is shown, the default one of the vocabulary where none
    is: a period without a year is of that year. `language` is that of the labels only. Raises KeyError
    for a language that is none.
    """
    plain = clean(text)
    words = split_question(plain) if len(plain) <= MAX_LETTERS else []
    if not words or len(words) > MAX_WORDS:
        return Reading(text, year=year, rest=tuple(plain.split()))
    shown = year or vocabulary.default_year or today.year
    with speaking(language):
        words = join_years(leave_out_salutations(plain, words, vocabulary))
        words = split_compounds(vocabulary, words)
        items = _find_items(plain, words, vocabulary, today, shown)
        return replace(_interpret(items, plain, words, vocabulary), query=text, year=year)


def _find_items(
    plain: str, words: Sequence[Word], vocabulary: Vocabulary, today: date, shown: int
) -> list[Item]:
    """Find what the words of a question mean, decided as far as it can be."""
    tokens, errors = mend_words(vocabulary, words)
    periods = PeriodReader(Tokens(plain, words, tokens), today, shown)
    spans = Coverer(plain, words, vocabulary, periods, tokens, errors).cover()
    items = find_compared(make_items(spans, vocabulary, tokens))
    items = decide(refuse(items), words, vocabulary.ours)
    items = read_bodies(items, words, vocabulary)
    return settle_periods(offer_alone(items, vocabulary), today, shown)


def _interpret(
    items: Sequence[Item], plain: str, words: Sequence[Word], vocabulary: Vocabulary
) -> Reading:
    """Make the reading of the items of a question."""
    items = count_organised(refuse_heads(refuse_unfound(items, vocabulary)))
    asked = gather_asked(items, vocabulary)
    filters, page = gather_filters(_list_decided(items))
    metric = choose_metric(asked, filters, page)
    items = refuse_ignored(items, metric, filters)
    filters, page = gather_filters(_list_decided(items))
    form = "list" if asked.form == "definition" and not metric else asked.form
    by = choose_by(asked, form)
    items = refuse_unanswered(items, asked, form, by, metric)
    if all(item.says_nothing for item in items):  # of nothing but such words all are named
        items = [item.not_understood() for item in items]
    compared = [item.senses[0].values[0] for item in items if item.kind == "compare"]
    reading = Reading(
        plain,
        choose_page(asked, filters, metric, page, form),
        filters,
        {"compare": compared[0]} if compared else {},
        all_years=any(item.kind == "all_years" for item in items),
        metric=metric,
        form=form,
        by=by,
        understood=tuple(_list_understood(plain, words, items, metric, form)),
        rest=tuple(_list_rest(plain, words, items)),
    )
    choices = islice(_list_choices(reading, items, asked), MAX_CHOICES)
    return replace(reading, choices=tuple(choices))


def _list_decided(items: Sequence[Item]) -> list[Option]:
    return [item.options[0] for item in items if len(item.options) == 1]


def _list_understood(
    plain: str, words: Sequence[Word], items: Sequence[Item], metric: str, form: str
) -> Iterator[Understood]:
    """Say of each item what was understood of it: of days two things, of what is open nothing yet."""
    for item in items:
        said = quote(plain, words, item.start, item.end)
        for name, values, label in _name_meaning(item, metric, form):
            yield Understood(said, name, values, label, item.corrected)


def _name_meaning(item: Item, metric: str, form: str) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Name what an item means: the parameter of a link, its values there, and what they are called."""
    match item.kind:
        case "filter" | "period" if len(item.options) == 1:
            option = item.options[0]
            for name, values in _give_link_values(option.changes):
                yield name, values, option.label
        case "measure" if metric:
            yield "metric", (metric,), METRICS[metric].label
        case "form" | "by" | "which":
            yield "form", (form,), item.said
        case "compare":
            yield "compare", item.senses[0].values, item.senses[0].values[0]
        case "page":
            page = item.name.removeprefix("overview")
            yield "page", (page,), pgettext("page", PAGES[page])
        case "all_years":
            yield "year", ("all",), _("All years")


def _give_link_values(changes: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give changes of filters by their names and values in a link."""
    for name, value in changes.items():
        yield LINK_NAMES.get(name, name), value if isinstance(value, tuple) else (str(value),)


def _list_rest(plain: str, words: Sequence[Word], items: Sequence[Item]) -> Iterator[str]:
    """Quote the words that were not understood, those of one chunk together."""
    chunks: dict[int, list[int]] = {}
    for item in items:
        if not item.is_telling and not item.says_nothing:
            for nr in range(item.start, item.end):
                chunks.setdefault(words[nr].chunk, []).append(nr)
    for found in chunks.values():
        yield quote(plain, words, found[0], found[-1] + 1)


def _list_choices(reading: Reading, items: Sequence[Item], asked: Asked) -> Iterator[Choice]:
    """Offer what a question can mean: each option of what is not decided with all that is, else each
    of several things that are asked for.
    """
    undecided = [item.options for item in items if len(item.options) > 1]
    for options in product(*undecided) if undecided else ():
        filters, page = gather_filters([*_list_decided(items), *options])
        named = (option.values[0] for option in options if option.name == "metric")
        metric = next(named, choose_metric(asked, filters, page))
        page = choose_page(asked, filters, metric, page, reading.form)
        label = ", ".join(option.said for option in options)
        yield Choice(label, page, filters, reading.extras, metric)
    for measure in () if undecided else find_several(items):
        one = replace(asked, measures=[measure])
        metric = choose_metric(one, reading.filters)
        page = choose_page(one, reading.filters, metric, "", reading.form)
        yield Choice(METRICS[metric].label, page, reading.filters, reading.extras, metric)
