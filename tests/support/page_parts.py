"""What a page says in its parts of ours, read from what is sent to the browser, and a press in them."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.testing.v1 import AppTest

COMPONENT = "dashboard.page"
Node = list[Any]
"""An element as it is sent: tag, classes, attributes, children."""


def read_parts(test: AppTest) -> dict[str, dict[str, Any]]:
    """The parts of the page by their keys ("part-page", "part-context"), each as the browser gets it."""
    sent = [one for one in test.get("bidi_component") if one.proto.component_name == COMPONENT]
    return {one.key: json.loads(one.proto.json or one.proto.mixed.json) for one in sent}


def iterate_nodes(test: AppTest) -> Iterator[Node]:
    """All elements of the page, from top to bottom."""
    for part in read_parts(test).values():
        for element in part["elements"]:
            yield from _walk(element)


def _walk(node: Node) -> Iterator[Node]:
    yield node
    for child in node[3:]:
        if isinstance(child, list):
            yield from _walk(child)


def read_text(node: Node | str) -> str:
    """What an element says, with one space between its parts."""
    if isinstance(node, str):
        return node
    return " ".join(" ".join(map(read_text, node[3:])).split())


def find(test: AppTest, css: str) -> list[Node]:
    """The elements of a class."""
    return [node for node in iterate_nodes(test) if css in node[1].split()]


def find_in_part(test: AppTest, part: str, css: str) -> list[Node]:
    """The elements of a class in one part of the page."""
    elements = read_parts(test)[part]["elements"]
    return [node for one in elements for node in _walk(one) if css in node[1].split()]


def texts(test: AppTest, css: str) -> list[str]:
    """What the elements of a class say."""
    return [read_text(node) for node in find(test, css)]


def whole_text(test: AppTest) -> str:
    """All that the page says in its parts of ours."""
    parts = read_parts(test).values()
    return " ".join(read_text(element) for part in parts for element in part["elements"])


def page_name(test: AppTest) -> str:
    """The name of the page, which stands above the headline where no menu is in sight."""
    return " ".join(texts(test, "page-name"))


def headline(test: AppTest) -> str:
    """The finding of the page."""
    return " ".join("".join(_pieces(node[-1])) for node in find(test, "headline"))


def _pieces(node: Node) -> list[str]:
    return [child if isinstance(child, str) else read_text(child) for child in node[3:]]


def numbers(test: AppTest) -> dict[str, str]:
    """The numbers on the tiles of a page or slide, with their signs: {"People trained": "≈ 465"}."""
    return {
        read_text(_one(tile, "tile-label")): read_text(
            _one(_one(tile, "tile-value"), "value unknown")
        )
        for tile in find(test, "tile")
    }


def _one(node: Node, css: str) -> Node:
    return next(found for found in _walk(node) if set(css.split()) & set(found[1].split()))


def acts(test: AppTest) -> list[str]:
    """What can be pressed, from top to bottom."""
    return [node[2]["data-act"] for node in iterate_nodes(test) if "data-act" in node[2]]


def charts(test: AppTest) -> dict[str, dict[str, Any]]:
    """The charts of the page by their names in links."""
    return {key: one for part in read_parts(test).values() for key, one in part["charts"].items()}


def read_field(test: AppTest) -> dict[str, Any]:
    """What the field says in which questions are asked."""
    (field,) = [one for one in test.get("bidi_component") if one.key == "ask"]
    said: dict[str, Any] = json.loads(field.proto.json or field.proto.mixed.json)
    return said


def find_list(test: AppTest, name: str) -> Node:
    """The list of a filter in the bar."""
    (found,) = [node for node in iterate_nodes(test) if node[2].get("data-name") == name]
    return found


def read_filters(test: AppTest) -> dict[str, str]:
    """The lists of the bar by their filters, with what each shows."""
    lists = [node for node in iterate_nodes(test) if "data-name" in node[2]]
    return {
        one[2]["data-name"]: read_text(
            next((option for option in one[3:] if "selected" in option[2]), one[3])
        )
        for one in lists
    }


def choose(test: AppTest, name: str, value: str) -> AppTest:
    """Choose an option in a list of the bar, as the browser's script says it: the address to which it
    leads.
    """
    node = find_list(test, name)
    assert value in [option[2]["value"] for option in node[3:]], f"{value} is not offered"
    template = node[2].get("data-address", "")
    address = template.replace("{}", quote(value, safe="")) if template else value
    if not value:
        address = node[2]["data-without"]
    return press(test, f"open:{address}", "part-bar")


def press(test: AppTest, act: object, part: str = "part-page") -> AppTest:
    """Press an element of a part of the page, as the browser says it; `act` need not be there."""
    (pressed,) = [one for one in test.get("bidi_component") if one.key == part]
    state = test._tree.get_widget_states()
    one = state.widgets.add(id=_make_trigger_id(pressed.proto.id, "events"))
    one.json_trigger_value = json.dumps([{"event": "pressed", "value": act}])
    test._run(state)
    return test
