"""What is not published is told to stewards only, whichever reader of links is asked, and by no
other link.
"""

import ast
import inspect
import io
import shutil
import zipfile
from datetime import date

import pytest
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest

from dashboard.export import share_links
from dashboard.export.deck import build_deck
from dashboard.export.refresh_isolated import RefreshRequest, refresh_in_isolation
from dashboard.export.view_export import Export
from dashboard.model import settings
from dashboard.model.roles import Person, Role
from dashboard.server import access, link_preview, middleware, routes
from dashboard.shares import SharesDb, SharesError, save
from dashboard.store import Store
from dashboard.ui import sign_in
from dashboard.ui.dialogs import take_along
from dashboard.views.content.pages import make_content
from dashboard.views.resolve_version import choose_version
from dashboard.views.view import open_view
from tests.conftest import NOW, ROOT, replace_in, served_already
from tests.export.taken import slides, text_of
from tests.support import page_parts
from tests.support.asgi import ask
from tests.support.signing_in import ORIGIN, SECRET, cookies, home_with_sign_in

pytestmark = pytest.mark.filterwarnings("default")
SECRET_TITLE, TODAY = "Unpublished symposium", date(2026, 1, 20)
GROUPS = {Role.STEWARD: "dash-stewards", Role.VIEWER: "dash-viewers"}


@pytest.fixture
def candidate(tmp_path, small, monkeypatch):
    """The id of a candidate of a store in use, that has a title which what is served does not have."""
    served, other = Store(tmp_path / "store"), Store(tmp_path / "other")
    served_already(served, ROOT / "tests" / "data")
    replace_in(small, "events", "Open day", SECRET_TITLE)
    made = served_already(other, small)
    served.candidates_folder.mkdir()
    shutil.move(made.folder, served.candidates_folder / made.id)
    monkeypatch.setenv("DASHBOARD_HOME", str(home_with_sign_in(tmp_path / "home")))
    monkeypatch.setenv("DASHBOARD_STORE", str(served.root))
    monkeypatch.setenv("DASHBOARD_SHARES", str(tmp_path / "shares.sqlite"))
    monkeypatch.setattr(access, "get_cookie_secret", lambda: SECRET)
    monkeypatch.setattr(access, "get_origin_from_redirect_uri", lambda: ORIGIN)
    return made.id


def the_store():
    return Store(settings.store_folder())


def _view(link, role):
    return open_view(the_store(), settings.current(), link, TODAY, role=role)


def words_of(data):
    return [text_of(slide) for slide in slides(data)]


def from_a_link(query, role, _):
    return make_content(_view(f"/events?{query}", role))


def on_the_page(query, role, monkeypatch):
    monkeypatch.setattr(sign_in, "read_person", lambda: Person(role, why="why not"))
    test = AppTest.from_file(str(ROOT / "src/dashboard/ui/site.py"), default_timeout=60)
    for name, _, value in (pair.partition("=") for pair in query.split("&")):
        test.query_params[name] = value
    test.switch_page("../../../pages/events.py")
    test.run()
    assert not test.exception
    return [
        *(one.value for one in test.markdown),
        *(one.options for one in test.multiselect),
        *(frame.value.to_dict() for frame in test.dataframe),
        page_parts.read_parts(test),
    ]


def in_a_refreshed_deck(query, role, _):
    """Somebody writes another link into the footers of slides that they took along."""
    view = _view("/events?year=2025", Role.VIEWER)
    taken, written = (
        build_deck([Export(view, make_content(view), "https://dash.example.org/events?year=2025")]),
        io.BytesIO(),
    )
    with zipfile.ZipFile(io.BytesIO(taken)) as old, zipfile.ZipFile(written, "w") as new:
        for entry in old.infolist():
            new.writestr(
                entry, old.read(entry).replace(b"year=2025", query.replace("&", "&amp;").encode())
            )
    result = refresh_in_isolation(
        written.getvalue(), RefreshRequest(role, "https://dash.example.org", TODAY)
    )
    if role is not Role.STEWARD and "candidate=" in query:
        assert result.notices == ["What is not published is for stewards: it is left out here."]
    return words_of(result.deck), result.changed, result.left


def on_slides_of_a_meeting(query, role, _):
    found = take_along.build_exports(
        _view("/", Role.VIEWER), [f"/events?{query}"], "https://dash.example.org", role=role
    )
    return words_of(build_deck(found))


def of_a_route(path):
    def answered(query, role, _):
        app = Starlette(routes=routes(), middleware=middleware())
        held = cookies(groups=[GROUPS[role]]) if role else {}
        answer = ask(
            app,
            f"{path}?{query}",
            cookie="; ".join(f"{name}={value}" for name, value in held.items()),
        )
        assert answer.status == (200 if role else 401)
        return answer.text

    return answered


def in_a_preview(query, *_):
    return link_preview.build_preview("events", query)


READERS = {  # how, and whether a steward gets to a candidate by it
    "a view of a link": (from_a_link, True),
    "a page": (on_the_page, True),
    "a refreshed deck": (in_a_refreshed_deck, True),
    "slides of a meeting": (on_slides_of_a_meeting, True),
    "the preview of a link": (in_a_preview, False),
    **{
        path: (of_a_route(path), False)
        for path in (
            "/api/rows/events",
            "/api/rows/events.csv",
            "/api/rows/events.jsonld",
            "/api/metrics",
            "/calendar.ics",
        )
    },
}


@pytest.mark.matrix(8)
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("reader", READERS)
def test_a_link_with_a_candidate_tells_of_it_to_stewards_only(candidate, reader, role, monkeypatch):
    tell, for_stewards = READERS[reader]
    told = str(tell(f"year=2025&candidate={candidate}", role, monkeypatch))
    assert (SECRET_TITLE in told or f'"version": "{candidate}"' in told) == (
        role is Role.STEWARD and for_stewards
    )


@pytest.mark.matrix(3)
@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("also", ["", "&on=2026-01-15", "&show=now", "&candidate=0123456789abcdef"])
def test_a_candidate_is_no_version_that_a_link_may_pin(candidate, reader, also, monkeypatch):
    told = str(READERS[reader][0](f"year=2025&v={candidate}{also}", Role.STEWARD, monkeypatch))
    assert SECRET_TITLE not in told
    assert f'"version": "{candidate}"' not in told


@pytest.mark.parametrize("function", [choose_version, open_view, take_along.build_exports])
def test_whoever_opens_a_link_has_to_say_for_whom(function):
    role = inspect.signature(function).parameters["role"]
    assert (role.kind, role.default) == (inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.empty)


OPENERS = {"views/resolve_version.py", "cli/publishing.py", "cli/parquet.py", "store/candidates.py"}
"""Who opens a candidate: the one function for links, and those who can read the folder of the store
themselves.
"""


def test_nobody_else_opens_a_candidate_or_reads_the_folder_of_them():
    source = ROOT / "src" / "dashboard"
    found = {
        path.relative_to(source).as_posix()
        for path in source.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "candidate"
        )
        or (
            isinstance(node, ast.Attribute)
            and node.attr in ("candidates_folder", "candidates")
            and path.parent.name in ("ui", "server", "export", "shares")
        )
    }
    assert found == OPENERS


def test_a_view_of_a_candidate_is_not_kept_because_its_title_would_tell_of_it(candidate):
    with pytest.raises(SharesError, match="not published"):
        save(
            SharesDb(settings.shares_file()),
            "400 people",
            f"/events?year=2025&candidate={candidate}",
            now=NOW,
        )


def test_the_pinned_link_of_a_file_names_no_candidate_for_a_viewer(candidate):
    view = _view(f"/events?year=2025&candidate={candidate}", Role.VIEWER)
    assert share_links.make_link(view, share_links.LIVE) == "/events?year=2025&lang=en"
