"""What answers gain: the numbers that come from more records once something is known.

A number says from how many records it comes (Quantity). Which records it lacks is asked once for each
number; no number is worked out anew.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from dashboard.language.messages import _
from dashboard.language.nouns import count_noun
from dashboard.language.numbers import format_integer
from dashboard.model.filters import Filters
from dashboard.model.quantity import Quantity
from dashboard.query import questions
from dashboard.query.metrics import METRICS
from dashboard.store import Version

Cell = tuple[str, str, str]
"""Table, record and column."""
Number = Callable[[str, Filters], Quantity]
"""Asks for the number of a metric under filters."""
LACKING: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "participants": ("training_participants", "event_participants"),
        "amount_eur": ("funding_received", "funding_elsewhere"),
        "our_role": ("events_organised",),
        "place_id": ("events_abroad", "events_home", "countries"),
    }
)
"""By column the metrics that lack the records in which it is not known."""


@dataclass(frozen=True)
class Gain:
    """What answers about `records` do to a number of a `year` (None: of all years), which is `before`
    as it is now. A small number of people that is withheld when published stays unknown.
    """

    metric: str
    year: int | None
    before: Quantity
    records: int = 1

    @property
    def after(self) -> Quantity:
        """From how many records the number comes then; its value is not known yet."""
        known = self.before.exact + self.records
        return replace(self.before, exact=known, unknown=self.before.unknown - self.records)

    @property
    def share(self) -> float:
        """The part of the number's records of which it becomes known."""
        return self.records / self.before.total

    @property
    def sentence(self) -> str:
        """What becomes better: “from 5 of 12 trainings” becomes “from 6 of 12 trainings”; of the only one,
        that it becomes known.
        """
        metric = METRICS[self.metric]
        before, after = (self._say_coverage(one) for one in (self.before, self.after))
        places = {"number": metric.label, "before": before}
        if metric.gap and not after:
            return (
                _("{number}, all years: “{before}” is then no longer said.", **places)
                if self.year is None
                else _(
                    "{number}, {year}: “{before}” is then no longer said.", year=self.year, **places
                )
            )
        if not after and self.before.total == 1:
            return (
                _("{number}, all years: becomes known.", **places)
                if self.year is None
                else _("{number}, {year}: becomes known.", year=self.year, **places)
            )
        things = count_noun(metric.noun, self.before.total, format_integer(self.before.total))
        places["after"] = after or _("known for all {things}", things=things)
        return (
            _("{number}, all years: “{before}” becomes “{after}”.", **places)
            if self.year is None
            else _("{number}, {year}: “{before}” becomes “{after}”.", year=self.year, **places)
        )

    def _say_coverage(self, quantity: Quantity) -> str:
        """Say from how many records a number comes; that sources disagree is another matter."""
        return METRICS[self.metric].coverage(replace(quantity, disputed=0))

    def with_records(self, records: int) -> "Gain":
        """Give what answers about so many records do to the same number."""
        return replace(self, records=records)


def find_gains(
    version: Version, cells: Iterable[Cell], years: Sequence[int | None], number: Number
) -> dict[Cell, tuple[Gain, ...]]:
    """Find for cells that are not filled in which numbers of which years lack them, in the order of
    `years` and of LACKING; cells that no number lacks are left out.
    """
    asked: dict[str, list[Cell]] = {}
    for cell in cells:
        asked.setdefault(cell[2], []).append(cell)
    found: dict[Cell, list[Gain]] = {}
    for year in years:
        filters = Filters(year=year)
        for column, metrics in LACKING.items():
            for metric in metrics if column in asked else ():
                before = number(metric, filters)
                for cell in _list_lacked(version, metric, filters, before, asked[column]):
                    found.setdefault(cell, []).append(Gain(metric, year, before))
    return {cell: tuple(gains) for cell, gains in found.items()}


def _list_lacked(
    version: Version, metric: str, filters: Filters, before: Quantity, cells: Sequence[Cell]
) -> list[Cell]:
    """List those of some cells whose records the number lacks."""
    if not before.unknown:
        return []
    ids = sorted({record_id for _table, record_id, _column in cells})
    of = METRICS[metric]
    rows = questions.list_unknown(version, of.records_question, filters, ids, **of.params)
    lacked = {(row["table_name"], row["record_id"]) for row in rows}
    return [cell for cell in cells if cell[:2] in lacked]


def sum_gains(gains: Iterable[Gain]) -> tuple[Gain, ...]:
    """Add up what answers to several questions do to each number."""
    found: dict[tuple[str, int | None], Gain] = {}
    for gain in gains:
        there = found.get((gain.metric, gain.year))
        records = gain.records + (there.records if there else 0)
        found[gain.metric, gain.year] = gain.with_records(records)
    return tuple(found.values())
