"""Printing: what the style sheet of the pages (static/print.css, which their head names) cannot do.
No data becomes markup on the way.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from dashboard.text.dates import format_day
from dashboard.ui import components

MAX_PRINTED_ROWS, MAX_PRINTED_COLUMNS = 100, 5

# The foot of every page of paper is the value of a CSS variable that the margin box of the page
# prints. Charts were drawn for the screen: while the page is printed their drawing gets a view box,
# so that it shrinks to the paper.
_PRINT_FOOTER = components.Component("on_paper", html="<span></span>")

# A grid is a picture of the part that is scrolled to: on paper its rows are text.
_PRINT_TABLE = components.Component(
    "paper_table",
    html="<table></table><p></p>",
    css="""
    table { display: none; }
    @media print {
        table { display: table; width: 100%; border-collapse: collapse; font: 9pt/1.4 var(--st-font); }
        th, td { text-align: left; vertical-align: top; padding: 3pt 6pt 3pt 0; border-bottom: .5pt solid #c9ced4; color: #1c2126; }
        tr { break-inside: avoid; }
        thead { display: table-header-group; }
    }
    p { display: none; font: 9pt/1.4 var(--st-font); }
    @media print { p { display: block; } }
    """,
)


def print_table(rows: Sequence[Mapping[str, Any]], key: str) -> None:
    """Draw the first rows and columns of a table as text, on paper only."""
    columns = [name for name in rows[0] if any(row[name] not in (None, "") for row in rows)][
        :MAX_PRINTED_COLUMNS
    ]
    cells = [[_format_cell(row[name]) for name in columns] for row in rows[:MAX_PRINTED_ROWS]]
    more = (
        f"The first {MAX_PRINTED_ROWS} of {len(rows):,} rows"
        if len(rows) > MAX_PRINTED_ROWS
        else ""
    )
    _PRINT_TABLE.draw(data={"columns": columns, "rows": cells, "more": more}, key=f"paper-{key}")


def _format_cell(value: object) -> str:
    return "" if value is None else format_day(value) if isinstance(value, date) else str(value)


def set_print_footer(text: str) -> None:
    """Say what stands at the foot of every page of paper."""
    _PRINT_FOOTER.draw(data={"foot": text}, key="on-paper")
