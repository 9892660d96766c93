"""Which number answers what is asked, on which page, and whether it is counted, listed, compared or
followed over time.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from dashboard.model.filters import Filters
from dashboard.query.metric_definitions import METRICS

OF_TRAININGS = frozenset({"trainings", "trained", "modules", "modules_in_development"})
OF_EVENTS = frozenset(
    {"events", "contributions", "online", "abroad", "home", "mapped", "organised"}
)
OF_HEADS = frozenset({"participants", "trained", "attendances"})
ORGANISATIONS = frozenset({"partners", "organisations"})
ON_EVENTS = ("kind", "role", "city", "country", "speaker", "status")
ON_TRAININGS = ("level", "discipline", "format")
"""Filters of events, and of trainings, only."""
PARTS: Mapping[str, str] = MappingProxyType(
    {
        "abroad": "events_abroad",
        "home": "events_home",
        "online": "events_online",
        "unplaced": "events_unplaced",
        "mapped": "events_mapped",
        "organised": "events_organised",
    }
)
"""Numbers of a part of the events, by what is asked for."""
BY_THEIR_NAMES = (
    "projects_coming",
    "projects_planned",
    "results",
    "series",
    "contributors_once",
    "projects_running",
    "projects_completed",
    "projects",
)
"""Measures that are called as the number that answers."""
PAGE_OF_TABLE: Mapping[str, str] = MappingProxyType(
    {
        "trainings": "trainings",
        "projects": "projects",
        "funding": "projects",
        "partners": "projects",
    }
)
TITLED: Mapping[str, str] = MappingProxyType(
    {
        "events": "events_held",
        "projects": "projects",
        "trainings": "trainings_held",
        "series": "series",
    }
)
"""The number of what was named by its title, by what it is."""
BY_OF_NOUN: Mapping[str, str] = MappingProxyType(
    {
        "countries": "country",
        "cities": "city",
        "contributors": "speaker",
        "kinds": "kind",
        "pillars": "pillar",
        "lines": "line",
        "roles": "role",
        "levels": "level",
        "months": "month",
        "years": "year",
        "partners": "organisation",
        "organisations": "organisation",
    }
)
"""What is compared where something has most of something else: the country of most events."""
NOUNS = frozenset({"kinds", "pillars", "lines", "roles", "levels", "months", "years"})
"""Sorts of filters: beside a value of theirs they say nothing, and are no number by themselves."""
NOUN_OF_WHICH = {"organisation": "partners", "country": "countries", "city": "cities"}
FORM_OF_WHICH = {
    "speaker": "who",
    "country": "where",
    "city": "where",
    "month": "when",
    "year": "when",
}
"""What is asked for by “which” of them."""
BREAKDOWNS = frozenset({"kind", "pillar", "line", "role", "level"})
"""Which of them: shown as what has most of what is asked."""
E_LEARNING = ("e-learning",)


@dataclass(frozen=True)
class Asked:
    """What a question asks: its measures and forms (words of lexicon.toml), what it compares by, which
    of what it asks for, and the page that it names. `much` says that an amount is asked, `elsewhere`
    that it is that of somebody else, `more` that something else is named.
    """

    measures: Sequence[str] = ()
    forms: Collection[str] = ()
    by: Sequence[str] = ()
    which: Sequence[str] = ()
    page: str | None = None
    much: bool = False
    elsewhere: bool = False
    more: bool = False

    @property
    def counts_grants(self) -> bool:
        """Whether grants are counted, and not their money."""
        return "grants" in self.measures and not self.much and "funding" not in self.measures

    @property
    def form(self) -> str:
        """The one form of all that were said: the one that says most."""
        for form in ("definition", "compare", "trend", "most"):
            if form in self.forms:
                return form
        if self.by:
            return "trend" if {"month", "year"} & set(self.by) else "most"
        for form in ("count", "when", "where", "who"):
            if form in self.forms:
                return form
        if self.which and self.which[0] in BREAKDOWNS and self.more:
            return "most"
        return next((FORM_OF_WHICH[one] for one in self.which if one in FORM_OF_WHICH), "list")


def choose_metric(asked: Asked, filters: Filters, titled: str = "") -> str:
    """Choose the number that answers; empty where the question names none, and none answers. `titled`
    is what was named by its title.
    """
    said = set(asked.measures)
    if asked.form == "definition" and not (said or filters.role or filters.format):
        return ""
    for choose in (_choose_modules, _choose_money, _choose_projects, _choose_trainings):
        if metric := choose(said, asked, filters):
            return metric
    if titled and not said:
        return TITLED[titled]
    of_events = _choose_events(said, asked, filters)
    if of_events is None and asked.form in ("most", "trend", "count"):
        of_people = "speaker" in (*asked.by, *asked.which) or "who" in asked.forms
        return "contributions" if of_people else "events_held"
    return of_events or ""


def _choose_modules(said: set[str], _asked: Asked, filters: Filters) -> str:
    of_modules = filters.format == E_LEARNING or said & {"modules", "modules_in_development"}
    if not of_modules or said & OF_HEADS:
        return ""
    coming = "modules_in_development" in said
    return "modules_in_development" if coming else "modules_developed"


def _choose_money(said: set[str], asked: Asked, _filters: Filters) -> str:
    getting = said == {"getting"} and "count" in asked.forms
    of_money = said & {"grants", "subsidy", "funding"} or getting
    if "funding_elsewhere" in said or (of_money and asked.elsewhere and not asked.counts_grants):
        return "funding_elsewhere"
    if asked.counts_grants:
        return "awards"
    return "funding_received" if of_money else ""


def _choose_projects(said: set[str], asked: Asked, filters: Filters) -> str:
    first = next((m for m in asked.measures if m == "projects" or m in ORGANISATIONS), "")
    if first in ORGANISATIONS:
        return "" if said & {"events", "trainings"} else "partners"
    if "projects" in said and "planned" in filters.status:
        return "projects_planned"
    return next((name for name in BY_THEIR_NAMES if name in said), "")


def _choose_trainings(said: set[str], asked: Asked, filters: Filters) -> str:
    on_events = said & OF_EVENTS or any(getattr(filters, name) for name in ON_EVENTS)
    on_trainings = said & OF_TRAININGS or any(getattr(filters, name) for name in ON_TRAININGS)
    people_of_level = "count" in asked.forms and filters.level and not filters.format and not said
    if said & OF_HEADS or people_of_level:
        of_events = (on_events or "attendances" in said) and not on_trainings
        return "event_participants" if of_events else "training_participants"
    if not on_trainings:
        return ""
    return "training_participants" if "contributors" in said else "trainings_held"


def _choose_events(said: set[str], asked: Asked, filters: Filters) -> str | None:
    """Choose a number of events; empty where they are such as none counts, None where the question
    asks for none.
    """
    if part := next((PARTS[name] for name in PARTS if name in said), None):
        return part
    if "planned" in filters.status and not said & {"contributions", "contributors"}:
        return "events_planned"
    if filters.status and "held" not in filters.status:
        return ""
    return _choose_held(said, asked, filters)


def _choose_held(said: set[str], asked: Asked, filters: Filters) -> str | None:
    """Choose a number of held events, of who contributed, or of what they did."""
    ranked = "most" in asked.forms
    first = next((m for m in asked.measures if m in ("events", "contributors")), "")
    of_events = {"events", "cities"} & said or filters.kind or filters.status or filters.our_role
    named = filters.city or filters.country or filters.speaker or filters.text
    apart = {"where", "when"}.isdisjoint(asked.forms)
    for metric, asks in (
        ("countries", "countries" in said and not ranked),
        ("contributions", filters.speaker and first == "contributors" and "count" in asked.forms),
        (
            "contributors",
            not ranked and ("who" in asked.forms or (first == "contributors" and apart)),
        ),
        ("keynotes", filters.role == ("keynote",) and "events" not in said),
        ("contributions", filters.role and "events" not in said),
        ("contributions", "contributions" in said and "events" not in said),
        ("contributions", "contributors" in said and "events" not in said),
        ("events_held", of_events or ({*asked.forms} - {"definition"} and named)),
    ):
        if asks:
            return metric
    return None


def choose_by(asked: Asked, form: str) -> str:
    """Choose the filter whose values are compared; empty where none is said."""
    if form == "trend":
        return next((by for by in asked.by if by in ("month", "year")), "month")
    if form != "most":
        return ""
    nouns = (by for noun, by in BY_OF_NOUN.items() if noun in asked.measures)
    for by in (*asked.by, *asked.which, *nouns):
        return by
    for asks, by in (("who", "speaker"), ("where", "city"), ("when", "month")):
        if asks in asked.forms:
            return by
    return "speaker" if "contributions" in asked.measures else ""


def choose_page(asked: Asked, filters: Filters, metric: str, titled: str, form: str) -> str:
    """Choose the page that answers."""
    if asked.page is not None and form != "compare":
        return asked.page.removeprefix("overview")
    table = METRICS[metric].records if metric else ""
    of_trainings = any(getattr(filters, name) for name in ON_TRAININGS)
    for page, asks in (
        ("map", "mapped" in asked.measures),
        ("review", form == "compare"),
        ("records", form == "definition"),
        (PAGE_OF_TABLE.get(table, ""), table in PAGE_OF_TABLE),
        ("trainings", of_trainings),
        ("map", form == "where" or metric == "countries" or "cities" in asked.measures),
        ("people", metric in ("contributors", "contributors_once")),
        ("people", form == "who" and not metric),
    ):
        if asks:
            return page
    return _choose_page_of_filters(filters, table, titled, form)


def _choose_page_of_filters(filters: Filters, table: str, titled: str, form: str) -> str:
    """Choose a page by what is selected: a text alone may be that of anything."""
    on_events = any(getattr(filters, name) for name in ("speaker", *ON_EVENTS))
    dated = filters.month or filters.from_day or filters.to_day or filters.our_role
    for page, asks in (
        ("events" if titled == "series" else titled, titled and not table),
        ("events", table or on_events or form != "list"),
        ("", filters.text),
        ("projects", filters.organisation),
        ("events", dated),
    ):
        if asks:
            return page
    return ""
