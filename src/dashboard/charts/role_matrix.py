"""In which role: people against the roles in which they contributed, or against months, strategic
lines or countries, as a table with tinted cells.
"""

from collections.abc import Mapping, Sequence

from dashboard.charts import Bars, Chart
from dashboard.charts.contrast import choose_tint
from dashboard.charts.contribution_counts import Counts, count_contributions, describe_roles
from dashboard.charts.marks import draw_empty, draw_fold, format_share, join_classes, make_chart
from dashboard.charts.markup import Element, make_element
from dashboard.charts.share_findings import say_not_shown
from dashboard.charts.theme import Palette
from dashboard.language.messages import _, pgettext
from dashboard.language.numbers import format_integer
from dashboard.model import Row

MAX_ROWS, MAX_FOLDED, MAX_WIDE = 24, 200, 9
"""Rows in sight, rows with those that are folded, and columns that have room in their full width."""
WEAKEST, STRONGEST = 0.18, 0.8
"""The tints of the least and the most, as shares of the neutral colour."""


def draw_role_matrix(
    rows: Sequence[Row],
    labels: Mapping[str, str],
    colours: Palette,
    *,
    dimension: str = "role",
    profiles: bool = True,
    limit: int = MAX_ROWS,
) -> Chart:
    """Draw contributions by person (the most first) and role, or another `dimension` (month, line,
    country), with their sums; people after the first `limit` are folded, what nobody had is left
    out.

    `rows` are of the question contributions_by; `labels` the names of the dimension's values by
    id, those of roles in their order.
    """
    counts = count_contributions(rows, labels, dimension)
    sentence = describe_roles(counts)
    if not counts.people:
        return make_chart(draw_empty(sentence), sentence, [])
    links = [
        (_say_cell(counts.people[person], counts.columns[column], number), act)
        for (person, column), number in counts.cells.items()
        if (act := counts.find_act(person, column))
    ]
    markup = _draw_tables(counts, colours, limit, profiles=profiles)
    return make_chart(markup, sentence, _tabulate(counts), links, _list_bars(counts, colours))


def _say_cell(person: str, column: str, number: int) -> str:
    return _("{person}, {column}: {n:,}", person=person, column=column, n=number)


def _draw_tables(counts: Counts, colours: Palette, limit: int, *, profiles: bool) -> Element:
    people = list(counts.people)
    first, rest = people[:limit], people[limit:MAX_FOLDED]
    label = (
        _("The other {n:,} of {all:,} people", n=len(rest), all=len(people))
        if len(people) <= MAX_FOLDED
        else _("The next {n:,} of {all:,} people", n=len(rest), all=len(people))
    )
    return make_element(
        "div",
        _draw_table(counts, first, colours, profiles=profiles, sums=len(people) > 1),
        draw_fold(label, _draw_table(counts, rest, colours, profiles=profiles, sums=False))
        if rest
        else None,
        css=join_classes("matrix", "matrix-many" if len(counts.columns) > MAX_WIDE else ""),
    )


def find_tint(number: int, largest: int, colours: Palette) -> tuple[float, bool]:
    """Find the tint of a cell, and whether its number is in ink (else in the colour of the page)."""
    share = (number - 1) / (largest - 1) if largest > 1 else 0.0
    wanted = WEAKEST + (STRONGEST - WEAKEST) * share
    return choose_tint(colours.accent, colours.surface, colours.ink, wanted)


def _draw_table(
    counts: Counts, people: Sequence[str], colours: Palette, *, profiles: bool, sums: bool
) -> Element:
    heads = [
        make_element("th", make_element("span", name, css="matrix-head"), scope="col")
        for name in counts.heads.values()
    ]
    # of the corner there is nothing to say; the column of sums is named for those who hear it
    head = make_element(
        "tr",
        make_element("td"),
        *heads,
        make_element(
            "th", make_element("span", pgettext("a sum", "all"), css="only-heard"), scope="col"
        ),
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
    name = make_element(
        "a" if profiles else "span",
        counts.people[person],
        css="matrix-name",
        act=f"person={person}" if profiles else "",
    )
    return make_element(
        "tr",
        make_element("th", name, scope="row"),
        *(_draw_cell(counts, person, role, colours) for role in counts.columns),
        make_element("td", format_integer(counts.sum_person(person)), css="matrix-sum"),
    )


def _draw_cell(counts: Counts, person: str, column: str, colours: Palette) -> Element:
    number = counts.cells.get((person, column), 0)
    if not number:
        return make_element("td", css="matrix-empty")
    tint, ink = find_tint(number, counts.largest, colours)
    head, act = counts.heads[column], counts.find_act(person, column)
    words = _say_cell(counts.people[person], head, number)
    return make_element(
        "td",
        make_element(
            "a" if act else "span",
            make_element("span", head, css="matrix-role"),
            make_element("span", format_integer(number)),
            css=join_classes("matrix-cell", "" if ink else "on-strong"),
            act=act,
            style={"--tint-share": format_share(tint)},
            aria_label=words,
            title=words,
        ),
    )


def _draw_sums(counts: Counts) -> Element:
    return make_element(
        "tr",
        make_element("th", pgettext("a sum", "all"), scope="row", css="matrix-all"),
        *(
            make_element(
                "td",
                make_element("span", name, css="matrix-role"),
                make_element("span", format_integer(counts.sum_column(role))),
                css="matrix-sum",
            )
            for role, name in counts.heads.items()
        ),
        make_element("td", format_integer(sum(counts.cells.values())), css="matrix-sum"),
    )


def _tabulate(counts: Counts) -> list[Row]:
    return [
        {
            _("Person"): name,
            **{
                label: counts.cells.get((person, role), 0) for role, label in counts.columns.items()
            },
            pgettext("a sum", "All"): counts.sum_person(person),
        }
        for person, name in counts.people.items()
    ]


def _list_bars(counts: Counts, colours: Palette) -> Bars:
    """List the matrix as bars: a person each, in parts by role."""
    shown = list(counts.people)[:MAX_ROWS]
    series = [
        (name, [counts.cells.get((person, role)) for person in shown], colours.tints[nr % 5])
        for nr, (role, name) in enumerate(counts.columns.items())
    ]
    rest = list(counts.people)[MAX_ROWS:]
    note = say_not_shown(len(rest), sum(counts.sum_person(person) for person in rest))
    return Bars([counts.people[person] for person in shown], series, note=note)
