"""The named things of an answer: the first of the records behind its number, as lines."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dashboard.asking.answer_words import say_number
from dashboard.asking.finding import MAX_LINES, Measured, Things, cut_lines
from dashboard.charts.grants import describe_way, format_amount, read_amount
from dashboard.charts.project_cards import describe_role, name_project
from dashboard.language.messages import _, choose_text
from dashboard.model.filters import Filters
from dashboard.model.quantity import Quantity, make_quantity
from dashboard.query.metrics import METRICS, Metric
from dashboard.query.row_labels import say_label
from dashboard.text.counts import format_count
from dashboard.text.dates import format_partial_date
from dashboard.views.content import Line
from dashboard.views.content.agenda import make_agenda_rows, say_city
from dashboard.views.content.agenda_slides import make_agenda_lines
from dashboard.views.content.common import distinguish_people, read_people_of, read_places
from dashboard.views.content.events import group_people
from dashboard.views.content.events_findings import find_person
from dashboard.views.content.projects import read_parties
from dashboard.views.view import View, link_to_record

MAX_PROJECTS = 400
MANY_EVENTS = 500
"""Of more events than these it is not looked up which of them a number counts."""
PART_OF_EVENTS = "event_part_count_rows"
"""The question for the records behind a number of events that counts a part of them."""
PARTIAL_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?|-\d{4})?")
Row = Mapping[str, Any]


def list_events(view: View, filters: Filters) -> Things:
    """List events as the agenda does: date, title, who as what, place."""
    events = view.rows("events", filters, limit=MAX_LINES)
    return cut_lines(_make_events(view, events, filters), sum(view.statuses(filters).values()))


def _make_events(view: View, events: Sequence[Row], filters: Filters) -> list[Line]:
    people = group_people(distinguish_people(view, read_people_of(view, events)))
    return make_agenda_lines(make_agenda_rows(view, list(events), people, find_person(filters)))


def list_part_of_events(view: View, metric: Metric, quantity: Quantity) -> Things:
    """List the events that a number counts, as the agenda does; those of which it is not known whether
    it counts them only where it counts none. Of many events by name only.
    """
    if quantity.total > MANY_EVENTS:
        return list_records(view, metric, quantity)
    rows = view.rows(metric.records_question, limit=MANY_EVENTS, **metric.params)
    counted = {row["record_id"] for row in rows if row["value"] or not quantity.known}
    scope = view.filters.with_(status=("held",))
    events = view.rows("events", scope, limit=MANY_EVENTS)
    behind = [event for event in events if event["event_id"] in counted]
    if len(behind) < len(counted):
        return list_records(view, metric, quantity)
    return cut_lines(_make_events(view, behind[:MAX_LINES], view.filters), len(counted))


def list_things(view: View, number: Measured) -> Things:
    """List what is behind a number."""
    if number.name in EVENTS_BEHIND:
        return list_events(view, view.filters.with_(**EVENTS_BEHIND[number.name]))
    return LISTS.get(number.name, list_records)(view, number.metric, number.quantity)


EVENTS_BEHIND: Mapping[str, Mapping[str, Sequence[str]]] = {
    "": {},
    "events_held": {"status": ("held",)},
    "events_planned": {"status": ("planned",)},
    "events_organised": {"status": ("held",), "our_role": ("organised", "co-organised")},
    "contributions": {"status": ("held",)},
    "keynotes": {"status": ("held",), "role": ("keynote",)},
    "event_participants": {"status": ("held",)},
}
"""The filters under which the events behind a metric stand in the agenda."""


def list_people(view: View, _metric: Metric, _quantity: Quantity) -> Things:
    """List who contributed, those with most contributions first."""
    rows = view.rows("contributors")
    lines = [
        Line(
            row["name"],
            format_count(row["contributions"], "contribution"),
            f"person={row['person_id']}" if view.settings.profiles else "",
        )
        for row in distinguish_people(view, rows[:MAX_LINES])
    ]
    return cut_lines(lines, len(rows))


def list_places(view: View, *, at_home: bool | None = None) -> Things:
    """List the places of events, those with most events first; of the programme's country only, or of
    the others.
    """
    home = view.terms.get("home-country", {})
    lines = [
        Line(
            say_city(view, place["city"], place["country"]),
            format_count(place["events"], "event"),
            f"city={place['city_id']}",
        )
        for place in read_places(view)
        if at_home in (None, place["country"].lower() in home)
    ]
    return cut_lines(lines)


def list_trainings(view: View, metric: Metric, _quantity: Quantity) -> Things:
    """List trainings or modules with the number of people, as far as it is known."""
    status, is_module = metric.params.get("status", "held"), metric.params.get("e_learning", False)
    rows = [
        row
        for row in view.rows("trainings")
        if row["status"] == status and (row["format"] == "e-learning") == is_module
    ]
    return cut_lines([_make_training(row, is_module=is_module) for row in rows])


def _make_training(row: Row, *, is_module: bool) -> Line:
    title, lang = choose_text(row, "title")
    number = make_quantity(row["participants"], row["participants_kind"])
    people = say_number(METRICS["training_participants"], number) if not is_module else ""
    when = format_partial_date(row["period"]) if row["period"] else ""
    return Line(title, people, f"record=trainings.{row['training_id']}", when, lang=lang)


def list_projects(view: View, metric: Metric, quantity: Quantity) -> Things:
    """List the projects behind a number as their cards say them."""
    behind = view.rows(metric.records_question, limit=MAX_LINES, **metric.params)
    known = {
        row["project_id"]: row
        for question in ("projects", "projects_by_stage")
        for row in view.rows(question, limit=MAX_PROJECTS)
    }
    parties = read_parties(view, [known[r["record_id"]] for r in behind if r["record_id"] in known])
    lines = [
        _make_project(known[row["record_id"]], parties) if row["record_id"] in known else _name(row)
        for row in behind
    ]
    return cut_lines(lines, quantity.total)


def _make_project(project: Row, parties: Sequence[Row]) -> Line:
    mine = [party for party in parties if party["project_id"] == project["project_id"]]
    link = f"project={project['project_id']}"
    return Line(name_project(project), describe_role(project, mine), link)


def list_grants(view: View, metric: Metric, _quantity: Quantity) -> Things:
    """List grants: what for, from whom to whom, and how much."""
    ours = metric.params["ours"]
    rows = [row for row in view.rows("funding") if (row["our_role"] == "recipient") == ours]
    return cut_lines([_make_grant(row) for row in rows])


def _make_grant(row: Row) -> Line:
    note = _("{who}: {amount}", who=describe_way(row), amount=format_amount(read_amount(row)))
    when = format_partial_date(row["date"]) if row["date"] else ""
    return Line(row["title"], note, f"record=funding.{row['funding_id']}", when)


def list_records(view: View, metric: Metric, quantity: Quantity) -> Things:
    """List the records behind any number, by what they are called."""
    rows = view.rows(metric.records_question, limit=MAX_LINES, **metric.params)
    return cut_lines([_name(row) for row in rows], quantity.total)


def _name(row: Row) -> Line:
    name, lang = say_label(row)
    is_date = PARTIAL_DATE.fullmatch(str(row.get("date") or ""))
    when = format_partial_date(str(row["date"])) if is_date else ""
    return Line(name, "", link_to_record(row["table_name"], row["record_id"]), when, lang=lang)


Lister = Callable[[View, Metric, Quantity], Things]
LISTS: Mapping[str, Lister] = {
    "contributors": list_people,
    **{
        name: list_part_of_events
        for name in METRICS
        if METRICS[name].records_question == PART_OF_EVENTS
    },
    "countries": lambda view, _metric, _quantity: list_places(view),
    "trainings_held": list_trainings,
    "training_participants": list_trainings,
    "modules_developed": list_trainings,
    "modules_in_development": list_trainings,
    **{name: list_projects for name in METRICS if METRICS[name].records == "projects"},
    "awards": list_grants,
    "funding_received": list_grants,
    "funding_elsewhere": list_grants,
}
"""How what is behind a metric is listed, where that is not by name only."""
