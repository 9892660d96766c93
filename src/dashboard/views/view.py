"""A view: a page of one version under filters, and what else stands in its link. Nothing here knows
a browser.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from dashboard.language.choice import PARAMETER
from dashboard.language.messages import choose_term, current_language, is_language
from dashboard.model.drill_down import parse_drill_down
from dashboard.model.filter_links import (
    drop_unknown_ids,
    is_day,
    parse_filters,
    say_link_not_understood,
    say_not_understood,
    settle_period,
)
from dashboard.model.filters import ID, YEAR, Filters, Labels
from dashboard.model.periods import PERIODS, resolve_period
from dashboard.model.quantity import Quantity
from dashboard.model.roles import Role
from dashboard.model.settings import Settings, local_day
from dashboard.query import metrics, questions, targets
from dashboard.query.targets import Progress
from dashboard.store import Store, Version
from dashboard.text.labels import distinguish_labels
from dashboard.views.resolve_version import PIN, Chosen, choose_version, describe_fault

ALL_YEARS = "all"
RECORD = re.compile(r"[a-z_]{1,40}\.[a-z0-9-]{1,200}")
VERSION = re.compile(r"[0-9a-f]{16}")
CODE = re.compile(r"[a-z0-9]{4,40}")
Rows = list[dict[str, Any]]
Pairs = list[tuple[str, str]]


def _is_id(value: str) -> bool:
    return len(value) <= 200 and ID.fullmatch(value) is not None


EXTRAS: dict[str, Callable[[str], bool]] = {
    "period": lambda value: value in PERIODS,
    "event": _is_id,
    "project": _is_id,
    "person": _is_id,
    "record": lambda value: RECORD.fullmatch(value) is not None,
    "why": lambda value: parse_drill_down(value) is not None,
    "by": lambda value: re.fullmatch(r"[a-z-]{1,30}", value) is not None,
    "compare": lambda value: YEAR.fullmatch(value) is not None,
    "tab": lambda value: value in ("tables", "definitions", "sources", "todo"),
    "table": lambda value: re.fullmatch(r"[a-z_]{1,40}", value) is not None,
    "edit": lambda value: RECORD.fullmatch(value) is not None,
    "candidate": lambda value: VERSION.fullmatch(value) is not None,
    "find": lambda value: len(value) <= 200 and value.isprintable(),
    "view": lambda value: value in ("world", "europe", "netherlands"),
    "size": lambda value: value in ("events", "participants"),
    "place": lambda value: len(value) <= 100 and ID.fullmatch(value) is not None,
    "chart": lambda value: len(value) <= 40 and ID.fullmatch(value) is not None,
    "v": lambda value: VERSION.fullmatch(value) is not None,
    "on": is_day,
    "show": lambda value: value == "now",
    "meeting": lambda value: CODE.fullmatch(value) is not None,
    "step": lambda value: re.fullmatch(r"[1-9]\d{0,2}", value) is not None,
    "present": lambda value: value == "true",
    "lang": is_language,
}
"""Parameters beside the filters: the record or number that is open, how a page is shown, the
version that is pinned (`v`, shown `on` a day, or what it says `now` in its place), the slide that
is presented, the language that is chosen.
"""
PANELS = {"event": "events", "project": "projects", "person": "people"}
"""Parameters that open a record of one table."""
DIALOGS = ("event", "project", "person", "record", "why")


class Answers:
    """Asks a version. The pages keep what was answered: see ui.caches."""

    def rows(
        self, version: Version, question: str, filters: Filters, params: Mapping[str, Any]
    ) -> Rows:
        return questions.rows(version, question, filters, **params)

    def ask_ahead(self, version: Version, questions: Iterable[str], filters: Filters) -> None:
        """Begin with questions that will be asked in a moment, where somebody can: see ui.caches."""

    def number(self, version: Version, metric: str, filters: Filters) -> Quantity:
        asked = metrics.METRICS[metric]
        answer = self.rows(version, asked.question, filters, asked.number_params)
        return metrics.read_number(asked, answer)

    def progress(self, version: Version, filters: Filters, today: date) -> list[Progress]:
        return targets.assess_targets(version, filters, today)

    def labels(self, version: Version) -> dict[str, dict[str, str]]:
        """Read what the ids of the filters are called."""
        return questions.read_labels(version)

    def facts(self, version: Version, today: date) -> dict[str, Any]:
        """Read the default year, which has begun by then, and whether the records are generated."""
        return questions.rows(version, "store_facts", Filters(), today=today)[0]

    def terms(self, version: Version) -> dict[str, dict[str, str]]:
        """Read the vocabularies: for each list the ids with their labels."""
        found: dict[str, dict[str, str]] = {}
        for row in questions.browse(version, "terms", limit=10_000):
            found.setdefault(row["list"], {})[row["term_id"]] = choose_term(row, "label")
        return {name: distinguish_labels(listed) for name, listed in found.items()}


@dataclass(frozen=True)
class View:
    """What a page is asked to show. `fault` tells readers that something else is served than was
    published last; `notices` are about their link.
    """

    store: Store
    version: Version
    filters: Filters
    labels: Labels
    settings: Settings
    today: date
    page: str = ""
    dark: bool = False
    generated: bool = False
    fault: str = ""
    notices: tuple[str, ...] = ()
    extras: Mapping[str, str] = field(default_factory=dict)
    language: str = field(default_factory=current_language)
    answers: Answers = field(default_factory=Answers)

    @property
    def candidate(self) -> str:
        """Id of the candidate that is looked at; empty for what is or was served."""
        return self.version.id if self.extras.get("candidate") == self.version.id else ""

    @property
    def pinned(self) -> str:
        """Id of the version that the link pins, also while what it says now is looked at; empty for
        a live view.
        """
        return self.extras.get("v", "")

    @property
    def published_day(self) -> date:
        """The day, where the programme is, on which the data was published."""
        return local_day(datetime.fromisoformat(self.version.manifest.time), self.settings)

    @cached_property
    def terms(self) -> dict[str, dict[str, str]]:
        """The vocabularies: for each list the ids with their labels."""
        return self.answers.terms(self.version)

    def name_term(self, vocabulary: str, term: str) -> str:
        """Say what a term of a vocabulary is called; the term itself where it is not in it."""
        return self.terms.get(vocabulary, {}).get(term, term)

    def rows(self, question: str, filters: Filters | None = None, **params: Any) -> Rows:
        """Read rows of a question under the view's filters, or under others."""
        return self.answers.rows(
            self.version, question, self.filters if filters is None else filters, params
        )

    def ask_ahead(self, *questions: str) -> None:
        """Begin with questions under the view's filters that will be asked in a moment."""
        self.answers.ask_ahead(self.version, questions, self.filters)

    def number(self, metric: str, filters: Filters | None = None) -> Quantity:
        """Evaluate a metric under the view's filters, or under others."""
        return self.answers.number(
            self.version, metric, self.filters if filters is None else filters
        )

    def number_of(self, word: str) -> Quantity:
        """Evaluate a metric or a part of one, by the word of its drill-down, under the view's filters.
        Raises KeyError for what is none.
        """
        asked = parse_drill_down(word)
        if asked is None:
            raise KeyError(word)
        return self.number(asked.metric, asked.filters(self.filters))

    def statuses(self, filters: Filters | None = None) -> dict[str, int]:
        """Count the events of each status under the view's filters, or under others."""
        return {row["status"]: row["events"] for row in self.rows("events_in_scope", filters)}

    def progress(self, filters: Filters | None = None) -> list[Progress]:
        """Say how the targets of the chosen year stand today; none where other filters are chosen."""
        if filters is None:
            return self._own_progress
        return self.answers.progress(self.version, filters, self.today)

    @cached_property
    def _own_progress(self) -> list[Progress]:
        """How the targets stand under the view's own filters: every number asks for its target."""
        return self.answers.progress(self.version, self.filters, self.today)

    def target(self, metric: str, filters: Filters | None = None) -> Progress | None:
        """Say how the target of one number stands, where it has one."""
        return next((p for p in self.progress(filters) if p.metric == metric), None)

    def link(self, page: str | None = None, **extras: str) -> str:
        """Write the link, without host, to this view with other extras (empty: left out), or to another
        page with its filters.
        """
        own = self.extras if page is None else keep_language(self.extras)
        kept = {**own, **extras}
        return url(self.page if page is None else page, make_url_pairs(self.filters, kept))

    def pairs(self) -> Pairs:
        """Write everything that the view depends on as pairs of the URL."""
        return make_url_pairs(self.filters, self.extras)


def keep_language(extras: Mapping[str, str]) -> dict[str, str]:
    """Give of the extras of a link the language, which goes along wherever it leads."""
    return {name: value for name, value in extras.items() if name == PARAMETER}


def link_to_record(table: str, identity: str) -> str:
    """Give the parameter that opens a record; empty for what is no record, such as a country."""
    for panel, of_table in PANELS.items():
        if of_table == table:
            return f"{panel}={identity}"
    return f"record={table}.{identity}" if table != "countries" else ""


def find_record(link: str) -> tuple[str, str] | None:
    """Find table and id of the record that a parameter opens; None for what opens none."""
    name, _, value = link.partition("=")
    if name == "record":
        table, _, identity = value.partition(".")
        return table, identity
    return (PANELS[name], value) if name in PANELS else None


def url(page: str, pairs: Iterable[tuple[str, str]]) -> str:
    """Write the link to a page, without host."""
    return f"/{page}?{query}" if (query := urlencode(list(pairs))) else f"/{page}"


def make_url_pairs(filters: Filters, extras: Mapping[str, str]) -> Pairs:
    """Write a state as pairs of the URL: `year=all` stands for no period, which otherwise means the
    default year.
    """
    year = [] if filters.has_period else [("year", ALL_YEARS)]
    return year + filters.query() + [(name, extras[name]) for name in EXTRAS if extras.get(name)]


def read_pairs(
    pairs: Pairs, default_year: int | None, labels: Labels, today: date
) -> tuple[Filters, dict[str, str], list[str]]:
    """Read filters, extras and notices of a URL. A URL without year, month, from and to means the
    default year; a period in words means its dates of today, in a pinned view those that stand beside it,
    else those of its day.
    """
    everything = ("year", ALL_YEARS) in pairs
    filters, notices = parse_filters([pair for pair in pairs if pair != ("year", ALL_YEARS)])
    filters, unknown = drop_unknown_ids(filters, labels)
    extras = _read_extras(pairs)
    if "period" in extras and not ("v" in extras and (filters.year or filters.month)):
        filters, contradiction = settle_period(
            filters.with_(**resolve_period(extras["period"], find_day(extras, today)))
        )
        notices += contradiction
    if not filters.has_period and not everything:
        filters = filters.with_(year=default_year)
    return filters, extras, [*notices, *unknown, *_name_bad_extras(pairs, extras)]


def _read_extras(pairs: Pairs) -> dict[str, str]:
    """Read the parameters beside the filters, those that are understood."""
    return {name: value for name, value in pairs if name in EXTRAS and EXTRAS[name](value)}


def _name_bad_extras(pairs: Pairs, extras: Mapping[str, str]) -> list[str]:
    return [
        say_not_understood(name, value)
        for name, value in pairs
        if name in EXTRAS and name not in extras
    ]


def split_link(link: str) -> tuple[str, Pairs]:
    """Split a link into page and pairs, whatever its host. Never raises."""
    try:
        parts = urlsplit(link.strip())
        pairs = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=1000)
    except ValueError:  # no address, or more values than anybody chooses
        return "", []
    return parts.path.strip("/").rpartition("/")[2], pairs


def open_view(
    store: Store,
    settings: Settings,
    link: str,
    today: date,
    *,
    role: Role,
    answers: Answers | None = None,
    version: Version | None = None,
) -> View:
    """Open the view of a link outside a browser for somebody with a role, on the version that it
    names or on another. Raises StoreError.
    """
    answers = answers or Answers()
    page, pairs = split_link(link)
    chosen = Chosen(version) if version else choose_version(store, _read_extras(pairs), role=role)
    facts, labels = answers.facts(chosen.version, today), answers.labels(chosen.version)
    filters, extras, notices = read_pairs(pairs, facts["default_year"], labels, today)
    if "?" in link and not pairs:
        notices.append(say_link_not_understood())
    extras = chosen.extras(extras)
    return View(
        store,
        chosen.version,
        filters,
        labels,
        settings,
        find_day(extras, today),
        page=page,
        generated=facts["generated"],
        fault="" if version else describe_fault(store.served(), settings),
        notices=(*chosen.notices, *notices),
        extras=extras,
        answers=answers,
    )


def find_day(extras: Mapping[str, str], today: date) -> date:
    """Find the day for which a view holds: that on which a pinned one was shown, else today."""
    return (
        date.fromisoformat(extras["on"])
        if {"v", "on"} <= set(extras) and "show" not in extras
        else today
    )


def remove_pin(extras: Mapping[str, str]) -> dict[str, str]:
    """Give the extras of a live view: without a pin."""
    return {name: value for name, value in extras.items() if name not in PIN}


def pin_view(view: View, version: Version, on: date) -> View:
    """Pin the view as shown on a day: its data does not change any more."""
    pin = {"v": version.id, "on": on.isoformat()}
    return replace(view, version=version, today=on, extras=remove_pin(view.extras) | pin)
