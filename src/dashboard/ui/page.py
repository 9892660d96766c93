"""A page to read: what is chosen, notices, headline, numbers, blocks, folds, in one part; beneath it
what is taken along as a table.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from dashboard.charts.markup import Element, make_element
from dashboard.language.messages import _, pgettext
from dashboard.model.sitemap import PAGES, UNFILTERED
from dashboard.ui import caches, state, tables
from dashboard.ui.elements import Reader, build_part, current_reader, draw_part, identify_part
from dashboard.ui.news import place_news
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

Layout = Callable[[Content, Reader], Iterable[Element | None]]
"""What a page shows beneath its finding and its numbers, in this order: the files in pages/."""
OWN_TILES = frozenset({"review"})
"""Pages whose blocks hold the numbers."""


def draw(layout: Layout) -> None:
    """Draw the running page, and beneath it what is taken along as a table."""
    view, content = state.current_page()
    draw_part("page", build_page(view, current_reader(), content, layout))
    tables.draw_downloads(view, content.sheets)


@caches.keep(200, key=identify_part)
def build_page(view: View, reader: Reader, content: Content, layout: Layout) -> dict[str, Any]:
    """Build a page: what is said of the view, what stands above its finding, the finding, its numbers,
    and its blocks.
    """
    elements = (
        *build_context(view, reader),
        content.blocks.get("above"),
        build_headline(content.lead, pgettext("page", PAGES[view.page])),
        None if view.page in OWN_TILES else build_tiles(content.tiles),
        place_news(view, reader),
        *layout(content, reader),
        build_tables(content.pictures),
    )
    return build_part(view, reader, elements, content.pictures)


def build_context(view: View, reader: Reader) -> Iterator[Element | None]:
    """Build what is said of a whole view: what is chosen, where it can be taken back, and notices."""
    if view.page not in UNFILTERED and not reader.embedded:
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


def invite_targets(reader: Reader) -> Element | None:
    """Invite a steward to record targets, where none are; for other readers there is nothing to do."""
    if not reader.steward:
        return None
    way = make_element("a", _("Publish some under New data"), act="page:publish")
    return build_empty(_("No targets yet."), way)
