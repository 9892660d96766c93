"""A chart on a page, as elements: under its finding, drawn in its place or made of elements itself."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from dashboard.charts.markup import Element, make_element
from dashboard.language.messages import _, localize
from dashboard.model.quantity import Quantity
from dashboard.text.dates import format_day
from dashboard.ui.elements import draw_elements, place_chart
from dashboard.ui.page_blocks import build_fold, build_heading
from dashboard.views.content import Content, Picture
from dashboard.views.view import View

MAX_TABLE_ROWS, SHORT = 100, 12


def build_chart(content: Content, key: str, heading: str = "") -> Element | None:
    """Build the chart of a page that has this name, under its finding or another heading; None
    where the page holds none.
    """
    picture = content.picture(key)
    return build_picture(picture, heading) if picture else None


def build_charts(content: Content) -> Iterator[Element]:
    """Build all charts of a page."""
    return (build_picture(picture) for picture in content.pictures)


def build_picture(picture: Picture, heading: str = "") -> Element:
    """Build a chart under its finding, with what is said beneath it."""
    chart = picture.chart
    return make_element(
        "section",
        build_heading(heading or picture.heading or chart.sentence),
        chart.markup,
        place_chart(picture.key) if chart.figure else None,
        picture.foot or (make_element("p", picture.note, css="note") if picture.note else None),
        css="block",
    )


def build_tables(pictures: Sequence[Picture]) -> Element | None:
    """Build the fold with the facts of charts as tables: one line opens all of them."""
    drawn = [one.chart for one in pictures if one.chart.table and one.chart.figure]
    tables = [build_table(chart.table, chart.sentence) for chart in drawn]
    return build_fold(_("As a table"), *tables, key="tables") if tables else None


def build_table(facts: Sequence[Mapping[str, Any]], caption: str) -> Element:
    """Build rows as a table, for who does not see the picture or reads on paper."""
    rows = facts[:MAX_TABLE_ROWS]
    head = [make_element("th", name, scope="col") for name in rows[0]]
    body = [make_element("tr", *map(_build_cell, row.values())) for row in rows]
    more = len(facts) - len(rows)
    return make_element(
        "div",
        make_element(
            "table",
            make_element("caption", caption) if caption else None,
            make_element("thead", make_element("tr", *head)),
            make_element("tbody", *body),
            css="twin",
        ),
        make_element("p", _("and {n:,} more", n=more), css="more") if more else None,
        css="twin-room",
    )


def _build_cell(value: object) -> Element:
    """Build a cell; what is short, such as a day, has one line."""
    said = format_cell(value)
    return make_element("td", said, css="short" if len(said) <= SHORT else "")


def format_cell(value: object) -> str:
    """Say what a cell holds."""
    if value is None:
        return ""
    if isinstance(value, Quantity):
        return value.words()
    if isinstance(value, date):
        return format_day(value)
    return localize(str(value)) if isinstance(value, float | Decimal) else str(value)


def draw_single_chart(view: View, picture: Picture) -> None:
    """Draw one chart by itself: for its own link, in another site, in a panel."""
    draw_elements(view, f"chart-{picture.key}", build_picture(picture), pictures=(picture,))
