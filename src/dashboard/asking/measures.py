"""What is asked of the records: which number answers, on which page, and whether it is counted,
listed, compared or followed over time.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from dashboard.model.filters import Filters
from dashboard.query.metric_definitions import METRICS

OF_TRAININGS = frozenset({"trainings", "trained", "modules", "modules_in_development"})
OF_EVENTS = frozenset({"events", "contributions", "online", "abroad", "home", "mapped"})
ON_EVENTS = ("kind", "role", "city", "country", "speaker", "status")
ON_TRAININGS = ("level", "discipline", "format")
PARTS: Mapping[str, str] = MappingProxyType(
    {
        "abroad": "events_abroad",
        "home": "events_home",
        "online": "events_online",
        "unplaced": "events_unplaced",
        "mapped": "events_mapped",
    }
)
"""Numbers of a part of the events, by what is asked for."""
BY_ITS_NAME = (
    "funding_elsewhere projects_coming projects_planned results series contributors_once"
).split()
STAGES: Mapping[str, str] = MappingProxyType(
    {"projects_running": "projects_running", "projects_completed": "projects_completed"}
)
ORGANISATIONS = frozenset({"partners", "organisations"})
PAGE_OF_TABLE: Mapping[str, str] = MappingProxyType(
    {
        "trainings": "trainings",
        "projects": "projects",
        "funding": "projects",
        "partners": "projects",
    }
)
BY_OF_NOUN: Mapping[str, str] = MappingProxyType(
    {
        "countries": "country",
        "cities": "city",
        "contributors": "speaker",
        "kinds": "kind",
        "pillars": "pillar",
        "lines": "line",
        "roles": "role",
        "months": "month",
        "years": "year",
        "partners": "organisation",
        "organisations": "organisation",
    }
)
"""What is compared where something has most of something else: the country of most events."""
HINTED = {
    "events": "events_held",
    "projects": "projects",
    "trainings": "trainings_held",
    "series": "series",
}
"""The number of what was named by its title."""
WHICH = {"speaker": "who", "country": "where", "city": "where", "month": "when", "year": "when"}
"""What is asked by which of them."""
BREAKDOWNS = frozenset({"kind", "pillar", "line", "role", "level"})
"""Which of them: shown as what has most of what is asked."""
NOUNS = frozenset({"kinds", "pillars", "lines", "roles", "months", "years"})
"""Sorts of filters: beside a value of theirs they say nothing, and are no number by themselves."""
E_LEARNING = ("e-learning",)


@dataclass(frozen=True)
class Asked:
    """What a question asks: its measures and forms (words of lexicon.toml), what it compares by, and
    the page that it names; `which` it asks after. `much` says that an amount is asked, `elsewhere` that it
    is that of somebody else, `more` that something else is named.
    """

    measures: Sequence[str] = ()
    forms: Collection[str] = ()
    by: Collection[str] = ()
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
        for which, form in WHICH.items():
            if which in self.which:
                return form
        return "list"


def choose_metric(asked: Asked, filters: Filters, hint: str = "") -> str:
    """Choose the number that answers; empty where the question names none, and none answers. `hint`
    is the page of a title that was named.
    """
    said = set(asked.measures)
    for choose in (_of_modules, _of_money, _of_projects, _of_trainings):
        if (metric := choose(said, asked, filters)) is not None:
            return metric
    if hint in HINTED and not said:
        return HINTED[hint]
    if (metric := _of_events(said, asked, filters)) is not None:
        return metric
    if asked.form in ("most", "trend", "count"):
        return "contributions" if "speaker" in (*asked.by, *asked.which) else "events_held"
    return ""


def _of_modules(said: set[str], _asked: Asked, filters: Filters) -> str | None:
    if filters.format == E_LEARNING or said & {"modules", "modules_in_development"}:
        if not said & {"participants", "trained", "attendances"}:
            coming = "modules_in_development" in said
            return "modules_in_development" if coming else "modules_developed"
    return None


def _of_money(said: set[str], asked: Asked, _filters: Filters) -> str | None:
    if "funding_elsewhere" in said:
        return "funding_elsewhere"
    if asked.elsewhere and said & {"grants", "subsidy", "funding"} and not asked.counts_grants:
        return "funding_elsewhere"
    if "grants" in said or "subsidy" in said:
        return "awards" if asked.counts_grants else "funding_received"
    if "funding" in said or ("getting" in said and "count" in asked.forms and len(said) == 1):
        return "funding_received"
    return None


def _of_projects(said: set[str], asked: Asked, filters: Filters) -> str | None:
    first = next((m for m in asked.measures if m in ("projects", "partners", "organisations")), "")
    if first in ORGANISATIONS:
        return "partners" if not said & {"events", "trainings"} else None
    if "projects" in said:
        for stage in ("projects_running", "projects_completed"):
            if stage in said:
                return stage
        if "planned" in filters.status:
            return "projects_planned"
    for name in (*BY_ITS_NAME, "projects_running", "projects_completed", "projects"):
        if name in said:
            return name
    if said & ORGANISATIONS and not said & {"events", "trainings"}:
        return "partners"
    return None


def _of_trainings(said: set[str], asked: Asked, filters: Filters) -> str | None:
    on_events = said & OF_EVENTS or any(getattr(filters, name) for name in ON_EVENTS)
    on_trainings = said & OF_TRAININGS or any(getattr(filters, name) for name in ON_TRAININGS)
    counted = "count" in asked.forms and bool(filters.level) and not filters.format
    if said & {"participants", "trained", "attendances"} or (counted and not said):
        of_events = (on_events and not on_trainings) or ("attendances" in said and not on_trainings)
        return "event_participants" if of_events else "training_participants"
    if on_trainings:
        return "training_participants" if "contributors" in said else "trainings_held"
    return None


def _of_events(said: set[str], asked: Asked, filters: Filters) -> str | None:
    part = next((PARTS[name] for name in PARTS if name in said), None)
    if part:
        return part
    if "planned" in filters.status and not said & {"contributions", "contributors"}:
        return "events_planned"
    if filters.status and "held" not in filters.status:
        return ""
    if "countries" in said and "most" not in asked.forms:
        return "countries"
    if "contributors" in said and "most" not in asked.forms:
        return "contributors"
    if filters.role and "events" not in said:
        if "who" in asked.forms and "most" not in asked.forms:
            return "contributors"
        return "keynotes" if filters.role == ("keynote",) else "contributions"
    if "who" in asked.forms and "most" not in asked.forms:
        return "contributors"
    if "contributions" in said or ("contributors" in said and "events" not in said):
        return "contributions"
    if "events" in said or filters.kind or filters.status or filters.our_role or "cities" in said:
        return "events_held"
    if asked.forms and (filters.city or filters.country or filters.speaker or filters.text):
        return "events_held"
    return "contributions" if "most" in asked.forms and "speaker" in asked.by else None


def choose_by(asked: Asked, form: str) -> str:
    """Choose the filter whose values are compared; empty where none is said."""
    if form == "trend":
        return next((by for by in asked.by if by in ("month", "year")), "month")
    if form != "most":
        return ""
    for named in (asked.by, asked.which):
        if named:
            return next(iter(named))
    for noun, by in BY_OF_NOUN.items():
        if noun in asked.measures:
            return by
    if "who" in asked.forms:
        return "speaker"
    if "where" in asked.forms:
        return "city"
    if "when" in asked.forms:
        return "month"
    return "speaker" if {"contributions"} & set(asked.measures) else ""


def choose_page(asked: Asked, filters: Filters, metric: str, hint: str, form: str) -> str:
    """Choose the page that answers."""
    if asked.page is not None:
        return asked.page
    if form == "compare":
        return "review"
    if form == "definition":
        return "records"
    table = METRICS[metric].records if metric else ""
    if table in PAGE_OF_TABLE:
        return PAGE_OF_TABLE[table]
    if any(getattr(filters, name) for name in ON_TRAININGS):
        return "trainings"
    if form == "where" or metric == "countries" or "cities" in asked.measures:
        return "map"
    if metric in ("contributors", "contributors_once"):
        return "people"
    if hint and (not table or hint != "events"):
        return "events" if hint == "series" else hint
    if table or any(getattr(filters, name) for name in ("speaker", *ON_EVENTS)):
        return "events"
    if filters.text and form == "list":
        return ""
    if filters.month or filters.from_day or filters.to_day or filters.text:
        return "events"
    if filters.organisation and not asked.measures:
        return "projects"
    if form in ("most", "when", "who", "trend"):
        return "people" if form == "who" else "events"
    return "events" if filters.our_role else ""
