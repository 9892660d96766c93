"""What a press on an element does: where a word of the page ("event=…", "month=2025-05") leads.

The word is that of the URL, so that a press and the address of the same element lead to the same
view. Words come from the browser: what is not understood leads nowhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from dashboard.model.filters import FILTER_NAMES, Filters, drop_unknown_ids, parse_filters
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
ACROSS_PAGES = ("candidate", "v", "on", "show", "period")
"""Extras that go along to another page: what is looked at, and for which period."""
TIMES = ("year", "month")


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


def _open_link(link: str) -> Target | None:
    """Lead to what a link says; what it names and is not there is said where it is opened."""
    page, pairs = split_link(link)
    filters = parse_filters([pair for pair in pairs if pair != ("year", ALL_YEARS)])[0]
    extras = {name: value for name, value in pairs if _is_understood(name, value)}
    return Target(page, filters, extras) if page in PAGES else None


def _is_understood(name: str, value: str) -> bool:
    return name in EXTRAS and EXTRAS[name](value)


def _set_parameter(view: View, name: str, value: str) -> Target:
    """Set a parameter beside the filters: one panel is open at a time, and a period in words gives
    its dates.
    """
    if name == "period":
        dates = view.filters.with_(**resolve_period(value, view.today))
        target = _filtered(view, dates, times=True)
        return Target(target.page, dates, {**target.extras, name: value})
    closed = dict.fromkeys(DIALOGS, "") if name in DIALOGS else {}
    return Target(view.page, view.filters, _keep(view.extras, {**closed, name: value}))


def _keep(extras: Mapping[str, str], changed: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in {**extras, **changed}.items() if value}


def _filtered(view: View, filters: Filters, *, times: bool) -> Target:
    """Lead to other filters: no panel stays open, and no period in words when its dates change."""
    closed = dict.fromkeys((*DIALOGS, "period") if times else DIALOGS, "")
    return Target(view.page, filters, _keep(view.extras, closed))


def _clear(filters: Filters) -> Filters:
    years = filters.years() or []
    return Filters(year=years[0] if len(years) == 1 else None)


def _follow_filter(view: View, name: str, value: str) -> Target | None:
    removes, name = name.startswith("-"), name.removeprefix("-")
    found, notices = parse_filters([(name, value)])
    one = getattr(found, name)
    if notices or not one:
        return None
    if removes:
        return _filtered(view, _remove_value(view.filters, name, value), times=name in TIMES)
    if drop_unknown_ids(found, view.labels)[1]:
        return None
    return _filtered(view, _set_filter(view.filters, name, one), times=name in TIMES)


def _set_filter(filters: Filters, name: str, one: Any) -> Filters:
    """Choose a value of a filter, or take it back where it is the chosen one."""
    if name == "year":
        return filters.in_year(one)
    if name == "text":
        return filters.with_(text=one)
    if name == "month":
        return toggle_month(filters, one[0])
    return filters.with_(**{name: () if getattr(filters, name) == one else one})


def toggle_month(filters: Filters, month: str) -> Filters:
    """Choose that month alone, or go back to its year when it was chosen already."""
    if filters.month == (month,):
        return filters.with_(month=(), year=int(month[:4]))
    return filters.with_(month=(month,), year=None)


def _remove_value(filters: Filters, name: str, value: str) -> Filters:
    if name in ("year", "text"):
        return filters.with_(**{name: None if name == "year" else ""})
    left = tuple(one for one in getattr(filters, name) if one != value)
    if name == "month" and not left:
        years = filters.years() or []
        return filters.with_(month=(), year=years[0] if len(years) == 1 else None)
    return filters.with_(**{name: left})


def _follow_to_page(view: View, link: str) -> Target | None:
    """Lead to a page with the filters of the view, and those that the link names set."""
    page, _, query = link.partition("?")
    if page not in PAGES:
        return None
    pairs = parse_qsl(query)
    extras = {n: v for n, v in view.extras.items() if n in ACROSS_PAGES}
    named = drop_unknown_ids(parse_filters(pairs)[0], view.labels)[0]
    filters = view.filters.with_(**{name: getattr(named, name) for name in named.chosen})
    if named.month:
        filters = filters.with_(year=None)
    elif named.year:
        filters = filters.with_(month=())
    if named.month or named.year:
        extras.pop("period", None)
    asked = {name: value for name, value in pairs if _is_understood(name, value)}
    if "period" in asked:
        filters = filters.with_(**resolve_period(asked["period"], view.today))
    return Target(page, filters, extras | asked)
