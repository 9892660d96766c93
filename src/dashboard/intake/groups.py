"""Problems of one kind in one column of a file or sheet, as one group with its number of rows.

Whoever has to mend 1,758 rows wants to know the rule once, some examples, and how many there are.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.intake.problems import Problem, describe_place, shorten
from dashboard.language.messages import _
from dashboard.text.counts import format_count

EXAMPLES = 3
STRUCTURE = ("unknown-table", "no-header", "unknown-column", "missing-column", "double-column")
"""What a file is made of comes first: other problems may follow from it."""


@dataclass(frozen=True)
class Group:
    """Problems of one kind in one column of one file or sheet, in the order of the rows."""

    problems: tuple[Problem, ...]

    @property
    def first(self) -> Problem:
        return self.problems[0]

    @property
    def where(self) -> tuple[str, str | None]:
        """File and sheet."""
        return self.first.file, self.first.sheet

    @property
    def code(self) -> str:
        return self.first.code

    @property
    def column(self) -> str | None:
        return self.first.column

    @property
    def rows(self) -> int:
        """How many rows have the problem, also those that are not listed."""
        return sum(problem.rows for problem in self.problems)

    @property
    def examples(self) -> tuple[Problem, ...]:
        """The first rows, each value once."""
        listed = {
            problem.value: problem for problem in reversed(self.problems) if problem.row is not None
        }
        first = [p for p in self.problems if p.row is not None and listed[p.value] is p]
        rest = [p for p in self.problems if p.row is not None and listed[p.value] is not p]
        return tuple(sorted([*first, *rest][:EXAMPLES], key=lambda p: p.row or 0))

    @property
    def hint(self) -> str:
        """How to mend every one of the examples; empty where each has a way of its own."""
        hints = {problem.hint for problem in self.examples or (self.first,)}
        return hints.pop() if len(hints) == 1 else ""

    def example(self, problem: Problem) -> str:
        """Describe one of the examples, with its own hint where the group has none."""
        value = f" “{shorten(problem.value)}”" if problem.value else ""
        row = _("row {row}", row=problem.row or 0)
        return f"{row}{value}" + ("" if self.hint else f": {problem.hint}")

    @property
    def values(self) -> dict[str, int]:
        """The values with their number of rows, the most frequent first."""
        return dict(Counter(p.value for p in self.problems if p.value is not None).most_common())

    def __str__(self) -> str:
        if self.rows == 1:
            return str(self.first)
        place = describe_place(self.first.file, self.first.sheet, None, self.column or "")
        such = "; ".join(self.example(p) for p in self.examples)
        hint = f" {self.hint}" if self.hint else ""
        shown = " " + _("Such as {examples}", examples=such) if such else ""
        rows = format_count(self.rows, "row")
        return f"{place}: {rows}: {self.first.message}.{hint}{shown}"


def group_problems(problems: Iterable[Problem]) -> list[Group]:
    """Group problems by file, sheet, column and kind (`code` and `variant`, never their words): by
    file in the order found, what a file is made of first, then large groups first.
    """
    found: dict[tuple[str, ...], list[Problem]] = {}
    for one in problems:
        key = (one.file, one.sheet or "", one.column or "", one.code, one.variant)
        found.setdefault(key, []).append(one)
    groups = [Group(tuple(listed)) for listed in found.values()]
    files = list(dict.fromkeys(group.where for group in groups))
    return sorted(groups, key=lambda g: (files.index(g.where), g.code not in STRUCTURE, -g.rows))
