"""What runs, who leads, who pays?"""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.charts.board import draw_board
from dashboard.charts.grants import draw_funding
from dashboard.charts.markup import make_element
from dashboard.model.filters import NO_FILTERS
from dashboard.text.messages import _
from dashboard.text.selection import name_period
from dashboard.views.content import Content, Picture
from dashboard.views.content.common import describe_selection, distinguish_people
from dashboard.views.content.nothing import build_nothing
from dashboard.views.content.partners import Partners, build_others, build_partners, list_partners
from dashboard.views.content.projects_findings import make_lead, make_project_tiles
from dashboard.views.view import View

MAX_PROJECTS = 400
"""Of more projects only the first of each stage are read, and the others are counted."""
Row = Mapping[str, Any]


def content(view: View) -> Content:
    """Make the page of the projects and funding of a view."""
    projects = view.rows("projects_by_stage", limit=MAX_PROJECTS)
    parties, grants = read_parties(view, projects), view.rows("funding")
    pictures = (*draw_projects(view, projects, parties), *draw_grants(view, grants))
    partners = Partners.read(view, projects, parties)
    return Content(
        describe_selection(view, _("Projects")),
        make_lead(view),
        make_project_tiles(view, projects),
        pictures,
        sections=list_partners(view, partners),
        blocks={
            "nothing": None
            if projects or grants
            else build_nothing(view, _("No projects and no funding here.")),
            "board": make_element("div", pictures[0].chart.markup, css="block")
            if projects
            else None,
            "partners": build_partners(partners),
            "others": build_others(view, partners),
        },
    )


def read_parties(view: View, projects: Sequence[Row]) -> Sequence[Row]:
    """Read who takes part in projects."""
    ids = [project["project_id"] for project in projects]
    return distinguish_people(view, view.rows("project_parties", NO_FILTERS, ids=ids))


def draw_projects(
    view: View, projects: Sequence[Row], parties: Sequence[Row]
) -> tuple[Picture, ...]:
    """Draw the projects as a board; nothing where there are none."""
    if not projects:
        return ()
    board = draw_board(
        projects,
        parties,
        view.labels["pillar"],
        view.terms["project-status"],
        period=name_period(view.filters),
        kinds=view.terms["project-kind"],
    )
    return (Picture("projects", board),)


def draw_grants(view: View, grants: Sequence[Row]) -> tuple[Picture, ...]:
    """Draw who gives to whom; nothing where no grant is recorded."""
    if not grants:
        return ()
    return (Picture("funding", draw_funding(grants, view.labels["our_role"])),)
