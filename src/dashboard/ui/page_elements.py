"""What several pages draw besides numbers, charts and tables: the finding in sentences, a choice
that stands in the URL, and what is said where nothing is selected.
"""

from collections.abc import Mapping

import streamlit as st

from dashboard.ui import state
from dashboard.ui.markdown import escape
from dashboard.views.content import Words
from dashboard.views.content.common import read_choice
from dashboard.views.view import View


def draw_lead(words: Words) -> None:
    """Draw a finding in sentences."""
    if words:
        st.markdown(
            "".join(f"**{escape(text)}**" if strong else escape(text) for text, strong in words)
        )


def draw_choice(name: str, label: str, options: Mapping[str, str]) -> str:
    """Draw a choice that stands in the URL under `name` and return the option that is chosen; the
    first is the default.
    """
    view, key = state.current_view(), f"choice_{name}"
    st.session_state[key] = read_choice(view, name, options)
    st.segmented_control(
        label,
        list(options),
        key=key,
        format_func=options.__getitem__,
        required=True,
        on_change=state.adopt_widget_value,
        args=(name, key),
    )
    found: str = st.session_state[key]
    return found


def draw_empty(view: View, what: str) -> None:
    """Say that nothing is selected, and what to change."""
    chosen = [name.replace("_", " ") for name in view.filters.chosen]
    advice = (
        f"Remove one of the filters ({', '.join(chosen)}), or choose another."
        if chosen
        else "There are no records yet."
    )
    st.info(f"**No {what} here.** {advice}", icon=":material/search_off:")
