"""What pages are put together from: numbers on cards and in text, definitions, empty states."""

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.model.filters import Filters
from dashboard.model.quantity import Kind, Quantity, euro, format_number
from dashboard.query.metrics import METRICS, Metric
from dashboard.ui import state
from dashboard.ui.markdown import escape
from dashboard.views.content import Words
from dashboard.views.content.common import choice, statuses_in_words
from dashboard.views.view import View

QUALIFIER = {Kind.ABOUT: "about", Kind.AT_LEAST: "at least", Kind.AT_LEAST_ABOUT: "at least about"}
CARD_WIDTH = 230
"""Pixels: four beside the filters at 1440 pixels, two at 1024, one on a phone, and no label is cut.
"""


def draw_lead(words: Words) -> None:
    """A finding in sentences."""
    if words:
        st.markdown(
            "".join(f"**{escape(text)}**" if strong else escape(text) for text, strong in words)
        )


def draw_choice(name: str, label: str, options: Mapping[str, str]) -> str:
    """A choice that stands in the URL under `name`; the first option is the default."""
    view, key = state.current_view(), f"choice_{name}"
    st.session_state[key] = choice(view, name, options)
    st.segmented_control(
        label,
        list(options),
        key=key,
        format_func=options.__getitem__,
        required=True,
        on_change=state.adopt_widget_value,
        args=(name, key),
    )
    found: str = st.session_state[key]
    return found


def draw_cards(
    view: View, names: Sequence[str], series: dict[str, list[int]] | None = None
) -> None:
    """Numbers, as many in a row as fit; `series` gives some of them a sparkline by month."""
    with st.container(horizontal=True):
        for name in names:
            draw_card(view, name, (series or {}).get(name))


def draw_card(view: View, name: str, series: list[int] | None = None) -> None:
    """One number: value with qualifier and unit, coverage, target, a sparkline, and the way to its
    rows.
    """
    metric, quantity = METRICS[name], view.number(name)
    with st.container(border=True, width=CARD_WIDTH, height="stretch", gap="xxsmall"):
        st.metric(
            metric.label,
            format_value(metric, quantity),
            help=format_definition(metric),
            chart_data=series,
            chart_type="bar",
            delta_color="gray",
        )
        for note in format_notes(view, metric, quantity):
            st.caption(note)
        if progress := view.target(name):
            limit = "at most " if progress.direction == "less" else ""
            st.caption(
                f"**{progress.status.shape} {progress.status.word.capitalize()}** · target"
                f" {limit}{format_number(progress.value)}"
            )
        st.button(
            "Why this number?",
            key=f"why-{name}",
            type="tertiary",
            on_click=state.open_link,
            args=(f"why={name}",),
            help=f"{metric.label}: definition, records and sources",
        )


def format_value(metric: Metric, quantity: Quantity) -> str:
    """A number as a card shows it: its qualifier in the same line, smaller."""
    if quantity.value is None:
        return ":gray-badge[:material/question_mark: not known]"
    qualifier = f":small[{QUALIFIER[quantity.kind]}] " if quantity.kind in QUALIFIER else ""
    return f"{qualifier}{euro(quantity.value) if metric.unit == 'euro' else format_number(quantity.value)}"


def format_notes(
    view: View, metric: Metric, quantity: Quantity, filters: Filters | None = None
) -> list[str]:
    """Coverage, and the filters that do not apply, in words."""
    found = [escape(metric.coverage(quantity))] if metric.coverage(quantity) else []
    if statuses := statuses_in_words(view, metric.name, filters):
        found.append(escape(statuses))
    if ignored := (filters or view.filters).ignored_by(metric.table):
        found.append(f"not filtered by {', '.join(name.replace('_', ' ') for name in ignored)}")
    return found


def format_definition(metric: Metric) -> str:
    """What is counted and what is not."""
    return (
        f"{metric.counted}\n\nNot counted:"
        f" {metric.not_counted[0].lower()}{metric.not_counted[1:]}\n\nBelongs to:"
        f" {metric.calendar}."
    )


def draw_empty(view: View, what: str) -> None:
    """Nothing to show, and what to change."""
    chosen = [name.replace("_", " ") for name in view.filters.chosen]
    advice = (
        f"Remove one of the filters ({', '.join(chosen)}), or choose another."
        if chosen
        else "There are no records yet."
    )
    st.info(f"**No {what} here.** {advice}", icon=":material/search_off:")
