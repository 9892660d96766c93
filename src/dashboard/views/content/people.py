"""Who carries the programme?"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from dashboard.charts import Chart
from dashboard.charts.markup import Element, make_element
from dashboard.charts.role_matrix import draw_role_matrix
from dashboard.charts.shares import MAX_PEOPLE, draw_shares
from dashboard.language.messages import N_, _
from dashboard.model.filters import NO_FILTERS
from dashboard.text.countries import name_country
from dashboard.text.counts import format_count
from dashboard.text.selection import name_filter
from dashboard.text.sentences import lower_first
from dashboard.views.content import Content, Picture, Sheet
from dashboard.views.content.common import (
    describe_selection,
    distinguish_people,
    read_choice,
    read_palette,
)
from dashboard.views.content.other_work import build_other_work, find_other_work, list_other_work
from dashboard.views.content.people_findings import make_lead, make_people_tiles
from dashboard.views.view import View

DIMENSIONS: Mapping[str, str] = MappingProxyType(
    {
        "role": N_("In which role"),
        "month": N_("In which month"),
        "line": N_("On which strategic line"),
        "country": N_("In which country"),
    }
)
"""What people may stand against, with the heading; the first is shown where a link names none."""
Row = Mapping[str, Any]


def content(view: View) -> Content:
    """Make the page of the people of a view and what they contribute."""
    contributors = distinguish_people(view, view.rows("contributors"))
    workers = find_other_work(view)
    return Content(
        describe_selection(view, _("People")),
        make_lead(view, contributors),
        make_people_tiles(view, contributors),
        _draw_pictures(view, contributors),
        (make_table(view, distinguish_people(view, view.rows("people"))),),
        list_other_work(workers),
        blocks={"other-work": build_other_work(view, workers)},
        slides=("by-person", "contributions", "other-work"),
    )


def _draw_pictures(view: View, contributors: Sequence[Row]) -> tuple[Picture, ...]:
    if not contributors:
        return ()
    strip, dimension = draw_strip(view, contributors), read_choice(view, "by", DIMENSIONS)
    matrix = Picture(
        "contributions", draw_matrix(view, dimension), heading=_(DIMENSIONS[dimension]), most=16
    )
    return (
        (Picture("by-person", strip, heading=_("Who carries it"), most=MAX_PEOPLE), matrix)
        if strip
        else (matrix,)
    )


def draw_strip(view: View, contributors: Sequence[Row]) -> Chart | None:
    """Draw the contributions as parts of all, those of chosen people among everybody's; None where
    one person made all.
    """
    chosen = view.filters.speaker
    if chosen:
        everybody = view.filters.with_(speaker=())
        contributors = distinguish_people(view, view.rows("contributors", everybody))
    if len(contributors) < 2:
        return None
    return draw_shares(
        contributors, read_palette(view), profiles=view.settings.profiles, chosen=chosen
    )


def draw_matrix(view: View, dimension: str) -> Chart:
    """Draw the contributions against roles, or what else the link chooses, under that choice."""
    rows = view.rows("contributions_by")
    chart = draw_role_matrix(
        distinguish_people(view, rows),
        _name_values(view, rows, dimension),
        read_palette(view),
        dimension=dimension,
        profiles=view.settings.profiles,
    )
    return replace(chart, markup=make_element("div", build_switch(rows, dimension), chart.markup))


def _name_values(view: View, rows: Sequence[Row], dimension: str) -> Mapping[str, str]:
    if dimension != "country":
        return view.labels.get(dimension, {})
    return {
        row["id"]: name_country(row["id"])
        for row in rows
        if row["dimension"] == dimension and row["id"]
    }


def build_switch(rows: Sequence[Row], chosen: str) -> Element:
    """Build the choice of what people stand against, of all that is stated anywhere."""
    stated = {row["dimension"] for row in rows if row["id"] is not None} | {chosen}
    options = [name for name in DIMENSIONS if name in stated]
    return make_element(
        "ul",
        *(make_element("li", _build_option(name, name == chosen)) for name in options),
        css="switch",
    )


def _build_option(dimension: str, chosen: bool) -> Element:
    return make_element(
        "span" if chosen else "a",
        _("by {dimension}", dimension=name_filter(dimension)),
        css="switch-option",
        act="" if chosen else f"by={dimension}",
        aria_current="true" if chosen else "",
    )


def make_table(view: View, people: Sequence[Row]) -> Sheet:
    """Make the table of everybody in the selection, with roles and spellings."""
    spellings = _group(view.rows("person_spellings", NO_FILTERS), "spelling")
    names = view.labels["role"]
    roles = {
        person: [lower_first(names.get(role, role)) for role in found]
        for person, found in _group(view.rows("person_roles"), "role").items()
    }
    shown = [
        {
            _("Person"): p["name"],
            _("Contributions"): p["contributions"],
            _("Events"): p["events"],
            _("Roles"): ", ".join(roles.get(p["person_id"], [])),
            _("Job title"): p["job_title"] or "",
            _("Also written"): ", ".join(spellings.get(p["person_id"], [])[1:]),
        }
        for p in people
    ]
    links = [f"person={p['person_id']}" if view.settings.profiles else "" for p in people]
    heading = _("Everybody: {people}", people=format_count(len(shown), "person"))
    return Sheet("people", heading, shown, links)


def _group(rows: Sequence[Row], column: str) -> dict[str, list[str]]:
    """Gather the values of a column by person."""
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row["person_id"], []).append(row[column])
    return found
