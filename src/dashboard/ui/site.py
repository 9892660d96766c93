"""The script that Streamlit runs for every reader and every change: which pages there are, and what surrounds them."""

from datetime import UTC, datetime
from pathlib import Path

import streamlit as st

from dashboard import settings
from dashboard.filters import describe
from dashboard.store import StoreError
from dashboard.ui import caches, dialogs, filterbar, share, state
from dashboard.ui.parts import plain
from dashboard.ui.state import View

ICON = Path(__file__).parent / "static" / "icon.png"  # a Material icon here would be fetched from another host
PAGES = Path(__file__).resolve().parents[3] / "pages"


def main() -> None:
    """One run: URL → state → filters → page."""
    chosen = settings.load()
    st.set_page_config(page_title=chosen.short_name, layout="wide", page_icon=ICON)
    page = st.navigation(
        [
            st.Page(PAGES / "overview.py", title="Overview", icon=":material/dashboard:", default=True),
            st.Page(PAGES / "events.py", title="Events", icon=":material/event:"),
            st.Page(PAGES / "map.py", title="Map", icon=":material/public:"),
        ],
        position="top",
    )
    try:
        view = _view(chosen, page.url_path)
    except StoreError as error:
        _no_store(str(error))
        return
    st.set_page_config(page_title=f"{page.title}: {describe(view.filters, view.labels)} · {chosen.short_name}")
    state.hold(view)
    filterbar.show(view)
    _above(view)
    page.run()
    _below(view)
    dialogs.show(view)


def _view(chosen: settings.Settings, page: str) -> View:
    store = caches.store(str(settings.store_folder()))
    version = store.open()
    facts, labels = caches.facts(version), caches.labels(version)
    filters, extras, notices = state.sync(page, facts["default_year"], labels)
    return View(
        store=store, version=version, filters=filters, labels=labels, settings=chosen, today=datetime.now(UTC).date(),
        page=page, dark=st.context.theme.type == "dark", generated=facts["generated"], notices=notices, extras=extras,
    )  # fmt: skip


def _no_store(reason: str) -> None:
    st.title("There are no records to show")
    st.error("The store cannot be opened. The reason is in the server's log.", icon=":material/database_off:")
    print(f"dashboard: {reason}")


def _above(view: View) -> None:
    if view.generated:
        st.warning("Demo data: generated, not real records.", icon=":material/science:")
    for notice in view.notices:
        st.warning(plain(notice), icon=":material/link_off:")


def _below(view: View) -> None:
    published = datetime.fromisoformat(view.version.manifest.time)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.caption(
            f"{plain(view.settings.name)}, {plain(view.settings.organisation)} · data as of {published.day} {published:%B %Y}"
            f" · version {view.version.id}"
        )
        share.button(view)


main()
