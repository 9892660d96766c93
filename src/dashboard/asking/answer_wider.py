"""Readings beside the one that is answered: the same without one of its filters, with their numbers."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from dashboard.asking.answer_scope import write_link
from dashboard.asking.answer_words import say_number, say_selection
from dashboard.asking.finding import Measured, measure
from dashboard.language.messages import _
from dashboard.model.filters import FILTER_NAMES, NO_FILTERS, TIMES, Filters
from dashboard.views.view import View

MAX_WIDER = 2
STAYING = TIMES | {"text"}
"""Filters that are not left out as the others are: the period is widened, and words that are looked for
are what the question is about.
"""
FIRST = ("speaker", "organisation", "city", "country", "role", "kind")
"""Filters that are left out before others."""


def list_wider(view: View, number: Measured) -> list[tuple[str, str]]:
    """List at most two readings that find more, each with its number, and their links: in the whole
    year, without one of the filters, in all years.
    """
    in_year = find_whole_year(view.filters)
    year = [] if in_year is None else _find_more(view, number, [in_year])
    least = year[-1][1] if year else number
    others = _find_more(view, number, leave_out(view.filters, number))
    everything = _find_more(view, least, [find_all_years(view.filters)])
    found = [*year, *others, *everything][:MAX_WIDER]
    return [(say_reading(wider, more), write_link(wider)) for wider, more in found]


def _find_more(
    view: View, number: Measured, filters: Iterable[Filters]
) -> list[tuple[View, Measured]]:
    """Find the readings under other filters that find more than a number."""
    found = []
    for one in filters:
        wider = replace(view, filters=one)
        more = measure(wider, number.name)
        if (more.quantity.value or 0) > (number.quantity.value or 0):
            found.append((wider, more))
        if len(found) == MAX_WIDER:
            break
    return found


def say_reading(view: View, number: Measured) -> str:
    """Say what a number counts, and the number: Keynotes by Job Doornberg in 2025 (4 keynotes)."""
    said = {
        "selection": say_selection(view, number.name),
        "number": say_number(number.metric, number.quantity),
    }
    if not view.filters.has_period:
        return _("{selection} in all years ({number})", **said)
    return _("{selection} ({number})", **said)


def find_whole_year(filters: Filters) -> Filters | None:
    """Find the same filters in the whole year of their months or days; None where there is no one."""
    first, last = filters.period()
    if not (filters.month or filters.has_days) or not first or not last or first.year != last.year:
        return None
    return find_all_years(filters).with_(year=first.year)


def find_all_years(filters: Filters) -> Filters:
    """Find the same filters without a period."""
    return filters.with_(**{name: NO_FILTERS.value(name) for name in TIMES})


def leave_out(filters: Filters, number: Measured) -> Iterator[Filters]:
    """Leave out one at a time the filters that mean something for a number."""
    chosen = filters.applying_to(number.metric.table).chosen
    names = [*FIRST, *(name for name in FILTER_NAMES if name not in FIRST)]
    for name in names:
        if name in chosen and name not in STAYING:
            yield filters.with_(**{name: NO_FILTERS.value(name)})
