"""Which pages there are, and going to one with a state."""

from collections.abc import Iterable
from pathlib import Path

import streamlit as st

from dashboard.model.sitemap import PAGES as TITLES

PAGES = Path(__file__).resolve().parents[3] / "pages"
ICONS = {
    "": "dashboard",
    "events": "event",
    "map": "public",
    "trainings": "school",
    "projects": "account_tree",
    "people": "group",
    "review": "auto_stories",
    "meetings": "slideshow",
    "records": "table_view",
    "publish": "publish",
    "about": "info",
}
OF_DATA = ("records", "publish", "about")


def _page(name: str, *, shown: bool = True) -> st.Page:
    file = PAGES / f"{name or 'overview'}.py"
    return st.Page(
        file,
        title=TITLES[name],
        icon=f":material/{ICONS[name]}:",
        default=not name,
        visibility="visible" if shown else "hidden",
    )


def page(*, hidden: bool, steward: bool) -> st.Page:
    """The page of this run. Hidden: no way to the others is shown; the page of new data is for
    stewards.
    """
    groups = {
        "": [_page(name) for name in TITLES if name not in OF_DATA],
        "Data": [_page(name, shown=steward or name != "publish") for name in OF_DATA],
    }
    return st.navigation(groups, position="hidden" if hidden else "top")


def go(name: str, pairs: Iterable[tuple[str, str]]) -> None:
    """Leave for a page, by its name in links, with a state. Nothing after it is run."""
    st.switch_page(_page(name if name in TITLES else ""), query_params=list(pairs))
