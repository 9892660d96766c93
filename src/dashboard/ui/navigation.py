"""Which pages there are, and going to one with a state."""

from collections.abc import Iterable
from pathlib import Path

import streamlit as st

from dashboard.language.messages import _, pgettext
from dashboard.model.sitemap import PAGES as TITLES

PAGES_FOLDER = Path(__file__).resolve().parents[3] / "pages"
DATA_PAGES = ("records", "meetings", "publish", "about")


def find_page_file(name: str) -> Path:
    """Find the file of a page by its name in links."""
    return PAGES_FOLDER / f"{name or 'overview'}.py"


def _build_page(name: str, *, shown: bool = True) -> st.Page:
    return st.Page(
        find_page_file(name),
        title=pgettext("page", TITLES[name]),
        default=not name,
        visibility="visible" if shown else "hidden",
    )


def select_page(*, hidden: bool, steward: bool) -> st.Page:
    """Return the page of this run. Hidden: no way to the others is shown; the page of new data is
    for stewards.
    """
    groups = {
        "": [_build_page(name) for name in TITLES if name not in DATA_PAGES],
        _("Data"): [_build_page(name, shown=steward or name != "publish") for name in DATA_PAGES],
    }
    return st.navigation(groups, position="hidden" if hidden else "top")


def switch_to_page(name: str, pairs: Iterable[tuple[str, str]]) -> None:
    """Leave for a page, by its name in links, with a state. Nothing after it is run."""
    st.switch_page(_build_page(name if name in TITLES else ""), query_params=group_pairs(pairs))


def group_pairs(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Group the pairs of a URL by name, as Streamlit takes them: of pairs it keeps the last value."""
    grouped: dict[str, list[str]] = {}
    for name, value in pairs:
        grouped.setdefault(name, []).append(value)
    return grouped
