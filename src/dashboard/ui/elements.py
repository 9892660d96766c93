"""Elements and charts of ours on a page: from plain data to the browser, and back when one is
pressed.

A part of a page is the same whether the script draws it or the browser asks for it by itself
(ui/parts.py): it depends on the view and on its reader, and on nothing of Streamlit.
"""

import hashlib
import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any
from urllib.parse import urlencode

import orjson
import streamlit as st

from dashboard.charts import Drawing
from dashboard.charts.markup import Element, make_element
from dashboard.language.messages import _
from dashboard.model.roles import Role
from dashboard.model.sitemap import UNFILTERED
from dashboard.ui import caches, state
from dashboard.ui.components import Component, read_pressed
from dashboard.ui.dialogs import share
from dashboard.ui.permission import requires
from dashboard.views.actions import follow_act
from dashboard.views.content import Picture
from dashboard.views.view import DIALOGS, View

_PAGE = Component("page", html='<div class="ours"></div>')
SHARE = "share:"
DRAWN = "drawn"
"""Key of a session: the digests of the parts that the browser drew before it told the script."""
PICTURE_FORMATS = ("png", "svg")
PICTURE_WIDTH = 1280
"""Pixels of a chart that is saved as a picture: those of a slide."""


@dataclass(frozen=True)
class Reader:
    """What of its reader makes a difference to a part of a page: whether it stands in another site,
    whether they may publish, and as what their charts are saved.
    """

    embedded: bool = False
    steward: bool = False
    picture_format: str = PICTURE_FORMATS[0]

    def asks(self, view: View) -> str:
        """Write what the browser says of its reader when it asks for parts by itself; empty where it
        must not: what is not published, slides, and the Data section come from the script alone.
        """
        if view.candidate or "present" in view.extras or view.page in UNFILTERED:
            return ""
        pairs = {
            "dark": view.dark,
            "embedded": self.embedded,
            "picture": self.picture_format,
            "spoken": view.language,
        }
        return urlencode({name: str(value).lower() for name, value in pairs.items()})


def identify_part(view: View, reader: Reader, *_others: object) -> Hashable:
    """Return what stands for a part of a page in the caches: what is open beside it stands in its
    links, too.
    """
    extras = tuple(sorted(view.extras.items()))
    return caches.identify_view(view), extras, view.notices, view.fault, reader


def current_reader() -> Reader:
    """Return the reader for whom the script runs."""
    return Reader(
        bool(st.context.is_embedded),
        state.current_person().role is Role.STEWARD,
        st.session_state.get("picture_format", PICTURE_FORMATS[0]),
    )


def draw_elements(
    view: View, key: str, *elements: Element | None, pictures: Sequence[Picture] = ()
) -> None:
    """Draw elements under each other, as one part of the page, `key`. `pictures` are the charts for
    which there is a place among them (place_chart).
    """
    draw_part(key, build_part(view, current_reader(), elements, pictures))


def build_part(
    view: View,
    reader: Reader,
    elements: Iterable[Element | None],
    pictures: Sequence[Picture] = (),
) -> dict[str, Any]:
    """Build what the browser's script gets of a part of the page; empty without any element."""
    find_way = cache(partial(_find_way, view))
    shown = [_serialize(find_way, element) for element in elements if element]
    if not shown:
        return {}
    data = {
        "colours": _name_colours(view),
        "elements": shown,
        "charts": {
            one.key: _describe_chart(view, reader, one) for one in pictures if one.chart.figure
        },
        "asks": reader.asks(view),
        "language": view.language,
    }
    return {**data, "written": hashlib.blake2s(orjson.dumps(data)).hexdigest()}


def draw_part(
    key: str, part: dict[str, Any], on_pressed: Callable[[str], None] | None = None
) -> None:
    """Draw a part of the page; nothing where it is empty. Of what the browser has drawn already, as it
    said with the press, its digest is enough. `on_pressed` is called with the name of the part where
    what is pressed in it leads elsewhere than where it says.
    """
    if part:
        name = f"part-{key}"
        drawn = part["written"] in st.session_state.get(DRAWN, ())
        sent = {one: part[one] for one in ("written", "asks", "language")} if drawn else part
        _PAGE.draw({**sent, "part": key}, name, partial(on_pressed or follow_pressed, name))


def place_chart(key: str) -> Element:
    """Make the place in which the chart of that name is drawn."""
    return make_element("figure", css="chart", data_chart=key)


def serialize(view: View, element: Element) -> list[Any]:
    """Give an element as the browser's script reads it: [tag, classes, attributes, …children]."""
    return _serialize(partial(_find_way, view), element)


def _find_way(view: View, act: str) -> Mapping[str, str]:
    """Find the attributes of what can be pressed: it is a link with the address to which a press
    leads, to be opened in a new tab and copied as well; where that is another view of the same
    page, it says so.
    """
    target = follow_act(view, act)
    if target is None:
        return {}
    beside = target.page == view.page and not set(DIALOGS) & set(target.extras)
    way = {"data-act": act, "href": f".{target.address}"}
    return way | {"data-view": "other"} if beside else way


def _serialize(find_way: Callable[[str], Mapping[str, str]], element: Element) -> list[Any]:
    attributes = {**element.attributes, **element.style}
    for name in element.css.split():
        if name.startswith("pillar-"):
            attributes["--colour"] = f"var(--{name}, var(--no-pillar))"
    if element.act:
        attributes |= find_way(element.act)
    children = [
        _serialize(find_way, child) if isinstance(child, Element) else child
        for child in element.children
    ]
    return [element.tag, element.css, attributes, *children]


def _name_colours(view: View) -> dict[str, str]:
    """Name the colours of the pillars, which are settings, for the style sheet."""
    return {
        f"--pillar-{pillar}": f"light-dark({light}, {dark})"
        for pillar, (light, dark) in view.settings.colours.items()
    }


def _describe_chart(view: View, reader: Reader, picture: Picture) -> dict[str, Any]:
    """Describe a chart for the script: its drawings, and what saves it as a picture."""
    chart = picture.chart
    drawings = {
        "wide": {"figure": chart.figure, "height": chart.height},
        "narrow": _describe_drawing(chart.narrow),
        "paper": _describe_drawing(chart.paper),
    }
    return {
        **drawings,
        "sentence": chart.sentence,
        "key": picture.key,
        "tools": [_("Save as picture"), _("Full screen"), *_name_share(view, reader)],
        "picture": {
            "width": PICTURE_WIDTH,
            "format": reader.picture_format,
            "filename": name_picture(view, picture.key),
        },
        "written": hashlib.blake2s(orjson.dumps(drawings)).hexdigest(),
    }


def _describe_drawing(drawing: Drawing | None) -> dict[str, Any] | None:
    return vars(drawing) if drawing else None


def name_picture(view: View, key: str) -> str:
    """Name the file of a chart by what it shows."""
    name = "-".join(
        [view.settings.short_name.lower(), key, *(value for _name, value in view.filters.query())]
    )
    return re.sub(r"[^a-z0-9-]+", "-", name)[:100]


def _name_share(view: View, reader: Reader) -> list[str]:
    """Name the way to a link of a chart alone; in another site and on a slide there is none."""
    return [] if reader.embedded or "present" in view.extras else [_("Share")]


@requires(Role.VIEWER)
def follow_pressed(key: str) -> None:
    """Go where what was pressed in a part of the page leads, or share one of its charts (callback)."""
    act = read_pressed(key)
    if act.startswith(SHARE):
        share.request_share_dialog(act.removeprefix(SHARE))
    elif act:
        way, _, drawn = act.partition("#")
        st.session_state[DRAWN] = frozenset(drawn.split(","))
        state.follow(way)
