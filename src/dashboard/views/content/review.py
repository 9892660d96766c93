"""The year in review: to read, to project, to print and to take along."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dashboard.charts.glance import Year
from dashboard.model.drill_down import ask
from dashboard.model.filters import NOT_STATED
from dashboard.model.quantity import single
from dashboard.query.comparison import compare_years, up_to
from dashboard.query.metrics import METRICS
from dashboard.text.words import count, partial, period, when, where
from dashboard.views.content import Content, Line, Section
from dashboard.views.content.common import in_words, people_in_words
from dashboard.views.content.overview import lead, pictures, year_of
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
Row = Mapping[str, Any]
List = tuple[str, str, Sequence[Row], Callable[[Row], str]]
"""A table, the name of its id, rows of it, and what is said of each."""


def content(view: View) -> Content:
    """The review of a view."""
    year = year_of(view)
    if not (year.events or year.trainings or year.projects):
        return Content(title(view), lead(view), NUMBERS)
    return Content(
        title(view),
        lead(view),
        NUMBERS,
        pictures(view, year, "year"),
        sections=_sections(view, year),
    )


def _sections(view: View, year: Year) -> tuple[Section, ...]:
    lists = _lists(view, year)
    return (*comparison(view), *highlights(view, lists), *pillars(view, lists), *partners(view))


def title(view: View) -> str:
    """ "DASH, 2025 in review"; other filters are said."""
    if view.filters.chosen in (("year",), ()):
        return f"{view.settings.short_name}, {view.filters.year or 'all years'} in review"
    return f"{view.settings.short_name} in review: {in_words(view, 'everything')}"


def years_to_compare(view: View) -> list[str]:
    """The years beside which the year of the view can be put, the latest first."""
    year = _one_year(view)
    return [y for y in sorted(view.labels["year"], reverse=True) if year and y != str(year)]


def _one_year(view: View) -> int | None:
    """The year that is shown, where it is a whole one."""
    years = view.filters.years() or []
    return years[0] if len(years) == 1 and not view.filters.month else None


def comparison(view: View) -> tuple[Section, ...]:
    """The numbers of two years side by side; where one is not known it says why there is no
    difference.
    """
    other = view.extras.get("compare", "")
    year = _one_year(view)
    if not year or other in ("", str(year)):
        return ()
    said = compare_years(view, NUMBERS, view.filters, int(other), view.today)
    lines = [Line(METRICS[name].label, words, f"why={ask(name)}") for name, words in said.items()]
    heading = f"{year} compared with {other}{up_to(year, int(other), view.today)}"
    return (Section(heading, lines, key="comparison"),)


def highlights(view: View, lists: Sequence[List]) -> tuple[Section, ...]:
    """What a source names among its highlights, as far as it is in the selection."""
    within = {(table, row[key]) for table, key, rows, _ in lists for row in rows}
    found = [h for h in view.rows("highlights") if (h["table_name"], h["record_id"]) in within]
    return tuple(
        Section(
            f"Named among the highlights of {source}",
            [
                Line(h["label"], link=_link(h["table_name"], h["record_id"]))
                for h in found
                if h["source"] == source
            ],
            key=f"highlights-{nr}",
        )
        for nr, source in enumerate(dict.fromkeys(h["source"] for h in found), start=1)
    )


def _link(table: str, identity: str) -> str:
    panel = PANELS.get(table)
    return f"{panel}={identity}" if panel else f"record={table}.{identity}"


def _lists(view: View, year: Year) -> tuple[List, ...]:
    people = people_in_words(view) if year.events else {}

    def of_event(event: Row) -> str:
        place = "" if where(event) == "place unknown" else f", {where(event)}"
        who = f": {people[event['event_id']]}" if event["event_id"] in people else ""
        return f"{when(event)}{place}{who}{' (planned)' if event['status'] == 'planned' else ''}"

    return (
        ("events", "event_id", year.events, of_event),
        ("series", "series_id", view.rows("series"), lambda _: "held several times"),
        (
            "trainings",
            "training_id",
            year.trainings,
            lambda t: f"{partial(t['period'])}, {_participants(t)}",
        ),
        ("projects", "project_id", year.projects, period),
    )


def _participants(training: Row) -> str:
    if training["format"] == "e-learning":
        return str(training["status"]).replace("-", " ")
    quantity = single(training["participants"], training["participants_kind"])
    return (
        quantity.words("participants", "participant")
        if quantity.known
        else f"number of participants {quantity.words()}"
    )


def pillars(view: View, lists: Sequence[List]) -> tuple[Section, ...]:
    """Lists under each pillar, and under none for what no source places under one."""
    sections = []
    for pillar, label in view.labels["pillar"].items():
        if view.filters.pillar and pillar not in view.filters.pillar:
            continue
        stated = None if pillar == NOT_STATED else pillar
        for table, key, rows, words in lists:
            mine = [
                row for row in rows if row["pillar"] == stated and row.get("status") != "cancelled"
            ]
            if mine:
                lines = [Line(row["title"], words(row), _link(table, row[key])) for row in mine]
                sections.append(
                    Section(
                        UNDER_NONE if stated is None else label,
                        lines,
                        NAMES[table],
                        key=f"pillar-{pillar}",
                        pillar=pillar,
                    )
                )
    return tuple(sections)


def numbers_of_pillar(view: View, pillar: str) -> list[tuple[str, str]]:
    """What is known of a pillar: names of metrics, and the numbers in words."""
    within = view.filters.within("pillar", pillar)
    said = []
    for name in OF_PILLAR:
        quantity = view.number(name, within)
        if quantity.total and quantity.known:
            coverage = METRICS[name].coverage(quantity)
            said.append(
                (name, f"{METRICS[name].words(quantity)}{f' ({coverage})' if coverage else ''}")
            )
    return said


def partners(view: View) -> tuple[Section, ...]:
    """Partner organisations and what they take part in."""
    found: dict[str, list[Row]] = {}
    for row in view.rows("partner_activities"):
        found.setdefault(row["organisation_id"], []).append(row)
    if not found:
        return ()
    lines = [
        Line(
            rows[0]["name"],
            f"{', '.join(dict.fromkeys(row['title'] for row in rows[:4]))}{' …' if len(rows) > 4 else ''}",
            f"record=organisations.{identity}",
        )
        for identity, rows in found.items()
    ]
    return (Section(count(len(found), "partner organisation"), lines, key="partners"),)
