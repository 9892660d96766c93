"""What is running, with whom, and who funds it?"""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.charts.funding import ledger
from dashboard.charts.people import codes, who_with_whom
from dashboard.charts.projects import running
from dashboard.text.words import count, period
from dashboard.views.content import Content, Line, Picture, Section
from dashboard.views.content.common import colours, in_words, people_apart
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
    """Projects and funding of a view."""
    everything = view.rows("projects")
    pictures = (*_of_projects(view, everything), *_of_funding(view))
    return Content(
        in_words(view, "Projects"), (), NUMBERS, pictures, sections=results(view, everything)
    )


def _of_projects(view: View, everything: Sequence[Row]) -> tuple[Picture, ...]:
    if not everything:
        return ()
    terms, palette = view.terms, colours(view)
    projects = [p for p in everything if not p["is_output"]]
    timeline = running(
        projects, view.labels["pillar"], palette, statuses=terms["project-status"], today=view.today
    )
    parties, roles = people_apart(view, view.rows("project_parties")), terms["party-role"]
    matrix = who_with_whom(
        parties, {p["project_id"]: p["title"] for p in everything}, roles, palette
    )
    return Picture("projects", timeline), Picture(
        "who-with-whom", matrix, note=letters(codes(parties, roles))
    )


def _of_funding(view: View) -> tuple[Picture, ...]:
    grants = view.rows("funding")
    return tuple(
        Picture(
            f"funding-{'ours' if ours else 'others'}",
            ledger(grants, view.labels["our_role"], colours(view), ours=ours),
            nested=True,
        )
        for ours in (True, False)
    )


def results(view: View, everything: Sequence[Row]) -> tuple[Section, ...]:
    """Data sets, publications, products and policies."""
    found = [p for p in everything if p["is_output"]]
    if not found:
        return ()
    kinds = view.terms["project-kind"]
    lines = [
        Line(
            r["title"],
            f"{str(kinds.get(r['kind'], r['kind'])).lower()}, {period(r)}",
            f"project={r['project_id']}",
        )
        for r in found
    ]
    return (
        Section(f"What came out of the work: {count(len(found), 'result')}", lines, key="results"),
    )


def letters(found: Mapping[str, str]) -> str:
    """What the letters of the matrix stand for."""
    return (
        "In the cells: " + ", ".join(f"{code} {role.lower()}" for role, code in found.items())
        if found
        else ""
    )
