"""The view that answers a reading: its page under the filters that the question names, in the year
that is shown where it names no period; and the link to it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from dashboard.asking.finding import Measured, measure
from dashboard.asking.reading import Choice, Reading, Understood
from dashboard.model.filters import TIMES, Filters
from dashboard.query.metrics import METRICS
from dashboard.views.actions import ACROSS_PAGES
from dashboard.views.view import View, make_url_pairs, url

SAYS_WHEN = frozenset({"year", "month", "from", "to", "period", "form"})
"""What a question may name without saying what it is about."""


def find_scope(view: View, reading: Reading) -> View:
    """Find the view that answers: nothing of the page on which the question was asked counts, but the
    version and the year.
    """
    filters = reading.filters
    if not names_period(reading):
        filters = filters.with_(year=reading.year or find_shown_year(view))
    if reading.form == "definition":
        return lead_to(view, "records", filters, {"tab": "definitions"})
    if reading.metric == "keynotes" and not filters.role:
        filters = filters.with_(role=("keynote",))
    return lead_to(view, reading.page, filters, reading.extras)


def names_period(reading: Reading) -> bool:
    """Tell whether the question itself says of when."""
    return reading.all_years or reading.filters.has_period


def is_recognised(reading: Reading) -> bool:
    """Tell whether enough of a question was understood to answer it: a period alone does not say of
    what, where other words were not understood.
    """
    said = {one.name for one in reading.understood}
    return bool(said - SAYS_WHEN if reading.rest else said)


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


EVENTS = ("events_held", "events_planned")
METRICS_OF_PAGE: Mapping[str, tuple[str, ...]] = {
    "": (*EVENTS, "trainings_held", "projects", "results", "projects_coming", "series"),
    "trainings": ("trainings_held", "modules_developed", "modules_in_development"),
    "projects": ("projects", "results", "projects_coming"),
    "people": ("contributors",),
}
"""The numbers that answer on a page where the question names none: the first of which there is any.
On the others they are those of the events.
"""
CHAINS = (EVENTS, METRICS_OF_PAGE["trainings"], METRICS_OF_PAGE["projects"])
"""Numbers of what a question may mean by events, trainings or projects: where nothing was held, what is
planned.
"""
EVENT_PAGES = ("events", "map", "review")
METRIC_OF_STATUS: Mapping[tuple[str, ...], str] = {
    ("held",): "events_held",
    ("planned",): "events_planned",
}
E_LEARNING = ("e-learning",)
ELSEWHERE: Mapping[str, tuple[tuple[str, str], ...]] = {
    "": (("events", ""), ("trainings", ""), ("projects", "")),
    "training_participants": (("events", "event_participants"),),
    "event_participants": (("trainings", "training_participants"),),
}
"""Where to look where there is nothing: of each number, pages with the number there."""
LISTED = ("list", "count", "when", "where")
"""Forms of a question that ask for something of which there has to be any."""


def list_metrics(scope: View, named: str = "") -> tuple[str, ...]:
    """List the metrics that may answer, the first of which there is any: the one that is named, else
    those of the page under its filters. The empty name stands for events of other statuses.
    """
    filters, of_events = scope.filters, scope.page in ("", *EVENT_PAGES)
    if named in ("", "events_held") and of_events and filters.status:
        return (METRIC_OF_STATUS.get(filters.status, ""),)
    if named:
        return next((names for names in CHAINS if names[0] == named), (named,))
    if scope.page == "trainings" and filters.format == E_LEARNING:
        return METRICS_OF_PAGE["trainings"][1:]
    if of_events and filters.role:
        return ("keynotes" if filters.role == ("keynote",) else "contributions", *EVENTS[1:])
    return METRICS_OF_PAGE.get(scope.page, EVENTS)


def choose_number(scope: View, named: str = "") -> Measured:
    """Read the number that answers: of the metrics that may the first of which there is any."""
    names = list_metrics(scope, named)
    first = measure(scope, names[0])
    if first.quantity.total:
        return first
    others = [name for name in names[1:] if not scope.filters.ignored_by(METRICS[name].table)]
    found = (measure(scope, name) for name in others)
    return next((number for number in found if number.quantity.total), first)


def look_elsewhere(view: View, reading: Reading) -> Reading:
    """Read a question of the records in which there is something, where there is nothing in those that
    were chosen, and its words do not say in which to look: of an organisation without projects the
    events, of participants those of events.
    """
    paged = any(one.name == "page" for one in reading.understood)
    others = () if paged or reading.form not in LISTED else ELSEWHERE.get(reading.metric, ())
    scope = find_scope(view, reading)
    if not others or set(scope.filters.chosen) <= TIMES:
        return reading
    if choose_number(scope, reading.metric).quantity.total:
        return reading
    for page, metric in others:
        moved = replace(reading, page=page, metric=metric)
        there = find_scope(view, moved)
        number = choose_number(there, metric)
        if number.quantity.total and not there.filters.ignored_by(number.metric.table):
            return replace(moved, understood=tuple(_rename_metric(moved)))
    return reading


def _rename_metric(reading: Reading) -> Iterator[Understood]:
    """Call the number that was understood as the one that answers."""
    for one in reading.understood:
        if one.name != "metric":
            yield one
        else:
            label = METRICS[reading.metric].label
            yield replace(one, values=(reading.metric,), label=label)


def lead_to_choice(view: View, reading: Reading, choice: Choice) -> View:
    """Make the view to which a choice leads, in the year that is shown where it names none."""
    filters = choice.filters
    if not (reading.all_years or filters.has_period):
        filters = filters.with_(year=reading.year or find_shown_year(view))
    return lead_to(view, choice.page, filters, choice.extras)


def choose_number_of_choice(scope: View, choice: Choice) -> Measured:
    """Read the number of a choice: the one that it names, where its filters mean something for it."""
    named = choice.metric
    ignored = scope.filters.ignored_by(METRICS[named].table) if named else ()
    return choose_number(scope, "" if ignored else named)
