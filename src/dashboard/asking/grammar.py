"""Reads a question: a pure function of its text, the vocabulary of a version, the day and the language.

It understands words and phrases, never sentences: what each names is a filter, a number or what is
asked of it; what names nothing and is no filler is said not to be understood.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from typing import Any

from dashboard.asking.decide import decide
from dashboard.asking.items import Item, Option, make_items
from dashboard.asking.measures import (
    BY_OF_NOUN,
    NOUNS,
    Asked,
    choose_by,
    choose_metric,
    choose_page,
)
from dashboard.asking.period_words import Tokens
from dashboard.asking.periods import PeriodReader
from dashboard.asking.reading import Choice, Reading, Understood
from dashboard.asking.refuse import refuse
from dashboard.asking.mending import mend_words, split_compounds
from dashboard.asking.spans import Coverer
from dashboard.asking.vocabulary import Vocabulary
from dashboard.asking.words import MAX_LETTERS, MAX_WORDS, Word, clean, quote, split_question
from dashboard.language.messages import _, current_language, pgettext, speaking
from dashboard.model.filters import LIST_PARAMS, MAX_LENGTH, NO_FILTERS, Filters
from dashboard.model.sitemap import PAGES
from dashboard.query.metric_definitions import METRICS

MAX_CHOICES = 6
NOUN_OF_WHICH = {"organisation": "partners", "country": "countries", "city": "cities"}
COUNTED = frozenset(
    "events trainings projects partners grants results series countries contributors contributions"
    " participants funding modules".split()
)
JOINING = frozenset({"and", "or", "en", "of"})
MUCH = frozenset({"much"})
OURS = frozenset("we us our own wij ons onze eigen".split())


def read(
    text: str, vocabulary: Vocabulary, today: date, language: str, year: int | None = None
) -> Reading:
    """Read a question. `year` is the one that is shown, the default one of the vocabulary where none
    is; a period without a year is of that year. Never raises.
    """
    shown = year or vocabulary.default_year or today.year
    plain = clean(text)
    words = split_question(plain) if len(plain) <= MAX_LETTERS else []
    if not words or len(words) > MAX_WORDS:
        return Reading(text, year=year, rest=tuple(plain.split()))
    with speaking(language):
        words = split_compounds(vocabulary, words)
        tokens, errors = mend_words(vocabulary, words)
        periods = PeriodReader(Tokens(plain, words, tokens), today, shown)
        spans = Coverer(plain, words, vocabulary, periods, tokens, errors).cover()
        items = refuse(make_items(spans, vocabulary, tokens), words)
        items = decide(items, words, vocabulary.ours)
        return _Interpreter(text, plain, words, items, vocabulary, year, today, shown).interpret()


@dataclass
class _Interpreter:
    """Makes the reading of the items of a question."""

    query: str
    plain: str
    words: Sequence[Word]
    items: list[Item]
    vocabulary: Vocabulary
    year: int | None
    today: date
    shown: int

    def interpret(self) -> Reading:
        self._settle_coming()
        self._settle_periods()
        self._settle_compared()
        asked = self._ask()
        filters, hint = gather_filters(self._decided())
        metric = choose_metric(asked, filters, hint)
        if self._refuse_ignored(metric, filters):
            filters, hint = gather_filters(self._decided())
        form = asked.form
        by = choose_by(asked, form)
        items = self._leave_out(form, by, metric, filters)
        if not any(self._is_telling(item) for item in items):
            items = [Item(item.start, item.end) for item in items]
        self.items = items
        reading = Reading(
            self.query,
            choose_page(asked, filters, metric, hint, form),
            filters,
            self._extras(),
            self.year,
            any(item.kind == "all_years" for item in items),
            metric,
            form,
            by,
            tuple(self._understood(items, metric, form)),
            tuple(self._rest(items)),
        )
        return replace(reading, choices=tuple(self._choices(reading, asked)))

    def _decided(self) -> list[Option]:
        return [item.options[0] for item in self.items if len(item.options) == 1]

    def _refuse_ignored(self, metric: str, filters: Filters) -> bool:
        """Say of filters that mean nothing for the number that they are not understood; whether there
        are any. A number of held events says its status itself.
        """
        if not metric:
            return False
        table = METRICS[metric].table
        ignored = set(filters.ignored_by(table)) - ({"status"} if "held" in table else set())
        found = [item for item in self.items if item.names() & ignored]
        self.items = [i.not_understood() if i.names() & ignored else i for i in self.items]
        return bool(found)

    def _several_measures(self) -> list[str]:
        """List the things that are asked for beside each other: events and trainings."""
        found: list[str] = []
        for nr, item in enumerate(self.items):
            if item.kind == "measure" and item.name in COUNTED:
                between = self.items[nr + 1 : nr + 2]
                after = self.items[nr + 2 : nr + 3]
                joined = bool(between) and between[0].said in JOINING
                if joined and after and after[0].kind == "measure" and after[0].name in COUNTED:
                    found += [item.name, after[0].name]
        return list(dict.fromkeys(found)) if len(set(found)) > 1 else []

    def _is_telling(self, item: Item) -> bool:
        return bool(item.kind) and item.kind not in ("filler", "refused", "unrecorded")

    def _leave_out(self, form: str, by: str, metric: str, filters: Filters) -> list[Item]:
        """Say of what has no answer that it is not understood: the most of nothing that is compared, a
        number of cities, a comparison without a year, a definition of what is no number.
        """
        unmet = set()
        if form == "most" and not by:
            unmet.add("most")
        if form == "compare" and not self._extras():
            unmet.add("compare")
        if form == "definition" and not metric:
            unmet.add("definition")
        named = {name for option in self._decided() for name in option.changes}
        counted = any(item.kind == "form" and item.name == "count" for item in self.items)
        items = []
        for item in self.items:
            noun = BY_OF_NOUN.get(item.name, "") if item.kind == "measure" else ""
            if item.kind == "form" and item.name in unmet:
                items.append(item.not_understood())
            elif item.kind == "measure" and item.name in NOUNS and noun != by:
                known = noun in named or (noun == "month" and "from_day" in named)
                items.append(
                    Item(item.start, item.end, "filler") if known else item.not_understood()
                )
            elif item.kind == "which" and form == "list" and item.name not in NOUN_OF_WHICH:
                items.append(item.not_understood())
            elif item.name == "cities" and counted and not {"cities"} ^ self._measures():
                items.append(item.not_understood())
            else:
                items.append(item)
        return items

    def _measures(self) -> set[str]:
        return {item.name for item in self.items if item.kind == "measure"}

    def _settle_periods(self) -> None:
        """Put a month without a year into the year that stands elsewhere in the question."""
        periods = [i for i in self.items if i.kind == "period" and len(i.options) == 1]
        years = [i for i in periods if i.options[0].name == "year"]
        if len(years) != 1 or len(periods) != 2:
            return
        other = next(item for item in periods if item is not years[0])
        option, year = other.options[0], int(years[0].options[0].values[0])
        if not option.period or option.period.dated or option.name != "month":
            return
        moved = Filters(**option.changes).in_year(year).month
        changed = replace(option, values=moved, changes={"month": moved})
        self.items = [
            replace(item, options=(changed,))
            if item is other
            else replace(item, kind="filler", options=())
            if item is years[0]
            else item
            for item in self.items
        ]

    def _settle_coming(self) -> None:
        """Read “upcoming” as what is planned from today on, or in the period that is named."""
        within = any(item.kind == "period" for item in self.items)
        projects = any(item.name == "projects" for item in self.items if item.kind == "measure")
        if projects:
            changed = {"kind": "measure", "name": "projects_coming"}
        else:
            changes: dict[str, Any] = {"status": ("planned",)}
            if not within:
                changes["from_day"] = self.today
            label = self.vocabulary.name_value("status", "planned", current_language())
            option = Option("status", ("planned",), label, changes)
            changed = {"kind": "filter", "options": (option,)}
        self.items = [
            replace(item, **changed) if item.kind == "coming" else item for item in self.items
        ]

    def _ask(self) -> Asked:
        """Gather what is asked."""
        named = {
            kind: [item.name for item in self.items if item.kind == kind]
            for kind in ("measure", "form", "by", "which", "page")
        }
        pages = [_page(name) for name in named["page"]]
        spoken = {word.folded for word in self.words}
        forms = [*named["form"], *(i.name for i in self.items if i.kind == "compare")]
        measures = [*named["measure"]]
        if any("student" in i.said and i.kind == "filter" for i in self.items):
            measures.append("participants")
        if not measures:
            measures += [item.name for item in self.items if item.name == "getting"]
        if "most" not in forms:
            nouns = [NOUN_OF_WHICH[name] for name in named["which"] if name in NOUN_OF_WHICH]
            measures = [*nouns, *measures]
        return Asked(
            measures,
            forms,
            named["by"],
            named["which"],
            pages[0] if pages else None,
            not spoken.isdisjoint(MUCH),
            self._is_elsewhere(spoken),
            any(i.kind == "measure" or i.names() & {"speaker", "city", "role"} for i in self.items),
        )

    def _is_elsewhere(self, spoken: set[str]) -> bool:
        """Whether money of somebody else is asked for: of one from whom or with whom we got none."""
        named = {
            value
            for item in self.items
            for option in item.options
            if option.name in ("organisation", "speaker")
            for value in option.values
        }
        return bool(named) and not named & self.vocabulary.funders and not spoken & OURS

    def _extras(self) -> Mapping[str, str]:
        years = [item.senses[0].values[0] for item in self.items if item.kind == "compare"]
        return {"compare": years[0]} if years else {}

    def _settle_compared(self) -> None:
        """Compare the year behind with one that is shown itself, as “than last year” asks."""
        compared = self._extras().get("compare")
        named = any(item.kind == "period" for item in self.items)
        if not compared or named or int(compared) != self.shown:
            return
        following = str(self.shown + 1)
        for nr, item in enumerate(self.items):
            if item.kind == "compare":
                option = Option("year", (following,), following, {"year": int(following)})
                year = Item(item.start, item.end, "period", options=(option,))
                self.items.insert(nr, year)
                return

    def _understood(self, items: list[Item], metric: str, form: str) -> Iterator[Understood]:
        for item in items:
            words = quote(self.plain, self.words, item.start, item.end)
            if len(item.options) == 1 and item.kind in ("filter", "period"):
                option = item.options[0]
                for name, values in _link_values(option.changes):
                    yield Understood(words, name, values, option.label, item.corrected)
            elif item.kind == "measure" and metric:
                label = METRICS[metric].label
                yield Understood(words, "metric", (metric,), label, item.corrected)
            elif item.kind in ("form", "by", "which"):
                yield Understood(words, "form", (form,), item.said, item.corrected)
            elif item.kind == "compare":
                value = item.senses[0].values
                yield Understood(words, "compare", value, value[0], item.corrected)
            elif item.kind == "page":
                page = _page(item.name)
                label = pgettext("page", PAGES[page])
                yield Understood(words, "page", (page,), label, item.corrected)
            elif item.kind == "all_years":
                yield Understood(words, "year", ("all",), _("All years"), item.corrected)

    def _rest(self, items: list[Item]) -> Iterator[str]:
        """Quote the words that were not understood, those of one chunk together."""
        left = [
            nr
            for item in items
            if item.kind in ("", "refused", "unrecorded") and not item.options
            for nr in range(item.start, item.end)
        ]
        chunks: dict[int, list[int]] = {}
        for nr in left:
            chunks.setdefault(self.words[nr].chunk, []).append(nr)
        for found in chunks.values():
            yield quote(self.plain, self.words, found[0], found[-1] + 1)

    def _choices(self, reading: Reading, asked: Asked) -> Iterator[Choice]:
        """Offer what a question can mean: each option of what is not decided, with all that is."""
        undecided = [item for item in self.items if len(item.options) > 1]
        several = self._several_measures()
        if not undecided and several:
            for measure in several:
                one = replace(asked, measures=[measure])
                metric = choose_metric(one, reading.filters)
                page = choose_page(one, reading.filters, metric, "", reading.form)
                yield Choice(METRICS[metric].label, page, reading.filters, reading.extras)
        if not undecided:
            return
        certain = self._decided()
        together = product(*(item.options for item in undecided))
        for options, _nr in zip(together, range(MAX_CHOICES), strict=False):
            filters, hint = gather_filters([*certain, *options])
            metric = choose_metric(asked, filters, hint)
            page = choose_page(asked, filters, metric, hint, reading.form)
            label = ", ".join(option.said for option in options)
            yield Choice(label, page, filters, reading.extras)


def _page(name: str) -> str:
    return "" if name == "overview" else name


def gather_filters(options: Iterator[Option] | Sequence[Option]) -> tuple[Filters, str]:
    """Gather the filters that options set: values of one filter are alternatives, words of texts
    must all occur. With them the page of a title, where one was named.
    """
    changes: dict[str, Any] = {}
    hint = ""
    for option in options:
        hint = hint or option.page
        for name, value in option.changes.items():
            if name == "text":
                changes[name] = f"{changes[name]} {value}" if name in changes else value
            elif name in LIST_PARAMS:
                changes[name] = (*changes.get(name, ()), *value)
            elif value is not None:
                changes[name] = value
    if changes.get("month"):
        changes.pop("year", None)
    return NO_FILTERS.with_(**changes), hint


def _link_values(changes: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give changes of filters by their names in a link."""
    for name, value in changes.items():
        if value is not None and value != ():
            link = {"from_day": "from", "to_day": "to"}.get(name, name)
            yield link, value if isinstance(value, tuple) else (str(value)[:MAX_LENGTH],)
