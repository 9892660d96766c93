"""What a metric is: what it is called, what it counts and how it is worked out; and what the metrics of
one kind have in common.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from dashboard.language.messages import N_, _
from dashboard.language.nouns import name_noun
from dashboard.model.quantity import Quantity
from dashboard.text.counts import format_count

CALENDAR_YEAR = N_("calendar year in which it starts")
TRAINING_YEAR = N_("calendar year; an academic year counts in the year in which it ends")
RUNNING = N_("runs on at least one day of the period")
AWARD_DATE = N_("date of the award; without one, the project's period")
OWNER = N_("Programme manager")


@dataclass(frozen=True, kw_only=True)
class Metric:
    """One number. `noun` names the records behind it and `unit` what is counted of them (nouns of
    language.nouns), which is the same where nothing else is given; `table` says which filters apply
    (filters.APPLIES); `question` gives the number, some of them those of several metrics in a
    column each, and `records_question` the records behind it; `params` are added to the filters;
    `divisible` are amounts, unlike people and things; `lacking` is the noun of the records without
    a number, where they are of another sort than those with one.

    The definition is kept in messages that are marked (`label_en`, …), and said in the reader's
    language under the same name without the ending. `called` is what a page calls the number, in
    words that are said already.
    """

    name: str
    label_en: str
    noun: str
    table: str
    question: str
    counted_en: str
    not_counted_en: str
    formula_en: str
    calendar_en: str
    records_question: str = ""
    unit: str = ""
    owner_en: str = OWNER
    params: Mapping[str, Any] = field(default_factory=dict)
    divisible: bool = False
    lacking: str = ""
    called: str = ""

    def __post_init__(self) -> None:
        """Let the unit be the noun, and the records' question the twin of the number's, where none
        is given.
        """
        object.__setattr__(self, "unit", self.unit or self.noun)
        twin = self.records_question or f"{self.question}_rows"
        object.__setattr__(self, "records_question", twin)

    @property
    def label(self) -> str:
        """What it is called."""
        return self.called or _(self.label_en)

    @property
    def counted(self) -> str:
        """What it counts, in a sentence."""
        return _(self.counted_en)

    @property
    def not_counted(self) -> str:
        """What it leaves out."""
        return _(self.not_counted_en)

    @property
    def formula(self) -> str:
        """How it is worked out."""
        return _(self.formula_en)

    @property
    def calendar(self) -> str:
        """By what its records belong to a year."""
        return _(self.calendar_en)

    @property
    def owner(self) -> str:
        """Who answers for it."""
        return _(self.owner_en)

    @property
    def gap(self) -> str:
        """What is not known, where that is of another sort than what is: "events without a known
        place"; else empty.
        """
        return name_noun(self.lacking) if self.lacking else ""

    @property
    def gap_of_one(self) -> str:
        """The same of one: "event without a known place"."""
        return name_noun(self.lacking, 1) if self.lacking else ""

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
        if self.lacking and quantity.not_known:
            return format_count(quantity.not_known, self.lacking)
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
    calendar_en=CALENDAR_YEAR,
)
EventPart = partial(EventCount, records_question="event_part_count_rows")
PlacedPart = partial(
    EventPart,
    lacking="event without a known place",
)
ContributionCount = partial(
    Metric, table="held_contributions", question="contribution_numbers", calendar_en=CALENDAR_YEAR
)
ModuleCount = partial(
    Metric,
    noun="modules",
    table="trainings",
    question="training_numbers",
    records_question="training_count_rows",
    calendar_en=TRAINING_YEAR,
)
ProjectCount = partial(
    Metric, noun="projects", table="projects", question="project_count", calendar_en=RUNNING
)
ProjectStage = partial(
    Metric,
    noun="projects",
    table="projects",
    question="project_stage_numbers",
    records_question="project_stage_count_rows",
    calendar_en=RUNNING,
)
FundingSum = partial(
    Metric,
    unit="euro",
    noun="grants",
    table="funding",
    question="funding_sum",
    calendar_en=AWARD_DATE,
    divisible=True,
)
"""What the metrics of one kind have in common."""
