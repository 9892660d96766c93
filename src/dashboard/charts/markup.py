"""What a page draws by itself, without a library: elements with text in them, as plain data.

A browser makes them of this data by `createElement` and `textContent` (ui/components/page.js), so
that no text of a record can become markup. An element may do something when it is pressed: `act`
says what ("event=…", see views.actions), and the address to which that leads is added where it is
sent.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dashboard.language.messages import Said, Words

TAGS = frozenset(
    "a article b blockquote caption dashboard-visit dd details div dl dt em figcaption figure form h1 h2 h3 input"
    " label li nav ol option p s section select small span strong summary table tbody td tfoot th"
    " thead time tr ul".split()
)
ATTRIBUTES = frozenset(
    "aria-current aria-hidden aria-label aria-pressed autocomplete colspan data-address data-chart"
    " data-day data-name data-part data-tells data-version data-without datetime disabled for href id lang max maxlength min name open"
    " placeholder role rowspan scope selected title type value".split()
)
ANCHOR = re.compile(r"#[a-z][a-z0-9-]*")
"""The one kind of address that an element may have by itself: a part of the page it is on. Every
other one is that of its act.
"""
ADDRESS = re.compile(r"\./[a-z]*(?:\?[^\s\"'<>\\]*)?")
"""Where a choice leads: a page of ours, with {} for what is chosen."""


@dataclass(frozen=True)
class Element:
    """A tag with classes, attributes and children. `style` sets custom properties of the style sheet
    ({"--part": "34%"}); `act` is what a press does.
    """

    tag: str
    children: Sequence["Element | str"] = ()
    css: str = ""
    act: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    style: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse what the browser would not make: a fault of the program, found where it is made."""
        if self.tag not in TAGS:
            raise ValueError(f"no element of ours: {self.tag}")
        if unknown := set(self.attributes) - ATTRIBUTES:
            raise ValueError(f"no attribute of ours: {', '.join(sorted(unknown))}")
        if not ANCHOR.fullmatch(self.attributes.get("href", "#part")):
            raise ValueError(f"no part of this page: {self.attributes['href']}")
        if wrong := [one for one in self._addresses() if not ADDRESS.fullmatch(one)]:
            raise ValueError(f"no page of ours: {wrong[0]}")
        if unknown := {name for name in self.style if not name.startswith("--")}:
            raise ValueError(f"no custom property: {', '.join(sorted(unknown))}")
        if self.act and self.tag != "a":
            raise ValueError(f"only a link can be pressed, with a key too: {self.tag}")

    def _addresses(self) -> Iterator[str]:
        for name in ("data-address", "data-without"):
            if name in self.attributes:
                yield self.attributes[name]

    @property
    def text(self) -> str:
        """Its text as it is read, with one space between its parts."""
        return " ".join(" ".join(_iterate_texts(self)).split())

    def find(self, css: str) -> list["Element"]:
        """Find the elements with this class, itself included, in order."""
        own = [self] if css in self.css.split() else []
        inner = (child for child in self.children if isinstance(child, Element))
        return own + [found for child in inner for found in child.find(css)]

    def acts(self) -> list[str]:
        """List what can be pressed in it, in order."""
        own = [self.act] if self.act else []
        inner = (child for child in self.children if isinstance(child, Element))
        return own + [act for child in inner for act in child.acts()]


def make_element(
    tag: str,
    *children: "Element | str | None",
    css: str = "",
    act: str = "",
    style: Mapping[str, str] | None = None,
    **attributes: str,
) -> Element:
    """Make an element; children that are None or empty are left out, and `aria_label` is written
    aria-label.
    """
    return Element(
        tag,
        tuple(child for child in children if child not in (None, "")),
        css,
        act,
        {name.replace("_", "-"): value for name, value in attributes.items() if value},
        style or {},
    )


def draw_said(said: Said) -> Element | str:
    """Draw a text of a record, marked where it is in another language than the page."""
    return make_element("span", said.text, lang=said.lang) if said.lang else said.text


def join_said(said: Sequence[Said]) -> list[Element | str]:
    """Draw texts of a record beside each other, with a point between them; one text where none is
    marked.
    """
    if not any(one.lang for one in said):
        return [" · ".join(one.text for one in said)]
    pieces = [piece for one in said for piece in (" · ", draw_said(one))]
    return pieces[1:]


def draw_words(words: Words) -> list[Element | str]:
    """Draw a text in pieces, the strong ones in bold."""
    return [make_element("b", text) if strong else text for text, strong in words]


def _iterate_texts(element: Element) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, Element):
            yield from _iterate_texts(child)
        else:
            yield child
