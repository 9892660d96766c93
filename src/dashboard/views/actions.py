"""What a press on an element does: where a word of the page ("event=…", "month=2025-05") leads.

The word is that of the URL, so that a press and the address of the same element lead to the same
view. Words come from the browser: what is not understood leads nowhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from dashboard.model.filter_links import drop_unknown_ids, parse_filters
from dashboard.model.filters import FIELDS, FILTER_NAMES, NO_FILTERS, SINGLE, TIMES, Filters
from dashboard.model.periods import resolve_period
from dashboard.model.sitemap import PAGES
from dashboard.views.view import (
    ALL_YEARS,
    DIALOGS,
    EXTRAS,
    View,
    make_url_pairs,
    split_link,
    url,
)

CLEAR = "clear"
OPEN = "open:"
ACROSS_PAGES = ("candidate", "v", "on", "show", "period", "lang")
"""Extras that go along to another page: what is looked at, for which period, in which language."""


@dataclass(frozen=True)
class Target:
    """Where an act leads: the page, the filters and the other parameters of its link."""

    page: str
    filters: Filters
    extras: Mapping[str, str]

    @property
    def address(self) -> str:
        """The link, without host."""
        return url(self.page, make_url_pairs(self.filters, self.extras))


def follow_act(view: View, act: str) -> Target | None:
    """Find where an act leads from a view; None where it is not understood.

    "event=ID" and the other panels open it; a filter is set by the first press and taken back by
    the second; "-kind=keynote" takes one value away; "clear" leaves the year; "page:map?month=…"
    goes to a page, with the filters of the view and those that are named; "open:/map?year=2024" opens
    a link as it is; other parameters are set.
    """
    if act.startswith("page:"):
        return _follow_to_page(view, act.removeprefix("page:"))
    if act.startswith(OPEN):
        return _open_link(act.removeprefix(OPEN))
    name, _, value = act.partition("=")
    if act == CLEAR:
        return _filtered(view, _clear(view.filters), times=True)
    if name.removeprefix("-") in FILTER_NAMES:
        return _follow_filter(view, name, value)
    return _set_parameter(view, name, value) if _is_understood(name, value) else None


def choose(view: View, name: str, value: Any) -> Target:
    """Lead to another value of a filter, or other values. Days take the place of year and months,
    months that of the year; where none is left, it leads to their year.
    """
    filters = view.filters.with_(**{name: value})
    if name in FIELDS and value:
        filters = filters.with_(year=None, month=())
    elif name == "month" and value:
        filters = filters.with_(year=None)
    if name in ("month", *FIELDS) and not filters.has_period:
        filters = filters.with_(year=_find_year(view.filters))
    return _filtered(view, filters, times=name in TIMES)


def _find_year(filters: Filters) -> int | None:
    """Find the one year of the chosen months or days."""
    days = {day.year for day in (filters.from_day, filters.to_day) if day}
    years = filters.years() or [*days]
    return years[0] if len(years) == 1 else None


def choose_year(view: View, year: int | None) -> Target:
    """Lead to another year, which takes its months along, or to all years, in the place of chosen
    days. After a period in words no month of it stays.
    """
    in_words = "period" in view.extras
    filters = view.filters.with_(month=()) if in_words else view.filters
    return _filtered(view, filters.in_year(year), times=True)


def choose_period(view: View, word: str) -> Target:
    """Lead to the dates that a period in words means, and stay with the word. Raises KeyError for
    another word.
    """
    dates = view.filters.in_year(None).with_(**resolve_period(word, view.today))
    target = _filtered(view, dates, times=True)
    return Target(target.page, dates, {**target.extras, "period": word})


def _open_link(link: str) -> Target | None:
    """Lead to what a link says; what it names and is not there is said where it is opened."""
    page, pairs = split_link(link)
    filters = parse_filters([pair for pair in pairs if pair != ("year", ALL_YEARS)])[0]
    extras = {name: value for name, value in pairs if _is_understood(name, value)}
    return Target(page, filters, extras) if page in PAGES else None


def _is_understood(name: str, value: str) -> bool:
    return name in EXTRAS and EXTRAS[name](value)


def _set_parameter(view: View, name: str, value: str) -> Target:
    """Set a parameter beside the filters: one panel is open at a time."""
    if name == "period":
        return choose_period(view, value)
    closed = dict.fromkeys(DIALOGS, "") if name in DIALOGS else {}
    return Target(view.page, view.filters, _keep(view.extras, {**closed, name: value}))


def _keep(extras: Mapping[str, str], changed: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in {**extras, **changed}.items() if value}


def _filtered(view: View, filters: Filters, *, times: bool) -> Target:
    """Lead to other filters: no panel stays open, and no period in words when its dates change."""
    closed = dict.fromkeys((*DIALOGS, "period") if times else DIALOGS, "")
    return Target(view.page, filters, _keep(view.extras, closed))


def _clear(filters: Filters) -> Filters:
    return Filters(year=_find_year(filters))


def _follow_filter(view: View, name: str, value: str) -> Target | None:
    removes, name = name.startswith("-"), name.removeprefix("-")
    found, notices = parse_filters([(name, value)])
    one = found.value(name)
    if notices or not one:
        return None
    if removes:
        return choose(view, name, _leave_out(view.filters, name, value))
    if drop_unknown_ids(found, view.labels)[1]:
        return None
    if name == "year":
        return choose_year(view, one)
    taken_back = name != "text" and view.filters.value(name) == one
    return choose(view, name, NO_FILTERS.value(name) if taken_back else one)


def _leave_out(filters: Filters, name: str, value: str) -> Any:
    """Give what is chosen of a filter without one value."""
    if name in SINGLE:
        return NO_FILTERS.value(name)
    return tuple(one for one in filters.value(name) if one != value)


def _take_period(filters: Filters, named: Filters) -> Filters:
    """Let the period that a link names take the place of another; months narrow days as well."""
    if named.has_days:
        return filters.with_(year=named.year, month=named.month)
    if named.month:
        return filters.with_(year=None)
    return filters.with_(month=(), from_day=None, to_day=None)


def _follow_to_page(view: View, link: str) -> Target | None:
    """Lead to a page with the filters of the view, and those that the link names set."""
    page, _, query = link.partition("?")
    if page not in PAGES:
        return None
    pairs = parse_qsl(query)
    extras = {n: v for n, v in view.extras.items() if n in ACROSS_PAGES}
    named = drop_unknown_ids(parse_filters(pairs)[0], view.labels)[0]
    filters = view.filters.with_(**{name: named.value(name) for name in named.chosen})
    if named.has_period:
        filters = _take_period(filters, named)
        extras.pop("period", None)
    asked = {name: value for name, value in pairs if _is_understood(name, value)}
    if "period" in asked:
        filters = filters.with_(**resolve_period(asked["period"], view.today))
    return Target(page, filters, extras | asked)
