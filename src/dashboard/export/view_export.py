"""What is taken along: a view, what its page holds, and how it is said in a file. Slides and
workbooks say the same.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from dashboard.charts import Chart
from dashboard.export.shown_values import (
    MONEY,
    ShownValue,
    collect_values,
    format_value,
    from_counts,
    from_quantity,
)
from dashboard.language.choice import PARAMETER
from dashboard.language.messages import N_, _, current_locale, pgettext
from dashboard.language.numbers import format_number
from dashboard.model.drill_down import DrillDown, parse_drill_down
from dashboard.model.quantity import Kind, Quantity, name_qualifier, qualify
from dashboard.query import questions
from dashboard.query.metrics import METRICS, Metric
from dashboard.text.dates import format_day
from dashboard.text.selection import describe_filters, name_filter
from dashboard.text.sentences import capitalise
from dashboard.views.content import Content
from dashboard.views.content.common import format_statuses
from dashboard.views.view import View

DEMO = N_("Demo data: generated, not real records")
CANDIDATE = N_("Candidate: not published")
KINDS: Mapping[Kind, str] = {
    Kind.EXACT: N_("exact"),
    Kind.ABOUT: N_("about"),
    Kind.AT_LEAST: N_("at least"),
    Kind.AT_LEAST_ABOUT: N_("at least about"),
    Kind.FEWER_THAN: N_("fewer than"),
    Kind.UNKNOWN: N_("unknown"),
}
"""How well a number is known, in a cell of its own."""
NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What XML cannot hold, and the other characters that steer a terminal."""


def clean(text: object) -> str:
    """Clean a text so that every file can hold it: without control characters. The lines stay."""
    return NOT_IN_XML.sub("", str(text).replace("\r\n", "\n").replace("\r", "\n"))


def clean_line(text: object) -> str:
    """Clean a text and put it on one line, with one space between its words."""
    return " ".join(clean(text).split())


def name_language() -> str:
    """Name the language in which is spoken as office programs do, to check spelling: en-GB; nl-NL."""
    locale = current_locale()
    return f"{locale.language}-{locale.territory}"


def link_to(view: View, **extras: str) -> str:
    """Write the link, without host, to a view with other extras (empty: left out), as it is given
    away: it says the language in which the view was seen.
    """
    return view.link(**{**extras, PARAMETER: view.language})


@dataclass(frozen=True)
class Number:
    """A number as a card shows it: its metric, the quantity, the filters that do not apply, how its
    target stands, and how many planned and cancelled ones stand beside those that it counts.
    `beside` is what the page says beside it.
    """

    metric: Metric
    quantity: Quantity
    ignored: Sequence[str] = ()
    target: str = ""
    statuses: str = ""
    beside: str = ""

    @property
    def qualifier(self) -> str:
        """What stands beside the value: "about", "at least", or nothing."""
        return name_qualifier(self.quantity.kind)

    @property
    def value(self) -> str:
        """The value as the largest thing on a card: "589", "€725,000", "unknown"."""
        quantity = self.quantity
        return format_value(quantity.value, quantity.kind, money=self.metric.unit == MONEY)

    @property
    def shown_value(self) -> ShownValue:
        """The number as data."""
        return from_quantity(self.quantity, self.metric.name.partition("~")[0])

    @property
    def short(self) -> str:
        """Value and qualifier: "about 589"."""
        return qualify(self.quantity.kind, self.value)

    @property
    def coverage(self) -> str:
        """From how many records it comes; empty where from all."""
        return self.metric.coverage(self.quantity)

    @property
    def not_filtered(self) -> str:
        """Which filters do not apply: "not filtered by speaker"."""
        return (
            _("not filtered by {filters}", filters=list_filters(self.ignored))
            if self.ignored
            else ""
        )

    @property
    def cautions(self) -> list[str]:
        """What must be known with the value: coverage, what is planned or cancelled, filters that do
        not apply, the target.
        """
        said = self.coverage, self.statuses, self.not_filtered, self.target
        return [caution for caution in said if caution]

    @property
    def notes(self) -> list[str]:
        """What stands beneath the value: the cautions, or what the page says beside it."""
        is_said = self.coverage or self.statuses or self.not_filtered
        return self.cautions if is_said or not self.beside else [self.beside, *self.cautions]

    @property
    def words(self) -> str:
        """All of it in one text: "about 589 participants, from 5 of 12 trainings; not filtered by
        speaker".
        """
        said = self.metric.words(self.quantity) + (f", {self.coverage}" if self.coverage else "")
        return "; ".join(part for part in (said, self.not_filtered) if part)


def name_kind(quantity: Quantity) -> str:
    """Name how well a quantity is known: exact, about, at least, at least about, fewer than or
    unknown.
    """
    return _(KINDS[quantity.kind])


def list_filters(names: Sequence[str]) -> str:
    """List filters as they are called in files and previews: "speaker, our role"."""
    return ", ".join(map(_name_filter, names))


def _name_filter(name: str) -> str:
    match name:
        case "speaker":
            return pgettext("a filter", "speaker")
        case "line":
            return pgettext("a filter", "line")
        case "kind":
            return pgettext("a filter", "kind")
        case "text":
            return pgettext("a filter", "text")
        case _:
            return name_filter(name)


def _describe_target(view: View, word: str) -> str:
    """Say how the target of a number stands: "Behind: target at most 44"; empty without one."""
    progress = view.target(word)
    if progress is None:
        return ""
    said = {
        "status": capitalise(progress.status.word),
        "value": format_number(progress.value),
    }
    if progress.direction == "less":
        return _("{status}: target at most {value}", **said)
    return _("{status}: target {value}", **said)


def read_number(view: View, word: str, label: str = "") -> Number:
    """Read a metric, or a part of one by the word of its drill-down, as the view shows it; `label`
    is what it is called there. Raises KeyError for what is no metric.
    """
    asked = parse_drill_down(word) or DrillDown(word)
    metric, filters = METRICS[asked.metric], asked.filters(view.filters)
    if asked.within or label:
        metric = replace(metric, name=word, called=label)
    quantity, ignored = view.number(asked.metric, filters), filters.ignored_by(metric.table)
    target = _describe_target(view, word)
    return Number(metric, quantity, ignored, target, format_statuses(view, word))


@dataclass(frozen=True)
class Export:
    """A view that is taken along: the view, what its page holds, its full link, and a short one
    where there is one.
    """

    view: View
    content: Content
    address: str
    short: str = ""

    @property
    def link(self) -> str:
        """What is printed: the short link, else the full one."""
        return self.short or self.address

    @property
    def path(self) -> str:
        """The link of the view without host, by which files know it again."""
        return link_to(self.view)

    @property
    def base(self) -> str:
        """Where the dashboard is reached; empty where nobody knows."""
        return self.address.partition(f"/{self.view.page}?")[0]

    @cached_property
    def numbers(self) -> Sequence[Number]:
        """The numbers on the page's cards."""
        return [self.number(tile.number) for tile in self.content.tiles]

    def number(self, word: str) -> Number:
        """Read a number by its word, as the page calls it. Raises KeyError for what is no metric."""
        found = read_number(self.view, word, self.content.labels.get(word, ""))
        beside = {tile.number: tile.qualifier for tile in self.content.tiles}
        return replace(found, beside=beside.get(word, ""))

    @cached_property
    def counted(self) -> Sequence[Number]:
        """The numbers on the cards, those of the parts of a report, and those that pictures and
        tables count besides.
        """
        words = (*self.content.numbers, *self.content.labels, *self.content.counted)
        return [self.number(word) for word in dict.fromkeys(words)]

    @cached_property
    def values(self) -> Sequence[ShownValue]:
        """Every number that the page holds as data, each once: those of the cards with what stands
        beside them, and those of its pictures, tables and lists.
        """
        cards = (value for shown in self.counted for value in self._values_of_card(shown))
        return list(dict.fromkeys((*cards, *collect_values(self.content))))

    def _values_of_card(self, shown: Number) -> Iterator[ShownValue]:
        yield shown.shown_value
        yield from from_counts(shown.quantity)
        if progress := self.view.target(shown.metric.name):
            yield ShownValue(Decimal(progress.value))
        if shown.statuses:
            yield from (ShownValue(Decimal(count)) for count in self.view.statuses().values())

    def behind(self, chart: Chart) -> Sequence[Number]:
        """Find the numbers that a picture tells: those for which its marks ask."""
        links = (link for _, link in chart.links if link.startswith("why="))
        asked = [parse_drill_down(link.removeprefix("why=")) for link in links]
        names = dict.fromkeys(a.metric for a in asked if a and a.metric in METRICS)
        return [read_number(self.view, name) for name in names] or self.counted

    @property
    def title(self) -> str:
        return self.content.title

    @property
    def selection(self) -> str:
        """The filters in words."""
        return describe_filters(self.view.filters, self.view.labels, None)

    @property
    def time(self) -> datetime:
        """When the data was published, in UTC."""
        return datetime.fromisoformat(self.view.version.manifest.time).astimezone(UTC)

    @property
    def version(self) -> str:
        return self.view.version.id

    @property
    def as_of(self) -> str:
        """The day of the data: "15 January 2026"."""
        return format_day(self.view.published_day)

    @property
    def as_shown(self) -> str:
        """The day on which a pinned view was shown: "as shown on 20 January 2026"; empty for a live
        one.
        """
        on = self.view.extras.get("on", "")
        pinned = self.view.pinned and on and self.view.extras.get("show") != "now"
        return _("as shown on {day}", day=format_day(date.fromisoformat(on))) if pinned else ""

    @property
    def warnings(self) -> Sequence[str]:
        """What must not be overlooked: that the data is made up, or not published."""
        said = {DEMO: self.view.generated, CANDIDATE: self.view.candidate}
        return [_(warning) for warning, is_so in said.items() if is_so]

    @property
    def programme(self) -> str:
        """The programme and whose it is: "Data Science Center in Health, UMCG"."""
        named = self.view.settings
        return ", ".join(part for part in (named.name, named.organisation) if part)

    def stand(self) -> Sequence[str]:
        """Say what the view is of: selection, day and version, in short pieces."""
        as_of = _("as of {day}", day=self.as_of)
        version = _("version {version}", version=self.version)
        return [piece for piece in (self.selection, as_of, self.as_shown, version) if piece]

    def sources(self) -> list[Mapping[str, Any]]:
        """Read the documents from which the records of this version come."""
        return list(questions.browse(self.view.version, "sources"))
