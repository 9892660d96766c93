"""How many learned, and how sure are we?"""

from collections.abc import Iterable

from dashboard.charts.markup import Element
from dashboard.language.messages import _
from dashboard.ui import page, page_blocks, page_charts
from dashboard.ui.elements import Reader
from dashboard.views.content import Content


def lay_out(content: Content, _reader: Reader) -> Iterable[Element | None]:
    return (
        content.blocks["nothing"],
        content.blocks["left-out"],
        page_charts.build_chart(content, "certainty", _("How sure is it?")),
        page_charts.build_chart(content, "cohorts"),
        page_blocks.build_columns(
            page_blocks.build_block(content.heading("not-known"), content.blocks["not-known"]),
            page_blocks.build_block(_("E-learning"), content.blocks["modules"]),
            widths="2.1fr 1fr",
        ),
        content.blocks["by"],
        content.blocks["compared"],
        content.blocks["not-held"],
    )


if __name__ == "__main__":
    page.draw(lay_out)
