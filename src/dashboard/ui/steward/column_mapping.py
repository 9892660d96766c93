"""Column mapping: which table a sheet is and which columns its header means, asked on the page."""

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.intake.groups import Group
from dashboard.intake.header_names import PRIVATE_COLUMNS, rank_by_similarity
from dashboard.intake.parse_values import normalize_name
from dashboard.intake.problems import shorten
from dashboard.intake.reading_options import LEFT_OUT, Heading
from dashboard.language.messages import _
from dashboard.publishing.delivery import CheckedDelivery
from dashboard.schema.contract import Column, say_meaning, tables
from dashboard.ui.markdown import escape
from dashboard.ui.steward import answer_boxes, given_answers

MAPPING_CODES = ("unknown-table", "no-header", "unknown-column", "missing-column")


def draw_mapping_questions(
    checked: CheckedDelivery,
    heading: Heading,
    groups: Sequence[Group],
    lists: Mapping[str, answer_boxes.Terms],
) -> list[Group]:
    """Draw the boxes for the table and the columns of a sheet, where its problems ask for them;
    return the other groups.
    """
    asked = [group for group in groups if group.code in MAPPING_CODES]
    if asked:
        with st.container(border=True):
            if heading.table:
                _draw_column_boxes(checked, heading)
                _draw_missing_columns(checked, heading, asked, lists)
            else:
                _draw_table_box(checked, heading)
    return [group for group in groups if group not in asked]


def _draw_table_box(checked: CheckedDelivery, heading: Heading) -> None:
    named = {name: f"{table.nl} ({name})" for name, table in tables().items()}
    named[LEFT_OUT] = _("none: leave it out")
    shown = escape(shorten(heading.name))
    st.markdown(_("No table is called **{name}**. Say which one it is.", name=shown))
    st.selectbox(
        _("The table of “{name}”", name=shown),
        [
            *rank_by_similarity(
                heading.name, {name: f"{name} {table.nl}" for name, table in tables().items()}
            ),
            LEFT_OUT,
        ],
        index=None,
        key=given_answers.register_box(checked, (heading.where, "table", "", "")),
        format_func=named.__getitem__,
        placeholder=_("Choose"),
    )


def find_unknown_columns(heading: Heading) -> list[str]:
    """Return the normal names in a header that mean no column, each once."""
    taken = {normalize_name(heading.names[position]) for position in heading.columns}
    names = dict.fromkeys(normalize_name(name) for name in heading.names if name.strip())
    return [name for name in names if name not in taken and name not in PRIVATE_COLUMNS]


def _draw_column_boxes(checked: CheckedDelivery, heading: Heading) -> None:
    """Draw for each name in the header that means nothing here the column that it is, or that it is
    left out.
    """
    names = [name for name in find_unknown_columns(heading) if name not in heading.ignored]
    if not names:
        return
    free = [
        column
        for column in tables()[heading.table].shown_columns
        if column.name not in heading.columns.values()
    ]
    st.markdown(
        _(
            "**Columns that {table} does not have.** Say what each is; it is remembered for the next"
            " time.",
            table=heading.table,
        )
    )
    for name in names:
        _draw_column_box(checked, heading, name, free)
    if len(names) > 1:
        rest = given_answers.register_box(checked, (heading.where, "rest", "", ""))
        st.checkbox(_("Leave out the columns of which I say nothing"), key=rest)


def _draw_column_box(
    checked: CheckedDelivery,
    heading: Heading,
    name: str,
    columns: Sequence[Column],
    now: str | None = None,
) -> None:
    """Draw one name in the header; `now` is what it is read as already."""
    dutch = answer_boxes.shows_dutch(heading)
    named = {column.name: _format_column(column, dutch=dutch) for column in columns}
    named[LEFT_OUT] = _("nothing: leave it out")
    options = [*_sort_by_nearness(name, columns), LEFT_OUT]
    st.selectbox(
        _describe_header(heading, name),
        options,
        index=options.index(now) if now in options else None,
        key=given_answers.register_box(checked, (heading.where, "column", "", name)),
        format_func=named.__getitem__,
        placeholder=_("Choose"),
    )


def _sort_by_nearness(name: str, columns: Sequence[Column]) -> list[str]:
    """Return the names of columns, those first that look like a name in the header."""
    spellings = {
        column.name: f"{column.name.replace('_', ' ')} {column.nl.replace('_', ' ')}"
        for column in columns
    }
    return [*rank_by_similarity(name, spellings)]


def _describe_header(heading: Heading, name: str) -> str:
    """Return a name in the header with its letter and a value."""
    position = next(i for i, text in enumerate(heading.names) if normalize_name(text) == name)
    first = heading.first[position] if position < len(heading.first) else ""
    shown, letter = escape(shorten(heading.names[position])), heading.letters[position]
    if not first:
        return _("“{name}” (column {letter}) is", name=shown, letter=letter)
    return _(
        "“{name}” (column {letter}, such as “{example}”) is",
        name=shown,
        letter=letter,
        example=escape(shorten(first, 30)),
    )


def _format_column(column: Column, *, dutch: bool) -> str:
    name = f"{column.nl} ({column.name})" if dutch and column.nl != column.name else column.name
    return f"{name}: {say_meaning(column)}" if column.meaning else name


def _draw_missing_columns(
    checked: CheckedDelivery,
    heading: Heading,
    groups: Sequence[Group],
    lists: Mapping[str, answer_boxes.Terms],
) -> None:
    """Draw the columns that are needed and that nothing in the header means yet."""
    missing = [group for group in groups if group.code == "missing-column"]
    if not missing:
        return
    columns = {column.name: column for column in tables()[heading.table].file_columns}
    listed = ", ".join(f"{group.column} ({columns[group.column or ''].nl})" for group in missing)
    st.markdown(_("**Still needed:** {columns}.", columns=escape(listed)))
    for group in missing:
        answer_boxes.draw_fill_box(checked, group.rows, heading, columns[group.column or ""], lists)


def draw_remembered_columns(checked: CheckedDelivery) -> bool:
    """Draw the columns that are read as the last time, which can be said otherwise; return whether
    there are any.
    """
    found = [heading for heading in checked.headings if heading.remembered]
    for heading in found:
        columns = tables()[heading.table].shown_columns
        where = shorten(given_answers.name_place(heading.where))
        with st.expander(_("Columns of {file} that are read as the last time", file=escape(where))):
            for name, meant in heading.remembered.items():
                _draw_column_box(checked, heading, name, columns, now=meant)
    return bool(found)
