"""The parts of the Review page. Lists are text, not grids, so that they print."""

from itertools import groupby

import streamlit as st

from dashboard.model.filters import NOT_STATED
from dashboard.query.metrics import METRICS
from dashboard.text.wording import describe_period
from dashboard.ui import metric_cards, state
from dashboard.ui.markdown import escape
from dashboard.views.content import Content, Line, Section
from dashboard.views.content.review import NUMBERS, UNDER_NONE, numbers_of_pillar, years_to_compare
from dashboard.views.view import View

MAX_LISTED_LINES = 40


def draw_comparison_choice(view: View) -> None:
    """The year to compare with, chosen in the page and kept in the URL."""
    options = years_to_compare(view)
    if options:
        chosen = view.extras.get("compare")
        st.session_state["compare"] = chosen if chosen in options else None
        st.selectbox(
            "Compare with another year",
            options,
            index=None,
            key="compare",
            width=260,
            placeholder="No comparison",
            on_change=state.adopt_widget_value,
            args=("compare",),
        )


def format_footnote_mark(name: str) -> str:
    """The footnote of a number."""
    return f":small[\\[{NUMBERS.index(name) + 1}\\]]"


def draw_headline_numbers(view: View) -> None:
    """The headline numbers, each with its footnote."""
    with st.container(horizontal=True, key="review-numbers"):
        for name in NUMBERS:
            metric, quantity = METRICS[name], view.number(name)
            with st.container(width=190, gap="xxsmall"):
                st.metric(
                    f"{metric.label} {format_footnote_mark(name)}",
                    metric_cards.format_value(metric, quantity),
                )
                if coverage := metric.coverage(quantity):
                    st.caption(escape(coverage))
                st.button(
                    "Why this number?",
                    key=f"why-{name}",
                    type="tertiary",
                    on_click=state.open_link,
                    args=(f"why={name}",),
                )


def draw_sections(view: View, content: Content) -> None:
    """Every heading with its lists; under a pillar its numbers too."""
    pillars = {label: pillar for pillar, label in view.labels["pillar"].items()} | {
        UNDER_NONE: NOT_STATED
    }
    for heading, lists in groupby(content.sections, key=lambda section: section.heading):
        found = list(lists)
        of_pillar = found[0].group != ""
        st.header(escape(heading), anchor=False, divider="gray" if of_pillar else None)
        if of_pillar:
            said = numbers_of_pillar(view, pillars[heading])
            st.markdown(
                " · ".join(
                    f"**{escape(words)}**{format_footnote_mark(name)}" for name, words in said
                )
            )
        for section in found:
            _draw_list(view, section)


def _draw_list(view: View, section: Section) -> None:
    lines = [_format_line(view, line) for line in section.lines[:MAX_LISTED_LINES]]
    if len(section.lines) > MAX_LISTED_LINES:
        lines.append(f"- and {len(section.lines) - MAX_LISTED_LINES:,} more")
    st.markdown((f"**{escape(section.group)}**\n\n" if section.group else "") + "\n".join(lines))


def _format_line(view: View, line: Line) -> str:
    name, _, value = line.link.partition("=")
    if name == "why":  # a comparison: the number in words is what matters
        return f"- **{escape(line.text)}**: {escape(line.note)}"
    return f"- [{escape(line.text)}]({view.link(**{name: value})[1:]})" + (
        f" :gray[{escape(line.note)}]" if line.note else ""
    )


def draw_footnotes(view: View) -> None:
    """What each headline number counts, in the order of the marks."""
    st.header("Footnotes", anchor=False, divider="gray")
    st.markdown(
        "\n".join(f"{nr}. {_format_footnote(view, name)}" for nr, name in enumerate(NUMBERS, 1))
    )
    st.caption(
        f"Period: {describe_period(view.filters) or 'all years'}. Every number and record can be"
        " opened in the dashboard, with its sources."
    )


def _format_footnote(view: View, name: str) -> str:
    metric, quantity = METRICS[name], view.number(name)
    coverage = metric.coverage(quantity)
    ignored = [n.replace("_", " ") for n in view.filters.ignored_by(metric.table)]
    extra = f" Known {coverage}." if coverage and quantity.known else ""
    extra += f" Not filtered by {', '.join(ignored)}." if ignored else ""
    return (
        f"**{metric.label}.** {metric.counted} Not counted:"
        f" {metric.not_counted[0].lower()}{metric.not_counted[1:]}{escape(extra)}"
    )
