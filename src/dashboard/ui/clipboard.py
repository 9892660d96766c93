"""A button that copies a text, with or without HTTPS."""

import streamlit as st

from dashboard.language.messages import _
from dashboard.ui import components

# The clipboard of the browser needs HTTPS; the older way (select and copy) does not.
_COPY_BUTTON = components.Component(
    "copy_text",
    html="<button type='button'></button><span role='status'></span>",
    css="""
    :host, div { font: inherit; }
    button { font: inherit; font-size: .875rem; color: var(--st-text-color); background: transparent; cursor: pointer; padding: .35rem .75rem;
        border: 1px solid var(--st-border-color); border-radius: var(--st-base-radius); }
    button:hover, button:focus-visible { border-color: var(--st-primary-color); color: var(--st-primary-color); }
    span { margin-left: .6rem; font-size: .9em; color: var(--st-text-color); }
    """,
)


def draw_copy_button(text: str, key: str, label: str = "") -> None:
    """Draw the button; it says whether the text was copied."""
    said = {
        "label": label or _("Copy link"),
        "copied": _("Copied"),
        "by_hand": _("Select the text above and copy it"),
    }
    _COPY_BUTTON.draw(data={"text": text, **said}, key=key)


def draw_copy_field(
    label: str,
    text: str,
    key: str,
    copy: str = "",
    help: str | None = None,  # noqa: A002 - Streamlit's name for it
) -> None:
    """Draw a text to be copied, with its button; the field stays the same when its text changes."""
    st.session_state[key] = text
    st.text_input(label, key=key, help=help)
    draw_copy_button(text, f"copy-{key}", copy)
