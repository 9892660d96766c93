"""A report as elements: a spread per part, its numbers left of what it tells; pure functions."""

from collections.abc import Iterator

from dashboard.charts.markup import Element, make_element
from dashboard.ui.page_blocks import build_tiles
from dashboard.views.content import Content, Spread


def build_report(content: Content) -> Element:
    """Build the body of a report: its lead and highlights, the spreads, and beside them the contents,
    which stay in sight on a wide page.
    """
    shown = content.blocks
    lists = (element for name, element in shown.items() if name.startswith("list-"))
    body = make_element(
        "div",
        shown["lead"],
        shown["left-out"],
        shown["compare"],
        shown["highlights"],
        *map(build_spread, content.spreads),
        make_element("section", *lists, shown["notes"], css="report-foot"),
        css="report-body",
    )
    return make_element("div", shown["contents"], body, css="report")


def build_spread(spread: Spread) -> Element:
    """Build a spread under a rule in the colour of its pillar."""
    kind = "is-plain" if spread.is_plain else f"pillar-{spread.pillar}"
    return make_element(
        "section",
        make_element(
            "div",
            make_element("h2", spread.name, css="spread-name"),
            build_tiles(spread.tiles),
            css="spread-side",
        ),
        make_element(
            "div",
            *_build_words(spread),
            *spread.inside,
            css="spread-main",
        ),
        css=f"spread {kind}",
        id=spread.key,
    )


def _build_words(spread: Spread) -> Iterator[Element]:
    """Build what is said of it; what was written in another language than the page is marked."""
    if spread.title:
        yield make_element("h3", spread.title, css="spread-title", lang=spread.title_lang)
    if spread.text:
        yield make_element("p", spread.text, css="spread-text", lang=spread.text_lang)
