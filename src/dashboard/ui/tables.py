"""Records as a table of a page: sortable, searchable, each row to be opened, the whole to be
downloaded.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Literal

import pyarrow as pa
import streamlit as st

from dashboard.export import columns
from dashboard.export.csv_files import to_csv, to_spreadsheet_csv
from dashboard.language.messages import _
from dashboard.model.roles import Role
from dashboard.ui import print_layout, state
from dashboard.ui.permission import defer, requires
from dashboard.views.content import Sheet, make_arrow_table
from dashboard.views.view import View

HEADER_HEIGHT, ROW_HEIGHT = 38, 35
"""Pixels."""


def draw_downloads(view: View, sheets: Sequence[Sheet]) -> None:
    """Draw the way to take the tables of a page along."""
    shown = [sheet for sheet in sheets if sheet.rows]
    if shown:
        with st.container(horizontal=True, key="downloads"):
            for sheet in shown:
                _draw_csv_download(view, sheet.key, partial(_build_sheet_csv, sheet))


def _build_sheet_csv(found: Sheet) -> str:
    return columns.sheet_to_csv(found.for_a_file())


def draw_table(
    view: View,
    heading: str,
    shown: Sequence[dict[str, Any]],
    links: Sequence[str],
    key: str,
    *,
    grid: pa.Table | None = None,
    csv: Callable[[], str] | None = None,
    note: str = "",
    large: Sequence[str] = (),
) -> None:
    """Draw rows under a heading and a note; `links` says what each opens, `large` which columns are
    wide. The file has the name of the selection, and holds the rows, or what `csv` gives where a
    cell is more than its words; it is made when somebody asks for it.
    """
    st.header(heading, anchor=False)
    if not shown:
        return
    if note:
        st.caption(note)
    draw_selectable_table(shown, links, key, alt=heading, grid=grid, large=large)
    print_layout.print_table(view, shown, key)
    _draw_csv_download(view, key, csv or partial(to_csv, shown))


def _draw_csv_download(view: View, key: str, csv: Callable[[], str]) -> None:
    name = "-".join([key, *(value for _name, value in view.filters.query())])[:80]
    st.download_button(
        _("Download as CSV"),
        defer(_build_csv_file, csv),
        f"{name}.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
        key=f"download-{key}",
    )


@requires(Role.VIEWER)
def _build_csv_file(csv: Callable[[], str]) -> bytes:
    return to_spreadsheet_csv(csv())


def draw_selectable_table(
    shown: Sequence[dict[str, Any]],
    links: Sequence[str],
    key: str,
    *,
    alt: str,
    height: int = 600,
    inside: bool = False,
    grid: pa.Table | None = None,
    large: Sequence[str] = (),
) -> None:
    """Draw a table of which a chosen row is opened; `inside` a dialog or fragment. `grid` holds the
    same rows, where somebody has made it already: Streamlit would go through pandas.
    """
    versioned = f"{key}-{st.session_state.setdefault('selections', 0)}"
    st.dataframe(
        grid if grid is not None else make_arrow_table(shown),
        key=versioned,
        on_select=partial(_open_selected_row, versioned, links, inside),
        selection_mode="single-row",
        hide_index=True,
        alt=alt,
        placeholder="",
        height=min(HEADER_HEIGHT + ROW_HEIGHT * len(shown), height),
        column_config=widen(large, "large"),
    )


def widen(columns: Sequence[str], width: Literal["medium", "large"]) -> dict[str, Any]:
    """Return the width of columns with texts, by which no long one pushes the last columns out of
    sight.
    """
    return {name: st.column_config.TextColumn(width=width) for name in columns}


@requires(Role.VIEWER)
def _open_selected_row(key: str, links: Sequence[str], inside: bool) -> None:
    """Open the chosen row of the table with this key (callback)."""
    if rows := st.session_state[key].selection.rows:
        # a new key forgets the selection: a second choice works again
        st.session_state["selections"] += 1
        if link := links[rows[0]]:
            state.open_link(link, inside=inside)
