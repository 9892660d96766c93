"""The year in review: to read, to project, to print and to take along."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dashboard.charts.glance import Year
from dashboard.model.filters import NOT_STATED
from dashboard.model.quantity import make_quantity
from dashboard.text.counts import format_count
from dashboard.text.dates import format_partial_date
from dashboard.text.records import (
    format_event_dates,
    format_event_place,
    format_project_period,
    has_place,
)
from dashboard.views.content import Content, Line, Section, compare
from dashboard.views.content.common import (
    describe_selection,
    format_metric,
    format_people_of_events,
)
from dashboard.views.content.overview import make_lead
from dashboard.views.content.tiles import make_tiles
from dashboard.views.view import View

NUMBERS = (
    "events_held",
    "contributors",
    "countries",
    "partners",
    "trainings_held",
    "training_participants",
    "projects",
    "results",
    "series",
    "funding_received",
    "funding_elsewhere",
)
OF_PILLAR = (
    "events_held",
    "trainings_held",
    "training_participants",
    "projects",
    "results",
    "series",
)
NAMES = {
    "events": "Events",
    "series": "Series",
    "trainings": "Trainings and modules",
    "projects": "Projects and results",
}
PANELS = {"events": "event", "projects": "project"}
UNDER_NONE = "Under no stated pillar"
MAX_ACTIVITIES = 4
"""Of a partner, on its line."""
Row = Mapping[str, Any]
List = tuple[str, str, Sequence[Row], Callable[[Row], str]]
"""A table, the name of its id, rows of it, and what is said of each."""


def content(view: View) -> Content:
    """Make the review of a view."""
    year = Year(view.rows("events"), view.rows("trainings"), view.rows("projects"))
    if not (year.events or year.trainings or year.projects):
        return Content(make_title(view), make_lead(view), make_tiles(view, NUMBERS))
    return Content(
        make_title(view),
        make_lead(view),
        make_tiles(view, NUMBERS),
        sections=_sections(view, year),
    )


def _sections(view: View, year: Year) -> tuple[Section, ...]:
    lists = _lists(view, year)
    return (
        *list_highlights(view, lists),
        *list_by_pillar(view, lists),
        *list_partners(view),
    )


def make_title(view: View) -> str:
    """Title the page: "DASH, 2025 in review"; other filters are said."""
    if view.filters.chosen in (("year",), ()):
        return f"{view.settings.short_name}, {view.filters.year or 'all years'} in review"
    return f"{view.settings.short_name} in review: {describe_selection(view, 'everything')}"


def list_highlights(view: View, lists: Sequence[List]) -> tuple[Section, ...]:
    """List what each source names among its highlights, as far as it is in the selection."""
    within = {(table, row[key]) for table, key, rows, _ in lists for row in rows}
    found: dict[str, list[Line]] = {}
    for named in view.rows("highlights"):
        table, identity = named["table_name"], named["record_id"]
        if (table, identity) in within:
            line = Line(named["label"], link=_link(table, identity))
            found.setdefault(named["source"], []).append(line)
    return tuple(
        Section(f"Named among the highlights of {source}", lines, key=f"highlights:{source}")
        for source, lines in found.items()
    )


def _link(table: str, identity: str) -> str:
    panel = PANELS.get(table)
    return f"{panel}={identity}" if panel else f"record={table}.{identity}"


def _lists(view: View, year: Year) -> tuple[List, ...]:
    people = format_people_of_events(view) if year.events else {}
    return (
        ("events", "event_id", year.events, lambda e: _describe_event(e, people)),
        ("series", "series_id", view.rows("series"), lambda _: "held several times"),
        ("trainings", "training_id", year.trainings, _describe_training),
        ("projects", "project_id", year.projects, format_project_period),
    )


def _describe_event(event: Row, people: Mapping[str, str]) -> str:
    """Say when and where an event was, who was named there, and whether it is only planned."""
    place = f", {format_event_place(event)}" if has_place(event) else ""
    who = f": {people[event['event_id']]}" if event["event_id"] in people else ""
    return f"{format_event_dates(event)}{place}{who}{' (planned)' if event['status'] == 'planned' else ''}"


def _describe_training(training: Row) -> str:
    return f"{format_partial_date(training['period'])}, {_describe_participants(training)}"


def _describe_participants(training: Row) -> str:
    if training["format"] == "e-learning":
        return str(training["status"]).replace("-", " ")
    quantity = make_quantity(training["participants"], training["participants_kind"])
    if not quantity.known:
        return f"number of participants {quantity.words()}"
    return quantity.words("participants", "participant")


def list_by_pillar(view: View, lists: Sequence[List]) -> tuple[Section, ...]:
    """List what stands under each pillar, and under none what no source places under one."""
    chosen = view.filters.pillar
    return tuple(
        _list_under(pillar, UNDER_NONE if pillar == NOT_STATED else label, found)
        for pillar, label in view.labels["pillar"].items()
        if not chosen or pillar in chosen
        for found in lists
        if _under(pillar, found)
    )


def _under(pillar: str, found: List) -> list[Row]:
    """Select the rows of a list that a pillar has, without what was cancelled."""
    stated = None if pillar == NOT_STATED else pillar
    _, _, rows, _ = found
    return [r for r in rows if r["pillar"] == stated and r.get("status") != "cancelled"]


def _list_under(pillar: str, heading: str, found: List) -> Section:
    table, key, _, words = found
    lines = [
        Line(row["title"], words(row), _link(table, row[key])) for row in _under(pillar, found)
    ]
    return Section(heading, lines, NAMES[table], key=f"pillar:{pillar}", pillar=pillar)


def format_numbers_of_pillar(view: View, pillar: str) -> list[tuple[str, str]]:
    """Say what is known of a pillar: names of metrics, and the numbers in words."""
    within = view.filters.within("pillar", pillar)
    numbers = {name: view.number(name, within) for name in OF_PILLAR}
    return [(name, format_metric(name, q)) for name, q in numbers.items() if q.total and q.known]


def list_partners(view: View) -> tuple[Section, ...]:
    """List partner organisations and what they take part in."""
    found: dict[str, list[Row]] = {}
    for row in view.rows("partner_activities"):
        found.setdefault(row["organisation_id"], []).append(row)
    if not found:
        return ()
    lines = [
        Line(rows[0]["name"], _name_first(rows), f"record=organisations.{identity}")
        for identity, rows in found.items()
    ]
    return (Section(format_count(len(found), "partner organisation"), lines, key="partners"),)


def _name_first(activities: Sequence[Row]) -> str:
    """Name the first activities, each once, and hint at more."""
    first = activities[:MAX_ACTIVITIES]
    more = " …" if len(activities) > MAX_ACTIVITIES else ""
    return f"{', '.join(dict.fromkeys(row['title'] for row in first))}{more}"
