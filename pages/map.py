"""How far do we reach?"""

from dashboard.text.messages import _
from dashboard.ui import page, page_blocks, page_charts, state

WIDTHS = (
    "1fr",
    "minmax(0, 2fr) minmax(0, 1.16fr)",
    "minmax(0, 1fr) minmax(0, 1fr) minmax(0, 1.16fr)",
)
"""Of the columns, by how many maps there are beside the places."""

view, content = state.current_page()
blocks = content.blocks

page.draw_page(
    view,
    content,
    blocks.get("empty"),
    blocks.get("place"),
    blocks.get("switch"),
    page_blocks.build_columns(
        *page_charts.build_charts(content),
        page_blocks.build_block(_("Places"), blocks.get("places")),
        widths=WIDTHS[len(content.pictures)],
        css="map-columns",
    ),
    blocks.get("sum"),
    page_blocks.build_block(_("Without a stated place"), blocks.get("unplaced")),
)
