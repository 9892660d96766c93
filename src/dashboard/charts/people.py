"""Who carries the programme: contributions of people against role, month, line or country; who
works with whom.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from dashboard.charts import Bars, Chart
from dashboard.charts.matrix import MAX_COLUMNS, MAX_ROWS, Cell, matrix
from dashboard.charts.ranking import leading
from dashboard.charts.theme import Palette, safe
from dashboard.model import Row
from dashboard.model.drill_down import ask
from dashboard.model.filters import NOT_STATED
from dashboard.text.counts import count
from dashboard.text.dates import month
from dashboard.text.labels import told_apart
from dashboard.text.lists import listed

DIMENSIONS = {"role": "Role", "month": "Month", "line": "Strategic line", "country": "Country"}
NAMES = DIMENSIONS | {"year": "Year"}


def contributions(
    rows: Sequence[Row],
    dimension: str,
    labels: Mapping[str, str],
    colours: Palette,
    *,
    chosen: Sequence[str] = (),
) -> Chart:
    """Contributions by person (the most first) and role, month, line or country.

    `rows` are of the question contributions_by; `labels` the names of the dimension's values. More
    months than there is room for become years, unless months are `chosen`. What has no known
    month or country has no column; the sentence says how many those are.
    """
    mine = [row for row in rows if row["dimension"] == dimension]
    if dimension == "month" and not chosen and len({row["id"] for row in mine}) > MAX_COLUMNS:
        mine, dimension = [row for row in rows if row["dimension"] == "year"], "year"
    people, columns = _people(mine), _columns(mine, dimension, labels)
    largest = max((row["contributions"] for row in mine), default=1)
    cells = [
        Cell(
            row["person_id"],
            row["id"],
            f"{row['contributions']:,}",
            _hover(row, columns),
            row["contributions"] / largest,
            f"why={ask('contributions', ('speaker', row['person_id']), (dimension, row['id']))}",
        )
        for row in mine
        if row["id"] is not None
    ]
    table = [
        {
            "Person": row["name"],
            NAMES[dimension]: columns.get(row["id"], "not known"),
            "Contributions": row["contributions"],
        }
        for row in mine
    ]
    drawn = matrix(
        cells,
        people,
        columns,
        colours,
        sentence=_finding(mine, dimension, people, columns),
        table=table,
    )
    return replace(drawn, bars=_told(mine, people, columns, colours))


def _told(
    rows: Sequence[Row], people: Mapping[str, str], columns: Mapping[str, str], colours: Palette
) -> Bars:
    """The matrix told as bars: a person each, in parts by the other side."""
    cells = {(row["person_id"], row["id"]): row["contributions"] for row in rows}
    shown = list(people)[:MAX_ROWS]
    present = [i for i in (*columns, None) if any((person, i) in cells for person in shown)]
    series = [
        (
            columns.get(i or "", "Not known"),
            [cells.get((person, i)) for person in shown],
            colours.tints[nr % 5],
        )
        for nr, i in enumerate(present)
    ]
    return Bars([people[person] for person in shown], series)


def _people(rows: Sequence[Row]) -> dict[str, str]:
    sums: Counter[str] = Counter()
    names = {row["person_id"]: row["name"] for row in rows}
    for row in rows:
        sums[row["person_id"]] += row["contributions"]
    return {i: names[i] for i in sorted(names, key=lambda i: (-sums[i], names[i]))}


def _columns(rows: Sequence[Row], dimension: str, labels: Mapping[str, str]) -> dict[str, str]:
    """Months in order of time; other values by how much there is of them."""
    sums: Counter[str] = Counter()
    for row in rows:
        if row["id"] is not None:
            sums[row["id"]] += row["contributions"]
    if dimension == "year":
        return {i: i for i in sorted(sums)}
    if dimension == "month":
        years = {i[:4] for i in sums}
        return {
            i: month(i)[:3] if len(years) == 1 else month(i)[:3] + f" {i[2:4]}"
            for i in sorted(sums)
        }
    return {
        i: _label(i, labels) for i in sorted(sums, key=lambda i: (i == NOT_STATED, -sums[i], i))
    }


def _label(identity: str, labels: Mapping[str, str]) -> str:
    return "Not stated" if identity == NOT_STATED else labels.get(identity, identity)


def _hover(row: Row, columns: Mapping[str, str]) -> str:
    return (
        f"<b>{safe(row['name'])}</b><br>{safe(columns[row['id']])}:"
        f" {count(row['contributions'], 'contribution')}"
    )


def _finding(
    rows: Sequence[Row], dimension: str, people: Mapping[str, str], columns: Mapping[str, str]
) -> str:
    if not rows:
        return "Nobody is named"
    sums: Counter[str] = Counter()
    for row in rows:
        sums[row["id"]] += row["contributions"]
    left_out = sums.pop(None, 0)  # type: ignore[call-overload]
    parts = [
        (
            f"by {NAMES[dimension].lower()}:"
            f" {_where_most({i: n for i, n in sums.items() if i != NOT_STATED}, columns)}"
        )
    ]
    if left_out:
        parts.append(f"{left_out:,} with no known {NAMES[dimension].lower()}")
    return f"Contributions {'; '.join(parts)}{_limits(people, columns)}"


def _where_most(sums: Mapping[str, int], columns: Mapping[str, str]) -> str:
    if not sums:
        return "not stated"
    if not (first := leading(sums)):
        return f"at most {max(sums.values()):,} each"
    return f"most in {listed([f'{columns[i]} ({sums[i]:,})' for i in first])}"


def _limits(rows: Mapping[str, str], columns: Mapping[str, str]) -> str:
    """What is not drawn; the table holds it."""
    of = [(rows, MAX_ROWS, "row"), (columns, MAX_COLUMNS, "column")]
    cut = [f"{most} of {count(len(found), what)}" for found, most, what in of if len(found) > most]
    return f"; {listed(cut)} are drawn" if cut else ""


def breadth(people: Sequence[Row]) -> str:
    """How broadly the programme is carried: "contributions from 11 people; the largest share is 10
    of 24".

    `people` are rows of the question contributors.
    """
    named = [p for p in people if p["contributions"]]
    if not named:
        return "Nobody is named at the events of this selection"
    total = sum(p["contributions"] for p in named)
    if len(named) == 1:
        return f"All from {named[0]['name']}: {count(total, 'contribution')}"
    top = max(p["contributions"] for p in named)
    first = [p["name"] for p in named if p["contributions"] == top]
    who = (
        first[0]
        if len(first) == 1
        else f"{listed(first)} each"
        if len(first) == 2
        else f"{len(first):,} people each"
    )
    return (
        f"Contributions from {len(named):,} people; the largest share is {top:,} of {total:,}"
        f" ({who})"
    )


def who_with_whom(
    parties: Sequence[Row], titles: Mapping[str, str], roles: Mapping[str, str], colours: Palette
) -> Chart:
    """People and organisations against the projects in which they take part, with the role in each.

    `parties` are rows of the question project_parties; `titles` the projects' titles by id. Those
    with the most projects stand first, as do the projects with the most parties.
    """
    mine = [row for row in parties if row["project_id"] in titles]
    of_party = Counter(_identity(row) for row in mine)
    of_project = Counter(row["project_id"] for row in mine)
    names = told_apart({_identity(row): row["name"] for row in mine})
    titles = told_apart(titles)
    columns = {i: titles[i] for i in sorted(of_project, key=lambda i: (-of_project[i], titles[i]))}
    drawn = Counter(
        _identity(row) for row in mine if row["project_id"] in list(columns)[:MAX_COLUMNS]
    )
    rows = {
        i: names[i]
        for i in sorted(
            names, key=lambda i: (-drawn[i], -of_party[i], i.startswith("organisation"), names[i])
        )
    }
    short_for = codes(mine, roles)
    combined: dict[tuple[str, str], list[str]] = {}
    for row in mine:
        combined.setdefault((_identity(row), row["project_id"]), []).append(
            roles.get(row["role"], row["role"])
        )
    cells = [
        Cell(
            party,
            project,
            short_for[held[0]] + ("+" if len(held) > 1 else ""),
            f"<b>{safe(rows[party])}</b><br>{safe(', '.join(held).lower())}"
            f"<br>{safe(columns[project])}",
            weight=1.0 if "Lead" in held else 0.4,
            link=f"project={project}",
        )
        for (party, project), held in combined.items()
    ]
    table = [
        {"Who": names[party], "Project": titles[project], "Role": ", ".join(held)}
        for (party, project), held in combined.items()
    ]
    shared = sum(number > 1 for number in of_party.values())
    sentence = (
        f"{count(len(rows), 'person or organisation', 'people and organisations')} in"
        f" {count(len(columns), 'project')}; {f'{shared:,}' if shared else 'none'} in more than"
        f" one{_limits(rows, columns)}"
        if rows
        else "Who takes part is not stated"
    )
    return matrix(cells, rows, columns, colours, sentence=sentence, table=table)


def codes(parties: Sequence[Row], roles: Mapping[str, str]) -> dict[str, str]:
    """For each role that occurs the fewest first letters that tell it from the others: {"Lead":
    "L"}.
    """
    names = sorted({str(roles.get(row["role"], row["role"])) for row in parties})
    return {
        name: next(
            (
                name[:length]
                for length in range(1, 4)
                if sum(other.startswith(name[:length]) for other in names) == 1
            ),
            name[:4],
        )
        for name in names
    }


def _identity(row: Row) -> str:
    return (
        f"person {row['person_id']}"
        if row["person_id"]
        else f"organisation {row['organisation_id']}"
    )
