"""Targets on a page: status by shape and word, the path, the pace that is needed, the decision
behind it.
"""

import streamlit as st

from dashboard.model.quantity import format_number
from dashboard.query.targets import Progress, Status
from dashboard.text.words import day
from dashboard.ui.markdown import escape
from dashboard.ui.metric_cards import draw_why_button
from dashboard.views.view import View


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
    limit = "at most " if progress.direction == "less" else ""
    return f"target {limit}{format_number(progress.value)} in {progress.year}"


def draw_target(progress: Progress) -> None:
    """Draw one target in words."""
    st.markdown(
        f"**{format_status(progress)}: {escape(progress.label)}**, {escape(format_aim(progress))}."
        f" {escape(progress.sentence)}"
    )
    lines = [
        f"Decided: {progress.decision}"
        + (f"; {progress.owner} answers for it" if progress.owner else "")
    ]
    if progress.deviation and progress.status not in (Status.REACHED, Status.ON_COURSE):
        deviation = progress.deviation
        state_of = "Accepted until" if deviation.in_force else "Had been accepted until"
        lines.append(
            f"{state_of} {day(deviation.until)} by {deviation.accepted_by}: {deviation.reason}"
        )
    for line in lines:
        st.caption(escape(line))
