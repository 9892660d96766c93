"""A matrix: who against what, a cell per pair. Readable where a network would be a hairball."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from dashboard.charts import Chart
from dashboard.charts.theme import Palette, axis, layout, safe
from dashboard.model import Row
from dashboard.text.labels import short

MAX_ROWS, MAX_COLUMNS = 20, 14
ROW, HEAD = 34, 92


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


def matrix(
    cells: Sequence[Cell],
    rows: Mapping[str, str],
    columns: Mapping[str, str],
    colours: Palette,
    *,
    sentence: str,
    table: Sequence[Row],
) -> Chart:
    """Cells by row and column, in the order of `rows` and `columns` (id -> label); only the first
    MAX_ROWS and MAX_COLUMNS are drawn, the table holds all.
    """
    ids, heads = list(rows)[:MAX_ROWS], list(columns)[:MAX_COLUMNS]
    shown = [cell for cell in cells if cell.row in set(ids) and cell.column in set(heads)]
    height = HEAD + ROW * max(len(ids), 1)
    turned = any(len(columns[i]) > 5 for i in heads)
    figure = {
        "data": [_squares(shown, colours)] if shown else [],
        "layout": layout(
            height,
            colours,
            margin={"l": 8, "r": 8, "t": 8, "b": 8},
            xaxis=axis(
                colours,
                type="category",
                categoryorder="array",
                categoryarray=heads,
                range=[-0.5, len(heads) - 0.5],
                tickvals=heads,
                ticktext=[safe(short(columns[i], 22)) for i in heads],
                side="top",
                showgrid=False,
                tickangle=-50 if turned else 0,
                tickfont={"size": 12},
            ),
            yaxis=axis(
                colours,
                type="category",
                categoryorder="array",
                categoryarray=ids[::-1],
                range=[-0.5, len(ids) - 0.5],
                tickvals=ids,
                ticktext=[_wrapped(rows[i]) for i in ids],
                showgrid=True,
                tickfont={"size": 12},
                ticklabelstandoff=4,
            ),
            hovermode="closest",
            showlegend=False,
        ),
    }
    links = [(f"{rows[c.row]}, {columns[c.column]}: {c.text}", c.link) for c in shown if c.link]
    return Chart(figure, table, sentence, height, links)


def _squares(cells: Sequence[Cell], colours: Palette) -> dict[str, Any]:
    strong = [cell.weight > 0.55 for cell in cells]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [cell.column for cell in cells],
        "y": [cell.row for cell in cells],
        "text": [safe(cell.text) for cell in cells],
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


def _wrapped(text: str, width: int = 18) -> str:
    """A label of a figure on at most two lines, escaped: long names take no more width than short
    ones.
    """
    lines = wrap(short(text, 2 * width), width, max_lines=2, placeholder="…") or [""]
    return "<br>".join(safe(line) for line in lines)
