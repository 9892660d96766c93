"""Marks that charts of elements share: what is unknown, what folds, what fits into a bar."""

from collections.abc import Sequence

from dashboard.charts import Bars, Chart
from dashboard.charts.markup import Element, make_element
from dashboard.charts.theme import NO_PILLAR
from dashboard.language.messages import _
from dashboard.language.numbers import Number, format_decimal, format_euro, format_number
from dashboard.model import Row
from dashboard.model.quantity import SIGN, Kind, Quantity

NARROW, WIDE = 358, 936
"""The narrowest phone and page for which a picture is planned, in pixels without the margins."""
NARROW_LETTERS, WIDE_LETTERS = frozenset("iljtfrI1 .,:;'’()|-"), frozenset("mwMW@%—")
LETTER, NARROW_LETTER, WIDE_LETTER, CAPITAL = 0.6, 0.37, 0.92, 0.72
"""How wide letters of Inter are, in their size: a little more than measured, so that what is said to
fit does.
"""
STRONG = 1.04
"""How much wider they are where they are bold."""
NO_BREAK = "\N{NO-BREAK SPACE}"
FORMS = {
    Kind.ABOUT: "mark-about",
    Kind.AT_LEAST: "mark-at-least",
    Kind.AT_LEAST_ABOUT: "mark-at-least",
}
"""How the end of a bar looks: it fades, or it is open."""


def make_chart(
    markup: Element,
    sentence: str,
    table: Sequence[Row],
    links: Sequence[tuple[str, str]] = (),
    bars: Bars | None = None,
) -> Chart:
    """Make a chart of elements: it has no figure, and takes the height that it needs."""
    return Chart({}, table, sentence, 0, links, bars, markup=markup)


def draw_empty(sentence: str) -> Element:
    """Draw the one line that stands where nothing can be drawn."""
    return make_element("p", sentence, css="empty")


def draw_unknown(words: str) -> Element:
    """Draw the hatched chip that stands in the place of a number."""
    return make_element("span", words, css="unknown")


def draw_fold(label: str, *inside: Element | str | None) -> Element:
    """Draw a line that opens what it names."""
    return make_element(
        "details", make_element("summary", label, css="fold-label"), *inside, css="fold"
    )


def draw_line(text: str, note: str = "", act: str = "", lang: str = "") -> Element:
    """Draw a line of a list: a name that may open something, and a quieter note. `lang` is that of
    the name, where it is not the page's.
    """
    name = make_element("a", text, css="name", act=act) if act else text
    return make_element(
        "li",
        make_element("span", name, css="line-name", lang=lang),
        make_element("span", note, css="note") if note else None,
        css="row line",
    )


def join_classes(*names: str) -> str:
    """Join the names of classes that are not empty."""
    return " ".join(name for name in names if name)


def name_pillar_class(pillar: str | None) -> str:
    """Name the class that sets the colour of a pillar."""
    return f"pillar-{pillar or NO_PILLAR}"


def say_value(name: str, value: str) -> str:
    """Say what something is called and what its value is: "Level 1: ≈ 30"."""
    return _("{name}: {value}", name=name, value=value)


def format_share(share: float) -> str:
    """Write a share as a length of the style sheet: 57.14%."""
    return f"{100 * share:.2f}%"


def format_value(value: Number | None, *, money: bool = False) -> str:
    """Write a number, or an amount in euro."""
    if value is None:
        return _("not known")
    if money:
        return format_euro(value)
    return format_decimal(value) if value % 1 else format_number(value)


def format_signed(quantity: Quantity, *, money: bool = False) -> str:
    """Write a number with the sign of how well it is known: ≈ 589; ≥ 30; not known; withheld."""
    if quantity.kind is Kind.FEWER_THAN:
        return _("withheld")
    if quantity.value is None:
        return _("not known")
    sign = SIGN[quantity.kind]
    return f"{sign}{NO_BREAK if sign else ''}{format_value(quantity.value, money=money)}"


def estimate_width(text: str, size: float = 15, *, strong: bool = False) -> float:
    """Estimate how many pixels wide a text is."""
    letters = sum(
        NARROW_LETTER
        if letter in NARROW_LETTERS
        else WIDE_LETTER
        if letter in WIDE_LETTERS
        else CAPITAL
        if letter.isupper()
        else LETTER
        for letter in text
    )
    return letters * size * (STRONG if strong else 1)


def find_fit(text: str, share: float, *, room: float = 20, strong: bool = True) -> str:
    """Find where a text fits into its share of a chart: everywhere (no class), on a wide page only, or
    nowhere. `room` are the pixels beside it.
    """
    needed = estimate_width(text, strong=strong) + room
    if needed <= share * NARROW:
        return ""
    return "fits-wide" if needed <= share * WIDE else "fits-nowhere"
