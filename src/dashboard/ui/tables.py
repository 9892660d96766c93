"""Records as a table of a page: sortable, searchable, each row to be opened, the whole to be downloaded."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import streamlit as st

from dashboard.charts.words import day
from dashboard.contents import Sheet
from dashboard.quantity import Quantity
from dashboard.share import columns
from dashboard.share.csv_files import to_csv
from dashboard.ui import state
from dashboard.ui.parts import plain
from dashboard.view import View

PAPER_ROWS, PAPER_COLUMNS = 100, 5
MEDIUM = ("Stated in", "But", "Before", "After")
"""Columns whose long texts must not push the last ones out of sight."""
LARGE = ("Event", "Training", "Project", "Record", "Talk")


def sheet(view: View, found: Sheet) -> None:
    """A table of a page under its heading."""
    shown = [{name: _cell(value) for name, value in row.items()} for row in found.rows]
    agenda(view, found.heading, shown, found.links, found.key, csv=columns.csv(found))


def _cell(value: Any) -> Any:
    """A quantity in words; everything else as it is."""
    return f"{value.words()}{' (disputed)' if value.disputed else ''}" if isinstance(value, Quantity) else value


def agenda(
    view: View, heading: str, shown: list[dict[str, Any]], links: Sequence[str], key: str, *, csv: str | None = None
) -> None:
    """The rows under a heading; `links` says what each opens. The file has the name of the selection, and holds the
    rows, or `csv` where a cell is more than its words."""
    st.header(heading, anchor=False)
    if not shown:
        return
    choosable(shown, links, key, alt=heading)
    _on_paper(shown, key)
    name = "-".join([key, *(value for _, value in view.filters.query())])[:80]
    st.download_button(
        "Download as CSV", csv or to_csv(shown), f"{name}.csv", "text/csv", icon=":material/download:", on_click="ignore",
        key=f"download-{key}",
    )  # fmt: skip


def _on_paper(shown: Sequence[dict[str, Any]], key: str) -> None:
    """The first columns and rows as text, for print.css: a grid is a picture of the part that is scrolled to."""
    columns = [name for name in shown[0] if any(row[name] not in (None, "") for row in shown)][:PAPER_COLUMNS]
    with st.container(key=f"paper-{key}"):
        st.table(
            [{name: plain(_text(row[name])) for name in columns} for row in shown[:PAPER_ROWS]],
            border="horizontal",
            hide_index=True,
        )
        if len(shown) > PAPER_ROWS:
            st.caption(f"The first {PAPER_ROWS} of {len(shown):,} rows")


def _text(value: object) -> str:
    return "" if value is None else day(value) if isinstance(value, date) else str(value)


def choosable(
    shown: list[dict[str, Any]], links: Sequence[str], key: str, *, alt: str, height: int = 600, inside: bool = False
) -> None:
    """A table of which a chosen row is opened; `inside` a dialog or fragment."""
    versioned = f"{key}-{st.session_state.setdefault('selections', 0)}"

    def opened() -> None:
        if rows := st.session_state[versioned].selection.rows:
            st.session_state["selections"] += 1  # a new key forgets the selection: a second choice works again
            if link := links[rows[0]]:
                state.follow(link, inside=inside)

    st.dataframe(
        shown, key=versioned, on_select=opened, selection_mode="single-row", hide_index=True, alt=alt, placeholder="",
        height=min(38 + 35 * len(shown), height),
        column_config={
            "Date": st.column_config.DateColumn(format="D MMM YYYY") if _is_day(shown, "Date") else "Date",
            **{name: st.column_config.TextColumn(width="large") for name in LARGE},
            **narrowed(),
        },
    )  # fmt: skip


def narrowed() -> dict[str, Any]:
    """Widths for the columns of MEDIUM."""
    return {name: st.column_config.TextColumn(width="medium") for name in MEDIUM}


def _is_day(shown: Sequence[dict[str, Any]], column: str) -> bool:
    """Whether a column holds days: a year or an academic year as text must not be read as one."""
    return all(isinstance(row.get(column), date | None) for row in shown)
