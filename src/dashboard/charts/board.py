"""What comes, what runs, what was completed: projects as cards in three columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.charts import Chart
from dashboard.charts.marks import (
    draw_empty,
    draw_fold,
    join_classes,
    make_chart,
    name_pillar_class,
)
from dashboard.charts.markup import Element, make_element
from dashboard.model import Row
from dashboard.text.messages import N_, _, ngettext

MAX_CARDS, MAX_OF_PILLAR, MAX_PARTIES = 24, 8, 2
COMING, RUNNING, COMPLETED = ("planned", "selected"), ("running",), ("completed",)
LEAD = "lead"
ROLES = {
    "led": N_("we lead"),
    "organised": N_("we organise"),
    "co-organised": N_("we organise it with others"),
    "partner": N_("partner"),
    "contributed": N_("we contribute"),
    "supported": N_("we support"),
    "recipient": N_("we receive"),
}
"""What our role in a project is called on its card, by its id."""


@dataclass(frozen=True)
class Board:
    """Projects in the order in which they stand, with what is said of them: the parties of each by its
    id, and the names of pillars and statuses by id.
    """

    projects: Sequence[Row]
    parties: Mapping[str, Sequence[Row]]
    pillars: Mapping[str, str]
    statuses: Mapping[str, str]

    def select(self, statuses: Sequence[str]) -> list[Row]:
        """Select the projects of these statuses."""
        return [project for project in self.projects if project["status"] in statuses]


def draw_board(
    projects: Sequence[Row],
    parties: Sequence[Row],
    pillars: Mapping[str, str],
    statuses: Mapping[str, str],
    *,
    period: str,
) -> Chart:
    """Draw a card per project in the columns Coming, Running and Completed in `period`, by pillar, then
    title. More than MAX_CARDS that run are a list per pillar; what was stopped is folded.

    `projects` and `parties` are rows of the questions projects and project_parties.
    """
    board = _make_board(projects, parties, pillars, statuses)
    sentence = describe_board(board, period)
    if not projects:
        return make_chart(draw_empty(sentence), sentence, [])
    completed = _("Completed in {period}", period=period) if period else _("Completed")
    columns = make_element(
        "div",
        _draw_column(board, _("Coming"), board.select(COMING), "coming"),
        _draw_running(board),
        _draw_column(board, completed, board.select(COMPLETED), "completed"),
        css="board-columns",
    )
    markup = make_element("div", _draw_key(board), columns, _draw_others(board), css="board")
    links = [(p["title"], _find_act(p)) for p in board.projects]
    return make_chart(markup, sentence, _tabulate(board), links)


def describe_board(board: Board, period: str) -> str:
    """Say how many run, come and were completed."""
    if not board.projects:
        return _("No projects")
    places = {
        "running": len(board.select(RUNNING)),
        "coming": len(board.select(COMING)),
        "completed": len(board.select(COMPLETED)),
        "period": period,
    }
    if not period:
        return _("{running:,} running, {completed:,} completed, {coming:,} coming", **places)
    return _(
        "{running:,} running, {completed:,} completed in {period}, {coming:,} coming", **places
    )


def describe_role(project: Row, parties: Sequence[Row], status: str = "") -> str:
    """Say on a card who does what: "we lead · Joost Groen · with CBCH, Datapoort +3"."""
    role = ROLES.get(project["our_role"] or "")
    people = [p["name"] for p in parties if p["role"] == LEAD and p["person_id"]]
    others = [p["name"] for p in parties if not (p["role"] == LEAD and p["person_id"])]
    names, more = ", ".join(dict.fromkeys(others[:MAX_PARTIES])), len(others) - MAX_PARTIES
    company = ""
    if more > 0:
        company = _("with {names} +{more:,}", names=names, more=more)
    elif others:
        company = _("with {names}", names=names)
    words = (status, _(role) if role else _("our role not stated"), ", ".join(people), company)
    return " · ".join(part for part in words if part)


def _make_board(
    projects: Sequence[Row],
    parties: Sequence[Row],
    pillars: Mapping[str, str],
    statuses: Mapping[str, str],
) -> Board:
    found: dict[str, list[Row]] = {}
    for party in parties:
        found.setdefault(party["project_id"], []).append(party)
    order = list(pillars)

    def rank(project: Row) -> tuple[int, str, str]:
        place = order.index(project["pillar"]) if project["pillar"] in order else len(order)
        return place, project["title"], project["project_id"]

    return Board(sorted(projects, key=rank), found, pillars, statuses)


def _find_act(project: Row) -> str:
    return f"project={project['project_id']}"


def _draw_key(board: Board) -> Element:
    """Draw the pillars that occur, each with the edge of its cards."""
    found = list(dict.fromkeys(project["pillar"] for project in board.projects))
    return make_element(
        "ul",
        *(
            make_element(
                "li",
                _name_pillar(board, pillar),
                css=join_classes("board-key-pillar", name_pillar_class(pillar)),
            )
            for pillar in found
        ),
        css="board-key",
    )


def _name_pillar(board: Board, pillar: str | None) -> str:
    return board.pillars.get(pillar, pillar) if pillar else _("no pillar stated")


def _draw_column(board: Board, heading: str, projects: Sequence[Row], css: str) -> Element:
    cards = [_draw_card(board, project) for project in projects]
    inside = (
        make_element("ul", *cards, css="board-cards")
        if cards
        else make_element("p", _("none"), css="board-none")
    )
    return _draw_frame(heading, len(projects), css, inside)


def _draw_frame(heading: str, number: int, css: str, *inside: Element) -> Element:
    head = make_element(
        "div",
        make_element("h3", heading),
        make_element("span", f"{number:,}", css="board-number"),
        css="board-head",
    )
    return make_element("section", head, *inside, css=join_classes("board-column", css))


def _draw_running(board: Board) -> Element:
    projects = board.select(RUNNING)
    if len(projects) <= MAX_CARDS:
        return _draw_column(board, _("Running"), projects, "running")
    groups: dict[str | None, list[Row]] = {}
    for project in projects:
        groups.setdefault(project["pillar"], []).append(project)
    lists = [_draw_pillar(board, pillar, found) for pillar, found in groups.items()]
    return _draw_frame(_("Running"), len(projects), "running", *lists)


def _draw_pillar(board: Board, pillar: str | None, projects: Sequence[Row]) -> Element:
    """Draw the first projects of a pillar, the others folded."""
    cards = [_draw_card(board, project) for project in projects]
    rest = cards[MAX_OF_PILLAR:]
    label = ngettext("{n:,} more", "{n:,} more", len(rest))
    heading = _("{pillar}: {n:,}", pillar=_name_pillar(board, pillar), n=len(projects))
    return make_element(
        "div",
        make_element("h3", heading, css="board-pillar"),
        make_element("ul", *cards[:MAX_OF_PILLAR], css="board-cards"),
        draw_fold(label, make_element("ul", *rest, css="board-cards")) if rest else None,
    )


def _draw_card(board: Board, project: Row) -> Element:
    return make_element(
        "li",
        make_element("a", project["title"], css="board-title", act=_find_act(project)),
        make_element("small", _describe_card(board, project), css="board-role"),
        css=join_classes("board-card", name_pillar_class(project["pillar"])),
    )


def _describe_card(board: Board, project: Row) -> str:
    """Say who does what; of what comes, also whether it is planned or selected."""
    status = board.statuses.get(project["status"], project["status"]).lower()
    parties = board.parties.get(project["project_id"], ())
    return describe_role(project, parties, status if project["status"] in COMING else "")


def _draw_others(board: Board) -> Element | None:
    """Draw what was stopped, folded by status."""
    known = (*COMING, *RUNNING, *COMPLETED)
    others = [project for project in board.projects if project["status"] not in known]
    if not others:
        return None
    label = ngettext("{n:,} stopped project", "{n:,} stopped projects", len(others))
    cards = [_draw_card(board, project) for project in others]
    return draw_fold(label, make_element("ul", *cards, css="board-cards"))


def _tabulate(board: Board) -> list[Row]:
    return [
        {
            "Project": project["title"],
            "Pillar": _name_pillar(board, project["pillar"]),
            "Status": board.statuses.get(project["status"], project["status"]),
            "Who": describe_role(project, board.parties.get(project["project_id"], ())),
            "Start": project["start_date"] or _("not known"),
            "End": project["end_date"] or _("not known"),
        }
        for project in board.projects
    ]
