"""Who carries the programme: contributions of people against role, month, line or country."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from dashboard.charts import Bars, Chart
from dashboard.charts.matrix import MAX_COLUMNS, MAX_ROWS, Cell, describe_limits, draw_matrix
from dashboard.charts.ranking import find_leading
from dashboard.charts.theme import Palette, escape_text
from dashboard.model import Row
from dashboard.model.drill_down import format_drill_down
from dashboard.model.filters import NOT_STATED
from dashboard.text.counts import format_count
from dashboard.text.dates import abbreviate_month
from dashboard.text.lists import join_names

DIMENSIONS = {"role": "Role", "month": "Month", "line": "Strategic line", "country": "Country"}
NAMES = DIMENSIONS | {"year": "Year"}


def draw_contributions(
    rows: Sequence[Row],
    dimension: str,
    labels: Mapping[str, str],
    colours: Palette,
    *,
    chosen: Sequence[str] = (),
) -> Chart:
    """Draw contributions by person (the most first) and role, month, line or country.

    `rows` are of the question contributions_by; `labels` the names of the dimension's values. More
    months than there is room for become years, unless months are `chosen`. What has no known
    month or country has no column; the sentence says how many those are.
    """
    mine = [row for row in rows if row["dimension"] == dimension]
    if dimension == "month" and not chosen and len({row["id"] for row in mine}) > MAX_COLUMNS:
        mine, dimension = [row for row in rows if row["dimension"] == "year"], "year"
    people, columns = _rank_people(mine), _order_columns(mine, dimension, labels)
    drawn = draw_matrix(
        _make_cells(mine, dimension, columns),
        people,
        columns,
        colours,
        sentence=_finding(mine, dimension, people, columns),
        table=_tabulate(mine, dimension, columns),
    )
    return replace(drawn, bars=_list_bars(mine, people, columns, colours))


def _make_cells(rows: Sequence[Row], dimension: str, columns: Mapping[str, str]) -> list[Cell]:
    largest = max((row["contributions"] for row in rows), default=1)
    return [
        Cell(
            row["person_id"],
            row["id"],
            f"{row['contributions']:,}",
            _hover(row, columns),
            row["contributions"] / largest,
            f"why={format_drill_down('contributions', ('speaker', row['person_id']), (dimension, row['id']))}",
        )
        for row in rows
        if row["id"] is not None
    ]


def _tabulate(rows: Sequence[Row], dimension: str, columns: Mapping[str, str]) -> list[Row]:
    return [
        {
            "Person": row["name"],
            NAMES[dimension]: columns.get(row["id"], "not known"),
            "Contributions": row["contributions"],
        }
        for row in rows
    ]


def _list_bars(
    rows: Sequence[Row], people: Mapping[str, str], columns: Mapping[str, str], colours: Palette
) -> Bars:
    """List the matrix as bars: a person each, in parts by the other side."""
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


def _rank_people(rows: Sequence[Row]) -> dict[str, str]:
    sums: Counter[str] = Counter()
    names = {row["person_id"]: row["name"] for row in rows}
    for row in rows:
        sums[row["person_id"]] += row["contributions"]
    return {i: names[i] for i in sorted(names, key=lambda i: (-sums[i], names[i]))}


def _order_columns(
    rows: Sequence[Row], dimension: str, labels: Mapping[str, str]
) -> dict[str, str]:
    """Order the columns: months in order of time; other values by how much there is of them."""
    sums: Counter[str] = Counter()
    for row in rows:
        if row["id"] is not None:
            sums[row["id"]] += row["contributions"]
    if dimension == "year":
        return {i: i for i in sorted(sums)}
    if dimension == "month":
        one_year = len({i[:4] for i in sums}) == 1
        names = {i: abbreviate_month(i) for i in sorted(sums)}
        return names if one_year else {i: f"{name} {i[2:4]}" for i, name in names.items()}
    return {
        i: _label(i, labels) for i in sorted(sums, key=lambda i: (i == NOT_STATED, -sums[i], i))
    }


def _label(identity: str, labels: Mapping[str, str]) -> str:
    return "Not stated" if identity == NOT_STATED else labels.get(identity, identity)


def _hover(row: Row, columns: Mapping[str, str]) -> str:
    return (
        f"<b>{escape_text(row['name'])}</b><br>{escape_text(columns[row['id']])}:"
        f" {format_count(row['contributions'], 'contribution')}"
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
    return f"Contributions {'; '.join(parts)}{describe_limits(people, columns)}"


def _where_most(sums: Mapping[str, int], columns: Mapping[str, str]) -> str:
    if not sums:
        return "not stated"
    if not (first := find_leading(sums)):
        return f"at most {max(sums.values()):,} each"
    return f"most in {join_names([f'{columns[i]} ({sums[i]:,})' for i in first])}"


def describe_breadth(people: Sequence[Row]) -> str:
    """Say how broadly the programme is carried: "contributions from 11 people; the largest share is
    10 of 24".

    `people` are rows of the question contributors.
    """
    named = [p for p in people if p["contributions"]]
    if not named:
        return "Nobody is named at the events of this selection"
    total, top = sum(p["contributions"] for p in named), max(p["contributions"] for p in named)
    if len(named) == 1:
        return f"All from {named[0]['name']}: {format_count(total, 'contribution')}"
    share = f"the largest share is {top:,} of {total:,} ({_name_leaders(named, top)})"
    return f"Contributions from {len(named):,} people; {share}"


def _name_leaders(people: Sequence[Row], top: int) -> str:
    first = [p["name"] for p in people if p["contributions"] == top]
    if len(first) == 1:
        return str(first[0])
    return f"{join_names(first) if len(first) == 2 else f'{len(first):,} people'} each"
