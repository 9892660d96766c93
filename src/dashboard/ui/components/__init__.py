"""What a page does in the browser beside Streamlit's own: one script file each in this folder.

Streamlit serves the files and knows of them from ../../pyproject.toml. A script that stood in the
Python code would reach the browser as a blob, and the content policy lets none of those run.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any

import streamlit as st


class Component:
    """The script of that name, with the markup it works on.

    `css` holds for this markup alone, which then is apart from the page; without, the styles of the
    site, of paper and of forced colours reach it.
    """

    def __init__(self, name: str, html: str, css: str | None = None) -> None:
        self.name, self.html, self.css = name, html, css

    @cached_property
    def _component(self) -> Callable[..., Any]:
        # when it is first drawn: only a server that runs knows of the files
        return st.components.v2.component(
            f"dashboard.{self.name}",
            html=self.html,
            css=self.css,
            js=f"{self.name}.js",
            isolate_styles=self.css is not None,
        )

    def draw(self, data: object, key: str, on_pressed: Callable[[], None] | None = None) -> None:
        """Draw it. `data` is what the script gets; `on_pressed` is called when the script says that
        something in it was pressed: what, stands in the session under its key.
        """
        given = {"on_pressed_change": on_pressed} if on_pressed else {}
        self._component(data=data, key=key, **given)


def read_pressed(key: str) -> str:
    """Read in a callback what was pressed in the component of that key, as its script says it. Empty
    where it said no text, and where Streamlit knows the component no more: it forgets those that a run
    did not come to, which was broken off by what is pressed now.
    """
    said = getattr(st.session_state.get(key), "pressed", None)
    return said if isinstance(said, str) else ""
