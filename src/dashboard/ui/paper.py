"""Printing: one style sheet, and what a style sheet cannot do. No data becomes markup on the way."""

from pathlib import Path

import streamlit as st

from dashboard.ui import components

STYLE = Path(__file__).parent / "static" / "print.css"

# The foot of every page of paper is the value of a CSS variable that the margin box of the page prints. Charts were
# drawn for the screen: while the page is printed their drawing gets a view box, so that it shrinks to the paper.
_FOOT = components.Component("on_paper", html="<span></span>")


def foot(text: str) -> None:
    """Load the style sheet, and say what stands at the foot of every page of paper."""
    st.html(STYLE)
    _FOOT.show(data={"foot": text}, key="on-paper")
