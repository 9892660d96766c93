"""The days that a timeline shows, and the parts into which its axis falls."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum

from dashboard.charts.lanes import Span, find_span
from dashboard.language.messages import _
from dashboard.model import Row
from dashboard.text.dates import abbreviate_month, format_day, format_days, format_month

MAX_MONTHS, MAX_DAYS = 14, 31
"""Parts that can be named side by side."""


class Step(Enum):
    """Into what a span is divided."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True)
class ChosenSpan(Span):
    """The days from the first to the last of the chosen months ("2025-05")."""

    months: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """A day, week, month or year of a span. `name` stands on the axis, `said` in sentences; `link` is
    the filter that it stands for, where there is one. `left_out`: a month that lies between the
    chosen ones, of which nothing is said.
    """

    first: date
    last: date
    name: str
    said: str
    link: str = ""
    left_out: bool = False

    def holds(self, event: Row) -> bool:
        """Tell whether an event starts in this part, as far as its start is known."""
        first: date = event["first_day"]
        match event["date_precision"]:
            case "day":
                latest = first
            case "month":
                latest = _end_month(first)
            case _:
                latest = event["last_day"]
        return self.first <= first and latest <= self.last


def find_chosen_span(
    rows: Sequence[Row],
    years: Sequence[int] | None,
    months: Sequence[str] = (),
    days: tuple[date | None, date | None] = (None, None),
) -> Span | None:
    """Find the days of the chosen months ("2025-05"), from the first to the last of them; without
    any those of find_span. Chosen `days`, a first and a last one, cut off what lies beyond them.
    """
    span = _span_months(months) if months else find_span(rows, years)
    first, last = days
    if span is None or not (first or last):
        return span
    begin, end = first or span.first, last or span.last
    if months or years:
        return replace(span, first=max(span.first, begin), last=min(span.last, end))
    # to the chosen days, also where nothing begins so far
    return Span(min(begin, date(end.year, 1, 1)), max(end, date(begin.year, 12, 31)))


def _span_months(months: Sequence[str]) -> ChosenSpan:
    first, last = min(months), max(months)
    return ChosenSpan(
        date(int(first[:4]), int(first[5:]), 1),
        _end_month(date(int(last[:4]), int(last[5:]), 1)),
        tuple(months),
    )


def count_months(span: Span) -> int:
    """Count the calendar months that a span touches."""
    first, last = span.first, span.last
    return (last.year - first.year) * 12 + last.month - first.month + 1


def choose_header_step(span: Span) -> Step:
    """Choose what the header names: the days of one month, months, or years of a longer span."""
    if span.days <= MAX_DAYS:
        return Step.DAY
    return Step.MONTH if count_months(span) <= MAX_MONTHS else Step.YEAR


def divide_span(span: Span, step: Step) -> list[Part]:
    """Divide a span into its days, weeks (from Monday), months or years; the first and last may be
    cut.
    """
    parts = [_make_part(first, last, step) for first, last in _iterate_bounds(span, step)]
    if step != Step.MONTH or not isinstance(span, ChosenSpan):
        return parts
    return [replace(part, left_out=f"{part.first:%Y-%m}" not in span.months) for part in parts]


def _iterate_bounds(span: Span, step: Step) -> Iterator[tuple[date, date]]:
    first = span.first
    while first <= span.last:
        last = min(_end_part(first, step), span.last)
        yield first, last
        first = last + timedelta(days=1)


def _end_part(day: date, step: Step) -> date:
    match step:
        case Step.DAY:
            return day
        case Step.WEEK:
            return day + timedelta(days=6 - day.weekday())
        case Step.MONTH:
            return _end_month(day)
        case Step.YEAR:
            return date(day.year, 12, 31)


def _end_month(day: date) -> date:
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return following - timedelta(days=1)


def _make_part(first: date, last: date, step: Step) -> Part:
    month = f"{first:%Y-%m}"
    match step:
        case Step.DAY:
            return Part(first, last, str(first.day), format_day(first))
        case Step.WEEK:
            return Part(
                first, last, _name_days(first, last), format_days(first, last), f"month={month}"
            )
        case Step.MONTH:
            return Part(first, last, abbreviate_month(month), format_month(month), f"month={month}")
        case Step.YEAR:
            return Part(first, last, str(first.year), str(first.year), f"year={first.year}")


def _name_days(first: date, last: date) -> str:
    if first == last:
        return str(first.day)
    return _("{first}–{last}", first=first.day, last=last.day)
