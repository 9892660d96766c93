"""The parts of the About page: the release, and texts of docs/, which stand once, in their files."""

import re
from importlib.metadata import version as release_of
from pathlib import Path

import streamlit as st

from dashboard.ui.markdown import escape
from dashboard.views.view import View

DOCS = Path(__file__).resolve().parents[4] / "docs"
FILE_LINK = re.compile(r"\[([^\]]+)\]\((?!https?://|mailto:)[^)]*\)")
"""A link to another file, which leads nowhere from a page."""


def draw_release(view: View) -> None:
    """Draw which program shows which data."""
    published = view.published_day
    st.markdown(
        escape(
            f"{view.settings.name}, {view.settings.organisation}. Release {release_of('dashboard')}"
            f" of the dashboard; version {view.version.id} of the data, published on"
            f" {published.day} {published:%B %Y}."
        )
    )


def draw_document(title: str, file: str, *, folded: bool = False) -> None:
    """Draw one of the texts under a heading; folded where it is long."""
    st.header(title, anchor=False)
    with st.expander("Show the list") if folded else st.container():
        st.markdown(fit_to_page((DOCS / file).read_text("utf-8")))


def fit_to_page(said: str) -> str:
    """Return the Markdown of a file as it stands below a heading of the page: without its title,
    its headings one lower.
    """
    body = said.partition("\n")[2] if said.startswith("# ") else said
    return FILE_LINK.sub(r"\1", re.sub(r"^#", "##", body, flags=re.MULTILINE))
