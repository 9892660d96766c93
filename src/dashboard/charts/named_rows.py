"""Named things as rows: a name that opens its record, and what there is to say of it in columns."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts.marks import draw_fold, join_classes, name_pillar_class
from dashboard.charts.markup import Element, make_element
from dashboard.language.messages import ngettext

MAX_ROWS = 12


@dataclass(frozen=True)
class NamedRow:
    """A row: its name, what the name opens, and its other cells. `pillar` (its id, "" for none stated)
    sets a pip before the name; None: no pillar is meant. `lang` is that of the name, where it is not
    the page's.
    """

    name: str
    act: str
    cells: Sequence[Element | str] = ()
    pillar: str | None = None
    lang: str = ""


def draw_named_rows(
    rows: Sequence[NamedRow], *, columns: str, limit: int = MAX_ROWS, beside: bool = False
) -> Element | None:
    """Draw the rows in the order given; those after the first `limit` are folded. `columns` are the
    widths of the cells as CSS grid says them; `beside`: also on a phone. None without rows.
    """
    if not rows:
        return None
    drawn = [_draw_row(row) for row in rows]
    first, rest = drawn[:limit], drawn[limit:]
    fold = (
        draw_fold(
            ngettext("{n:,} more", "{n:,} more", len(rest)),
            make_element("ul", *rest, css="named-list"),
        )
        if rest
        else None
    )
    return make_element(
        "div",
        make_element("ul", *first, css="named-list"),
        fold,
        css=join_classes("named-rows", "named-beside" if beside else ""),
        style={"--cells": columns},
    )


def draw_quiet(*words: Element | str) -> Element:
    """Draw a cell that stands back: a qualifier, or that something is not stated."""
    return make_element("small", *words)


def _draw_row(row: NamedRow) -> Element:
    pip = (
        make_element("span", css="named-pip", aria_hidden="true")
        if row.pillar is not None
        else None
    )
    name = make_element("a", row.name, act=row.act, css="named-name", lang=row.lang)
    colour = "" if row.pillar is None else name_pillar_class(row.pillar)
    return make_element(
        "li",
        make_element("span", pip, name, css="named-first"),
        *(make_element("span", cell, css="named-cell") for cell in row.cells),
        css=join_classes("named-row", colour),
    )
