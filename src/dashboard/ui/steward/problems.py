"""What is wrong with offered files: each rule once, with its rows, the first examples and, where
one answer mends all of them, the box for that answer. Text that wraps: nothing is cut on a narrow
screen.
"""

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.intake.answers import Heading, Where
from dashboard.intake.groups import STRUCTURE, Group, grouped
from dashboard.intake.problems import Problem, shorten
from dashboard.publishing.delivery import Checked
from dashboard.text.words import count
from dashboard.ui.markdown import plain
from dashboard.ui.steward import answer_boxes, column_mapping
from dashboard.views.view import View

MOST_GROUPS = 60


def heading_of(problems: Sequence[Problem]) -> str:
    """How much is wrong, in words."""
    groups = grouped(problems)
    rows = count(sum(group.rows for group in groups), "problem")
    return rows if len(groups) == 1 else f"{rows} of {count(len(groups), 'kind')}"


def show(view: View, checked: Checked) -> None:
    """The problems by file and sheet, with the boxes that answer them."""
    groups = grouped(checked.problems)
    headings = {heading.where: heading for heading in checked.headings}
    lists = answer_boxes.labels(view)
    for where in dict.fromkeys(group.where for group in groups):
        here = [group for group in groups if group.where == where]
        st.subheader(plain(_name(where)), anchor=False)
        heading = headings.get(where)
        asked: set[str] = set()
        rest = here if heading is None else column_mapping.ask(checked, heading, here, lists)
        for group in rest[:MOST_GROUPS]:
            _group(checked, group, heading, lists, asked)
        if len(rest) > MOST_GROUPS:
            st.caption(f"and {count(len(rest) - MOST_GROUPS, 'more kind')} of problems")


def notes(problems: Sequence[Problem]) -> None:
    """What is allowed but odd, in the same form."""
    groups = grouped(problems)
    for group in groups[:MOST_GROUPS]:
        _group(Checked(), group, None, {}, set(), where=_name(group.where))
    if len(groups) > MOST_GROUPS:
        st.caption(f"and {count(len(groups) - MOST_GROUPS, 'more kind')} of notes")


def _name(where: Where) -> str:
    file, sheet = where
    return shorten(file) if sheet is None else f"{shorten(file)}, sheet {shorten(sheet)}"


def _group(
    checked: Checked,
    group: Group,
    heading: Heading | None,
    lists: Mapping[str, answer_boxes.Terms],
    asked: set[str],
    *,
    where: str = "",
) -> None:
    """One rule in one column: what is wrong, how to mend it, examples, and the one answer for all."""
    with st.container(border=True, gap="xsmall"):
        in_rows = group.code not in STRUCTURE and (group.first.row is not None or group.rows > 1)
        many = count(group.rows, "row") if in_rows else ""
        place = ", ".join(part for part in (where, _column(group, heading), many) if part)
        message = f"{group.first.message[:1].upper()}{group.first.message[1:]}."
        st.markdown(
            "  \n".join(
                [*([f"**{plain(place)}**"] if place else []), plain(message), plain(group.hint)]
            )
        )
        if group.examples:
            st.caption("  \n".join(plain(line) for line in _such_as(group)))
        if heading and heading.table and group.column:
            answer_boxes.answer(checked, group, heading, lists, asked)


def _column(group: Group, heading: Heading | None) -> str:
    """The column as the file has it, with its letter, and as it is called here."""
    if not group.column:
        return ""
    for position, column in (heading.columns if heading else {}).items():
        if heading and column == group.column:
            name, letter = shorten(heading.names[position].strip(), 40), heading.letters[position]
            return f"Column {letter} “{name}”" + ("" if name == column else f" ({column})")
    return f"Column {shorten(group.column)}"


def _such_as(group: Group) -> list[str]:
    """The examples, in a line where they need no more, and how many there are besides."""
    more = group.rows - len(group.examples)
    besides = [f"and {more:,} more"] if more else []
    lines = [group.example(problem) for problem in group.examples]
    return ["; ".join(lines + besides)] if group.hint else lines + besides
