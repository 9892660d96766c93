"""The line that stands where a page has nothing to show, with the way to where there is something."""

from dashboard.charts.markup import Element, make_element
from dashboard.language.messages import _
from dashboard.model.filters import NO_FILTERS
from dashboard.views.actions import CLEAR
from dashboard.views.view import View


def build_nothing(view: View, words: str) -> Element:
    """Build the line with the nearest thing to choose: all filters taken back, or the nearest year of
    which something of the page is recorded.
    """
    return make_element("p", f"{words} ", _build_way_out(view), css="empty")


def _build_way_out(view: View) -> Element | None:
    if set(view.filters.chosen) - {"year"}:
        return make_element("a", _("Take the filters back"), act=CLEAR)
    rows = view.rows("recorded", NO_FILTERS)
    years = {row["year"] for row in rows if row["table_name"] == view.page and row["year"]}
    if not years or not view.filters.year:
        return None
    nearest = min(years, key=lambda year: (abs(year - view.filters.year), -year))
    return make_element("a", _("Look at {year}", year=nearest), act=f"year={nearest}")
