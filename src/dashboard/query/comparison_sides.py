"""Two years side by side as charts draw them: both numbers, or the reason why they stand apart."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dashboard.language.messages import _, ngettext
from dashboard.model.filters import Filters
from dashboard.query.comparison import AnswerSource, Pair, Side
from dashboard.query.metrics import METRICS, Metric
from dashboard.text.dates import format_day_of_month
from dashboard.text.lists import join_names


@dataclass(frozen=True)
class Sides:
    """A metric in two years, and in words why the two are not compared, where they are not."""

    metric: Metric
    now: Side
    before: Side
    reason: str = ""


def compare_sides(
    ask: AnswerSource, names: Iterable[str], filters: Filters, other: int, today: date
) -> list[Sides]:
    """Read some metrics in the year of the filters and in another one, as charts draw them side by
    side.
    """
    assert filters.year is not None
    pair = Pair(ask, filters, filters.year, other, today)
    ahead = _say_ahead([year for year in (filters.year, other) if year > today.year])
    sides = [(METRICS[n], pair.read_side(n, filters.year), pair.read_side(n, other)) for n in names]
    return [
        Sides(metric, now, before, ahead or explain_gap(metric, now, before))
        for metric, now, before in sides
    ]


def _say_ahead(years: list[int]) -> str:
    """Say which years have not begun; empty where all have."""
    if not years:
        return ""
    names = join_names([str(year) for year in years])
    return ngettext("{years} has not begun", "{years} have not begun", len(years), years=names)


def explain_gap(metric: Metric, now: Side, before: Side) -> str:
    """Explain in a sentence of its own why two years of a metric are not compared; empty where they
    are.
    """
    if missing := [str(side.year) for side in (now, before) if not side.recorded]:
        return _("{years} not recorded", years=join_names(missing))
    for side in (now, before):
        if side.until and side.undecided:
            return _(
                "of {records} in {year} it is not known whether before or after {day}",
                records=side.undecided,
                year=side.year,
                day=format_day_of_month(side.until),
            )
    gaps = [(side.year, metric.coverage(side.quantity)) for side in (now, before)]
    if found := [(year, gap) for year, gap in gaps if gap]:
        return "; ".join(_("{year}: {coverage}", year=year, coverage=gap) for year, gap in found)
    lower = [str(side.year) for side in (now, before) if side.quantity.at_least]
    return _("only a lower bound is known for {years}", years=join_names(lower)) if lower else ""
