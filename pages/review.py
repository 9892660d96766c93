"""The year, as a report tells it; or two years side by side."""

from collections.abc import Iterable

from dashboard.charts.markup import Element
from dashboard.ui import page, spreads
from dashboard.ui.elements import Reader
from dashboard.views.content import Content


def lay_out(content: Content, _reader: Reader) -> Iterable[Element | None]:
    return (content.blocks.get("compared") or spreads.build_report(content),)


if __name__ == "__main__":
    page.draw(lay_out)
