"""The parts of the About page: the release, and texts of docs/, which stand once, in their files."""

import re
from importlib.metadata import version as release_of
from pathlib import Path

import streamlit as st

from dashboard.language.messages import ENGLISH, _, current_language
from dashboard.text.dates import format_day
from dashboard.ui.markdown import escape
from dashboard.views.view import View

DOCS = Path(__file__).resolve().parents[4] / "docs"
FILE_LINK = re.compile(r"\[([^\]]+)\]\((?!https?://|mailto:)[^)]*\)")
"""A link to another file, which leads nowhere from a page."""


def draw_release(view: View) -> None:
    """Draw which program shows which data."""
    st.markdown(
        escape(
            _(
                "{programme}, {organisation}. Release {release} of the dashboard; version {version}"
                " of the data, published on {day}.",
                programme=view.settings.name,
                organisation=view.settings.organisation,
                release=release_of("dashboard"),
                version=view.version.id,
                day=format_day(view.published_day),
            )
        )
    )


def draw_document(title: str, file: str, *, folded: bool = False) -> None:
    """Draw one of the texts under a heading; folded where it is long."""
    st.header(title, anchor=False)
    with st.expander(_("Show the list")) if folded else st.container():
        st.markdown(fit_to_page(find_document(file).read_text("utf-8")))


def find_document(file: str) -> Path:
    """Find a text in the reader's language: accessibility.nl.md; where there is none, in English."""
    own = (DOCS / file).with_suffix(f".{current_language()}.md")
    return own if current_language() != ENGLISH and own.is_file() else DOCS / file


def fit_to_page(said: str) -> str:
    """Return the Markdown of a file as it stands below a heading of the page: without its title,
    its headings one lower.
    """
    body = said.partition("\n")[2] if said.startswith("# ") else said
    return FILE_LINK.sub(r"\1", re.sub(r"^#", "##", body, flags=re.MULTILINE))
