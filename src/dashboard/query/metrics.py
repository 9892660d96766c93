"""Every number on the site, declared once: what it is called, what it counts and what it leaves
out.

A metric names two questions over the same scope: `number` gives one row (value and counts by kind),
`rows` gives the records behind it, each with its own value and kind. They add up to the same
quantity.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from dashboard.model.filters import Filters
from dashboard.model.quantity import Number, Quantity, single, singular
from dashboard.query import questions
from dashboard.store import Version
from dashboard.text.wording import UNDER_WAY

CALENDAR_YEAR = "calendar year in which it starts"
TRAINING_YEAR = "calendar year; an academic year counts in the year in which it ends"
RUNNING = "runs on at least one day of the period"
AWARD_DATE = "date of the award; without one, the project's period"
OWNER = "Programme manager"


@dataclass(frozen=True)
class Metric:
    """One number. `table` says which filters apply (filters.APPLIES); `noun` names the records
    behind it; `counted` and `not_counted` are the definition, `formula` how it is worked out;
    `params` are added to the filters; `gap` says what is not known where the records without a
    number are of another sort than those with one, `gap_of_one` the same of one.
    """

    name: str
    label: str
    unit: str
    noun: str
    table: str
    question: str
    counted: str
    not_counted: str
    formula: str
    calendar: str
    owner: str = OWNER
    params: Mapping[str, Any] = field(default_factory=dict)
    gap: str = ""
    gap_of_one: str = ""

    @property
    def counts_rows(self) -> bool:
        """Whether it counts the things that are behind it, each for one; else it adds up their
        numbers.
        """
        return self.unit == self.noun

    @property
    def of_things(self) -> bool:
        """Whether it counts what is not divided, such as people; money is."""
        return self.unit != "euro"

    def words(self, quantity: Quantity) -> str:
        """The number with its unit: "about 589 participants", "1 event"."""
        return quantity.words(self.unit, singular(self.unit))

    def coverage(self, quantity: Quantity) -> str:
        """From how many records the number comes; empty when nothing is unknown."""
        if self.gap and quantity.not_known:
            return (
                f"{quantity.not_known:,} {self.gap if quantity.not_known > 1 else self.gap_of_one}"
            )
        return quantity.coverage(self.noun)

    @property
    def rows_question(self) -> str:
        return f"{self.question}_rows"


_ALL = (
    Metric(
        "events_held",
        "Events",
        "events",
        "events",
        "events",
        "event_count",
        "Events at which the programme took part and that were held, in whatever role; a range of"
        " days is one event.",
        "Planned and cancelled events; series whose number is not known; trainings.",
        "Number of events in the selection whose status is held.",
        CALENDAR_YEAR,
        params={"status": "held"},
    ),
    Metric(
        "events_planned",
        "Planned events",
        "events",
        "events",
        "events",
        "event_count",
        "Events that are planned.",
        "Events that were held or cancelled.",
        "Number of events in the selection whose status is planned.",
        CALENDAR_YEAR,
        params={"status": "planned"},
    ),
    Metric(
        "contributions",
        "Contributions",
        "contributions",
        "contributions",
        "contributions",
        "contribution_count",
        "Each person in each role at each held event; two talks at one event are two.",
        "People who took part without being named in the source.",
        "Number of rows person × role × talk at the held events in the selection.",
        CALENDAR_YEAR,
    ),
    Metric(
        "contributors",
        "People who contributed",
        "people",
        "people",
        "contributions",
        "contributor_count",
        "People named at held events in any role, each once whatever the spelling.",
        "People who are named elsewhere only, such as in projects.",
        "Number of different people among the contributions in the selection.",
        CALENDAR_YEAR,
    ),
    Metric(
        "countries",
        "Countries",
        "countries",
        "countries",
        "events",
        "country_count",
        "Countries in which held events took place.",
        "Online events; events whose place is not known.",
        "Number of different countries among the places of the held events in the selection, online"
        " ones left out.",
        CALENDAR_YEAR,
        gap="events without a known place",
        gap_of_one="event without a known place",
    ),
    Metric(
        "event_participants",
        "Attendances at events",
        "attendances",
        "events",
        "events",
        "event_participants",
        "People who attended held events; somebody at two events is counted twice.",
        "Participants in trainings; events whose attendance is not known.",
        "Sum of the attendance of the held events in the selection whose attendance is known.",
        CALENDAR_YEAR,
    ),
    Metric(
        "series",
        "Series held several times",
        "series",
        "series",
        "series",
        "series_count",
        "Things held several times whose number the source does not give; each series once.",
        "Events that are recorded one by one.",
        "Number of series reported for the selected year.",
        "year of the report",
    ),
    Metric(
        "trainings_held",
        "Trainings",
        "trainings",
        "trainings",
        "trainings",
        "training_count",
        "Cohorts that were trained: one cohort in one programme and period, whatever it followed.",
        "E-learning modules; planned and cancelled trainings.",
        "Number of trainings in the selection whose status is held and whose format is not"
        " e-learning.",
        TRAINING_YEAR,
        params={"status": "held", "e_learning": False},
    ),
    Metric(
        "training_participants",
        "Participants in trainings",
        "participants",
        "trainings",
        "trainings",
        "training_participants",
        "People in the cohorts of held trainings; somebody in two cohorts is counted twice.",
        "Trainings whose number is not known; people who followed an e-learning module by"
        " themselves; attendances at events.",
        "Sum of the participants of the held trainings in the selection whose number is known,"
        " e-learning left out.",
        TRAINING_YEAR,
    ),
    Metric(
        "modules_developed",
        "E-learning modules ready",
        "modules",
        "modules",
        "trainings",
        "training_count",
        "E-learning modules that are ready.",
        "Modules in development; other trainings.",
        "Number of trainings in the selection of format e-learning whose status is developed.",
        TRAINING_YEAR,
        params={"status": "developed", "e_learning": True},
    ),
    Metric(
        "modules_in_development",
        "E-learning in development",
        "modules",
        "modules",
        "trainings",
        "training_count",
        "E-learning modules that are being made.",
        "Modules that are ready; other trainings.",
        "Number of trainings in the selection of format e-learning whose status is in development.",
        TRAINING_YEAR,
        params={"status": "in-development", "e_learning": True},
    ),
    Metric(
        "projects",
        "Projects",
        "projects",
        "projects",
        "projects",
        "project_count",
        "Projects, programmes, collaborations and infrastructure that were selected, ran or were"
        " completed.",
        "Planned and stopped ones; data sets, publications, products and policies, which are"
        " results.",
        "Number of projects in the selection that are no results and whose status is selected,"
        " running or completed.",
        RUNNING,
        params={"statuses": list(UNDER_WAY), "outputs": False},
    ),
    Metric(
        "projects_planned",
        "Planned projects",
        "projects",
        "projects",
        "projects",
        "project_count",
        "Projects and programmes that are planned.",
        "Those that run or have run.",
        "Number of projects in the selection that are no results and whose status is planned.",
        RUNNING,
        params={"statuses": ["planned"], "outputs": False},
    ),
    Metric(
        "results",
        "Results",
        "results",
        "results",
        "projects",
        "project_count",
        "Data sets, publications, products and policies that came out of the work.",
        "The projects themselves.",
        "Number of data sets, publications, products and policies in the selection whose status is"
        " selected, running or completed.",
        RUNNING,
        params={"statuses": list(UNDER_WAY), "outputs": True},
    ),
    Metric(
        "partners",
        "Partner organisations",
        "organisations",
        "organisations",
        "partners",
        "partner_count",
        "Organisations that are partner or co-organiser in a project that was selected, ran or was"
        " completed, at a held event or in a series, each once.",
        "The programme and its home; funders; stakeholders who were informed; organisations that"
        " hosted a talk; partners of a series, when months are chosen, because its months are not"
        " known.",
        "Number of different organisations with the role partner or co-organiser in the projects,"
        " held events and series in the selection.",
        "year or month of the activity",
    ),
    Metric(
        "awards",
        "Grants to us",
        "grants",
        "grants",
        "funding",
        "award_count",
        "Grants that came to the programme, with or without a known amount.",
        "Grants that came to others.",
        "Number of grants in the selection with our role recipient.",
        AWARD_DATE,
        params={"ours": True},
    ),
    Metric(
        "funding_received",
        "Funding received",
        "euro",
        "grants",
        "funding",
        "funding_sum",
        "Amounts of the grants that came to the programme.",
        "Money that somebody else received, also when the programme helped to bring it about;"
        " grants whose amount is not known.",
        "Sum of the known amounts of the grants in the selection with our role recipient.",
        AWARD_DATE,
        params={"ours": True},
    ),
    Metric(
        "funding_elsewhere",
        "Funding to others",
        "euro",
        "grants",
        "funding",
        "funding_sum",
        "Amounts of grants that the sources report and that came to partners or others.",
        "Money that came to the programme; grants whose amount is not known.",
        "Sum of the known amounts of the grants in the selection with any other role of ours than"
        " recipient.",
        AWARD_DATE,
        params={"ours": False},
    ),
)

METRICS: Mapping[str, Metric] = MappingProxyType({metric.name: metric for metric in _ALL})


def evaluate(version: Version, metric: Metric, filters: Filters) -> Quantity:
    """The number under the filters that apply to it; see ignored_filters for those that do not."""
    row = questions.run(version, metric.question, filters, **metric.params).to_pylist()[0]
    counts = {
        name: row.get(name) or 0
        for name in ("exact", "about", "at_least", "fewer_than", "unknown", "disputed")
    }
    known = counts["exact"] + counts["about"] + counts["at_least"]
    nothing_unknown = not (counts["fewer_than"] or counts["unknown"])
    value = _plain(row["value"]) if known else (0 if nothing_unknown else None)
    return Quantity(value, **counts)


def behind(
    version: Version, metric: Metric, filters: Filters, limit: int | None = None, offset: int = 0
) -> Iterator[tuple[dict[str, Any], Quantity]]:
    """The records behind the number, each with its own quantity; all together add up to evaluate()."""
    for row in questions.rows(
        version, metric.rows_question, filters, limit=limit, offset=offset, **metric.params
    ):
        yield row, single(_plain(row["value"]), row["kind"], bool(row.get("disputed")))


def report(version: Version, filters: Filters) -> list[dict[str, Any]]:
    """All metrics as the command line and the API give them."""
    return [
        describe(metric, evaluate(version, metric, filters), filters) for metric in METRICS.values()
    ]


def describe(metric: Metric, quantity: Quantity, filters: Filters) -> dict[str, Any]:
    """One metric's answer as plain values; `value` is None where nothing is known."""
    return {
        "name": metric.name,
        "label": metric.label,
        "value": quantity.value,
        "kind": quantity.kind.value,
        "unit": metric.unit,
        "known": quantity.known,
        "unknown": quantity.not_known,
        "disputed": quantity.disputed,
        "ignored_filters": filters.ignored_by(metric.table),
    }


def _plain(value: Number | None) -> Number | None:
    """Whole numbers as int: DuckDB sums integers into wide decimals."""
    return (
        int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else value
    )
