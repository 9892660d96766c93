"""Our routes around a page as Streamlit sends it, on the records to check by hand and on those that
ship.
"""

from pathlib import Path

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.responses import FileResponse
from starlette.routing import Route

from dashboard.server import middleware, routes
from dashboard.store import Store
from tests.conftest import ROOT, publish_folder, served_already
from tests.support.asgi import ask

INDEX = Path(streamlit.__file__).parent / "static" / "index.html"


def site(base: str = "") -> Starlette:
    """The routes, and for every other path the page of Streamlit, unchanged."""
    return Starlette(
        routes=[
            *routes(base),
            Route("/{path:path}", lambda _: FileResponse(INDEX), methods=["GET"]),
        ],
        middleware=middleware(base),
    )


@pytest.fixture(scope="session")
def small_version(tmp_path_factory):
    return served_already(
        Store(tmp_path_factory.mktemp("small") / "store"), ROOT / "tests" / "data"
    )


def ask_site(monkeypatch, version, base=""):
    root = version.folder.parents[1]
    monkeypatch.setenv("DASHBOARD_STORE", str(root))
    monkeypatch.delenv("DASHBOARD_SHARES", raising=False)
    app = site(base)
    return lambda link, **more: ask(app, link, **more)


@pytest.fixture
def small_site(monkeypatch, small_version):
    """Asks a site with the records to check by hand."""
    return ask_site(monkeypatch, small_version)


@pytest.fixture
def real_site(monkeypatch, real):
    """Asks a site with the records that ship."""
    return ask_site(monkeypatch, real)


@pytest.fixture
def serve(monkeypatch):
    """Makes a site of a version."""
    return lambda version, base="": ask_site(monkeypatch, version, base)


@pytest.fixture
def hostile(tmp_path, small):
    """A version whose texts try to break out of every form."""
    events = small / "events.csv"
    text = events.read_text("utf-8")
    text = text.replace("Open day,Science week", f'"{HOSTILE_TITLE}","{HOSTILE_HOST}"')
    events.write_text(text.replace("Spring school,,", "=1+1,,"), "utf-8")
    people = small / "event_people.csv"
    people.write_text(
        people.read_text("utf-8").replace("Café statistics", f'"{HOSTILE_HOST}"'), "utf-8"
    )
    return publish_folder(Store(tmp_path / "hostile"), small).version


HOSTILE_TITLE = "</title><script>alert(1)</script>; BEGIN:VALARM, \\nSUMMARY:x \\\\ ;"
HOSTILE_HOST = "'x' onload=alert(1) </script><!-- ; DTSTART:20000101 \\N, \\; END:VCALENDAR"
