"""The filters in the bar above a page, as elements: what can be chosen, with counts, and where each
choice leads.

They are functions of a view alone: the script draws them in the bar, and the route of the parts of
a page gives them as well. The browser's script goes to `data-address` with the value in the place
of {}, to `data-without` where nothing is chosen, and where a list has neither, to the value itself.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dashboard.charts.markup import Element, make_element
from dashboard.language.messages import N_, _
from dashboard.language.numbers import format_integer
from dashboard.model.filters import (
    FIELDS,
    FIRST_DAY,
    LAST_DAY,
    MAX_LENGTH,
    NAMED_BY_ITSELF,
    NO_FILTERS,
    SINGLE,
    Filters,
)
from dashboard.model.periods import PERIODS, resolve_period
from dashboard.model.sitemap import UNFILTERED
from dashboard.query.facets import FACETS, Counts, count_facets
from dashboard.text.countries import name_country
from dashboard.text.dates import format_month, name_month
from dashboard.text.selection import name_filter, name_period
from dashboard.text.sentences import capitalise
from dashboard.views.actions import Target, choose, choose_period, choose_year
from dashboard.views.view import ALL_YEARS, View

EVENT_FILTERS = ("status", "role", "kind", "line", "pillar", "country", "organisation", "our_role")
MORE_BY_PAGE: Mapping[str, tuple[str, ...]] = {
    "trainings": ("level", "discipline", "format", "line", "pillar"),
    "projects": ("line", "pillar", "organisation", "our_role"),
}
"""Filters that mean something on a page, beside those in the bar; one that is chosen is shown on
every page.
"""
YEAR_ONLY = frozenset({"review"})
"""Pages of whole years: what else is chosen there by a link can be taken back by its chip."""
WITH_PERSON = frozenset({"", "events", "map", "projects", "people"})
BY_COUNT = frozenset({"speaker", "country", "city", "organisation"})
"""Filters with many values, of which those with most records come first."""
MAX_LISTED = 500
"""Of more values those with most records are listed: 20,000 people would be 1.6 MB with every change.
The field beside the list finds the others.
"""
BAR_LABELS = {"month": N_("Month"), "speaker": N_("Person")}
DAYS = "days"
"""Stands for the chosen days among the years."""
PLACE = "\0"
"""Stands in a template for what will be chosen: no value of an address has this sign."""


def build_filters(view: View) -> Element | None:
    """Build the filters by which meetings filter, and the way to the others; none on a page that
    shows everything.
    """
    if view.page in UNFILTERED:
        return None
    boxes: list[Element | None] = [_build_years(view)]
    if view.page not in YEAR_ONLY:
        boxes += [_build_months(view), _build_person(view), _build_more_button(view)]
    return make_element("div", *boxes, css="bar-filters", role="group", aria_label=_("Filters"))


def build_more(view: View) -> Element:
    """Build the filters behind “More”: for each a list to add a value from, a field for words, and two
    for the first and the last day.
    """
    names = list_more_filters(view)
    found = count_options(view, names)
    return make_element(
        "div",
        *(_build_labelled(name, view, found) for name in names),
        _build_words(view),
        make_element("div", *(_build_day(name, view) for name in FIELDS), css="more-days"),
        css="more-filters",
    )


def count_options(view: View, names: Iterable[str] = ("speaker",)) -> Counts:
    """Return how many records of the page each value of some filters would leave under the others."""
    table = view.page if view.page in FACETS else "events"
    return count_facets(view.rows, table, view.filters.applying_to(table), names)


def list_more_filters(view: View) -> tuple[str, ...]:
    """List the filters behind “More”: those that mean something on the page, and every other one
    that is chosen. The person is first, for who cannot see the bar's.
    """
    person = ("speaker",) if view.page in WITH_PERSON else ()
    shown = (*person, *MORE_BY_PAGE.get(view.page, EVENT_FILTERS))
    left = {*shown, "year", *NAMED_BY_ITSELF}
    return (*shown, *(name for name in view.filters.chosen if name not in left))


# Year, month and person
# ----------------------------------------------------------------------------------------------------------------


def _build_years(view: View) -> Element:
    """Build the choice of a year, all years, or a period in words. Each leads to an address of its
    own: another year takes its months along, and the place of chosen days, which stand first.
    """
    years = [str(year) for year in view.filters.years() or []]
    chosen = view.extras.get("period") or (years[0] if len(years) == 1 else ALL_YEARS)
    if view.filters.has_days:
        chosen = DAYS
    options = (
        _build_option(_address(target), label, selected=value == chosen)
        for value, label, target in _list_times(view, years)
    )
    return _build_list("year", options, {"aria-label": _("Year")})


def _list_times(view: View, shown: Iterable[str]) -> Iterator[tuple[str, str, Target]]:
    """List the days that are chosen, the years that have records, all of them, those that are shown
    beside, and the periods in words: what each is called and where it leads.
    """
    if view.filters.has_days:
        yield (
            DAYS,
            capitalise(name_period(view.filters)),
            Target(view.page, view.filters, view.extras),
        )
    known = sorted(view.labels["year"], reverse=True)
    for year in known:
        yield year, year, choose_year(view, int(year))
    yield ALL_YEARS, _("All years"), choose_year(view, None)
    for year in shown:
        if year not in known:
            yield year, year, choose_year(view, int(year))
    for word in PERIODS:
        yield word, _name_period_in_words(view, word), choose_period(view, word)


def _name_period_in_words(view: View, word: str) -> str:
    """Name a period by the word and by the dates: "This month (November 2026)"; in a pinned view by
    the dates that it has.
    """
    chosen = view.extras.get("period") == word
    dates = view.filters if chosen else Filters(**resolve_period(word, view.today))
    return _format_option(_(PERIODS[word]), name_period(dates))


def _build_months(view: View) -> Element | None:
    """Build the choice of a month of the year, or of the days of one year, that are shown, else of
    those that are chosen.
    """
    months = _list_months(view.filters)
    several = len({month[:4] for month in months}) > 1
    labels = {month: _name_month(month, with_year=several) for month in months}
    return _build_single("month", view, labels) if months else None


def _list_months(filters: Filters) -> Iterable[str]:
    years = filters.years() or []
    whole = filters.with_(month=(), year=years[0] if len(years) == 1 else None)
    first, last = whole.period()
    if first and last and first.year == last.year:
        return [f"{first.year}-{number:02}" for number in range(first.month, last.month + 1)]
    return filters.month


def _name_month(month: str, *, with_year: bool) -> str:
    return format_month(month) if with_year else name_month(month)


def _build_person(view: View) -> Element | None:
    if view.page not in WITH_PERSON:
        return None
    return _build_single("speaker", view, _label_options("speaker", view, count_options(view)))


def _build_single(name: str, view: View, labels: Mapping[str, str]) -> Element:
    """Build the choice of one value in the place of what is chosen; of several the chips tell."""
    label = _(BAR_LABELS[name])
    options = _build_options(name, view, labels, nothing=label)
    return _build_list(name, options, {**_lead(view, name), "aria-label": label})


# Behind “More”
# ----------------------------------------------------------------------------------------------------------------


def _build_more_button(view: View) -> Element:
    """Build what opens the other filters, with how many of them are chosen; they come when it is
    opened.
    """
    in_bar = {"speaker"} if view.page in WITH_PERSON else set()
    behind = {*list_more_filters(view), *FIELDS, "text"} - in_bar
    chosen = len(behind & set(view.filters.chosen))
    label = _("More ({n})", n=chosen) if chosen else _("More")
    return make_element(
        "details",
        make_element("summary", label),
        make_element("div", data_part="more"),
        css="more",
        id="more",
    )


def _build_labelled(name: str, view: View, found: Counts) -> Element:
    """Build a list that adds a value to a filter; the chips above the page take one back."""
    label, identity = name_filter(name), f"more-{name}"
    labels = _label_options(name, view, found)
    options = _build_options(name, view, labels, nothing=_("Any"), adds=True)
    kept = view.filters.value(name)
    return make_element(
        "div",
        _build_label(identity, capitalise(label)),
        _build_list(name, options, {**_lead(view, name, kept), "id": identity}),
        css="more-filter",
    )


def _build_words(view: View) -> Element:
    field = make_element(
        "input",
        id="more-text",
        name="value",
        value=view.filters.text,
        maxlength=str(MAX_LENGTH),
        placeholder=_("In titles, names, places …"),
        autocomplete="off",
    )
    children = (_build_label("more-text", _("Words")), field)
    return Element("form", children, css="more-filter", attributes=_lead(view, "text"))


def _build_day(name: str, view: View) -> Element:
    """Build the field for the first or the last day, which is not beyond the other one."""
    identity = f"more-{name}"
    first = view.filters.from_day if name == "to" else None
    last = view.filters.to_day if name == "from" else None
    attributes = {
        "type": "date",
        "id": identity,
        "value": "".join(view.filters.values(name)),
        "min": str(first or FIRST_DAY),
        "max": str(last or LAST_DAY),
        **_lead(view, name),
    }
    field = Element("input", attributes=attributes)
    children = (_build_label(identity, capitalise(name_filter(name))), field)
    return make_element("div", *children, css="more-filter")


def _build_label(identity: str, text: str) -> Element:
    return Element("label", (text,), attributes={"for": identity})


# Lists and where they lead
# ----------------------------------------------------------------------------------------------------------------


def _build_list(name: str, options: Iterable[Element], attributes: Mapping[str, str]) -> Element:
    """Build a list to choose from, in a box that holds its arrow."""
    listed = Element("select", tuple(options), attributes={"data-name": name, **attributes})
    return make_element("span", listed, css=f"pick pick-{name}")


def _build_options(
    name: str, view: View, labels: Mapping[str, str], *, nothing: str, adds: bool = False
) -> Iterator[Element]:
    """Build the options of a filter after the one for `nothing`, which says how many are chosen where
    they are several. Where a choice `adds`, those cannot be chosen again.
    """
    chosen = view.filters.value(name)
    several = len(chosen) > 1
    yield _build_option("", _("{n} chosen", n=len(chosen)) if several else nothing)
    for value, label in labels.items():
        is_chosen = value in chosen
        yield _build_option(
            value,
            label,
            selected=is_chosen and not several,
            disabled=is_chosen and several and adds,
        )


def _build_option(
    value: str, label: str, *, selected: bool = False, disabled: bool = False
) -> Element:
    attributes = {"value": value}
    if selected:
        attributes["selected"] = ""
    if disabled:
        attributes["disabled"] = ""
    return Element("option", (label,), attributes=attributes)


def _label_options(name: str, view: View, counts: Counts) -> dict[str, str]:
    """Label the values of a filter that leave any record, of many the first, and those that are chosen,
    with how many records each leaves.
    """
    found, labels = counts.get(name, {}), view.labels[name]
    if name == "country":
        labels = {code: name_country(code) for code in labels}
    chosen = view.filters.value(name)
    values = [value for value in labels if found.get(value) or value in chosen]
    if name in BY_COUNT:
        values.sort(key=lambda value: (-found.get(value, 0), labels[value]))
        values = [*values[:MAX_LISTED], *(one for one in values[MAX_LISTED:] if one in chosen)]
    return {
        value: _format_option(labels[value], format_integer(found.get(value, 0)))
        for value in values
    }


def _format_option(name: str, detail: str) -> str:
    """Return the label of an option: its name, and its count or the dates of a period."""
    return f"{name} ({detail})"


def _lead(view: View, name: str, kept: tuple[str, ...] = ()) -> dict[str, str]:
    """Say where a choice leads, for all values at once, beside those that are kept; and where one
    goes without any.
    """
    value: Any = PLACE if name in SINGLE else (*kept, PLACE)
    nothing = NO_FILTERS.value(name)
    template = _address(choose(view, name, value)).replace("%00", "{}")
    return {"data-address": template, "data-without": _address(choose(view, name, nothing))}


def _address(target: Target) -> str:
    return f".{target.address}"
