"""The parts of the Review page. Lists are text, not grids, so that they print."""

from itertools import groupby

import streamlit as st

from dashboard.query.metrics import METRICS
from dashboard.text.selection import describe_period
from dashboard.ui import metric_cards, state
from dashboard.ui.markdown import escape
from dashboard.views.content import Content, Line, Section
from dashboard.views.content.review import NUMBERS, format_numbers_of_pillar, list_years_to_compare
from dashboard.views.view import View

MAX_LISTED_LINES = 40


def draw_comparison_choice(view: View) -> None:
    """Draw the choice of the year to compare with, which is kept in the URL."""
    options = list_years_to_compare(view)
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
    """Return the mark of the footnote of a number."""
    return f":small[\\[{NUMBERS.index(name) + 1}\\]]"


def draw_headline_numbers(view: View) -> None:
    """Draw the headline numbers, each with the mark of its footnote."""
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
                metric_cards.draw_why_button(name, f"why-{name}")


def draw_sections(view: View, content: Content) -> None:
    """Draw every heading with its lists; under a pillar its numbers too."""
    for _, lists in groupby(content.sections, key=lambda section: section.key):
        sections = list(lists)
        heading, pillar = sections[0].heading, sections[0].pillar
        st.header(escape(heading), anchor=False, divider="gray" if pillar else None)
        if pillar:
            numbers = format_numbers_of_pillar(view, pillar)
            marked = [f"**{escape(words)}**{format_footnote_mark(name)}" for name, words in numbers]
            st.markdown(" · ".join(marked))
        for section in sections:
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
    """Draw what each headline number counts, in the order of the marks."""
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
        f"**{metric.label}.** {metric.counted} {metric_cards.format_not_counted(metric)}"
        f"{escape(extra)}"
    )
