"""Does it hang on a few?"""

from collections.abc import Iterable

from dashboard.charts.markup import Element
from dashboard.language.messages import _
from dashboard.ui import page, page_blocks, page_charts
from dashboard.ui.elements import Reader
from dashboard.views.content import Content


def lay_out(content: Content, _reader: Reader) -> Iterable[Element | None]:
    return (
        page_charts.build_chart(content, "by-person"),
        page_blocks.build_columns(
            page_charts.build_chart(content, "contributions"),
            page_blocks.build_block(_("In other work"), content.blocks["other-work"]),
            widths="minmax(0, 1fr) 213px",
        ),
    )


if __name__ == "__main__":
    page.draw(lay_out)
