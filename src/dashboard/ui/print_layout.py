"""Printing: what the style sheet of paper (static/print.css, which the head of a page names) prints
and the screen does not show.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.language.messages import _, ngettext
from dashboard.ui import components
from dashboard.ui.elements import draw_elements
from dashboard.ui.page_charts import build_table
from dashboard.views.view import View

MAX_PRINTED_COLUMNS = 5
_FOOT = components.Component("on_paper", html="<span></span>")
"""A margin box prints a variable of the root of the document, which only a script can set."""


def print_table(view: View, rows: Sequence[Mapping[str, Any]], key: str) -> None:
    """Draw the first rows and columns of a table as text, on paper only: a grid is a picture of the
    part that is scrolled to.
    """
    told = [name for name in rows[0] if any(row[name] not in (None, "") for row in rows)]
    left_out = len(told) - MAX_PRINTED_COLUMNS
    said = ngettext(
        "{n:,} more column is in the file", "{n:,} more columns are in the file", left_out
    )
    cut = [{name: row[name] for name in told[:MAX_PRINTED_COLUMNS]} for row in rows]
    table = build_table(cut, said if left_out > 0 else "")
    draw_elements(view, f"paper-{key}", table)


def set_print_footer(text: str) -> None:
    """Say what stands at the foot of every sheet, beside its number."""
    pages = _("{page} of {pages}", page="{page}", pages="{pages}")  # the browser counts them
    _FOOT.draw(data={"foot": text, "pages": pages}, key="on-paper")
