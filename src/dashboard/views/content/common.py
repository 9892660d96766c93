"""What the contents of several pages are made with."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.charts.theme import Palette, make_palette
from dashboard.language.messages import _, choose_term
from dashboard.model.filters import Filters
from dashboard.query import questions
from dashboard.text.counts import format_status_counts
from dashboard.text.selection import describe_filters
from dashboard.text.sentences import lower_first
from dashboard.views.view import View

Row = Mapping[str, Any]
TABLES = {"trainings": "trainings", "projects": "projects", "people": "contributions"}
"""Whose filters the title of a page says: those that mean nothing there are not said."""


def describe_selection(view: View, noun: str | None, *, within: bool = False) -> str:
    """Describe the selection, as the title of a page: of the filters, those that mean something
    there. `noun` is what is selected, None for everything (see describe_filters).
    """
    table = TABLES.get(view.page)
    filters = view.filters.applying_to(table) if table else view.filters
    return describe_filters(filters, view.labels, noun, within=within)


def read_palette(view: View) -> Palette:
    """Make the palette of the programme on the reader's theme."""
    return make_palette(view.settings.colours, dark=view.dark)


def distinguish_people(view: View, people: Sequence[Row]) -> Sequence[Row]:
    """Give rows of people (person_id, name) the names by which readers tell two of one name apart."""
    names = view.labels["speaker"]
    return [{**row, "name": names.get(row["person_id"] or "", row["name"])} for row in people]


def format_statuses(view: View, metric: str, filters: Filters | None = None) -> str:
    """Say beside the number of events held how many that are planned or were cancelled: "350 held · 37
    planned · 5 cancelled"; empty for other numbers, and where there are none.
    """
    return say_other_statuses(view.statuses(filters)) if metric == "events_held" else ""


def say_other_statuses(counts: Mapping[str, int]) -> str:
    """Say how many events there are of each status; empty where all were held."""
    if not any(number for status, number in counts.items() if status != "held"):
        return ""
    return format_status_counts(counts)


def format_people_of_events(view: View, people: Sequence[Row] | None = None) -> dict[str, str]:
    """Say who was named at each event in scope, or of the people that were read: "Job Doornberg
    (keynote)", by event id.
    """
    names: dict[str, list[str]] = {}
    for row in distinguish_people(view, view.rows("event_people") if people is None else people):
        role = lower_first(view.labels["role"].get(row["role"], row["role"]))
        said = _("{name} ({role})", name=row["name"], role=role)
        names.setdefault(row["event_id"], []).append(said)
    return {event: ", ".join(dict.fromkeys(named)) for event, named in names.items()}


def read_people_of(view: View, events: Sequence[Row]) -> Sequence[Row]:
    """Read who was named at the events that are given."""
    return view.rows("people_of_events", **questions.make_event_params(events))


def read_places(view: View, filters: Filters | None = None) -> Sequence[Row]:
    """Read where events were held, each place as readers call it; under the view's filters, or
    others.
    """
    return [
        {**place, "city": choose_term(place, "city")}
        for place in view.rows("event_places", filters)
    ]


def read_choice(view: View, name: str, options: Mapping[str, Any]) -> str:
    """Read what the link chooses under `name`; the first option is the default."""
    chosen = view.extras.get(name, "")
    return chosen if chosen in options else next(iter(options))
