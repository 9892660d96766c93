"""The site on the records to check by hand: as first published, and as they are served after a
correction.
"""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.shares import SharesDb
from tests.conftest import ROOT


@pytest.fixture(autouse=True)
def _at_the_machine(monkeypatch):
    """AppTest has no connection that would say where the reader sits."""
    monkeypatch.setattr("dashboard.ui.sign_in.is_local", lambda: True)


@pytest.fixture
def shares_db(tmp_path):
    """A shelf of this test's own."""
    return SharesDb(tmp_path / "shares.sqlite")


@pytest.fixture
def site(then_and_now, shares_db, monkeypatch):
    """Open a page under a query: site("people", year="2025"); `asked` is what the session asks for."""
    monkeypatch.setenv("DASHBOARD_STORE", str(then_and_now[0].folder.parents[1]))
    monkeypatch.setenv("DASHBOARD_SHARES", str(shares_db.path))

    def opened(page="", asked=None, **query):
        test = AppTest.from_file(str(ROOT / "src/dashboard/ui/site.py"), default_timeout=60)
        for name, value in query.items():
            test.query_params[name] = value
        if page:
            test.switch_page(f"../../../pages/{page}.py")
        if asked:
            test.session_state["asked_for"] = asked
        test.run()
        assert not test.exception
        return test

    return opened


@pytest.fixture
def programme(tmp_path, monkeypatch):
    """Give the programme other settings: programme('public_url = ""', 'public_url = "https://…"')."""

    def changed(*pairs):
        text = (ROOT / "data" / "settings.toml").read_text("utf-8")
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new)
        (tmp_path / "home" / "data").mkdir(parents=True)
        (tmp_path / "home" / "data" / "settings.toml").write_text(text, "utf-8")
        monkeypatch.setenv("DASHBOARD_HOME", str(tmp_path / "home"))

    return changed


def said(elements):
    """What elements say, without the signs that keep Markdown away."""
    return [element.value.replace("\\", "") for element in elements]


def url(test):
    """The query of the page as it is now."""
    return {
        name: value[0] if isinstance(value, list) else value
        for name, value in test.query_params.items()
    }
