"""Who carries the programme?"""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.charts.people import DIMENSIONS, describe_breadth, draw_contributions
from dashboard.charts.speakers import draw_contributors
from dashboard.model.filters import NO_FILTERS
from dashboard.text.counts import format_count
from dashboard.views.content import Content, Picture, Sheet
from dashboard.views.content.common import (
    describe_selection,
    distinguish_people,
    read_choice,
    read_palette,
    strong,
)
from dashboard.views.content.tiles import make_tiles
from dashboard.views.view import View

NUMBERS = ("contributors", "contributions", "events_held", "countries")
Row = Mapping[str, Any]


def content(view: View) -> Content:
    """Make the page of the people of a view and what they contribute."""
    contributors = distinguish_people(view, view.rows("contributors"))
    return Content(
        describe_selection(view, "People"),
        (strong(describe_breadth(contributors) + "."),),
        make_tiles(view, NUMBERS),
        _pictures(view, contributors),
        (make_table(view, distinguish_people(view, view.rows("people"))),),
    )


def _pictures(view: View, contributors: Sequence[Row]) -> tuple[Picture, ...]:
    if not contributors:
        return ()
    dimension = read_choice(view, "by", DIMENSIONS)
    matrix = draw_contributions(
        distinguish_people(view, view.rows("contributions_by")),
        dimension,
        view.labels.get(dimension, {}),
        read_palette(view),
        chosen=view.filters.month,
    )
    return Picture("by-person", draw_contributors(contributors, read_palette(view))), Picture(
        "contributions", matrix
    )


def make_table(view: View, people: Sequence[Row]) -> Sheet:
    """Make the table of everybody in the selection, with roles and spellings."""
    spellings = _group(view.rows("person_spellings", NO_FILTERS), "spelling")
    names = view.labels["role"]
    roles = {
        person: [names.get(role, role).lower() for role in found]
        for person, found in _group(view.rows("person_roles"), "role").items()
    }
    shown = [
        {
            "Person": p["name"],
            "Contributions": p["contributions"],
            "Events": p["events"],
            "Roles": ", ".join(roles.get(p["person_id"], [])),
            "Job title": p["job_title"] or "",
            "Also written": ", ".join(spellings.get(p["person_id"], [])[1:]),
        }
        for p in people
    ]
    links = [f"person={p['person_id']}" if view.settings.profiles else "" for p in people]
    return Sheet(
        "people", f"Everybody: {format_count(len(shown), 'person', 'people')}", shown, links
    )


def _group(rows: Sequence[Row], column: str) -> dict[str, list[str]]:
    """Gather the values of a column by person."""
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row["person_id"], []).append(row[column])
    return found
