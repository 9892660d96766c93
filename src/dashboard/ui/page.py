"""A page to read: headline, numbers, blocks, folds, in one part; beneath it what is taken along as
a table.
"""

from dashboard.charts.markup import Element, make_element
from dashboard.model.roles import Role
from dashboard.model.sitemap import PAGES
from dashboard.text.messages import _
from dashboard.ui import state, tables
from dashboard.ui.elements import draw_elements
from dashboard.ui.page_blocks import build_empty, build_headline, build_tiles
from dashboard.ui.page_charts import build_tables
from dashboard.views.content import Content
from dashboard.views.view import View


def draw_page(
    view: View, content: Content, *blocks: Element | None, with_tiles: bool = True
) -> None:
    """Draw a page: what stands above its finding, the finding, its numbers, and its blocks in this
    order. Without tiles its blocks hold the numbers.
    """
    draw_elements(
        view,
        "page",
        content.blocks.get("above"),
        build_headline(content.lead, PAGES[view.page]),
        build_tiles(content.tiles) if with_tiles else None,
        *blocks,
        build_tables(content.pictures),
        pictures=content.pictures,
    )
    tables.draw_downloads(view, content.sheets)


def invite_targets() -> Element | None:
    """Invite a steward to record targets, where none are; for other readers there is nothing to do."""
    if state.current_person().role is not Role.STEWARD:
        return None
    way = make_element("a", _("Publish some under New data"), act="page:publish")
    return build_empty(_("No targets yet."), way)
