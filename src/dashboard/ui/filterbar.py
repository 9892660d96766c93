"""The filters, in one place: the sidebar, which folds away on a phone."""

from collections.abc import Mapping

import streamlit as st

from dashboard.filters import MONTH_NAMES, Filters, describe
from dashboard.ui import caches, state
from dashboard.ui.state import ALL_YEARS, View

Counts = Mapping[str, Mapping[str, int]]
MORE = {"role": "Role of the speaker", "line": "Strategic line", "pillar": "Pillar", "kind": "Kind of event",
        "country": "Country", "our_role": "Our role"}  # fmt: skip


def show(view: View) -> None:
    """Draw the filters; each option says how many held events it would leave under the others."""
    counts: dict[str, dict[str, int]] = {}
    for row in caches.rows(view, "facets"):
        counts.setdefault(row["filter"], {})[row["id"]] = row["events"]
    with st.sidebar:
        st.text_input("Search", key=state.key("text"), on_change=state.from_widgets, args=("text",), max_chars=200,
                      placeholder="Title, person, place …", icon=":material/search:")  # fmt: skip
        _year_and_months(view, counts)
        _several("speaker", "Speaker", view, counts, "Anybody")
        for name, label in MORE.items():
            _several(name, label, view, counts, "Any")
        st.button(
            "Clear all filters",
            on_click=clear,
            disabled=not _narrowed(view.filters),
            icon=":material/close:",
            width="stretch",
        )


def _year_and_months(view: View, counts: Counts) -> None:
    years = sorted(view.labels["year"], reverse=True)
    st.selectbox(
        "Year", [*years, ALL_YEARS], key=state.key("year"), on_change=state.from_widgets, args=("year",),
        format_func=lambda y: "All years" if y == ALL_YEARS else f"{y} ({counts.get('year', {}).get(y, 0)})",
    )  # fmt: skip
    year = st.session_state[state.key("year")]
    if year == ALL_YEARS and not view.filters.month:
        return
    months = [f"{year}-{number:02}" for number in range(1, 13)] if year != ALL_YEARS else list(view.filters.month)
    st.pills(
        "Month", months, selection_mode="multi", key=state.key("month"), on_change=state.from_widgets, args=("month",),
        format_func=lambda m: f"{MONTH_NAMES[int(m[5:]) - 1][:3]} {counts.get('month', {}).get(m, 0) or '–'}",
    )  # fmt: skip


def _several(name: str, label: str, view: View, counts: Counts, anything: str) -> None:
    found = counts.get(name, {})
    labels = view.labels[name]
    chosen = getattr(view.filters, name)
    options = [i for i in labels if found.get(i) or i in chosen]
    if name in ("speaker", "country"):
        options.sort(key=lambda i: (-found.get(i, 0), labels[i]))
    st.multiselect(
        label, options, key=state.key(name), on_change=state.from_widgets, args=(name,), placeholder=anything,
        format_func=lambda i: f"{labels.get(i, i)} ({found.get(i, 0)})",
    )  # fmt: skip


def _narrowed(filters: Filters) -> bool:
    return any(name != "year" for name in filters.chosen)


def clear() -> None:
    """Callback: keep the year only."""
    filters = st.session_state["filters"]
    years = filters.years() or [None]
    state.change(Filters(year=years[-1] if len(years) == 1 else None), event=None, why=None)


def in_words(view: View, noun: str) -> str:
    """The selection in words, as the title of a page."""
    return describe(view.filters, view.labels, noun)
