"""Who changes what is served, and why: asked for, and read for the history."""

from typing import Any

import streamlit as st

from dashboard.ui import state


def draw_author(purpose: str, label: str) -> str:
    """Return who signs: the account, else the name that is asked for here."""
    if signed := state.current_person().name:
        return signed
    st.text_input(label, key=f"{purpose}_who_signs", max_chars=100)
    return read_text(f"{purpose}_who_signs")


def read_text(key: str) -> str:
    """Return what was typed into the field with this key."""
    return str(st.session_state.get(key) or "").strip()


def read_signature(purpose: str) -> dict[str, Any]:
    """Return author and message for the history."""
    return {
        "author": state.current_person().name or read_text(f"{purpose}_who_signs"),
        "message": read_text(f"{purpose}_why"),
    }
