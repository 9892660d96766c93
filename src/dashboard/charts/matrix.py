"""A matrix: who against what, a cell per pair. Readable where a network would be a hairball."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from dashboard.charts import Chart
from dashboard.charts.theme import Palette, escape_text, make_axis, make_layout
from dashboard.model import Row
from dashboard.text.counts import format_count
from dashboard.text.labels import shorten
from dashboard.text.lists import join_names

MAX_ROWS, MAX_COLUMNS = 20, 14
ROW, HEAD = 34, 92
"""Pixels of a row, and of the labels of the columns."""


@dataclass(frozen=True)
class Cell:
    """What stands where a row and a column meet. `text` is shown; `weight` from 0 to 1 gives its
    tint; `link` is what a click opens ("why=…").
    """

    row: str
    column: str
    text: str
    hover: str
    weight: float = 1.0
    link: str = ""


def draw_matrix(
    cells: Sequence[Cell],
    rows: Mapping[str, str],
    columns: Mapping[str, str],
    colours: Palette,
    *,
    sentence: str,
    table: Sequence[Row],
) -> Chart:
    """Draw cells by row and column, in the order of `rows` and `columns` (id -> label); only the first
    MAX_ROWS and MAX_COLUMNS are drawn, the table holds all.
    """
    ids, heads = list(rows)[:MAX_ROWS], list(columns)[:MAX_COLUMNS]
    shown = [cell for cell in cells if cell.row in set(ids) and cell.column in set(heads)]
    height = HEAD + ROW * max(len(ids), 1)
    figure = {
        "data": [_draw_cells(shown, colours)] if shown else [],
        "layout": make_layout(
            height,
            colours,
            xaxis=_column_axis({i: columns[i] for i in heads}, colours),
            yaxis=_row_axis({i: rows[i] for i in ids}, colours),
            hovermode="closest",
            showlegend=False,
        ),
    }
    links = [(f"{rows[c.row]}, {columns[c.column]}: {c.text}", c.link) for c in shown if c.link]
    return Chart(figure, table, sentence, height, links)


def _column_axis(heads: Mapping[str, str], colours: Palette) -> dict[str, Any]:
    """Make the axis with the labels of the columns above them, turned where one is long."""
    return make_axis(
        colours,
        type="category",
        categoryorder="array",
        categoryarray=list(heads),
        range=[-0.5, len(heads) - 0.5],
        tickvals=list(heads),
        ticktext=[escape_text(shorten(head, 22)) for head in heads.values()],
        side="top",
        showgrid=False,
        tickangle=-50 if any(len(head) > 5 for head in heads.values()) else 0,
        tickfont={"size": 12},
    )


def _row_axis(rows: Mapping[str, str], colours: Palette) -> dict[str, Any]:
    return make_axis(
        colours,
        type="category",
        categoryorder="array",
        categoryarray=list(rows)[::-1],
        range=[-0.5, len(rows) - 0.5],
        tickvals=list(rows),
        ticktext=[_wrap(label) for label in rows.values()],
        showgrid=True,
        tickfont={"size": 12},
        ticklabelstandoff=4,
    )


def _draw_cells(cells: Sequence[Cell], colours: Palette) -> dict[str, Any]:
    strong = [cell.weight > 0.55 for cell in cells]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [cell.column for cell in cells],
        "y": [cell.row for cell in cells],
        "text": [escape_text(cell.text) for cell in cells],
        "textfont": {"size": 12, "color": [colours.surface if s else colours.ink for s in strong]},
        "marker": {
            "symbol": "square",
            "size": 23,
            "color": [colours.accent if s else colours.faint for s in strong],
            "line": {"color": colours.accent, "width": 1},
        },
        "customdata": [cell.link or None for cell in cells],
        "hovertext": [cell.hover for cell in cells],
        "hoverinfo": "text",
    }


def _wrap(text: str, width: int = 18) -> str:
    """Wrap a label to at most two lines, escaped: long names take no more width than short ones."""
    lines = wrap(shorten(text, 2 * width), width, max_lines=2, placeholder="…") or [""]
    return "<br>".join(escape_text(line) for line in lines)


def describe_limits(rows: Mapping[str, str], columns: Mapping[str, str]) -> str:
    """Say what is not drawn; the table holds it."""
    of = [(rows, MAX_ROWS, "row"), (columns, MAX_COLUMNS, "column")]
    cut = [
        f"{most} of {format_count(len(found), what)}"
        for found, most, what in of
        if len(found) > most
    ]
    return f"; {join_names(cut)} are drawn" if cut else ""
