"""Two years side by side: the difference where both are known, else the reason why not.

A year that runs is put beside the other one up to the same day. That is honest only where of every
record of the other year it is known on which side of that day it stands; and a year of which
nothing is recorded is a gap, and no zero.
"""

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from dashboard.language.messages import _, ngettext
from dashboard.language.numbers import format_number
from dashboard.model.filters import NO_FILTERS, Filters
from dashboard.model.quantity import Kind, Quantity, compare_quantities, qualify
from dashboard.query.metrics import METRICS, PARTNER_TABLES, Metric, is_recorded
from dashboard.text.counts import format_count
from dashboard.text.dates import format_day, format_day_of_month
from dashboard.text.lists import join_names

DATED_BY: Mapping[str, tuple[str, ...]] = {
    "contributions": ("events",),
    "partners": PARTNER_TABLES,
    "projects_completed": ("completions",),
}
"""What places the records of a table, or of one metric, in time: of the others it is their own
table. Completions are the ends of projects.
"""
Row = Mapping[str, Any]


class AnswerSource(Protocol):
    """Answers questions and numbers, as a view does."""

    def rows(
        self, question: str, filters: Filters | None = None, **params: Any
    ) -> list[dict[str, Any]]: ...

    def number(self, metric: str, filters: Filters | None = None) -> Quantity: ...


@dataclass(frozen=True)
class Side:
    """A number of a year. `until`: up to that day only, in the year that runs (`so_far`) or beside
    it; `recorded`: whether anything of its sort is; `undecided`: in words the records that may
    stand before that day or after it; `whole`: the number of all the year, said where the year is
    not compared after all.
    """

    year: int
    quantity: Quantity
    until: date | None = None
    so_far: bool = False
    recorded: bool = True
    undecided: str = ""
    whole: Quantity | None = None

    @property
    def called(self) -> str:
        """ "2024"; "2025 up to the same day"; "2026 so far"."""
        if self.so_far:
            return _("{year} so far", year=self.year)
        return _("{year} up to the same day", year=self.year) if self.until else str(self.year)

    def alone(self, metric: Metric) -> str:
        """Say the number where it is not compared."""
        return self.said(metric) if self.so_far or self.whole is None else metric.words(self.whole)

    def said(self, metric: Metric) -> str:
        """ "12 trainings"; "2 events so far, to 28 November 2026"; "62 events up to 28 November
        2025".
        """
        number = metric.words(self.quantity)
        if not self.until:
            return number
        day = format_day(self.until)
        if self.so_far:
            return _("{number} so far, to {day}", number=number, day=day)
        return _("{number} up to {day}", number=number, day=day)


def is_running(year: int, today: date) -> bool:
    """Return whether today is in the year and not its last day."""
    return today.year == year and today < date(year, 12, 31)


def same_day(year: int, today: date) -> date:
    """Find the day of today in another year; of 29 February the 28th where there is none."""
    return date(year, today.month, min(today.day, monthrange(year, today.month)[1]))


def describe_cutoff(year: int, other: int, today: date) -> str:
    """Say up to when two years are compared: ", both up to 28 November" where one of them runs,
    else nothing.
    """
    if not _part_of(year, other, today):
        return ""
    # Translators: stands at the end of a heading: "2025 compared with 2024, both up to 28 November"
    return _(", both up to {day}", day=format_day_of_month(today))


def compare_years(
    ask: AnswerSource, names: Iterable[str], filters: Filters, other: int, today: date
) -> dict[str, str]:
    """Compare for each of some metrics its number in the year of the filters with another year, in
    words: "12 trainings, 2 more than in 2024 (10 trainings)"; "2 events so far, to 28 November
    2026, 60 fewer than in 2025 up to the same day (62 events)"; or why there is no difference.
    """
    year = filters.year
    assert year is not None
    if ahead := [str(y) for y in (year, other) if y > today.year]:
        numbers = {n: METRICS[n].words(ask.number(n, filters)) for n in names}
        return {n: _refuse_ahead(number, ahead) for n, number in numbers.items()}
    pair = Pair(ask, filters, year, other, today)
    return {
        n: describe_difference(METRICS[n], pair.read_side(n, year), pair.read_side(n, other))
        for n in names
    }


def _refuse_ahead(number: str, years: Sequence[str]) -> str:
    return ngettext(
        "{number}; no comparison, because {years} has not begun",
        "{number}; no comparison, because {years} have not begun",
        len(years),
        number=number,
        years=join_names(years),
    )


class Pair:
    """Two years that are compared, with what is asked once for all metrics."""

    def __init__(
        self, ask: AnswerSource, filters: Filters, year: int, other: int, today: date
    ) -> None:
        self._ask, self._filters, self._year, self._today = ask, filters, year, today
        self._recorded = ask.rows("recorded", NO_FILTERS)
        self._running = _part_of(year, other, today)
        self._past = other if is_running(year, today) else year
        self._undecided: list[Row] = []
        if self._running:
            past = filters.within("year", str(self._past))
            self._undecided = _read_undecided(ask, past, same_day(self._past, today))

    def read_side(self, name: str, year: int) -> Side:
        """Read the number of a metric in one of the years, as far as it is compared."""
        metric = METRICS[name]
        until = same_day(year, self._today) if self._running else None
        filters = self._filters.within("year", str(year)).with_(until=until)
        return Side(
            year,
            self._ask.number(name, filters),
            until,
            so_far=self._running and year != self._past,
            recorded=is_recorded(metric, year, self._recorded),
            undecided=_count_undecided(metric, self._undecided) if year == self._past else "",
            whole=self._ask.number(name, self._filters) if year == self._year else None,
        )


def _read_undecided(ask: AnswerSource, filters: Filters, until: date) -> list[Row]:
    """Read the rows of the question undecided, and the series: they are known by the year only."""
    series = {
        "table_name": "series",
        "status": "held",
        "apart": False,
        "found": ask.number("series", filters).total,
    }
    return [*ask.rows("undecided", filters, until=until), *([series] if series["found"] else [])]


def _part_of(year: int, other: int, today: date) -> bool:
    return max(year, other) == today.year and is_running(today.year, today)


def _count_undecided(metric: Metric, rows: Iterable[Row]) -> str:
    """Count the records behind a metric of which the side of the day is not known: "5 events"."""
    found: dict[str, int] = {}
    dated_by = DATED_BY.get(metric.name) or DATED_BY.get(metric.records, (metric.records,))
    for row in rows:
        table = row["table_name"]
        if table in dated_by and _is_counted(metric, row):
            found[table] = found.get(table, 0) + row["found"]
    # modules, results, grants; countries have no dates
    own = metric.table in ("trainings", "projects", "funding")
    nouns = {table: metric.noun if own else table for table in found}
    return join_names([format_count(number, nouns[table]) for table, number in found.items()])


def _is_counted(metric: Metric, row: Row) -> bool:
    """Return whether a metric counts records of this sort and status, as its parameters say."""
    own, table = metric.params, row["table_name"]
    apart = {"trainings": "e_learning", "projects": "outputs", "funding": "ours"}.get(table, "")
    if apart and own.get(apart, False) not in (None, row["apart"]):
        return False
    if table == "funding":
        return True
    counted = (
        METRICS["projects"].params["statuses"]
        if table == "projects"
        else [own.get("status", "held")]
    )
    return row["status"] in own.get("statuses", counted)


def describe_difference(metric: Metric, now: Side, before: Side) -> str:
    """Describe a number against that of another year, or say why they are not compared."""
    if not now.recorded:
        years = [str(side.year) for side in (now, before) if not side.recorded]
        return _("{years} not recorded", years=join_names(years))
    if not before.recorded:
        return _("{now}; {year} not recorded", now=now.alone(metric), year=before.year)
    return _refuse(metric, now, before) or _describe_change(metric, now, before)


def _describe_change(metric: Metric, now: Side, before: Side) -> str:
    zero = Quantity(0, exact=1)
    past = before.quantity if before.quantity.total else zero
    change = compare_quantities(now.quantity, past, before.called)
    number, year, size = now.said(metric), before.called, change.difference or 0
    if not size:
        if change.kind is Kind.ABOUT:
            return _("{now}, about as many as in {year}", now=number, year=year)
        return _("{now}, as many as in {year}", now=number, year=year)
    places = {
        "now": number,
        "size": qualify(change.kind, format_number(size if size > 0 else -size)),
        "year": year,
        "number": metric.words(before.quantity),
    }
    if size > 0:
        return _("{now}, {size} more than in {year} ({number})", **places)
    return _("{now}, {size} fewer than in {year} ({number})", **places)


def _refuse(metric: Metric, now: Side, before: Side) -> str:
    """Say the number, and why it cannot be compared; empty where it can."""
    number = now.alone(metric)
    for side in (now, before):
        if side.until and side.undecided:
            return _(
                "{now}; no comparison with {other}, because of {records} in {year} it is not known"
                " whether before or after {day}",
                now=number,
                other=before.called,
                records=side.undecided,
                year=side.year,
                day=format_day_of_month(side.until),
            )
    if gap := metric.coverage(now.quantity):
        return _("{now}; no comparison, because for this year: {gap}", now=number, gap=gap)
    if now.quantity.at_least:
        return _(
            "{now}; no comparison, because for this year: only a lower bound is known", now=number
        )
    places = {"now": number, "year": before.year}
    if gap := metric.coverage(before.quantity):
        return _("{now}; no comparison, because for {year}: {gap}", gap=gap, **places)
    if before.quantity.at_least:
        return _("{now}; no comparison, because for {year}: only a lower bound is known", **places)
    return ""
