"""What came of it, are we on course, what is next?"""

from collections.abc import Iterable

from dashboard.charts.markup import Element
from dashboard.language.messages import _
from dashboard.ui import page, page_blocks, page_charts
from dashboard.ui.elements import Reader
from dashboard.views.content import Content


def lay_out(content: Content, reader: Reader) -> Iterable[Element | None]:
    course = content.blocks["course"]
    without = None if course else page.invite_targets(reader)
    return (
        page_blocks.build_columns(
            page_blocks.build_block(_("What came of it"), content.blocks["results"]),
            page_blocks.build_block(_("On course?"), course or without),
            page_blocks.build_block(_("What is next"), content.blocks["next"]),
            widths="1.18fr 1fr 1fr" if course else "1.4fr 0.6fr 1.2fr" if without else "1fr 1fr",
        ),
        page_charts.build_chart(content, "at-a-glance"),
        content.blocks["undated"],
        content.blocks["series"],
    )


if __name__ == "__main__":
    page.draw(lay_out)
