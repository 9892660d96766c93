"""The view that answers a reading: its page under the filters that the question names, in the year
that is shown where it names no period; and the link to it.
"""

from collections.abc import Mapping
from dataclasses import replace

from dashboard.asking.reading import Choice, Reading
from dashboard.model.filters import Filters
from dashboard.views.actions import ACROSS_PAGES
from dashboard.views.view import View, make_url_pairs, url


def find_scope(view: View, reading: Reading) -> View:
    """Find the view that answers: nothing of the page on which the question was asked counts, but the
    version and the year.
    """
    filters = reading.filters
    if not names_period(reading):
        filters = filters.with_(year=reading.year or find_shown_year(view))
    return lead_to(view, reading.page, filters, reading.extras)


def names_period(reading: Reading) -> bool:
    """Tell whether the question itself says of when."""
    return reading.all_years or reading.filters.period() != (None, None)


def find_shown_year(view: View) -> int | None:
    """Find the year that a view shows; None for all years, and for several."""
    years = view.filters.years() or []
    return years[0] if len(years) == 1 else None


def lead_to(view: View, page: str, filters: Filters, extras: Mapping[str, str]) -> View:
    """Make the view of another page under other filters, of the same version in the same language."""
    kept = {name: value for name, value in view.extras.items() if name in ACROSS_PAGES}
    kept.pop("period", None)
    return replace(view, page=page, filters=filters, extras=kept | dict(extras), notices=())


def write_link(view: View) -> str:
    """Write the link to a view, without host."""
    return url(view.page, make_url_pairs(view.filters, view.extras))


METRIC_OF_PAGE: Mapping[str, str] = {
    "trainings": "trainings_held",
    "projects": "projects",
    "people": "contributors",
}
"""The number that answers on a page where the question names none; on the others it is that of the
events.
"""
E_LEARNING = ("e-learning",)


def choose_metric(scope: View, named: str = "") -> str:
    """Choose the metric that answers: the one that is named, else that of the page under its filters.
    Planned events are another metric than those held.
    """
    filters = scope.filters
    if named in ("", "events_held") and filters.status == ("planned",):
        if METRIC_OF_PAGE.get(scope.page) is None:
            return "events_planned"
    if named:
        return named
    if scope.page == "trainings" and filters.format == E_LEARNING:
        return "modules_developed"
    if scope.page in METRIC_OF_PAGE:
        return METRIC_OF_PAGE[scope.page]
    if filters.role == ("keynote",):
        return "keynotes"
    return "contributions" if filters.role else "events_held"


def lead_to_choice(view: View, reading: Reading, choice: Choice) -> View:
    """Make the view to which a choice leads, in the year that is shown where it names none."""
    filters = choice.filters
    if not reading.all_years and filters.period() == (None, None):
        filters = filters.with_(year=reading.year or find_shown_year(view))
    return lead_to(view, choice.page, filters, choice.extras)
