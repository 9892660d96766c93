"""The filters, in one place: the sidebar, which folds away on a phone."""

from collections.abc import Mapping
from functools import partial

import streamlit as st

from dashboard.model.filters import Filters
from dashboard.model.periods import PERIODS, resolve_period
from dashboard.model.roles import Role
from dashboard.query.facets import Counts, count_facets
from dashboard.text.dates import MONTH_NAMES
from dashboard.text.selection import describe_period
from dashboard.ui import state
from dashboard.ui.filter_options import format_option
from dashboard.ui.permission import requires
from dashboard.views.view import ALL_YEARS, DIALOGS, View

FILTER_LABELS = {
    "speaker": "Speaker",
    "role": "Role of the speaker",
    "level": "Level",
    "discipline": "Discipline",
    "format": "Format",
    "line": "Strategic line",
    "pillar": "Pillar",
    "kind": "Kind of event",
    "country": "Country",
    "city": "City",
    "our_role": "Our role",
    "status": "Status of the event",
}
EVENT_FILTERS = ("speaker", "role", "line", "pillar", "kind", "country", "our_role", "status")
FILTERS_BY_PAGE = {
    "trainings": ("level", "discipline", "format", "line", "pillar"),
    "projects": ("line", "pillar", "speaker", "our_role"),
}
"""Filters that mean something on a page; one that is chosen is shown on every page."""
COUNTED_BY_PAGE = {
    "trainings": "trainings and modules that were not cancelled",
    "projects": "projects and results, whatever their status",
}
"""What the numbers beside the options count on a page; elsewhere events held."""
FACETS_BY_PAGE = {
    "trainings": ("facets_trainings", "trainings"),
    "projects": ("facets_projects", "projects"),
}


def draw_filter_bar(view: View) -> None:
    """Draw the filters; each option says how many records of the page it would leave under the
    others.
    """
    found, shown = count_options(view), FILTERS_BY_PAGE.get(view.page, EVENT_FILTERS)
    _draw_search(view)
    counted = COUNTED_BY_PAGE.get(view.page, "events held")
    st.caption(f"The number beside an option counts {counted}.")
    _draw_years(view, found)
    _draw_months(view, found)
    for name, label in FILTER_LABELS.items():
        if name in shown or getattr(view.filters, name):
            _draw_multiselect(name, label, view, found)
    st.button(
        "Clear all filters",
        on_click=clear_filters,
        disabled=not _is_narrowed(view.filters),
        icon=":material/close:",
        width="stretch",
    )


def _draw_search(view: View) -> None:
    st.text_input(
        "Search",
        key=state.widget_key("text"),
        on_change=state.apply_filter_widget,
        args=("text", view.today),
        max_chars=200,
        placeholder="Title, person, place …",
        icon=":material/search:",
    )


def count_options(view: View) -> Counts:
    """Return how many records of the page each value of a filter would leave under the others."""
    question, table = FACETS_BY_PAGE.get(view.page, ("facets", "events"))
    years = "facets_years" if question == "facets" else question
    return count_facets(
        partial(view.rows, question), view.filters.applying_to(table), partial(view.rows, years)
    )


def _draw_years(view: View, counts: Counts) -> None:
    """Draw the choice of a year, all years, or a period in words."""
    years, found = sorted(view.labels["year"], reverse=True), counts.get("year", {})
    shown = {str(year): str(year) for year in view.filters.years() or []}
    labels = {
        year: format_option(year, f"{found.get(year, 0):,}") if found else year for year in years
    }
    labels |= {ALL_YEARS: "All years"}
    labels |= {year: label for year, label in shown.items() if year not in labels}
    labels |= {word: _format_named_period(view, word) for word in PERIODS}
    named = {**{option: option for option in labels}, ALL_YEARS: "All years", **PERIODS}
    st.selectbox(
        "Year",
        list(labels),
        key=state.widget_key("year"),
        on_change=state.apply_filter_widget,
        args=("year", view.today, named),
        format_func=labels.__getitem__,
    )


def _draw_months(view: View, counts: Counts) -> None:
    """Draw the choice of months of the year that is shown, else of those that are chosen."""
    years, chosen, of_month = (
        view.filters.years() or [],
        view.filters.month,
        counts.get("month", {}),
    )
    if len(years) == 1:
        months = [f"{years[0]}-{number:02}" for number in range(1, 13)]
    elif chosen:
        months = list(chosen)
    else:
        return
    st.pills(
        "Month",
        months,
        selection_mode="multi",
        key=state.widget_key("month"),
        on_change=state.apply_filter_widget,
        args=("month", view.today),
        format_func=lambda month: _format_month(month, of_month, with_year=len(years) > 1),
    )


def _format_month(month: str, counts: Mapping[str, int], *, with_year: bool) -> str:
    """Return a month with how many records it would leave: "May 5"; "May 2025: 5" beside months of
    other years.
    """
    name = MONTH_NAMES[int(month[5:]) - 1][:3]
    found = f"{counts[month]:,}" if counts.get(month) else "–" if counts else ""
    if with_year:
        return f"{name} {month[:4]}" + (f": {found}" if found else "")
    return f"{name} {found}".strip()


def _format_named_period(view: View, word: str) -> str:
    """Return a period as the word and as the dates: "This month (November 2026)"; in a pinned view
    the dates that it has.
    """
    chosen = view.extras.get("period") == word
    dates = view.filters if chosen else Filters(**resolve_period(word, view.today))
    return format_option(PERIODS[word], describe_period(dates).removeprefix("in "))


def _draw_multiselect(name: str, label: str, view: View, counts: Counts) -> None:
    found = counts.get(name, {})
    labels = view.labels[name]
    chosen = getattr(view.filters, name)
    options = [i for i in labels if found.get(i) or i in chosen]
    if name in ("speaker", "country", "city"):
        options.sort(key=lambda i: (-found.get(i, 0), labels[i]))
    st.multiselect(
        label,
        options,
        key=state.widget_key(name),
        on_change=state.apply_filter_widget,
        args=(name, view.today, labels),
        placeholder="Anybody" if name == "speaker" else "Any",
        format_func=lambda i: format_option(labels.get(i, i), f"{found.get(i, 0):,}"),
    )


def _is_narrowed(filters: Filters) -> bool:
    return any(name != "year" for name in filters.chosen)


@requires(Role.VIEWER)
def clear_filters() -> None:
    """Callback: keep the year only."""
    filters = st.session_state["filters"]
    years = filters.years() or [None]
    state.change_view(
        Filters(year=years[-1] if len(years) == 1 else None), period=None, **dict.fromkeys(DIALOGS)
    )
