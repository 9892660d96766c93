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
from dashboard.language.messages import DUTCH, N_, _, current_language
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
DIALECT_LABELS: Mapping[tuple[str, bool], str] = {
    ("dates", False): N_("All dates of this file are"),
    ("dates", True): N_("All dates of this sheet are"),
    ("amounts", False): N_("All amounts of this file are"),
    ("amounts", True): N_("All amounts of this sheet are"),
}
"""By what is asked, and whether it is asked of a sheet."""
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
        st.checkbox(_("Make each {column} of the title and the day", column=column.name), key=box)
    elif column.terms:
        named = {term: _format_term(terms, term, dutch=shows_dutch(heading)) for term in terms}
        kinds = [str(kind) for kind in KNOWN_KINDS if kind in terms]
        _draw_selectbox(
            _("Put in the empty cells of {column}, in all rows", column=column.name)
            if rows < 2
            else _(
                "Put in the empty cells of {column}, in these {n:,} rows",
                column=column.name,
                n=rows,
            ),
            kinds if find_number_column(table, column.name) else [*terms],
            given_answers.register_box(checked, (heading.where, "fill", column.name, "")),
            named.__getitem__,
        )


def _draw_selectbox(
    label: str, options: Sequence[Any], key: str, format_func: Callable[[Any], str]
) -> None:
    """Draw a choice of which nothing is chosen yet. `format_func` has its words already: Streamlit
    calls it where nobody says in which language.
    """
    st.selectbox(
        label, options, index=None, key=key, format_func=format_func, placeholder=_("Choose")
    )


def _draw_term_boxes(
    checked: CheckedDelivery, group: Group, heading: Heading, column: Column, terms: Terms
) -> None:
    """Draw for each word that is in no list the term that it stands for, those of a near label
    first.
    """
    written_so = {term: _format_term(terms, term, dutch=heading.dutch) for term in terms}
    named = {term: _format_term(terms, term, dutch=shows_dutch(heading)) for term in terms}
    named[LEFT_OUT] = _("nothing: leave the cells empty")
    rows_of: dict[str, int] = {}
    for value, rows in group.values.items():
        rows_of[value.casefold()] = rows_of.get(value.casefold(), 0) + rows
    written = {value.casefold(): value for value in reversed(group.values)}
    for word, rows in list(rows_of.items())[:MAX_TERM_BOXES]:
        _draw_selectbox(
            _(
                "“{word}” ({rows}) means",
                word=escape(shorten(written[word])),
                rows=format_count(rows, "row"),
            ),
            [*rank_by_similarity(word, written_so), *([] if column.required else [LEFT_OUT])],
            given_answers.register_box(checked, (heading.where, "term", column.name, word)),
            named.__getitem__,
        )
    if (more := len(rows_of) - MAX_TERM_BOXES) > 0:
        words = format_count(more, "more word")
        st.caption(_("and {words}, when these are answered", words=words))


def shows_dutch(heading: Heading) -> bool:
    """Return whether terms and columns are shown in Dutch: as the reader, or else the file, has
    them.
    """
    return heading.dutch or current_language() == DUTCH


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
        way: _format_reading(_(given_answers.WAYS[way]), column, example, dialect)
        for way, dialect in dialects.items()
    }
    _draw_selectbox(
        _(DIALECT_LABELS[what, bool(group.first.sheet)]),
        [*named],
        given_answers.register_box(checked, (group.where, what, "", "")),
        named.__getitem__,
    )


def _format_reading(way: str, column: Column, example: str, dialect: Dialect) -> str:
    meant = read_as(column.form, example, dialect)
    return (
        _("{way}: “{example}” is {meant}", way=way, example=shorten(example), meant=meant)
        if meant
        else _("{way}: then “{example}” is wrong", way=way, example=shorten(example))
    )
