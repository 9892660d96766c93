"""In which role: people against the roles in which they contributed, as a table with tinted cells."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.charts import Bars, Chart
from dashboard.charts.contrast import choose_tint
from dashboard.charts.marks import draw_empty, draw_fold, format_share, join_classes, make_chart
from dashboard.charts.markup import Element, make_element
from dashboard.charts.ranking import find_leading
from dashboard.charts.theme import Palette
from dashboard.model import Row
from dashboard.model.drill_down import format_drill_down
from dashboard.text.counts import format_count
from dashboard.text.lists import join_names
from dashboard.text.messages import _, ngettext

MAX_ROWS = 24
WEAKEST, STRONGEST = 0.18, 0.8
"""The tints of the least and the most, as shares of the neutral colour."""


@dataclass(frozen=True)
class Counts:
    """Contributions by person and role, with both in the order in which they stand."""

    people: Mapping[str, str]
    roles: Mapping[str, str]
    cells: Mapping[tuple[str, str], int]

    @property
    def largest(self) -> int:
        return max(self.cells.values(), default=1)

    def sum_person(self, person: str) -> int:
        return sum(self.cells.get((person, role), 0) for role in self.roles)

    def sum_role(self, role: str) -> int:
        return sum(self.cells.get((person, role), 0) for person in self.people)


def draw_role_matrix(
    rows: Sequence[Row],
    roles: Mapping[str, str],
    colours: Palette,
    *,
    profiles: bool = True,
    limit: int = MAX_ROWS,
) -> Chart:
    """Draw contributions by person (the most first) and role, with their sums; people after the first
    `limit` are folded, roles that nobody had are left out.

    `rows` are of the question contributions_by; `roles` the names of roles by id, in their order.
    """
    counts = count_contributions(rows, roles)
    sentence = describe_roles(counts)
    if not counts.people:
        return make_chart(draw_empty(sentence), sentence, [])
    people = list(counts.people)
    first, rest = people[:limit], people[limit:]
    label = _("The other {n:,} of {all:,} people", n=len(rest), all=len(people))
    markup = make_element(
        "div",
        _draw_table(counts, first, colours, profiles=profiles, sums=True),
        draw_fold(label, _draw_table(counts, rest, colours, profiles=profiles, sums=False))
        if rest
        else None,
        css="matrix",
    )
    links = [
        (f"{counts.people[person]}, {counts.roles[role]}: {number:,}", _find_act(person, role))
        for (person, role), number in counts.cells.items()
    ]
    return make_chart(markup, sentence, _tabulate(counts), links, _list_bars(counts, colours))


def count_contributions(rows: Sequence[Row], roles: Mapping[str, str]) -> Counts:
    """Count by person and role; people by how much they contributed, roles as in their vocabulary."""
    mine = [row for row in rows if row["dimension"] == "role"]
    cells: Counter[tuple[str, str]] = Counter()
    sums: Counter[str] = Counter()
    names = {row["person_id"]: row["name"] for row in mine}
    for row in mine:
        cells[row["person_id"], row["id"]] += row["contributions"]
        sums[row["person_id"]] += row["contributions"]
    had = {role for _person, role in cells}
    order = [role for role in roles if role in had] + sorted(had - set(roles))
    people = sorted(names, key=lambda person: (-sums[person], names[person], person))
    return Counts(
        {person: names[person] for person in people},
        {role: roles.get(role, role) for role in order},
        cells,
    )


def describe_roles(counts: Counts) -> str:
    """Say how many people contributed in how many roles, and in which the most."""
    if not counts.people:
        return _("Nobody is named")
    sums = {role: counts.sum_role(role) for role in counts.roles}
    people = format_count(len(counts.people), "person", "people")
    leading = find_leading(sums)
    if not leading:
        return ngettext(
            "{people} in {n:,} role", "{people} in {n:,} roles", len(sums), people=people
        )
    most = join_names([f"{counts.roles[role].lower()} ({sums[role]:,})" for role in leading])
    return ngettext(
        "{people} in {n:,} role: {most}",
        "{people} in {n:,} roles, most as {most}",
        len(sums),
        people=people,
        most=most,
    )


def find_tint(number: int, largest: int, colours: Palette) -> tuple[float, bool]:
    """Find the tint of a cell, and whether its number is in ink (else in the colour of the page)."""
    share = (number - 1) / (largest - 1) if largest > 1 else 0.0
    wanted = WEAKEST + (STRONGEST - WEAKEST) * share
    return choose_tint(colours.accent, colours.surface, colours.ink, wanted)


def _find_act(person: str, role: str) -> str:
    return f"why={format_drill_down('contributions', ('speaker', person), ('role', role))}"


def _draw_table(
    counts: Counts, people: Sequence[str], colours: Palette, *, profiles: bool, sums: bool
) -> Element:
    heads = [
        make_element("th", make_element("span", name.lower(), css="matrix-head"), scope="col")
        for name in counts.roles.values()
    ]
    # of the corner there is nothing to say; the column of sums is named for those who hear it
    head = make_element(
        "tr",
        make_element("td"),
        *heads,
        make_element("th", make_element("span", _("all"), css="only-heard"), scope="col"),
    )
    body = [_draw_row(counts, person, colours, profiles=profiles) for person in people]
    return make_element(
        "table",
        make_element("thead", head),
        make_element("tbody", *body),
        make_element("tfoot", _draw_sums(counts)) if sums else None,
        css="matrix-table",
    )


def _draw_row(counts: Counts, person: str, colours: Palette, *, profiles: bool) -> Element:
    act = (
        f"person={person}"
        if profiles
        else f"why={format_drill_down('contributions', ('speaker', person))}"
    )
    name = make_element("a", counts.people[person], css="matrix-name", act=act)
    return make_element(
        "tr",
        make_element("th", name, scope="row"),
        *(_draw_cell(counts, person, role, colours) for role in counts.roles),
        make_element("td", f"{counts.sum_person(person):,}", css="matrix-sum"),
    )


def _draw_cell(counts: Counts, person: str, role: str, colours: Palette) -> Element:
    number = counts.cells.get((person, role), 0)
    if not number:
        return make_element("td", css="matrix-empty")
    tint, ink = find_tint(number, counts.largest, colours)
    words = f"{counts.people[person]}, {counts.roles[role].lower()}: {number:,}"
    role_name = make_element("span", counts.roles[role].lower(), css="matrix-role")
    return make_element(
        "td",
        make_element(
            "a",
            role_name,
            make_element("span", f"{number:,}"),
            css=join_classes("matrix-cell", "" if ink else "on-strong"),
            act=_find_act(person, role),
            style={"--tint-share": format_share(tint)},
            aria_label=words,
            title=words,
        ),
    )


def _draw_sums(counts: Counts) -> Element:
    return make_element(
        "tr",
        make_element("th", _("all"), scope="row", css="matrix-all"),
        *(
            make_element(
                "td",
                make_element("span", name.lower(), css="matrix-role"),
                make_element("span", f"{counts.sum_role(role):,}"),
                css="matrix-sum",
            )
            for role, name in counts.roles.items()
        ),
        make_element("td", f"{sum(counts.cells.values()):,}", css="matrix-sum"),
    )


def _tabulate(counts: Counts) -> list[Row]:
    return [
        {
            "Person": name,
            **{label: counts.cells.get((person, role), 0) for role, label in counts.roles.items()},
            "All": counts.sum_person(person),
        }
        for person, name in counts.people.items()
    ]


def _list_bars(counts: Counts, colours: Palette) -> Bars:
    """List the matrix as bars: a person each, in parts by role."""
    shown = list(counts.people)[:MAX_ROWS]
    series = [
        (name, [counts.cells.get((person, role)) for person in shown], colours.tints[nr % 5])
        for nr, (role, name) in enumerate(counts.roles.items())
    ]
    return Bars([counts.people[person] for person in shown], series)
