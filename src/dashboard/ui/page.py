"""A page to read: what is chosen, notices, headline, numbers, blocks, folds, in one part; beneath it
what is taken along as a table.
"""

from collections.abc import Iterator

import streamlit as st

from dashboard.charts.markup import Element, make_element
from dashboard.model.roles import Role
from dashboard.model.sitemap import PAGES, UNFILTERED
from dashboard.text.messages import _
from dashboard.ui import state, tables
from dashboard.ui.elements import draw_elements
from dashboard.ui.page_blocks import (
    build_chips,
    build_empty,
    build_headline,
    build_notice,
    build_tiles,
)
from dashboard.ui.page_charts import build_tables
from dashboard.views.content import Content
from dashboard.views.view import View


def draw_page(
    view: View, content: Content, *blocks: Element | None, with_tiles: bool = True
) -> None:
    """Draw a page: what is said of the view, what stands above its finding, the finding, its numbers,
    and its blocks in this order. Without tiles its blocks hold the numbers.
    """
    draw_elements(
        view,
        "page",
        *build_context(view),
        content.blocks.get("above"),
        build_headline(content.lead, PAGES[view.page]),
        build_tiles(content.tiles) if with_tiles else None,
        *blocks,
        build_tables(content.pictures),
        pictures=content.pictures,
    )
    tables.draw_downloads(view, content.sheets)


def build_context(view: View) -> Iterator[Element | None]:
    """Build what is said of a whole view: what is chosen, where it can be taken back, and notices."""
    if view.page not in UNFILTERED and not st.context.is_embedded:
        yield build_chips(view.filters, view.labels)
    if view.candidate:
        yield build_notice(
            _(
                "Not published: you look at the candidate {candidate}. Publish or discard it under"
                " Data, New data.",
                candidate=view.candidate,
            )
        )
    if view.generated:
        yield build_notice(_("Demo data: generated, not real records."))
    if view.fault:
        yield build_notice(view.fault, "notice-fault")
    for notice in view.notices:
        yield build_notice(notice)


def invite_targets() -> Element | None:
    """Invite a steward to record targets, where none are; for other readers there is nothing to do."""
    if state.current_person().role is not Role.STEWARD:
        return None
    way = make_element("a", _("Publish some under New data"), act="page:publish")
    return build_empty(_("No targets yet."), way)
