"""What comes, what runs, what was completed: projects as cards in three columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dashboard.charts import Chart
from dashboard.charts.marks import (
    draw_empty,
    draw_fold,
    join_classes,
    make_chart,
    name_pillar_class,
)
from dashboard.charts.markup import Element, make_element
from dashboard.charts.project_cards import describe_role, name_project
from dashboard.language.messages import _, choose_term, ngettext, pgettext
from dashboard.language.numbers import format_integer
from dashboard.model import Row
from dashboard.text.titles import choose_name

MAX_CARDS, MAX_OF_PILLAR, MAX_OF_COLUMN = 24, 8, 12
"""Running cards that need no lists by pillar; cards before the fold of a pillar, and of a column."""
COMING, RUNNING, COMPLETED = ("planned", "selected"), ("running",), ("completed",)


@dataclass(frozen=True)
class Board:
    """Projects in the order in which they stand, with what is said of them: the parties of each by its
    id, and the names of pillars, statuses and kinds by id.
    """

    projects: Sequence[Row]
    parties: Mapping[str, Sequence[Row]]
    pillars: Mapping[str, str]
    statuses: Mapping[str, str]
    kinds: Mapping[str, str] = field(default_factory=dict)

    def select(self, statuses: Sequence[str]) -> list[Row]:
        """Select the projects of these statuses."""
        return [project for project in self.projects if project["status"] in statuses]

    def count(self, statuses: Sequence[str]) -> int:
        """Count the projects of these statuses, also those that were not read."""
        found = self.select(statuses)
        return max([len(found), *(int(project.get("found") or 0) for project in found)])


def draw_board(
    projects: Sequence[Row],
    parties: Sequence[Row],
    pillars: Mapping[str, str],
    statuses: Mapping[str, str],
    *,
    period: str,
    kinds: Mapping[str, str] | None = None,
) -> Chart:
    """Draw a card per project in the columns Coming, Running and Completed in `period`, by pillar, then
    title. More than MAX_CARDS that run are a list per pillar; what was stopped is folded.

    `projects` and `parties` are rows of the questions projects_by_stage and project_parties; of too
    many projects the first ones, each with how many of its stage were found.
    """
    board = _make_board(projects, parties, pillars, statuses, kinds or {})
    sentence = describe_board(board, period)
    if not projects:
        return make_chart(draw_empty(sentence), sentence, [])
    completed = _("Completed in {period}", period=period) if period else _("Completed")
    columns = make_element(
        "div",
        _draw_column(board, _("Coming"), COMING, "coming"),
        _draw_running(board),
        _draw_column(board, completed, COMPLETED, "completed"),
        css="board-columns",
    )
    markup = make_element("div", _draw_key(board), columns, _draw_others(board), css="board")
    links = [(choose_term(p, "title"), _find_act(p)) for p in board.projects]
    return make_chart(markup, sentence, _tabulate(board), links)


def describe_board(board: Board, period: str) -> str:
    """Say how many run, come and were completed."""
    if not board.projects:
        return _("No projects")
    places = {
        "running": board.count(RUNNING),
        "coming": board.count(COMING),
        "completed": board.count(COMPLETED),
        "period": period,
    }
    if not period:
        return _("{running:,} running, {completed:,} completed, {coming:,} coming", **places)
    return _(
        "{running:,} running, {completed:,} completed in {period}, {coming:,} coming", **places
    )


def _make_board(
    projects: Sequence[Row],
    parties: Sequence[Row],
    pillars: Mapping[str, str],
    statuses: Mapping[str, str],
    kinds: Mapping[str, str],
) -> Board:
    found: dict[str, list[Row]] = {}
    for party in parties:
        found.setdefault(party["project_id"], []).append(party)
    order = list(pillars)

    def rank(project: Row) -> tuple[int, str, str]:
        place = order.index(project["pillar"]) if project["pillar"] in order else len(order)
        return place, name_project(project), project["project_id"]

    return Board(sorted(projects, key=rank), found, pillars, statuses, kinds)


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
    return board.pillars.get(pillar, pillar) if pillar else _("No pillar stated")


def _draw_column(board: Board, heading: str, statuses: Sequence[str], css: str) -> Element:
    cards = [_draw_card(board, project) for project in board.select(statuses)]
    total = board.count(statuses)
    if not cards:
        return _draw_frame(heading, total, css, make_element("p", _("none"), css="board-none"))
    limit = MAX_CARDS if statuses is RUNNING else MAX_OF_COLUMN
    return _draw_frame(
        heading, total, css, *_fold_cards(cards, limit), _draw_more(total, len(cards))
    )


def _fold_cards(cards: Sequence[Element], limit: int) -> tuple[Element | None, ...]:
    """Draw the first cards, the others folded."""
    rest = cards[limit:]
    label = ngettext("{n:,} more", "{n:,} more", len(rest))
    return (
        make_element("ul", *cards[:limit], css="board-cards"),
        draw_fold(label, make_element("ul", *rest, css="board-cards")) if rest else None,
    )


def _draw_more(total: int, drawn: int) -> Element | None:
    """Say how many were not read: a narrower choice leads to them."""
    more = total - drawn
    if more <= 0:
        return None
    words = ngettext(
        "and {n:,} more: choose a pillar or a person",
        "and {n:,} more: choose a pillar or a person",
        more,
    )
    return make_element("p", words, css="more")


def _draw_frame(heading: str, number: int, css: str, *inside: Element | None) -> Element:
    head = make_element(
        "div",
        make_element("h3", heading),
        make_element("span", format_integer(number), css="board-number"),
        css="board-head",
    )
    return make_element("section", head, *inside, css=join_classes("board-column", css))


def _draw_running(board: Board) -> Element:
    projects, total = board.select(RUNNING), board.count(RUNNING)
    if len(projects) <= MAX_CARDS:
        return _draw_column(board, _("Running"), RUNNING, "running")
    groups: dict[str | None, list[Row]] = {}
    for project in projects:
        groups.setdefault(project["pillar"], []).append(project)
    lists = [_draw_pillar(board, pillar, found) for pillar, found in groups.items()]
    return _draw_frame(_("Running"), total, "running", *lists, _draw_more(total, len(projects)))


def _draw_pillar(board: Board, pillar: str | None, projects: Sequence[Row]) -> Element:
    cards = [_draw_card(board, project) for project in projects]
    name = _name_pillar(board, pillar)
    heading = make_element(
        "h3", _("{pillar}: {n:,}", pillar=name, n=len(projects)), css="board-pillar"
    )
    return make_element("div", heading, *_fold_cards(cards, MAX_OF_PILLAR))


def _draw_card(board: Board, project: Row) -> Element:
    title, lang = choose_name(project)
    return make_element(
        "li",
        make_element("a", title, css="board-title", act=_find_act(project), lang=lang),
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
            _("Project"): choose_term(project, "title"),
            _("Kind"): board.kinds.get(project["kind"] or "", project["kind"] or ""),
            _("Pillar"): _name_pillar(board, project["pillar"]),
            _("Status"): board.statuses.get(project["status"], project["status"]),
            _("Who"): describe_role(project, board.parties.get(project["project_id"], ())),
            pgettext("of a project", "Start"): project["start_date"] or _("not known"),
            pgettext("of a project", "End"): project["end_date"] or _("not known"),
        }
        for project in board.projects
    ]
