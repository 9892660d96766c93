"""What is running, with whom, and who funds it?"""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.charts.funding import draw_grants
from dashboard.charts.parties import abbreviate_roles, draw_parties
from dashboard.charts.projects import draw_projects
from dashboard.text.counts import format_count
from dashboard.text.records import format_project_period
from dashboard.views.content import Content, Line, Picture, Section
from dashboard.views.content.common import describe_selection, distinguish_people, read_palette
from dashboard.views.content.tiles import make_tiles
from dashboard.views.view import View

NUMBERS = (
    "projects",
    "projects_planned",
    "results",
    "partners",
    "awards",
    "funding_received",
    "funding_elsewhere",
)
Row = Mapping[str, Any]


def content(view: View) -> Content:
    """Make the page of the projects and funding of a view."""
    everything = view.rows("projects")
    pictures = (*_of_projects(view, everything), *_of_funding(view))
    return Content(
        describe_selection(view, "Projects"),
        (),
        make_tiles(view, NUMBERS),
        pictures,
        sections=list_results(view, everything),
    )


def _of_projects(view: View, everything: Sequence[Row]) -> tuple[Picture, ...]:
    if not everything:
        return ()
    terms, palette = view.terms, read_palette(view)
    projects = [p for p in everything if not p["is_output"]]
    timeline = draw_projects(
        projects, view.labels["pillar"], palette, statuses=terms["project-status"], today=view.today
    )
    parties, roles = distinguish_people(view, view.rows("project_parties")), terms["party-role"]
    matrix = draw_parties(
        parties, {p["project_id"]: p["title"] for p in everything}, roles, palette
    )
    return Picture("projects", timeline), Picture(
        "who-with-whom", matrix, note=explain_letters(abbreviate_roles(parties, roles), roles)
    )


def _of_funding(view: View) -> tuple[Picture, ...]:
    grants = view.rows("funding")
    return tuple(
        Picture(
            f"funding-{'ours' if ours else 'others'}",
            draw_grants(grants, view.labels["our_role"], read_palette(view), ours=ours),
            nested=True,
        )
        for ours in (True, False)
    )


def list_results(view: View, everything: Sequence[Row]) -> tuple[Section, ...]:
    """List data sets, publications, products and policies."""
    found = [p for p in everything if p["is_output"]]
    if not found:
        return ()
    kinds = view.terms["project-kind"]
    lines = [
        Line(
            r["title"],
            f"{str(kinds.get(r['kind'], r['kind'])).lower()}, {format_project_period(r)}",
            f"project={r['project_id']}",
        )
        for r in found
    ]
    heading = f"What came out of the work: {format_count(len(found), 'result')}"
    return (Section(heading, lines, key="results"),)


def explain_letters(found: Mapping[str, str], roles: Mapping[str, str]) -> str:
    """Say what the letters of the matrix stand for: letters by the id of a role, and its name."""
    if not found:
        return ""
    parts = [f"{code} {roles.get(role, role).lower()}" for role, code in found.items()]
    return f"In the cells: {', '.join(parts)}"
