"""Elements and charts of ours on a page: from plain data to the browser, and back when one is
pressed.
"""

import hashlib
import re
from collections.abc import Sequence
from functools import partial
from typing import Any

import orjson
import streamlit as st

from dashboard.charts import Drawing
from dashboard.charts.markup import Element, make_element
from dashboard.model.roles import Role
from dashboard.text.messages import _
from dashboard.ui import state
from dashboard.ui.components import Component
from dashboard.ui.dialogs import share
from dashboard.ui.permission import requires
from dashboard.views.actions import follow_act
from dashboard.views.content import Picture
from dashboard.views.view import View

_PAGE = Component("page", html='<div class="ours"></div>')
SHARE = "share:"
PICTURE_WIDTH = 1280
"""Pixels of a chart that is saved as a picture: those of a slide."""


def draw_elements(
    view: View, key: str, *elements: Element | None, pictures: Sequence[Picture] = ()
) -> None:
    """Draw elements under each other, as one part of the page, `key`. `pictures` are the charts for
    which there is a place among them (place_chart).
    """
    shown = [serialize(view, element) for element in elements if element]
    if shown:
        data = {
            "colours": _name_colours(view),
            "elements": shown,
            "charts": {one.key: _describe_chart(view, one) for one in pictures if one.chart.figure},
        }
        written = hashlib.blake2s(orjson.dumps(data)).hexdigest()
        part = f"part-{key}"
        _PAGE.draw({**data, "written": written}, part, on_pressed=partial(follow_pressed, part))


def place_chart(key: str) -> Element:
    """Make the place in which the chart of that name is drawn."""
    return make_element("figure", css="chart", data_chart=key)


def serialize(view: View, element: Element) -> list[Any]:
    """Give an element as the browser's script reads it: [tag, classes, attributes, …children].

    What can be pressed is a link with the address to which a press leads, to be opened in a new tab
    and copied as well.
    """
    attributes = {**element.attributes, **element.style}
    for name in element.css.split():
        if name.startswith("pillar-"):
            attributes["--colour"] = f"var(--{name}, var(--no-pillar))"
    if element.act and (target := follow_act(view, element.act)):
        attributes |= {"data-act": element.act, "href": f".{target.address}"}
    children = [
        serialize(view, child) if isinstance(child, Element) else child
        for child in element.children
    ]
    return [element.tag, element.css, attributes, *children]


def _name_colours(view: View) -> dict[str, str]:
    """Name the colours of the pillars, which are settings, for the style sheet."""
    return {
        f"--pillar-{pillar}": f"light-dark({light}, {dark})"
        for pillar, (light, dark) in view.settings.colours.items()
    }


def _describe_chart(view: View, picture: Picture) -> dict[str, Any]:
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
        "tools": [_("Save as picture"), _("Full screen"), *_name_share(view)],
        "picture": {
            "width": PICTURE_WIDTH,
            "format": st.session_state.get("picture_format", "png"),
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


def _name_share(view: View) -> list[str]:
    """Name the way to a link of a chart alone; in another site and on a slide there is none."""
    alone = st.context.is_embedded or "present" in view.extras
    return [] if alone else [_("Share")]


@requires(Role.VIEWER)
def follow_pressed(key: str) -> None:
    """Go where what was pressed in a part of the page leads, or share one of its charts (callback)."""
    act = st.session_state[key].pressed
    if isinstance(act, str) and act.startswith(SHARE):
        share.request_share_dialog(act.removeprefix(SHARE))
    else:
        state.follow(act)
