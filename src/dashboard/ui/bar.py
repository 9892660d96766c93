"""The bar above a page: what is asked for, the filters by which meetings filter, and what can be
done with the page.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

import streamlit as st

from dashboard.model.filters import Filters
from dashboard.model.periods import PERIODS, resolve_period
from dashboard.model.roles import Role
from dashboard.model.sitemap import UNFILTERED
from dashboard.query.facets import FACETS, Counts, count_facets
from dashboard.text.countries import name_country
from dashboard.text.dates import MONTH_NAMES
from dashboard.text.messages import N_, _
from dashboard.text.selection import describe_period, name_filter
from dashboard.ui import presentation, state
from dashboard.ui.dialogs import share, take_along
from dashboard.ui.filter_options import format_option
from dashboard.ui.permission import requires
from dashboard.views.content import Content
from dashboard.views.view import ALL_YEARS, View

EVENT_FILTERS = ("status", "role", "kind", "line", "pillar", "country", "our_role")
MORE_BY_PAGE: Mapping[str, tuple[str, ...]] = {
    "trainings": ("level", "discipline", "format", "line", "pillar"),
    "projects": ("line", "pillar", "our_role"),
}
"""Filters that mean something on a page, beside those in the bar; one that is chosen is shown on
every page.
"""
YEAR_ONLY = frozenset({"review"})
"""Pages of whole years: what else is chosen there by a link can be taken back by its chip."""
WITH_PERSON = frozenset({"", "events", "map", "projects", "people"})
WIDTHS = {"year": 104, "month": 128, "speaker": 184}
"""Pixels."""
DEEDS: Mapping[str, tuple[str, Callable[[], None]]] = {
    "share": (N_("Share"), partial(share.request_share_dialog, "")),
    "take": (N_("Take along"), take_along.request_dialog),
    "present": (N_("Present"), presentation.start_presentation),
}
"""What can be done with a page: what it is called, and its callback."""
ICONS = {
    "share": ":material/share:",
    "take": ":material/download:",
    "present": ":material/slideshow:",
}


def draw_bar(view: View, content: Content | None) -> None:
    """Draw the bar of a page; of one that shows everything, without filters. A phone shows what can
    be done in one menu (ui/static/site.css).
    """
    deeds = list_deeds(view, content)
    with st.container(horizontal=True, key="bar", gap="small", vertical_alignment="center"):
        _draw_ask_field()
        if view.page not in UNFILTERED:
            _draw_filters(view)
        for name in deeds:
            st.button(_(DEEDS[name][0]), key=name, icon=ICONS[name], on_click=do_deed, args=(name,))
        st.menu_button(
            "⋯",
            deeds,
            key="deeds",
            format_func=lambda name: _(DEEDS[name][0]),
            on_click=do_chosen,
            help=_("Share, take along, present"),
        )


def list_deeds(view: View, content: Content | None) -> list[str]:
    """List what can be done with a page: one of the Data section is shared, Records taken along."""
    takes = content is not None or view.page == "records"
    return ["share", *(["take"] if takes else []), *(["present"] if content else [])]


@requires(Role.VIEWER)
def do_deed(name: str) -> None:
    """Do what can be done with a page, by its name (callback)."""
    if name in DEEDS:
        DEEDS[name][1]()


@requires(Role.VIEWER)
def do_chosen() -> None:
    """Do what was chosen in the menu of a phone (callback)."""
    do_deed(st.session_state["deeds"])


def _draw_ask_field() -> None:
    st.text_input(
        _("Find"),
        key="ask",
        on_change=find_named,
        max_chars=200,
        placeholder=_("Find: a name, a title, a place"),
        icon=":material/search:",
        label_visibility="collapsed",
    )


@requires(Role.VIEWER)
def find_named() -> None:
    """List what the records name so (callback)."""
    asked = " ".join(str(st.session_state["ask"] or "").split())
    st.session_state["ask"] = ""
    if asked and asked.isprintable():
        state.go_to_page("records", find=asked)


def count_options(view: View, names: Iterable[str] = ("speaker",)) -> Counts:
    """Return how many records of the page each value of some filters would leave under the others."""
    table = view.page if view.page in FACETS else "events"
    return count_facets(view.rows, table, view.filters.applying_to(table), names)


def _draw_filters(view: View) -> None:
    _draw_years(view)
    if view.page in YEAR_ONLY:
        return
    _draw_months(view)
    with_person = view.page in WITH_PERSON
    if with_person:
        _draw_one("speaker", view, count_options(view))
    names = list_more_filters(view)
    behind = [name for name in (*names, "text") if name != "speaker" or not with_person]
    chosen = sum(bool(getattr(view.filters, name)) for name in behind)
    more = st.popover(
        _("More ({n})", n=chosen) if chosen else _("More"),
        key="more",
        icon=":material/tune:",
        on_change="rerun",
        width="content",
    )
    if more.open:  # its boxes are drawn for who looks at them only
        with more:
            found = count_options(view, names)
            for name in names:
                _draw_several(name, view, found)
            _draw_words(view)


def list_more_filters(view: View) -> tuple[str, ...]:
    """List the filters behind “More”: those that mean something on the page, and every other one
    that is chosen. The person is first, for who cannot see the bar's.
    """
    person = ("speaker",) if view.page in WITH_PERSON else ()
    shown = (*person, *MORE_BY_PAGE.get(view.page, EVENT_FILTERS))
    left = {*shown, "year", "month", "text"}
    return (*shown, *(name for name in view.filters.chosen if name not in left))


def _draw_words(view: View) -> None:
    st.text_input(
        _("Words"),
        key=state.widget_key("text"),
        on_change=state.apply_filter_widget,
        args=("text", view.today),
        max_chars=200,
        placeholder=_("In titles, names, places …"),
    )


def _draw_years(view: View) -> None:
    """Draw the choice of a year, all years, or a period in words."""
    years = sorted(view.labels["year"], reverse=True)
    shown = {str(year): str(year) for year in view.filters.years() or []}
    labels = (
        {year: year for year in years}
        | {ALL_YEARS: _("All years")}
        | {year: label for year, label in shown.items() if year not in years}
    )
    labels |= {word: _format_named_period(view, word) for word in PERIODS}
    named = {**{option: option for option in labels}, ALL_YEARS: _("All years"), **PERIODS}
    st.selectbox(
        _("Year"),
        list(labels),
        key=state.widget_key("year"),
        on_change=state.apply_filter_widget,
        args=("year", view.today, named),
        format_func=labels.__getitem__,
        label_visibility="collapsed",
        width=WIDTHS["year"],
    )


def _format_named_period(view: View, word: str) -> str:
    """Return a period as the word and as the dates: "This month (November 2026)"; in a pinned view
    the dates that it has.
    """
    chosen = view.extras.get("period") == word
    dates = view.filters if chosen else Filters(**resolve_period(word, view.today))
    return format_option(PERIODS[word], describe_period(dates).removeprefix("in "))


def _draw_months(view: View) -> None:
    """Draw the choice of a month of the year that is shown, else of those that are chosen."""
    years = view.filters.years() or []
    if len(years) == 1:
        months = [f"{years[0]}-{number:02}" for number in range(1, 13)]
    elif view.filters.month:
        months = list(view.filters.month)
    else:
        return
    names = {month: _name_month(month, with_year=len(years) > 1) for month in months}
    _draw_single_choice("month", view, names)


def _name_month(month: str, *, with_year: bool) -> str:
    name = MONTH_NAMES[int(month[5:]) - 1]
    return f"{name} {month[:4]}" if with_year else name


def _draw_one(name: str, view: View, counts: Counts) -> None:
    """Draw a filter of the bar with the values that leave any record, those with most first."""
    found, labels = counts.get(name, {}), view.labels[name]
    chosen = getattr(view.filters, name)
    options = [i for i in labels if found.get(i) or i in chosen]
    options.sort(key=lambda i: (-found.get(i, 0), labels[i]))
    _draw_single_choice(name, view, {i: labels[i] for i in options}, found)


def _draw_single_choice(
    name: str, view: View, names: Mapping[str, str], found: Mapping[str, int] | None = None
) -> None:
    """Draw one value of a filter to choose; of several that are chosen the chips tell."""
    chosen = getattr(view.filters, name)
    placeholder = _(BAR_LABELS[name])
    st.selectbox(
        placeholder,
        list(names),
        index=None,
        key=state.single_key(name),
        on_change=state.apply_single_choice,
        args=(name, view.today, names),
        placeholder=_("{n} chosen", n=len(chosen)) if len(chosen) > 1 else placeholder,
        format_func=lambda i: (
            format_option(names[i], f"{found.get(i, 0):,}") if found else names[i]
        ),
        label_visibility="collapsed",
        width=WIDTHS[name],
    )


BAR_LABELS = {"month": N_("Month"), "speaker": N_("Person")}


def _draw_several(name: str, view: View, counts: Counts) -> None:
    found, labels = counts.get(name, {}), view.labels[name]
    if name == "country":
        labels = {code: name_country(code) for code in labels}
    chosen = getattr(view.filters, name)
    options = [i for i in labels if found.get(i) or i in chosen]
    if name in ("speaker", "country", "city"):
        options.sort(key=lambda i: (-found.get(i, 0), labels[i]))
    label = name_filter(name)
    st.multiselect(
        f"{label[:1].upper()}{label[1:]}",
        options,
        key=state.widget_key(name),
        on_change=state.apply_filter_widget,
        args=(name, view.today, labels),
        placeholder=_("Any"),
        format_func=lambda i: format_option(labels.get(i, i), f"{found.get(i, 0):,}"),
    )
