"""What the contents of several pages are made with."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.charts.theme import Palette, make_palette
from dashboard.model.filters import Filters
from dashboard.query import questions
from dashboard.text.counts import format_status_counts
from dashboard.text.selection import describe_filters
from dashboard.views.view import View

Row = Mapping[str, Any]
TABLES = {"trainings": "trainings", "projects": "projects", "people": "contributions"}
"""Whose filters the title of a page says: those that mean nothing there are not said."""


def describe_selection(view: View, noun: str) -> str:
    """Describe the selection, as the title of a page: of the filters, those that mean something
    there.
    """
    table = TABLES.get(view.page)
    filters = view.filters.applying_to(table) if table else view.filters
    return describe_filters(filters, view.labels, noun)


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
        role = view.labels["role"].get(row["role"], row["role"]).lower()
        names.setdefault(row["event_id"], []).append(f"{row['name']} ({role})")
    return {event: ", ".join(dict.fromkeys(people)) for event, people in names.items()}


def read_people_of(view: View, events: Sequence[Row]) -> Sequence[Row]:
    """Read who was named at the events that are given."""
    return view.rows("people_of_events", **questions.make_event_params(events))


def capitalise(text: str) -> str:
    """Begin a sentence with the text: "about 430 participants" → "About 430 participants"."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """Write a text within a sentence, its first word small unless that has a spelling of its own:
    first-year medical students; PhD candidates.
    """
    return text[:1].lower() + text[1:] if _is_plain(text) else text


def raise_first(text: str) -> str:
    """Write a text at the beginning of a line: Guidance on AI; eHealth module."""
    return capitalise(text) if _is_plain(text) else text


def _is_plain(text: str) -> bool:
    """Tell whether a word has no capitals but its first letter, so that this one may change."""
    first = text.split(" ", 1)[0]
    return first[1:] == first[1:].lower()


def read_choice(view: View, name: str, options: Mapping[str, Any]) -> str:
    """Read what the link chooses under `name`; the first option is the default."""
    chosen = view.extras.get(name, "")
    return chosen if chosen in options else next(iter(options))
