"""The things that a review names: events, series, trainings and projects of a selection, each with
what is said of it, under their pillars.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.language.messages import _, choose_text
from dashboard.model.quantity import make_quantity
from dashboard.text.dates import format_partial_date
from dashboard.text.records import format_event_dates
from dashboard.text.sentences import lower_first
from dashboard.views.content import Line
from dashboard.views.content.agenda import say_place
from dashboard.views.content.common import format_people_of_events
from dashboard.views.content.events import MAX_EVENTS
from dashboard.views.view import View, link_to_record

Row = Mapping[str, Any]
TABLES = ("projects", "trainings", "events", "series")
"""In the order of their weight in a report; events of others come last."""
OURS = ("organised", "co-organised")
LEAD = "lead"


@dataclass(frozen=True)
class Thing:
    """A record that the review names. `is_ours`: an event that is our own, and whatever is no event.
    `lang` is the language of its title, where that is not the page's.
    """

    table: str
    identity: str
    title: str
    note: str
    pillar: str | None
    is_ours: bool = True
    lang: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """Table and id, by which texts and claims name it."""
        return self.table, self.identity

    @property
    def line(self) -> Line:
        """The thing as a line of a list."""
        link = link_to_record(self.table, self.identity)
        return Line(self.title, self.note, link, lang=self.lang)


@dataclass(frozen=True)
class Things:
    """Everything that a review names. `unlisted`: how many events there are that are too many to be
    named one by one.
    """

    found: Sequence[Thing]
    unlisted: int = 0

    def under(self, pillar: str | None) -> list[Thing]:
        """Select what stands under a pillar, or under none."""
        return [thing for thing in self.found if thing.pillar == pillar]


def list_left_out(view: View) -> list[str]:
    """List the tables for which a chosen filter means nothing: what they hold is not of the selection."""
    return [table for table in TABLES if view.filters.ignored_by(table)]


def read_things(view: View) -> Things:
    """Read what a selection holds, without what was cancelled, and what a filter does not apply to."""
    left_out = list_left_out(view)
    events = view.rows("events", limit=MAX_EVENTS + 1)
    too_many = len(events) > MAX_EVENTS
    found = (
        *_make_projects(view),
        *_make_trainings(view),
        *(() if too_many else _make_events(view, events)),
        *_make_series(view),
    )
    kept = [thing for thing in found if thing.table not in left_out]
    return Things(kept, sum(view.statuses().values()) if too_many else 0)


def rank_things(things: Iterable[Thing], named: Sequence[tuple[str, str]]) -> list[Thing]:
    """Rank things: first those that texts and highlights name, in that order; then by what they are,
    with events of others last.
    """
    order = {key: nr for nr, key in reversed(list(enumerate(named)))}

    def rank(thing: Thing) -> tuple[int, bool, int]:
        return order.get(thing.key, len(order)), not thing.is_ours, TABLES.index(thing.table)

    return sorted(things, key=rank)


def _make_events(view: View, events: Sequence[Row]) -> Iterator[Thing]:
    people = format_people_of_events(view) if events else {}
    for event in events:
        if event["status"] != "cancelled":
            title, lang = choose_text(event, "title")
            yield Thing(
                "events",
                event["event_id"],
                title,
                describe_event(view, event, people.get(event["event_id"], "")),
                event["pillar"],
                is_ours=event["our_role"] in OURS,
                lang=lang,
            )


def describe_event(view: View, event: Row, people: str) -> str:
    """Say when and where an event was, and who was named there; of a planned one that it is."""
    planned = _("planned") if event["status"] == "planned" else ""
    parts = (planned, format_event_dates(event), say_place(view, event), people)
    return " · ".join(part for part in parts if part)


def _make_series(view: View) -> Iterator[Thing]:
    for row in view.rows("series"):
        note = _("held several times, number not stated")
        title, lang = choose_text(row, "title")
        yield Thing("series", row["series_id"], title, note, row["pillar"], lang=lang)


def _make_trainings(view: View) -> Iterator[Thing]:
    for row in view.rows("trainings"):
        if row["status"] != "cancelled":
            note = _describe_training(view, row)
            title, lang = choose_text(row, "title")
            yield Thing("trainings", row["training_id"], title, note, row["pillar"], lang=lang)


def _describe_training(view: View, training: Row) -> str:
    """Say how many took part, as far as it is known, and when; of a module how far it is."""
    status = name_term(view, "training-status", training["status"])
    period = format_partial_date(training["period"])
    if training["format"] == "e-learning":
        return f"{status} · {period}"
    quantity = make_quantity(training["participants"], training["participants_kind"])
    people = (
        quantity.words("participant") if quantity.known else _("number of participants not known")
    )
    planned = status if training["status"] == "planned" else ""
    return " · ".join(part for part in (planned, people, period) if part)


def _make_projects(view: View) -> Iterator[Thing]:
    projects = view.rows("projects")
    leads: dict[str, list[str]] = {}
    for party in view.rows("project_parties") if projects else ():
        if party["role"] == LEAD and party["person_id"]:
            leads.setdefault(party["project_id"], []).append(party["name"])
    for row in projects:
        if row["status"] != "cancelled":
            note = _describe_project(view, row, leads.get(row["project_id"], ()))
            title, lang = choose_text(row, "title")
            yield Thing("projects", row["project_id"], title, note, row["pillar"], lang=lang)


def _describe_project(view: View, project: Row, leads: Sequence[str]) -> str:
    """Say how far a project is, what it is where it is a result, and who leads it."""
    kind = name_term(view, "project-kind", project["kind"])
    status = name_term(view, "project-status", project["status"])
    parts = (kind if project["is_output"] else "", status, ", ".join(dict.fromkeys(leads)))
    return " · ".join(part for part in parts if part)


def name_term(view: View, vocabulary: str, term: str | None) -> str:
    """Name a term of a vocabulary within a line; empty for none."""
    return lower_first(view.terms.get(vocabulary, {}).get(term or "", term or ""))
