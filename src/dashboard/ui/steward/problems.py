"""What is wrong with offered files: each rule once, with its rows, the first examples and, where
one answer mends all of them, the box for that answer. Text that wraps: nothing is cut on a narrow
screen.
"""

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.intake.groups import STRUCTURE, Group, group_problems
from dashboard.intake.problems import Problem, shorten
from dashboard.intake.reading_options import Heading, Where
from dashboard.language.messages import _, ngettext
from dashboard.publishing.delivery import CheckedDelivery
from dashboard.text.counts import format_count
from dashboard.ui.markdown import escape
from dashboard.ui.steward import answer_boxes, column_mapping, given_answers
from dashboard.views.view import View

MAX_GROUPS = 60


def summarize_problems(problems: Sequence[Problem]) -> str:
    """Return how much is wrong, in words."""
    groups = group_problems(problems)
    rows = format_count(sum(group.rows for group in groups), "problem")
    if len(groups) == 1:
        return rows
    kinds = format_count(len(groups), "kind")
    return _("{problems} of {kinds}", problems=rows, kinds=kinds)


def draw_problems(view: View, checked: CheckedDelivery) -> None:
    """Draw the problems by file and sheet, with the boxes that answer them."""
    groups = group_problems(checked.problems)
    headings = {heading.where: heading for heading in checked.headings}
    lists = answer_boxes.read_term_labels(view)
    for where in dict.fromkeys(group.where for group in groups):
        here = [group for group in groups if group.where == where]
        st.subheader(escape(_format_where(where)), anchor=False)
        heading = headings.get(where)
        asked: set[str] = set()
        rest = (
            here
            if heading is None
            else column_mapping.draw_mapping_questions(checked, heading, here, lists)
        )
        for group in rest[:MAX_GROUPS]:
            _draw_group(checked, group, heading, lists, asked)
        if len(rest) > MAX_GROUPS:
            kinds = format_count(len(rest) - MAX_GROUPS, "more kind")
            st.caption(_("and {kinds} of problems", kinds=kinds))


def draw_notes(problems: Sequence[Problem]) -> None:
    """Draw what is allowed but odd, in the same form."""
    groups = group_problems(problems)
    for group in groups[:MAX_GROUPS]:
        _draw_group(CheckedDelivery(), group, None, {}, set(), where=_format_where(group.where))
    if len(groups) > MAX_GROUPS:
        kinds = format_count(len(groups) - MAX_GROUPS, "more kind")
        st.caption(_("and {kinds} of notes", kinds=kinds))


def _format_where(where: Where) -> str:
    file, sheet = where
    return given_answers.name_place((shorten(file), None if sheet is None else shorten(sheet)))


def _draw_group(
    checked: CheckedDelivery,
    group: Group,
    heading: Heading | None,
    lists: Mapping[str, answer_boxes.Terms],
    asked: set[str],
    *,
    where: str = "",
) -> None:
    """Draw one rule in one column: what is wrong, how to mend it, examples, and the one answer for
    all.
    """
    with st.container(border=True, gap="xsmall"):
        st.markdown("  \n".join(_describe_group(group, heading, where)))
        if group.examples:
            st.caption("  \n".join(escape(line) for line in _format_examples(group)))
        if heading and heading.table and group.column:
            answer_boxes.draw_answer_box(checked, group, heading, lists, asked)


def _describe_group(group: Group, heading: Heading | None, where: str) -> list[str]:
    """Return where a rule is broken, if that is known, the rule, and what to write instead."""
    in_rows = group.code not in STRUCTURE and (group.first.row is not None or group.rows > 1)
    rows = format_count(group.rows, "row") if in_rows else ""
    place = ", ".join(part for part in (where, _format_column(group, heading), rows) if part)
    message = f"{group.first.message[:1].upper()}{group.first.message[1:]}."
    return [*([f"**{escape(place)}**"] if place else []), escape(message), escape(group.hint)]


def _format_column(group: Group, heading: Heading | None) -> str:
    """Return the column as the file has it, with its letter, and as it is called here."""
    if not group.column:
        return ""
    for position, column in (heading.columns if heading else {}).items():
        if heading and column == group.column:
            name, letter = shorten(heading.names[position].strip(), 40), heading.letters[position]
            if name == column:
                return _("Column {letter} “{name}”", letter=letter, name=name)
            return _("Column {letter} “{name}” ({column})", letter=letter, name=name, column=column)
    return _("Column {column}", column=shorten(group.column))


def _format_examples(group: Group) -> list[str]:
    """Return the examples, in a line where they need no more, and how many there are besides."""
    more = group.rows - len(group.examples)
    rest = [ngettext("and {n:,} more", "and {n:,} more", more)] if more else []
    lines = [group.example(problem) for problem in group.examples]
    return ["; ".join(lines + rest)] if group.hint else lines + rest
