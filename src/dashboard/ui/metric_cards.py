"""Numbers and targets on cards and in text: with how well a number is known, its definition, the
way to its rows, and how far a target is reached.
"""

from collections.abc import Sequence

import streamlit as st

from dashboard.model.filters import Filters
from dashboard.model.quantity import Kind, Quantity, format_euro, format_number
from dashboard.query.metrics import METRICS, Metric
from dashboard.query.targets import Progress, Status
from dashboard.text.dates import format_day
from dashboard.ui import state
from dashboard.ui.markdown import escape
from dashboard.views.content.common import format_statuses
from dashboard.views.view import View

QUALIFIERS = {Kind.ABOUT: "about", Kind.AT_LEAST: "at least", Kind.AT_LEAST_ABOUT: "at least about"}
CARD_WIDTH = 230
"""Pixels: four beside the filters at 1440 pixels, two at 1024, one on a phone, and no label is cut.
"""


def draw_cards(
    view: View, names: Sequence[str], series: dict[str, list[int]] | None = None
) -> None:
    """Draw numbers, as many in a row as fit; `series` gives some of them a sparkline by month."""
    with st.container(horizontal=True):
        for name in names:
            draw_card(view, name, (series or {}).get(name))


def draw_card(view: View, name: str, series: list[int] | None = None) -> None:
    """Draw one number: value with qualifier and unit, coverage, target, a sparkline, and the way to
    its rows.
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
        _draw_target_line(view, name)
        draw_why_button(name, f"why-{name}", f"{metric.label}: definition, records and sources")


def _draw_target_line(view: View, name: str) -> None:
    if progress := view.target(name):
        st.caption(f"**{format_status(progress)}** · target {_format_target_value(progress)}")


def draw_why_button(
    name: str,
    key: str,
    help: str | None = None,  # noqa: A002 - Streamlit's name for it
) -> None:
    """Draw the button that opens the definition and the records of a metric."""
    st.button(
        "Why this number?",
        key=key,
        type="tertiary",
        on_click=state.open_link,
        args=(f"why={name}",),
        help=help,
    )


def format_value(metric: Metric, quantity: Quantity) -> str:
    """Return a number as a card shows it: its qualifier in the same line, smaller."""
    if quantity.value is None:
        return ":gray-badge[:material/question_mark: not known]"
    qualifier = f":small[{QUALIFIERS[quantity.kind]}] " if quantity.kind in QUALIFIERS else ""
    format_amount = format_euro if metric.unit == "euro" else format_number
    return qualifier + format_amount(quantity.value)


def format_notes(
    view: View, metric: Metric, quantity: Quantity, filters: Filters | None = None
) -> list[str]:
    """Return its coverage, and the filters that do not apply, in words."""
    found = [escape(metric.coverage(quantity))] if metric.coverage(quantity) else []
    if statuses := format_statuses(view, metric.name, filters):
        found.append(escape(statuses))
    if ignored := (filters or view.filters).ignored_by(metric.table):
        found.append(f"not filtered by {', '.join(name.replace('_', ' ') for name in ignored)}")
    return found


def format_definition(metric: Metric) -> str:
    """Return what is counted and what is not, in paragraphs."""
    return f"{metric.counted}\n\n{format_not_counted(metric)}\n\nBelongs to: {metric.calendar}."


def format_not_counted(metric: Metric) -> str:
    """Return what is not counted, as a sentence after what is."""
    return f"Not counted: {metric.not_counted[0].lower()}{metric.not_counted[1:]}"


def draw_targets(view: View) -> None:
    """Draw all targets of the year; nothing where none are recorded."""
    found = view.progress()
    if not found:
        return
    st.header("Targets", anchor=False)
    for progress in found:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            with st.container(width="stretch", gap="xxsmall"):
                draw_target(progress)
            draw_why_button(progress.metric, f"why-target-{progress.target_id}")


def format_status(progress: Progress) -> str:
    """Return shape and word: "▼ Behind"."""
    return f"{progress.status.shape} {progress.status.word.capitalize()}"


def format_aim(progress: Progress) -> str:
    """Return what is to be reached: "target 44 in 2026"."""
    return f"target {_format_target_value(progress)} in {progress.year}"


def _format_target_value(progress: Progress) -> str:
    limit = "at most " if progress.direction == "less" else ""
    return f"{limit}{format_number(progress.value)}"


def draw_target(progress: Progress) -> None:
    """Draw one target in words."""
    st.markdown(
        f"**{format_status(progress)}: {escape(progress.label)}**, {escape(format_aim(progress))}."
        f" {escape(progress.sentence)}"
    )
    for line in list_target_lines(progress):
        st.caption(escape(line))


def list_target_lines(progress: Progress) -> list[str]:
    """Say who decided a target, and why it is accepted that it is not reached."""
    lines = [
        f"Decided: {progress.decision}"
        + (f"; {progress.owner} answers for it" if progress.owner else "")
    ]
    if progress.deviation and progress.status not in (Status.REACHED, Status.ON_COURSE):
        deviation = progress.deviation
        state_of = "Accepted until" if deviation.in_force else "Had been accepted until"
        lines.append(
            f"{state_of} {format_day(deviation.until)} by {deviation.accepted_by}: {deviation.reason}"
        )
    return lines
