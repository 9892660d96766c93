"""The parts that every page is made of, as elements: the headline, tiles, chips, lists, folds.

Pure functions: what they are given is what they show.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from dashboard.charts.marks import draw_line
from dashboard.charts.markup import Element, make_element
from dashboard.language.messages import Words, _
from dashboard.language.numbers import format_euro, format_number
from dashboard.model.filters import FIELDS, Filters, Labels
from dashboard.model.quantity import SIGN, Quantity, name_qualifier
from dashboard.text.countries import name_country
from dashboard.text.dates import format_day, format_months
from dashboard.text.selection import name_filter
from dashboard.text.sentences import capitalise
from dashboard.views.actions import CLEAR
from dashboard.views.content import Section, Tile


def build_headline(lead: Words, name: str = "") -> Element | None:
    """Build the finding of a page, its numbers in bold. `name` is the page's, which stands above
    where no menu is in sight.
    """
    pieces = [make_element("b", text) if strong else text for text, strong in lead]
    if not pieces:
        return None
    small = make_element("span", name, css="page-name") if name else None
    return make_element("h1", small, make_element("span", *pieces), css="headline")


def build_tiles(tiles: Sequence[Tile]) -> Element | None:
    """Build the numbers of a page in one row, each with the way to what is behind it."""
    if not tiles:
        return None
    return make_element(
        "ul", *(make_element("li", *_fill_tile(tile), css="tile") for tile in tiles), css="tiles"
    )


def _fill_tile(tile: Tile) -> Iterable[Element | None]:
    yield make_element("span", tile.label, css="tile-label")
    yield make_element(
        "a",
        "?",
        css="why",
        act=f"why={tile.number}",
        aria_label=_("Why this number? {label}", label=tile.label),
        title=_("Why this number?"),
    )
    yield make_element(
        "p",
        build_value(tile.quantity, money=tile.money),
        make_element("span", tile.qualifier, css="qualifier") if tile.qualifier else None,
        css="tile-value",
    )
    yield make_element("p", tile.trend, css="trend") if tile.trend else None


def build_value(quantity: Quantity, *, money: bool = False) -> Element:
    """Build a number with its sign (≈ about, ≥ at least); what is not known is hatched, never zero."""
    if quantity.value is None:
        return build_unknown(_("not known") if quantity.unknown else _("withheld"))
    amount = (format_euro if money else format_number)(quantity.value)
    sign = SIGN[quantity.kind]
    said = name_qualifier(quantity.kind)
    shown = make_element("span", sign, css="sign", role="img", aria_label=said) if sign else None
    return make_element("strong", shown, amount, css="value")


def build_unknown(text: str) -> Element:
    """Build what stands in the place of a number that is not known."""
    return make_element("span", text, css="unknown")


def build_chips(filters: Filters, labels: Labels) -> Element | None:
    """Build what is chosen beside the year as chips that take it back, and one that takes all back;
    none where only a year is chosen.
    """
    chips = [
        chip
        for name in filters.chosen
        if name != "year"
        for chip in _chips_of(filters, labels, name)
    ]
    if not chips:
        return None
    clear = make_element("a", _("Clear"), css="chip chip-clear", act=CLEAR)
    return make_element("ul", *(make_element("li", chip) for chip in (*chips, clear)), css="chips")


def _chips_of(filters: Filters, labels: Labels, name: str) -> Iterable[Element]:
    for one in filters.values(name):
        said = name_value(name, one, labels)
        kind = name_filter(name)
        yield make_element(
            "a",
            f"{capitalise(kind)}: ",
            make_element("b", said),
            make_element("span", "×", css="remove", aria_hidden="true"),
            css="chip",
            act=f"-{name}={one}",
            title=_("Take back: {filter}", filter=said),
        )


def name_value(name: str, value: str, labels: Labels) -> str:
    """Name a value of a filter as a chip says it."""
    if name == "month":
        return format_months((value,))
    if name in FIELDS:
        return format_day(date.fromisoformat(value))
    return name_country(value) if name == "country" else labels.get(name, {}).get(value, value)


def build_notice(text: str, css: str = "") -> Element:
    """Build a line that says something about the whole view, such as that its data is generated."""
    return make_element("p", text, css=f"notice {css}".strip(), role="status")


def build_section(section: Section, css: str = "") -> Element:
    """Build a heading with its lines beneath; a line opens what it names."""
    more = _("and {n:,} more", n=section.more) if section.more else ""
    return make_element(
        "section",
        make_element("h2", section.heading, css="block-heading") if section.heading else None,
        make_element("h3", section.group, css="group") if section.group else None,
        make_element(
            "ul",
            *(draw_line(line.text, line.note, line.link, line.lang) for line in section.lines),
            css="lines",
        ),
        make_element("p", more, css="more") if more else None,
        css=f"block {css}".strip(),
    )


def build_fold(label: str, *inside: Element | str | None, key: str) -> Element:
    """Build a line that opens what belongs to it; on paper it is open."""
    return make_element(
        "details",
        make_element("summary", make_element("span", label)),
        *inside,
        css="fold",
        id=f"fold-{key}",
    )


def build_heading(text: str, note: str = "", *, css: str = "block-heading") -> Element:
    """Build the heading of a block, with a quieter note behind it."""
    return make_element("h2", text, make_element("small", note) if note else None, css=css)


def build_block(heading: str, *inside: Element | None, note: str = "") -> Element | None:
    """Build a block under a heading; None where nothing is inside."""
    if not any(inside):
        return None
    return make_element("section", build_heading(heading, note), *inside, css="block")


def build_columns(*columns: Element | None, widths: str, css: str = "") -> Element | None:
    """Build blocks beside each other, under each other on a phone; `widths` is theirs as CSS grid
    says it ("1.18fr 1fr 1fr"). One alone takes the whole width; None without any.
    """
    shown = [column for column in columns if column]
    if len(shown) < 2:  # beside nothing there is no column
        return shown[0] if shown else None
    style: Mapping[str, str] = {"--columns": widths}
    return make_element("div", *shown, css=f"columns {css}".strip(), style=style)


def build_empty(text: str, link: Element | None = None) -> Element:
    """Build the line that stands where a block would be if there were anything."""
    return make_element("p", f"{text} ", link, css="empty")
