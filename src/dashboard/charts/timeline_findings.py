"""What a timeline shows, in a sentence that is true: its title, and what is read in its place."""

from collections.abc import Sequence
from datetime import date

from dashboard.charts.event_counts import Column, count_columns
from dashboard.charts.event_words import TimelineLabels
from dashboard.charts.lanes import Span
from dashboard.charts.spans import Step, count_months, divide_span
from dashboard.language.messages import _, ngettext
from dashboard.model import Row
from dashboard.text.dates import format_month, name_month
from dashboard.text.lists import join_names

MAX_NAMED = 3
"""Months that a sentence names; of more it says how many there are."""
MAX_MONTHS = 24


def describe_timeline(
    events: Sequence[Row], span: Span, labels: TimelineLabels, *, today: date
) -> str:
    """Say the finding of a timeline, without a capital: "most in December, nothing recorded in July and
    August". Cancelled events count nowhere; a month that is not over is not called empty.
    """
    months = count_months(span)
    step = Step.MONTH if months <= MAX_MONTHS else Step.YEAR
    parts = [part for part in divide_span(span, step) if not part.left_out]
    columns = count_columns(events, parts)
    total = sum(column.total for column in columns)
    if not total:
        return _("nothing recorded on a known day or in a known month")
    if len(columns) == 1:
        return _describe_one(columns[0], events)
    with_any = [column for column in columns if column.total]
    if len(with_any) == 1:
        month = _name(with_any[0], span)
        return ngettext(
            "the only event is in {month}", "all {n:,} events are in {month}", total, month=month
        )
    person = _find_one_person(events, labels)
    over = [column for column in columns if column.part.last < today]
    empty = [c for c in over if not any(c.part.holds(event) for event in events)]
    finding = _describe_spread(columns, empty, span)
    return (
        _("{person} at every event: {finding}", person=person, finding=finding)
        if person
        else finding
    )


def capitalise_finding(finding: str) -> str:
    """Begin a title with the finding."""
    return finding[:1].upper() + finding[1:]


def _describe_one(column: Column, events: Sequence[Row]) -> str:
    """Describe one month or year: how many, and the day with most where one stands out."""
    days = divide_span(Span(column.part.first, column.part.last), Step.DAY)
    counts = sorted((c.total for c in count_columns(events, days)), reverse=True)
    n, said = column.total, column.part.said
    if counts[0] > 1 and counts[0] > counts[1]:
        best = next(c for c in count_columns(events, days) if c.total == counts[0])
        return ngettext(
            "{n:,} event in {month}, most on {day}",
            "{n:,} events in {month}, most on {day}",
            n,
            month=said,
            day=best.part.said,
        )
    return ngettext("{n:,} event in {month}", "{n:,} events in {month}", n, month=said)


def _describe_spread(columns: Sequence[Column], empty: Sequence[Column], span: Span) -> str:
    """Describe several months or years: the fullest, and those with nothing."""
    top = max(column.total for column in columns)
    busiest = [column for column in columns if column.total == top]
    if top == 1:
        most = (
            _("never more than one in a month") if _by_month(columns) else _("at most one a year")
        )
    elif len(busiest) == len(columns):
        most = (
            _("{n:,} in every month", n=top)
            if _by_month(columns)
            else _("{n:,} in every year", n=top)
        )
    elif len(busiest) > MAX_NAMED:
        most = (
            _("at most {n:,} in a month", n=top)
            if _by_month(columns)
            else _("at most {n:,} a year", n=top)
        )
    else:
        most = _("most in {months}", months=join_names([_name(c, span) for c in busiest]))
    return _add_empty(most, empty, columns, span)


def _add_empty(most: str, empty: Sequence[Column], columns: Sequence[Column], span: Span) -> str:
    if not empty:
        return most
    if len(empty) <= MAX_NAMED:
        names = join_names([_name(column, span) for column in empty])
        return _("{most}, nothing recorded in {months}", most=most, months=names)
    if _by_month(columns):
        return _(
            "{most}, nothing recorded in {n} of {all} months",
            most=most,
            n=len(empty),
            all=len(columns),
        )
    return _(
        "{most}, nothing recorded in {n} of {all} years", most=most, n=len(empty), all=len(columns)
    )


def _by_month(columns: Sequence[Column]) -> bool:
    return not columns[0].part.link.startswith("year=")


def _name(column: Column, span: Span) -> str:
    """Name a month, with its year where the span has several; or a year."""
    if not _by_month([column]):
        return column.part.said
    month = f"{column.part.first:%Y-%m}"
    return name_month(month) if span.first.year == span.last.year else format_month(month)


def _find_one_person(events: Sequence[Row], labels: TimelineLabels) -> str:
    """Find the one person who was at every event, where nobody was chosen and nobody else was there."""
    counted = any("event_id" not in event for event in events)
    if labels.person or counted or len(events) < MAX_NAMED:
        return ""
    named = [{row["person_id"]: row["name"] for row in labels.named_at(e)} for e in events]
    everybody = {person: name for names in named for person, name in names.items()}
    alone = len(everybody) == 1 and all(named)
    return next(iter(everybody.values())) if alone else ""
