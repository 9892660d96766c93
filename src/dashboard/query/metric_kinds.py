"""What a metric is: what it is called, what it counts and how it is worked out; and what the metrics of
one kind have in common.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from dashboard.model.quantity import Quantity

CALENDAR_YEAR = "calendar year in which it starts"
TRAINING_YEAR = "calendar year; an academic year counts in the year in which it ends"
RUNNING = "runs on at least one day of the period"
AWARD_DATE = "date of the award; without one, the project's period"
OWNER = "Programme manager"


@dataclass(frozen=True, kw_only=True)
class Metric:
    """One number. `noun` names the records behind it and `unit` what is counted of them, which is
    the same where nothing else is given; `table` says which filters apply (filters.APPLIES);
    `question` gives the number, some of them those of several metrics in a column each, and
    `records_question` the records behind it;
    `counted` and `not_counted` are the definition, `formula` how it is worked out; `params` are
    added to the filters; `divisible` are amounts, unlike people and things; `gap` says what is not
    known where the records without a number are of another sort than those with one, `gap_of_one`
    the same of one.
    """

    name: str
    label: str
    noun: str
    table: str
    question: str
    counted: str
    not_counted: str
    formula: str
    calendar: str
    records_question: str = ""
    unit: str = ""
    owner: str = OWNER
    params: Mapping[str, Any] = field(default_factory=dict)
    divisible: bool = False
    gap: str = ""
    gap_of_one: str = ""

    def __post_init__(self) -> None:
        """Let the unit be the noun, and the records' question the twin of the number's, where none
        is given.
        """
        object.__setattr__(self, "unit", self.unit or self.noun)
        twin = self.records_question or f"{self.question}_rows"
        object.__setattr__(self, "records_question", twin)

    @property
    def records(self) -> str:
        """The table whose records it is about: `table` without the status that it says by itself."""
        return self.table.removeprefix("held_")

    @property
    def counts_rows(self) -> bool:
        """Whether it counts the records behind it, each for one; else it adds up their numbers."""
        return self.unit == self.noun

    def words(self, quantity: Quantity) -> str:
        """Say the number with its unit: "about 589 participants", "1 event"."""
        return quantity.words(self.unit)

    def coverage(self, quantity: Quantity) -> str:
        """Say from how many records the number comes; empty when nothing is unknown."""
        if self.gap and quantity.not_known:
            gap = self.gap if quantity.not_known > 1 else self.gap_of_one
            return f"{quantity.not_known:,} {gap}"
        return quantity.coverage(self.noun)

    @property
    def number_params(self) -> Mapping[str, Any]:
        """What its own question is asked beside the filters; one of several numbers asks nothing."""
        return self.params if self.records_question == f"{self.question}_rows" else {}


EventCount = partial(
    Metric,
    noun="events",
    table="held_events",
    question="event_numbers",
    records_question="event_count_rows",
    calendar=CALENDAR_YEAR,
)
EventPart = partial(EventCount, records_question="event_part_count_rows")
PlacedPart = partial(
    EventPart,
    gap="events without a known place",
    gap_of_one="event without a known place",
)
ContributionCount = partial(
    Metric, table="held_contributions", question="contribution_numbers", calendar=CALENDAR_YEAR
)
ModuleCount = partial(
    Metric,
    noun="modules",
    table="trainings",
    question="training_numbers",
    records_question="training_count_rows",
    calendar=TRAINING_YEAR,
)
ProjectCount = partial(
    Metric, noun="projects", table="projects", question="project_count", calendar=RUNNING
)
ProjectStage = partial(
    Metric,
    noun="projects",
    table="projects",
    question="project_stage_numbers",
    records_question="project_stage_count_rows",
    calendar=RUNNING,
)
FundingSum = partial(
    Metric,
    unit="euro",
    noun="grants",
    table="funding",
    question="funding_sum",
    calendar=AWARD_DATE,
    divisible=True,
)
"""What the metrics of one kind have in common."""
