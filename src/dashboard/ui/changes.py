"""What serving another version would change: the numbers that move and why, the rows that differ."""

import streamlit as st

from dashboard.publishing.changes import Changes
from dashboard.store import TableChange
from dashboard.text.counts import format_count
from dashboard.ui import tables
from dashboard.ui.markdown import escape

MAX_LISTED_NUMBERS = 40


def draw_changes(changes: Changes) -> None:
    """Draw the numbers that move and why, and the rows that differ."""
    if changes.tables:
        _draw_changed_numbers(changes)
    else:
        st.info("Nothing: these are the records that are served.", icon=":material/done_all:")
    for table in changes.tables:
        _draw_changed_rows(table, expanded=len(changes.tables) == 1)


def _draw_changed_numbers(changes: Changes) -> None:
    words = [f"- {escape(number.words())}" for number in changes.numbers[:MAX_LISTED_NUMBERS]]
    st.markdown("\n".join(words) if words else "No number of the dashboard moves.")
    if (more := len(changes.numbers) - MAX_LISTED_NUMBERS) > 0:
        st.caption(f"and {format_count(more, 'more number')}")


def _draw_changed_rows(table: TableChange, *, expanded: bool) -> None:
    shown = [
        {
            "Record": row.label,
            "What": row.what,
            "Column": column,
            "Before": _format_cell(before),
            "After": _format_cell(after),
        }
        for row in table.rows
        for column, before, after in row.fields or ((None, None, None),)
    ]
    with st.expander(f"{table.table}: {format_row_counts(table)}", expanded=expanded):
        st.dataframe(
            shown,
            hide_index=True,
            alt=f"Rows of {table.table} that differ",
            placeholder="",
            column_config=tables.medium_columns(),
        )


def format_row_counts(table: TableChange) -> str:
    """Return how many rows differ: "2 added, 1 changed"."""
    numbers = {"added": table.added, "changed": table.changed, "removed": table.removed}
    return ", ".join(f"{number:,} {what}" for what, number in numbers.items() if number)


def _format_cell(value: object) -> str:
    return "" if value is None else str(value)
