"""How often people contributed in each role, month, strategic line or country, and what is said of
it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.charts.ranking import find_leading
from dashboard.language.messages import _, ngettext
from dashboard.model import Row
from dashboard.model.drill_down import format_drill_down
from dashboard.model.filters import NOT_STATED
from dashboard.text.counts import format_count
from dashboard.text.dates import abbreviate_month
from dashboard.text.lists import join_names
from dashboard.text.selection import name_filter

MAX_COLUMNS, MAX_GROUPS = 12, 8
"""Columns of times and roles, and of what has long names."""
UNKNOWN, OTHERS = "", "*others"
WITHOUT_VALUE = (UNKNOWN, OTHERS)
"""Columns of what has no known month or country, and of what has no room."""
TIMES = ("month", "year")


@dataclass(frozen=True)
class Counts:
    """Contributions by person and column (a role, a month …), with both in the order in which they
    stand.
    """

    people: Mapping[str, str]
    columns: Mapping[str, str]
    cells: Mapping[tuple[str, str], int]
    dimension: str = "role"

    @property
    def largest(self) -> int:
        return max(self.cells.values(), default=1)

    def sum_person(self, person: str) -> int:
        return sum(self.cells.get((person, column), 0) for column in self.columns)

    def sum_column(self, column: str) -> int:
        return sum(self.cells.get((person, column), 0) for person in self.people)

    @property
    def heads(self) -> Mapping[str, str]:
        """The names of the columns as they stand above them: roles in the middle of a line."""
        if self.dimension != "role":
            return self.columns
        return {column: name.lower() for column, name in self.columns.items()}

    def find_act(self, person: str, column: str) -> str:
        """Find what a cell opens; what has no known value has none to be asked for by."""
        if column in WITHOUT_VALUE:
            return ""
        return f"why={format_drill_down('contributions', ('speaker', person), (self.dimension, column))}"


def count_contributions(
    rows: Sequence[Row], labels: Mapping[str, str], dimension: str = "role"
) -> Counts:
    """Count by person and column; people by how much they contributed, roles as in their
    vocabulary. More months than there is room for become years.
    """
    mine = [row for row in rows if row["dimension"] == dimension]
    if dimension == "month" and len({row["id"] for row in mine if row["id"]}) > MAX_COLUMNS:
        return count_contributions(rows, {}, "year")
    sums: Counter[str] = Counter()
    for row in mine:
        sums[row["id"] or UNKNOWN] += row["contributions"]
    columns = _name_columns(sums, labels, dimension)
    cells: Counter[tuple[str, str]] = Counter()
    people: Counter[str] = Counter()
    for row in mine:
        column = row["id"] or UNKNOWN
        cells[row["person_id"], column if column in columns else OTHERS] += row["contributions"]
        people[row["person_id"]] += row["contributions"]
    names = {row["person_id"]: row["name"] for row in mine}
    order = sorted(names, key=lambda person: (-people[person], names[person], person))
    return Counts({person: names[person] for person in order}, columns, cells, dimension)


def _name_columns(
    sums: Mapping[str, int], labels: Mapping[str, str], dimension: str
) -> dict[str, str]:
    """Name the columns in their order: roles as in their vocabulary, times as they pass, others by how
    much there is of them; of too many the last are one.
    """
    known = [column for column in sums if column not in WITHOUT_VALUE and column != NOT_STATED]
    if dimension == "role":
        known = [role for role in labels if role in known] + sorted(set(known) - set(labels))
    elif dimension in TIMES:
        known.sort()
    else:
        known.sort(key=lambda column: (-sums[column], column))
    most = MAX_COLUMNS if dimension in (*TIMES, "role") else MAX_GROUPS
    shown = known if len(known) <= most else known[: most - 1]
    names = _name_values(shown, labels, dimension)
    if len(shown) < len(known):
        names[OTHERS] = _("{n:,} others", n=len(known) - len(shown))
    names |= {NOT_STATED: _("not stated")} if NOT_STATED in sums else {}
    return names | ({UNKNOWN: _("not known")} if UNKNOWN in sums else {})


def _name_values(
    columns: Sequence[str], labels: Mapping[str, str], dimension: str
) -> dict[str, str]:
    if dimension != "month":
        return {column: labels.get(column, column) for column in columns}
    if len({month[:4] for month in columns}) == 1:
        return {month: abbreviate_month(month) for month in columns}
    return {
        month: _("{month} {year}", month=abbreviate_month(month), year=month[:4])
        for month in columns
    }


def describe_roles(counts: Counts) -> str:
    """Say how many people contributed in how many roles, and in which the most; or by month, line or
    country.
    """
    if not counts.people:
        return _("Nobody is named")
    known = [column for column in counts.columns if column not in (*WITHOUT_VALUE, NOT_STATED)]
    sums = {column: counts.sum_column(column) for column in known}
    people = format_count(len(counts.people), "person")
    names = [_name_most(counts, column, sums) for column in find_leading(sums)]
    if counts.dimension == "role":
        return _describe_roles(people, len(sums), join_names(names))
    by = {"people": people, "dimension": name_filter(counts.dimension)}
    if not names:
        return _("{people} by {dimension}", **by)
    return _("{people} by {dimension}, most in {most}", most=join_names(names), **by)


def _name_most(counts: Counts, column: str, sums: Mapping[str, int]) -> str:
    name = counts.columns[column]
    name = name.lower() if counts.dimension == "role" else name
    return _("{name} ({n:,})", name=name, n=sums[column])


def _describe_roles(people: str, roles: int, most: str) -> str:
    if not most:
        return ngettext("{people} in {n:,} role", "{people} in {n:,} roles", roles, people=people)
    return ngettext(
        "{people} in {n:,} role: {most}",
        "{people} in {n:,} roles, most as {most}",
        roles,
        people=people,
        most=most,
    )
