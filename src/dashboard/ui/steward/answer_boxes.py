"""The boxes in which one answer is given for all rows of a file or sheet."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard.intake.dialect_questions import DATE_ORDER, SEPARATORS, read_as
from dashboard.intake.groups import Group
from dashboard.intake.header_names import find_number_column, rank_by_similarity
from dashboard.intake.parse_result import DateOrder, Dialect, Separators
from dashboard.intake.problems import shorten
from dashboard.intake.reading_options import LEFT_OUT, Heading
from dashboard.model.quantity import Kind
from dashboard.publishing.delivery import CheckedDelivery
from dashboard.query import questions
from dashboard.schema.contract import Column, tables
from dashboard.text.counts import format_count
from dashboard.ui.markdown import escape
from dashboard.ui.steward import given_answers
from dashboard.views.view import View

MAX_TERM_BOXES = 25
KNOWN_KINDS = (Kind.EXACT, Kind.ABOUT, Kind.AT_LEAST)
FILL_CODES = ("kind-missing", "empty", "missing-column")
DIALECTS: Mapping[str, tuple[str, Mapping[Any, Dialect]]] = {
    DATE_ORDER: ("dates", {order: Dialect(dates=order) for order in DateOrder}),
    SEPARATORS: ("amounts", {marks: Dialect(amounts=marks) for marks in Separators}),
}
"""By the code of a problem, what may be read in two ways and how: what is asked once for a file."""
Terms = Mapping[str, tuple[str, str]]
"""The terms of a list with their labels in English and Dutch."""


def read_term_labels(view: View) -> dict[str, dict[str, tuple[str, str]]]:
    """Return for each list its terms, in its order, with their labels."""
    found: dict[str, dict[str, tuple[str, str]]] = {}
    rows = questions.browse(view.version, "terms", limit=100_000)
    for row in sorted(rows, key=lambda row: row["sort"]):
        found.setdefault(row["list"], {})[row["term_id"]] = row["label_en"], row["label_nl"]
    return found


def draw_answer_box(
    checked: CheckedDelivery,
    group: Group,
    heading: Heading,
    lists: Mapping[str, Terms],
    asked: set[str],
) -> None:
    """Draw the box for the answer that mends every row of a group, where there is one. What is
    answered for a whole file or sheet is asked once: `asked` holds what was.
    """
    columns = {column.name: column for column in tables()[heading.table].file_columns}
    column = columns.get(group.column or "")
    if column is None:
        return
    if group.code in FILL_CODES:
        draw_fill_box(checked, group.rows, heading, column, lists)
    elif group.code == "unknown-term":
        _draw_term_boxes(checked, group, heading, column, lists.get(column.terms, {}))
    elif group.code in DIALECTS and group.code not in asked:
        asked.add(group.code)
        _draw_dialect_box(checked, group, column, *DIALECTS[group.code])


def draw_fill_box(
    checked: CheckedDelivery,
    rows: int,
    heading: Heading,
    column: Column,
    lists: Mapping[str, Terms],
) -> None:
    """Draw what the empty cells of a column get; for the id of a record, that it is made."""
    table, terms = tables()[heading.table], lists.get(column.terms, {})
    if (column.name,) == table.key and column.form == "id":
        box = given_answers.register_box(checked, (heading.where, "ids", "", ""))
        st.checkbox(f"Make each {column.name} of the title and the day", key=box)
    elif column.terms:
        kinds = [str(kind) for kind in KNOWN_KINDS if kind in terms]
        every = "all rows" if rows < 2 else f"these {rows:,} rows"
        _draw_selectbox(
            f"Put in the empty cells of {column.name}, in {every}",
            kinds if find_number_column(table, column.name) else [*terms],
            given_answers.register_box(checked, (heading.where, "fill", column.name, "")),
            lambda term: _format_term(terms, term, dutch=heading.dutch),
        )


def _draw_selectbox(
    label: str, options: Sequence[Any], key: str, format_func: Callable[[Any], str]
) -> None:
    """Draw a choice of which nothing is chosen yet."""
    st.selectbox(label, options, index=None, key=key, format_func=format_func, placeholder="Choose")


def _draw_term_boxes(
    checked: CheckedDelivery, group: Group, heading: Heading, column: Column, terms: Terms
) -> None:
    """Draw for each word that is in no list the term that it stands for, those of a near label
    first.
    """
    named = {term: _format_term(terms, term, dutch=heading.dutch) for term in terms}
    rows_of: dict[str, int] = {}
    for value, rows in group.values.items():
        rows_of[value.casefold()] = rows_of.get(value.casefold(), 0) + rows
    written = {value.casefold(): value for value in reversed(group.values)}
    for word, rows in list(rows_of.items())[:MAX_TERM_BOXES]:
        _draw_selectbox(
            f"“{escape(shorten(written[word]))}” ({format_count(rows, 'row')}) means",
            [*rank_by_similarity(word, named), *([] if column.required else [LEFT_OUT])],
            given_answers.register_box(checked, (heading.where, "term", column.name, word)),
            lambda term: named.get(term, "nothing: leave the cells empty"),
        )
    if (more := len(rows_of) - MAX_TERM_BOXES) > 0:
        st.caption(f"and {format_count(more, 'more word')}, when these are answered")


def _format_term(terms: Terms, term: str, *, dutch: bool) -> str:
    return terms[term][dutch] or term


def _draw_dialect_box(
    checked: CheckedDelivery,
    group: Group,
    column: Column,
    what: str,
    dialects: Mapping[Any, Dialect],
) -> None:
    """Draw the ways to read a text that may mean two things, each with what the first example would
    be.
    """
    example = next((p.value for p in group.examples if p.value), "")
    named = {
        way: _format_reading(str(way), column, example, dialect)
        for way, dialect in dialects.items()
    }
    _draw_selectbox(
        f"All {what} of this {'sheet' if group.first.sheet else 'file'} are",
        [*named],
        given_answers.register_box(checked, (group.where, what, "", "")),
        lambda way: named[way],
    )


def _format_reading(way: str, column: Column, example: str, dialect: Dialect) -> str:
    meant = read_as(column.form, example, dialect)
    return (
        f"{way}: “{shorten(example)}” is {meant}"
        if meant
        else f"{way}: then “{shorten(example)}” is wrong"
    )
