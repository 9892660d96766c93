"""How far do we reach?"""

from collections.abc import Iterable

from dashboard.charts.markup import Element
from dashboard.language.messages import _
from dashboard.ui import page, page_blocks, page_charts
from dashboard.ui.elements import Reader
from dashboard.views.content import Content

WIDTHS = (
    "1fr",
    "minmax(0, 2fr) minmax(0, 1.16fr)",
    "minmax(0, 1fr) minmax(0, 1fr) minmax(0, 1.16fr)",
)
"""Of the columns, by how many maps there are beside the places."""


def lay_out(content: Content, _reader: Reader) -> Iterable[Element | None]:
    blocks = content.blocks
    return (
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


if __name__ == "__main__":
    page.draw(lay_out)
