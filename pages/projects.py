"""What runs, who leads, who pays?"""

from collections.abc import Iterable

from dashboard.charts.markup import Element
from dashboard.ui import page, page_charts
from dashboard.ui.elements import Reader
from dashboard.views.content import Content


def lay_out(content: Content, _reader: Reader) -> Iterable[Element | None]:
    return (
        content.blocks["nothing"],
        content.blocks["board"],
        page_charts.build_chart(content, "funding"),
        content.blocks["partners"],
        content.blocks["others"],
    )


if __name__ == "__main__":
    page.draw(lay_out)
