"""What serving another version would change: the numbers that move and why, the rows that differ."""

from collections.abc import Mapping

import streamlit as st

from dashboard.language.messages import N_, _, ngettext
from dashboard.publishing.changes import Changes
from dashboard.store import TableChange
from dashboard.text.counts import format_count
from dashboard.ui import tables
from dashboard.ui.markdown import escape

MAX_LISTED_NUMBERS = 40
WHAT: Mapping[str, str] = {
    "added": N_("added"),
    "changed": N_("changed"),
    "removed": N_("removed"),
}
"""What happened to a row."""


def draw_changes(changes: Changes) -> None:
    """Draw the numbers that move and why, and the rows that differ."""
    if changes.tables:
        _draw_changed_numbers(changes)
    else:
        st.info(_("Nothing: these are the records that are served."), icon=":material/done_all:")
    for table in changes.tables:
        _draw_changed_rows(table, expanded=len(changes.tables) == 1)


def _draw_changed_numbers(changes: Changes) -> None:
    words = [f"- {escape(number.words())}" for number in changes.numbers[:MAX_LISTED_NUMBERS]]
    st.markdown("\n".join(words) if words else _("No number of the dashboard moves."))
    if (more := len(changes.numbers) - MAX_LISTED_NUMBERS) > 0:
        st.caption(_("and {things}", things=format_count(more, "more number")))


def _draw_changed_rows(table: TableChange, *, expanded: bool) -> None:
    shown = [
        {
            _("Record"): row.label,
            _("What"): _name_what(row.what),
            _("Column"): column,
            _("Before"): _format_cell(before),
            _("After"): _format_cell(after),
        }
        for row in table.rows
        for column, before, after in row.fields or ((None, None, None),)
    ]
    with st.expander(
        _("{table}: {rows}", table=table.table, rows=format_row_counts(table)), expanded=expanded
    ):
        st.dataframe(
            shown,
            hide_index=True,
            alt=_("Rows of {table} that differ", table=table.table),
            placeholder="",
            column_config=tables.widen((_("Before"), _("After")), "medium"),
        )


def format_row_counts(table: TableChange) -> str:
    """Return how many rows differ: "2 added, 1 changed"."""
    added = ngettext("{n:,} added", "{n:,} added", table.added)
    changed = ngettext("{n:,} changed", "{n:,} changed", table.changed)
    removed = ngettext("{n:,} removed", "{n:,} removed", table.removed)
    said = [(table.added, added), (table.changed, changed), (table.removed, removed)]
    return ", ".join(words for number, words in said if number)


def _name_what(what: str) -> str:
    return _(WHAT[what]) if what in WHAT else what


def _format_cell(value: object) -> str:
    return "" if value is None else str(value)
