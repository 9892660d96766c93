"""What several pages of the Data section draw: a title, and a choice that stands in the URL."""

from collections.abc import Mapping

import streamlit as st

from dashboard.language.messages import _
from dashboard.ui import state
from dashboard.ui.markdown import escape
from dashboard.views.content.common import read_choice


def draw_title(text: str) -> None:
    """Draw the title of a page that shows records as they are kept."""
    st.title(escape(text), anchor=False)


def draw_choice(name: str, label: str, options: Mapping[str, str]) -> str:
    """Draw a choice that stands in the URL under `name` and return the option that is chosen; the
    first is the default. What the options are called are messages. They are said here: Streamlit calls
    `format_func` also where nobody has said in which language.
    """
    view, key = state.current_view(), f"choice_{name}"
    called = {option: _(message) for option, message in options.items()}
    st.session_state[key] = read_choice(view, name, options)
    st.segmented_control(
        label,
        list(options),
        key=key,
        format_func=called.__getitem__,
        required=True,
        on_change=state.adopt_widget_value,
        args=(name, key),
    )
    found: str = st.session_state[key]
    return found
