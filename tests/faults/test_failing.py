"""What stands on the page where something failed: plain words, never a traceback, a path or nothing
at all.
"""

import shutil

import app
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.model import server_log
from dashboard.query import engine
from dashboard.shares import SharesError
from dashboard.store import Store, StoreError, integrity, rollback
from dashboard.ui import outage
from tests.conftest import NOW, ROOT, replace_in, served_already
from tests.faults import damage
from tests.support.page_parts import texts

pytestmark = pytest.mark.filterwarnings("default")


@pytest.fixture
def versions(tmp_path, small, monkeypatch):
    """A store with two versions, the second served; gives store, old and new."""
    store, before = Store(tmp_path / "store"), shutil.copytree(small, tmp_path / "before")
    replace_in(small, "people", "Physician", "Surgeon")
    new = served_already(store, before, small)
    monkeypatch.setenv("DASHBOARD_STORE", str(store.root))
    server_log._last_logged.clear()
    return store, store.versions()[1], new


@pytest.fixture
def page(versions):
    made = AppTest.from_file(str(ROOT / "src/dashboard/ui/site.py"), default_timeout=60)
    made.query_params["year"] = "2025"
    return made


@pytest.mark.parametrize(
    "error",
    [StoreError("/srv/store is away"), SharesError("/srv/shelf is away"), ValueError("/srv/x")],
)
def test_a_click_that_fails_is_said_in_plain_words_and_the_reason_is_for_the_log(error, capsys):
    def script(error):
        from dashboard.ui.outage import report_failure  # noqa: PLC0415 - the text of this function is run by itself

        assert report_failure(error)  # Streamlit's own box is not shown

    shown = AppTest.from_function(script, args=(error,)).run()
    assert not shown.exception
    (said,) = [one.value for one in shown.error]
    assert "/srv" not in said
    assert "The page looks again" in said or "tell the stewards" in said
    assert ("/srv/store" in capsys.readouterr().out) == isinstance(error, StoreError)


def test_the_application_says_it_so():
    assert app.app._on_script_error is outage.report_failure


def test_a_page_that_cannot_be_read_half_way_is_drawn_anew_from_the_newest_whole_version(
    versions, page, monkeypatch
):
    """What the page asked first was still read; what it asks next is not."""
    _, old, new = versions
    real, asked = engine.rows, []

    def rotten(database, *more):
        asked.append(database)
        if database == new.database and len(asked) > 5:
            damage.rot(new)
            engine.close(new.database)
            monkeypatch.setattr(engine, "rows", real)
        return real(database, *more)

    monkeypatch.setattr(engine, "rows", rotten)
    page.run()
    assert len(asked) > 5
    assert not page.exception
    assert texts(page, "notice-fault") == [
        f"Version {new.id} is damaged; shown is the one of 15 January 2026. Tell the stewards."
    ]
    assert any(f"version {old.id}" in one.value for one in page.caption)


@pytest.mark.parametrize(
    ("spoil", "title"),
    [
        (lambda store: shutil.rmtree(store.root), "The records cannot be reached just now"),
        (lambda store: shutil.rmtree(store.versions_folder), "There are no records yet"),
        (
            lambda store: [damage.cut_short(version) for version in store.versions()],
            "The records cannot be read just now",
        ),
    ],
)
def test_in_place_of_records_stands_why_and_what_happens_next(versions, page, spoil, title, capsys):
    store, _, _ = versions
    spoil(store)
    integrity._verdicts.clear()
    page.run()
    assert not page.exception
    assert page.title[0].value == title
    (said,) = [one.value for one in page.error]
    assert "comes back by itself" in said
    assert str(store.root) not in said
    assert str(store.root) in capsys.readouterr().out or title.endswith("read just now")
    # the address, and with it the view, stays
    assert page.query_params["year"] in ("2025", ["2025"])


def test_what_is_published_while_a_page_is_drawn_is_noticed(versions, page, monkeypatch):
    """What an open page compares with is what stood before it was drawn, not what stands when it is
    done.
    """
    store, old, _ = versions
    followed, real = [], engine.rows

    def published_meanwhile(database, *more):
        rollback(store, old.id, author="Eva", message="meanwhile", now=NOW)
        monkeypatch.setattr(engine, "rows", real)
        return real(database, *more)

    before = outage.read_serving_state(store)
    monkeypatch.setattr(engine, "rows", published_meanwhile)
    monkeypatch.setattr(outage, "rerun_on_change", lambda _store, shown: followed.append(shown))
    page.run()
    assert not page.exception
    assert followed == [before]
    assert outage.read_serving_state(store) != before
