"""Who works with whom: people and organisations against the projects in which they take part."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.charts import Chart
from dashboard.charts.matrix import MAX_COLUMNS, Cell, describe_limits, draw_matrix
from dashboard.charts.theme import Palette, escape_text
from dashboard.model import Row
from dashboard.text.counts import format_count
from dashboard.text.labels import distinguish_labels

LEAD = "lead"
"""The role that stands out: an id of the vocabulary, whatever it is called."""


@dataclass(frozen=True)
class _Roles:
    """The roles of parties in projects, by id: what each is called, and its letters in a cell."""

    names: Mapping[str, str]
    letters: Mapping[str, str]

    def name(self, roles: Sequence[str]) -> str:
        return ", ".join(self.names.get(role, role) for role in roles)


def draw_parties(
    parties: Sequence[Row], titles: Mapping[str, str], roles: Mapping[str, str], colours: Palette
) -> Chart:
    """Draw people and organisations against the projects in which they take part, with the role in
    each.

    `parties` are rows of the question project_parties; `titles` the projects' titles by id, `roles`
    the names of roles by id. Those with the most projects stand first, as do the projects with the
    most parties.
    """
    mine = [row for row in parties if row["project_id"] in titles]
    titles = distinguish_labels(titles)
    columns = _order_projects(mine, titles)
    rows = _order_parties(mine, list(columns)[:MAX_COLUMNS])
    held: dict[tuple[str, str], list[str]] = {}
    for row in mine:
        held.setdefault((_identity(row), row["project_id"]), []).append(row["role"])
    called = _Roles(roles, abbreviate_roles(mine, roles))
    table = [
        {"Who": rows[party], "Project": titles[project], "Role": called.name(found)}
        for (party, project), found in held.items()
    ]
    return draw_matrix(
        [_make_cell(key, found, rows, columns, called) for key, found in held.items()],
        rows,
        columns,
        colours,
        sentence=_say(mine, rows, columns),
        table=table,
    )


def _order_projects(parties: Sequence[Row], titles: Mapping[str, str]) -> dict[str, str]:
    """Order the titles of projects by id: those with the most parties first."""
    sizes = Counter(row["project_id"] for row in parties)
    return {i: titles[i] for i in sorted(sizes, key=lambda i: (-sizes[i], titles[i]))}


def _order_parties(parties: Sequence[Row], drawn_projects: Sequence[str]) -> dict[str, str]:
    """Order the names of parties by id: those in the most projects that are drawn first, people
    before organisations.
    """
    sizes = Counter(_identity(row) for row in parties)
    drawn = Counter(_identity(row) for row in parties if row["project_id"] in drawn_projects)
    people = {_identity(row) for row in parties if row["person_id"]}
    names = distinguish_labels({_identity(row): row["name"] for row in parties})

    def rank(party: str) -> tuple[int, int, bool, str]:
        return -drawn[party], -sizes[party], party not in people, names[party]

    return {party: names[party] for party in sorted(names, key=rank)}


def _make_cell(
    key: tuple[str, str],
    held: Sequence[str],
    rows: Mapping[str, str],
    columns: Mapping[str, str],
    roles: _Roles,
) -> Cell:
    """Make the cell of a party and a project from the ids of the roles that it holds there."""
    party, project = key
    hover = [
        f"<b>{escape_text(rows[party])}</b>",
        escape_text(roles.name(held).lower()),
        escape_text(columns[project]),
    ]
    return Cell(
        party,
        project,
        roles.letters[held[0]] + ("+" if len(held) > 1 else ""),
        "<br>".join(hover),
        weight=1.0 if LEAD in held else 0.4,
        link=f"project={project}",
    )


def _say(parties: Sequence[Row], rows: Mapping[str, str], columns: Mapping[str, str]) -> str:
    """Write the finding: how many take part in how many projects, and how many in several."""
    if not rows:
        return "Who takes part is not stated"
    who = format_count(len(rows), "person or organisation", "people and organisations")
    shared = sum(number > 1 for number in Counter(map(_identity, parties)).values())
    return (
        f"{who} in {format_count(len(columns), 'project')}; {f'{shared:,}' if shared else 'none'} in more"
        f" than one{describe_limits(rows, columns)}"
    )


def abbreviate_roles(parties: Sequence[Row], roles: Mapping[str, str]) -> dict[str, str]:
    """Find for each role that occurs, by id, the fewest first letters of its name that tell it from
    the others: {"lead": "L"}.
    """
    names = {str(row["role"]): roles.get(row["role"], row["role"]) for row in parties}
    by_name = sorted(names.items(), key=lambda pair: (pair[1], pair[0]))
    return {role: _shorten(name, list(names.values())) for role, name in by_name}


def _shorten(name: str, others: Sequence[str]) -> str:
    for length in range(1, 4):
        if sum(other.startswith(name[:length]) for other in others) == 1:
            return name[:length]
    return name[:4]


def _identity(row: Row) -> str:
    if row["person_id"]:
        return f"person {row['person_id']}"
    return f"organisation {row['organisation_id']}"
