"""The disk under the shelf is full or read-only: what is kept on it cannot grow, and everything
else works.
"""

import errno
import os
import sqlite3
from functools import partial

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.model.sitemap import PAGES
from dashboard.shares import SharesDb, SharesError, database, meetings, save, shorten
from dashboard.store import Store
from tests.conftest import NOW, ROOT, served_already
from tests.support.page_parts import page_name, whole_text

pytestmark = pytest.mark.filterwarnings("default")


def fills_up(shelf, monkeypatch):
    """From now on the file of the shelf cannot grow: SQLite itself says that the disk is full."""
    real = sqlite3.connect

    def full(*given, **named):
        connection = real(*given, **named)
        connection.execute("pragma max_page_count = 1")  # it stays as large as it is
        return connection

    monkeypatch.setattr(database.sqlite3, "connect", full)
    for length in (180, 1):  # until not even the shortest has room
        links = [f"/events?text={number:0{length}}" for number in range(1000)]
        with pytest.raises(SharesError, match="is full"):
            list(map(partial(shorten, shelf), links))


def is_read_only(shelf, monkeypatch):
    """From now on its file system is read-only."""
    real = sqlite3.connect
    monkeypatch.setattr(
        database.sqlite3,
        "connect",
        lambda address, **named: real(address.partition("?")[0] + "?mode=ro", **named),
    )


def never_was(shelf, monkeypatch):
    """There is no shelf yet, and its folder cannot be made."""
    shelf.path.unlink()
    shelf.path.parent.rmdir()

    def refused(path, *_, **__):
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))

    monkeypatch.setattr(type(shelf.path), "mkdir", refused)


@pytest.mark.parametrize("spoil", [fills_up, is_read_only, never_was])
def test_every_page_works_and_sharing_says_why_there_is_no_short_link(
    tmp_path, small, monkeypatch, spoil
):
    store = Store(tmp_path / "store")
    served_already(store, small)
    monkeypatch.setenv("DASHBOARD_STORE", str(store.root))
    monkeypatch.delenv("DASHBOARD_SHARES", raising=False)
    shelf = SharesDb(store.root / "shares" / "shares.sqlite")
    kept = save(shelf, "Kept before", "/events?year=2025", now=NOW)
    spoil(shelf, monkeypatch)
    app = AppTest.from_file(str(ROOT / "src/dashboard/ui/site.py"), default_timeout=60)
    app.query_params["year"] = "2025"
    for page in PAGES:
        if page:
            app.switch_page(f"../../../pages/{page}.py")
        app.run()
        assert not app.exception, page
        assert (page_name(app) or app.title[0].value) == PAGES[page]
        if page == "meetings" and spoil is not never_was:
            assert kept.title in " ".join(one.value for one in app.markdown)
    app.switch_page("../../../pages/events.py").run()
    app.button(key="share").click().run()
    assert not app.exception
    (said,) = [
        one.value.replace("\\", "") for one in app.caption if one.value.startswith("No short link")
    ]
    assert {
        "fills_up": "is full",
        "is_read_only": "cannot be written",
        "never_was": "Read-only file system",
    }[spoil.__name__] in said
    assert app.text_input(key="share-long").value.endswith("/events?year=2025&lang=en")


def test_a_presentation_that_was_kept_still_runs_from_a_read_only_shelf(
    tmp_path, small, monkeypatch
):
    store = Store(tmp_path / "store")
    served_already(store, small)
    monkeypatch.setenv("DASHBOARD_STORE", str(store.root))
    shelf = SharesDb(store.root / "shares" / "shares.sqlite")
    view = save(shelf, "First", "/events?year=2025", now=NOW)
    meeting = meetings.create(shelf, "Board", steps=[view.id], now=NOW)
    is_read_only(shelf, monkeypatch)
    app = AppTest.from_file(str(ROOT / "src/dashboard/ui/site.py"), default_timeout=60)
    for name, value in {
        "present": "true",
        "meeting": meeting.id,
    }.items():
        app.query_params[name] = value
    app.switch_page("../../../pages/meetings.py").run()
    assert not app.exception
    assert "Board" in whole_text(app)
    assert "events in 2025" in whole_text(app)
