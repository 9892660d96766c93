"""What pages are put together from: charts, cards, empty states, shared links."""

import re
from typing import Any

import streamlit as st

from dashboard.charts import Chart
from dashboard.charts.theme import Palette, palette
from dashboard.charts.world import TOPOJSON
from dashboard.metrics import METRICS, Metric
from dashboard.quantity import Kind, Number, Quantity, format_number
from dashboard.ui import caches, state
from dashboard.ui.state import View

QUALIFIER = {Kind.ABOUT: "about", Kind.AT_LEAST: "at least", Kind.AT_LEAST_ABOUT: "at least about"}
CARD_WIDTH = 230
"""Pixels: four beside the filters at 1440 pixels, two at 1024, one on a phone, and no label is cut."""
CONFIG: dict[str, Any] = {
    "displaylogo": False,
    "topojsonURL": TOPOJSON,
    "modeBarButtonsToRemove": [
        "select2d",
        "lasso2d",
        "pan2d",
        "zoom2d",
        "autoScale2d",
        "resetScale2d",
        "zoomIn2d",
        "zoomOut2d",
    ],
    "toImageButtonOptions": {"format": "png", "scale": 2},
}


def plain(text: object) -> str:
    """Text of the records for Markdown: nothing in it is a link, an image, HTML or a directive."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|<>~$:&])", r"\\\1", "" if text is None else str(text))


def colours(view: View) -> Palette:
    """The palette of the programme on the reader's theme."""
    return palette(view.settings.colours, dark=view.dark)


def chart(view: View, picture: Chart, key: str, on_select: Any = None) -> None:
    """A chart under its finding, with the same facts as a table one step away.

    `on_select` is called with the customdata of the point that was clicked.
    """
    st.subheader(plain(picture.sentence))
    if not picture.figure["data"] or not picture.table:
        st.caption("Nothing to draw in this selection.")
        return
    versioned = f"{key}-{st.session_state.setdefault('selections', 0)}"

    def selected() -> None:
        points = st.session_state[versioned].selection.points
        if points and points[0].get("customdata") is not None:
            st.session_state["selections"] += 1  # a new key forgets the selection: a second click works again
            on_select(points[0]["customdata"])

    st.plotly_chart(
        picture.figure, key=versioned, theme=None, config=CONFIG | _file_name(view, key), alt=picture.sentence,
        height=picture.height, on_select=selected if on_select else "ignore", selection_mode="points",
    )  # fmt: skip
    with st.expander("As a table", icon=":material/table:"):
        st.dataframe(picture.table, hide_index=True, alt=picture.sentence, placeholder="")


def _file_name(view: View, key: str) -> dict[str, Any]:
    name = "-".join([view.settings.short_name.lower(), key, *(value for _, value in view.filters.query())])
    image = {**CONFIG["toImageButtonOptions"], "filename": re.sub(r"[^a-z0-9-]+", "-", name)[:100]}
    return {"toImageButtonOptions": image}


def card(view: View, name: str, series: list[int] | None = None) -> None:
    """One number: value with qualifier and unit, coverage, definition, a sparkline, and the way to its rows."""
    metric, quantity = METRICS[name], caches.number(view, name)
    with st.container(border=True, width=CARD_WIDTH, height="stretch", gap="xxsmall"):
        st.metric(metric.label, _value(metric, quantity), help=definition(metric), chart_data=series, chart_type="bar",
                  delta_color="gray")  # fmt: skip
        for note in notes(view, metric, quantity):
            st.caption(note)
        st.button("Why this number?", key=f"why-{name}", type="tertiary", on_click=state.change, kwargs={"why": name})


def _value(metric: Metric, quantity: Quantity) -> str:
    if quantity.value is None:
        return ":gray-badge[:material/question_mark: not known]"
    qualifier = f":small[{QUALIFIER[quantity.kind]}] " if quantity.kind in QUALIFIER else ""
    return f"{qualifier}{euro(quantity.value) if metric.unit == 'euro' else format_number(quantity.value)}"


def euro(value: Number) -> str:
    """An amount for a card: €725,000; €1.23 million. The exact one stands behind the number."""
    return f"€{value / 1_000_000:.3g} million" if value >= 1_000_000 else f"€{format_number(value)}"


def notes(view: View, metric: Metric, quantity: Quantity) -> list[str]:
    """Coverage, and the filters that do not apply, in words."""
    found = [plain(metric.coverage(quantity))] if metric.coverage(quantity) else []
    if ignored := view.filters.ignored_by(metric.table):
        found.append(f"not filtered by {', '.join(name.replace('_', ' ') for name in ignored)}")
    return found


def definition(metric: Metric) -> str:
    """What is counted and what is not."""
    return f"{metric.counted}\n\nNot counted: {metric.not_counted[0].lower()}{metric.not_counted[1:]}\n\nBelongs to: {metric.calendar}."


def empty(view: View, what: str) -> None:
    """Nothing to show, and what to change."""
    chosen = [name.replace("_", " ") for name in view.filters.chosen]
    advice = (
        f"Remove one of the filters ({', '.join(chosen)}), or choose another."
        if chosen
        else "There are no records yet."
    )
    st.info(f"**No {what} here.** {advice}", icon=":material/search_off:")
