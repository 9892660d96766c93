"""What runs, who leads, who pays?"""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.charts.board import draw_board
from dashboard.charts.grants import draw_funding
from dashboard.charts.markup import make_element
from dashboard.charts.project_cards import describe_role, name_project
from dashboard.language.messages import N_, _, emphasize
from dashboard.model.filters import NO_FILTERS
from dashboard.text.counts import format_count
from dashboard.text.selection import name_period
from dashboard.views.content import Content, Line, Picture, Section
from dashboard.views.content.common import describe_selection, distinguish_people
from dashboard.views.content.nothing import build_nothing
from dashboard.views.content.partners import Partners, build_others, build_partners, list_partners
from dashboard.views.content.projects_findings import make_lead, make_project_tiles
from dashboard.views.view import View

MAX_PROJECTS = 400
"""Of more projects only the first of each stage are read, and the others are counted."""
MAX_ON_SLIDE = 24
"""Projects that a board on a slide holds so that they can be read."""
STAGES = "stages"
STAGE_SENTENCES = {
    "running": N_("**{projects}** running"),
    "completed": N_("**{projects}** completed"),
    "coming": N_("**{projects}** coming"),
}
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
        sections=(*list_partners(view, partners), *list_projects(projects, parties)),
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
        slides=("projects" if len(projects) <= MAX_ON_SLIDE else STAGES, "funding", "partners"),
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
    return (Picture("projects", board, most=MAX_ON_SLIDE),)


def list_projects(projects: Sequence[Row], parties: Sequence[Row]) -> tuple[Section, ...]:
    """List the projects for slides by their stage, where they are too many for the board on one."""
    if len(projects) <= MAX_ON_SLIDE:
        return ()
    by_stage: dict[str, list[Row]] = {}
    for project in projects:
        by_stage.setdefault(project["stage"], []).append(project)
    return tuple(
        Section(
            _("Projects"),
            [_make_line(project, parties) for project in by_stage[stage]],
            more=by_stage[stage][0]["found"] - len(by_stage[stage]),
            key=STAGES,
            sentence=emphasize(
                words, projects=format_count(by_stage[stage][0]["found"], "project")
            ),
            repeats="projects",
        )
        for stage, words in STAGE_SENTENCES.items()
        if stage in by_stage
    )


def _make_line(project: Row, parties: Sequence[Row]) -> Line:
    mine = [party for party in parties if party["project_id"] == project["project_id"]]
    link = f"project={project['project_id']}"
    return Line(name_project(project), describe_role(project, mine), link)


def draw_grants(view: View, grants: Sequence[Row]) -> tuple[Picture, ...]:
    """Draw who gives to whom; nothing where no grant is recorded."""
    if not grants:
        return ()
    return (Picture("funding", draw_funding(grants, view.labels["our_role"]), most=8),)
