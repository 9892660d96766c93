"""What happened, when, and who spoke?"""

from collections.abc import Iterable

from dashboard.charts.markup import Element
from dashboard.language.messages import _
from dashboard.ui import page, page_blocks, page_charts
from dashboard.ui.elements import Reader
from dashboard.views.content import Content


def lay_out(content: Content, _reader: Reader) -> Iterable[Element | None]:
    return (
        content.blocks["statuses"],
        page_charts.build_chart(content, "timeline", _("What, when, who and where")),
        content.blocks["undated"],
        page_blocks.build_block(_("Agenda"), content.blocks["agenda"]),
    )


if __name__ == "__main__":
    page.draw(lay_out)
