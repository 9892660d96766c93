"""Role × route × action: what each may do who asks, at the gate before everything that is served."""

from datetime import UTC, datetime
from unittest.mock import MagicMock

import pytest
from starlette.applications import Starlette
from starlette.responses import FileResponse, JSONResponse, RedirectResponse
from starlette.routing import Route
from streamlit.web.server.starlette.starlette_app import create_streamlit_routes

from dashboard.model import settings
from dashboard.model.settings import SettingsError, shares_file
from dashboard.server import access, middleware, routes
from dashboard.server.auth_middleware import EXACT_PATHS, PATH_PREFIXES, safe_next
from dashboard.shares import SharesDb, admissions, shorten
from dashboard.views.view import split_link
from tests.server.conftest import INDEX
from tests.support.asgi import ask
from tests.support.signing_in import ORIGIN, SECRET, cookies, home_with_sign_in

EVENTS = "/calendar.ics?year=2025"
WHO = {
    "nobody": {},
    "no role": {"groups": ["others"]},
    "viewer": {},
    "steward": {"groups": ["dash-stewards"]},
    "expired": {"iat": 1_700_000_000},
    "forged": {"secret": "another secret, also longer than thirty-two characters"},
    "another site": {"origin": "https://other.example.org"},
}
LET_IN = ("viewer", "steward")
NO_ACCOUNT = ("nobody", "forged", "another site")


def sent_by(who):
    if who == "nobody":
        return {}
    return {"cookie": "; ".join(f"{name}={value}" for name, value in cookies(**WHO[who]).items())}


def streamlit_says(request):
    """In the place of Streamlit's own routes: it was reached."""
    return JSONResponse({"reached": request.url.path})


def fake_streamlit():
    """The routes of Streamlit, each answered by a line, so that the gate is asked and not what is
    behind it.
    """
    names = (
        "media/{x}",
        "component/{x:path}",
        "app/static/{x:path}",
        "static/{x:path}",
        "_stcore/{x:path}",
    )
    return [
        *(
            Route(f"/{name}", streamlit_says, methods=["GET", "POST", "PUT", "DELETE", "OPTIONS"])
            for name in names
        ),
        Route("/auth/login", lambda _: RedirectResponse("https://id.example.org/authorize", 302)),
        Route("/auth/logout", lambda _: RedirectResponse("/", 302)),
        Route("/oauth2callback", lambda _: RedirectResponse("/", 302)),
        Route("/{path:path}", lambda _: FileResponse(INDEX), methods=["GET", "HEAD"]),
    ]


@pytest.fixture
def site(tmp_path, monkeypatch, real):
    """Asks a site that lets nobody in who has not signed in."""
    monkeypatch.setenv("DASHBOARD_HOME", str(home_with_sign_in(tmp_path / "home")))
    monkeypatch.setenv("DASHBOARD_STORE", str(real.folder.parents[1]))
    monkeypatch.setenv("DASHBOARD_SHARES", str(tmp_path / "shares.sqlite"))
    monkeypatch.setattr(access, "get_cookie_secret", lambda: SECRET)
    monkeypatch.setattr(access, "get_origin_from_redirect_uri", lambda: ORIGIN)
    app = Starlette(routes=[*routes(), *fake_streamlit()], middleware=middleware())
    return lambda link, who="nobody", method="GET", **more: ask(
        app, link, method=method, **sent_by(who), **more
    )


GUARDED = (
    ("GET", EVENTS, 200),
    ("GET", "/api", 200),
    ("GET", "/api/", 404),
    ("GET", "/api/metrics", 200),
    ("GET", "/api/metrics.csv", 200),
    ("GET", "/api/rows/events", 200),
    ("GET", "/api/rows/people.csv?year=2025", 200),
    ("GET", "/api/rows/events.jsonld", 200),
    ("GET", "/api/rows/events?v=0123456789abcdef", 200),
    ("GET", "/api/rows/events?candidate=0123456789abcdef", 200),
    ("GET", "/api/nothing", 404),
    ("HEAD", "/api/metrics", 200),
    ("POST", "/api/metrics", 405),
    ("GET", "/s/abcdefgh", 404),
    ("GET", "/media/0123456789abcdef.xlsx", 404),
    ("GET", "/component/clipboard/index.js", 200),
    ("GET", "/_stcore/bidi-components/copy_text/index.js", 200),
    ("OPTIONS", "/_stcore/upload_file/session/file", 200),
)
OPEN = (
    ("GET", "/health", 200),
    ("GET", "/_stcore/health", 200),
    ("GET", "/_stcore/host-config", 200),
    ("GET", "/static/js/x.js", 200),
    ("GET", "/app/static/fonts/x.woff2", 200),
    ("GET", "/auth/login", 302),
    ("GET", "/auth/logout", 302),
    ("GET", "/oauth2callback", 302),
)
CLOSED = (
    "/_stcore/metrics",
    "/_stcore/script-health-check",
    "/_stcore/agent/interact",
    "/_stcore/agent/openapi.json",
    "/_stcore/agent/mcp",
    "/_stcore/message",
    "/_stcore/",
    "/_stcore/health/x",
    "/_stcore/whatever",
)


@pytest.mark.matrix(50)
@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize(("method", "link", "status"), GUARDED)
def test_what_tells_of_the_records_is_for_viewers_and_stewards_only(
    site, who, method, link, status
):
    answer = site(link, who, method)
    expected = status if who in LET_IN else 401 if who in NO_ACCOUNT else 403
    if link.startswith("/s/") and who in NO_ACCOUNT:
        expected = 303  # a person followed a link: to the sign-in, and then on
    assert answer.status == expected
    if who not in LET_IN:
        assert answer.headers["cache-control"] == "no-store"
        assert not any(word in answer.text for word in ("DASH", "Doornberg", "reached", "version"))


@pytest.mark.matrix(16)
@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize(("method", "link", "status"), OPEN)
def test_what_tells_nothing_of_the_records_is_for_everybody(site, who, method, link, status):
    answer = site(link, who, method)
    assert answer.status == status
    assert "DASH" not in answer.text


@pytest.mark.matrix(9)
@pytest.mark.parametrize("who", ["nobody", "viewer", "steward"])
@pytest.mark.parametrize("link", CLOSED)
def test_what_serves_streamlit_only_is_for_nobody(site, who, link):
    for method in ("GET", "POST", "OPTIONS"):
        answer = site(link, who, method)
        assert (answer.status, "reached" in answer.text) == (404, False)


@pytest.mark.parametrize(
    "link",
    [
        "//api/metrics",
        "/./api/metrics",
        "/x/../api/metrics",
        "/API/metrics",
        "/api%2Fmetrics",
        "/_stcore/health/../metrics",
        "/static/../media/x",
        "/events/../calendar.ics",
        "/s//abcdefgh",
        "/calendar.ics/",
        "/media",
        "/calendar.ics%00",
        "/;/api/metrics",
        "/api/metrics;x=1",
    ],
)
def test_no_other_spelling_of_a_path_leads_past_the_gate(site, link):
    answer = site(link)
    assert answer.status in (303, 401, 404) or answer.text == INDEX.read_text("utf-8")


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize(
    "link",
    ["/", "/events?month=2025-05", "/people?person=job-doornberg", "/publish", "/records?find=job"],
)
def test_the_page_itself_is_bare_until_somebody_is_let_in(site, who, link):
    answer = site(link, who)
    assert answer.status == 200
    assert (answer.text == INDEX.read_text("utf-8")) == (who not in LET_IN)


def test_every_route_that_streamlit_has_is_one_that_the_gate_was_told_of():
    """A new release with a new route: decide who may have it before it is served."""
    paths = {route.path for route in create_streamlit_routes(MagicMock()) if hasattr(route, "path")}
    names = {path.strip("/").partition("/{")[0].partition("{")[0] for path in paths} - {""}
    told = {
        *EXACT_PATHS,
        *PATH_PREFIXES,
        "_stcore/metrics",
        "_stcore/agent/interact",
        "_stcore/agent/openapi.json",
        "_stcore/agent/mcp",
    }
    assert {"_stcore/stream", "media", "oauth2callback"} <= names
    assert names <= told


# Going on after the sign-in
# -------------------------------------------------------------------------------------


def cookie_of(answer, name="dashboard_next"):
    found = [
        part
        for part in answer.headers.get("set-cookie", "").split(",")
        if part.strip().startswith(f"{name}=")
    ]
    return found[0].strip() if found else ""


@pytest.mark.parametrize(
    "link",
    [
        "/events?month=2025-05&speaker=job-doornberg",
        "/trainings?year=2025&why=training_participants",
        "/records?find=caf%C3%A9+x",
        "/events?v=0123456789abcdef&on=2026-02-03",
    ],
)
def test_after_the_sign_in_the_link_that_was_followed_is_opened(site, link):
    kept = cookie_of(site(link))
    assert {"HttpOnly", "SameSite=lax", "Path=/", "Max-Age=900"} <= {
        part.strip() for part in kept.split(";")
    }
    answer = ask_with(site, "/oauth2callback?state=x", kept.split(";")[0])
    assert split_link(answer.headers["location"]) == split_link(link)
    assert answer.headers["location"].startswith("/")
    assert 'dashboard_next=""' in answer.headers["set-cookie"]


def ask_with(site, link, cookie):
    return site(link, cookie=cookie)


def test_a_short_link_leads_to_the_sign_in_and_then_on(site):
    code = shorten(SharesDb(shares_file()), "/events?year=2025")
    answer = site(f"/s/{code}")
    assert (answer.status, answer.headers["location"]) == (303, "/")
    on = ask_with(site, "/oauth2callback?state=x", cookie_of(answer).split(";")[0])
    assert on.headers["location"] == f"/s/{code}"
    assert site(f"/s/{code}", "viewer").headers["location"] == "../events?year=2025"


@pytest.mark.parametrize(
    "hostile",
    [
        "https://evil.example.org/",
        "//evil.example.org",
        "/\\evil.example.org",
        "\\\\evil.example.org",
        "/events/../../evil",
        "javascript:alert(1)",
        "/%2F/evil.example.org",
        "/ /evil",
        "/events\r\nSet-Cookie: a=b",
        "/events?x=\r\nLocation: //e",
        "",
        "events",
        "/nothing",
        "/auth/logout",
        "/s/../auth/logout",
        "/s/abcdefgh/../../x",
        "/s/ABCDEFGH",
        "/events#//evil",
        "/@evil.org",
        "/events?" + "a" * 3000,
        "/oauth2callback?state=1",
        "/.evil.example.org",
        "/events;//evil",
        "/events?next=https://evil.example.org",
    ],
)
def test_nothing_leads_to_another_site_after_the_sign_in(site, hostile):
    found = safe_next(hostile)
    assert found == "/" or found == "/events?next=https%3A%2F%2Fevil.example.org"
    if hostile.isprintable() and '"' not in hostile and "\\" not in hostile:
        answer = ask_with(site, "/oauth2callback", f'dashboard_next="{hostile}"')
        assert answer.headers["location"] == found


def test_signing_out_ends_the_sign_in_even_for_a_copy_of_its_cookie(site):
    header = sent_by("viewer")
    assert site("/api/metrics", **header).status == 200
    assert site("/auth/logout", **header).status == 302
    assert site("/api/metrics", **header).status == 401
    assert site("/api/metrics", "steward").status == 200


def test_settings_that_cannot_be_read_do_not_keep_anybody_from_signing_out(site, monkeypatch):
    def fail():
        raise SettingsError("broken")

    monkeypatch.setattr(settings, "current", fail)
    assert site("/auth/logout", "viewer").status == 302
    assert site("/api/metrics", "viewer").status == 503


# Calendars
# -----------------------------------------------------------------------------------------------------


def test_a_calendar_program_comes_in_with_its_key_and_only_to_the_calendar(site):
    key = admissions.make_key(SharesDb(shares_file()), "a" * 32, "Outlook", datetime.now(UTC))
    answer = site(f"{EVENTS}&key={key}")
    assert (answer.status, answer.text.count("BEGIN:VEVENT") > 10) == (200, True)
    assert answer.headers["x-notices"] == "0"
    assert key not in answer.text
    for link in (
        f"/api/metrics?key={key}",
        f"/api/rows/events?key={key}",
        f"/media/x?key={key}",
        f"/s/abcdefgh?key={key}",
    ):
        assert site(link).status in (401, 303)
    assert site(f"{EVENTS}&key=x{key}").status == 401
    # a key that is not good is no sign-in, whoever asks
    assert site(f"{EVENTS}&key=x", "viewer").status == 401
    admissions.sign_out(SharesDb(shares_file()), "a" * 32, datetime.now(UTC))
    assert site(f"{EVENTS}&key={key}").status == 401


def test_a_feed_reader_comes_in_with_its_key_and_only_to_the_feed(site):
    shelf = SharesDb(shares_file())
    key = admissions.make_key(shelf, "a" * 32, "Reader", datetime.now(UTC), admissions.FEED)
    answer = site(f"/changes.atom?year=2025&key={key}")
    assert (answer.status, answer.headers["x-notices"]) == (200, "0")
    assert key not in answer.text
    calendar = admissions.make_key(shelf, "a" * 32, "Outlook", datetime.now(UTC))
    for link in (
        f"{EVENTS}&key={key}",
        f"{EVENTS}&key={key.removeprefix('feed.')}",
        f"/changes.atom?key={calendar}",
        f"/changes.atom?key=feed.{calendar}",
        f"/api/metrics?key={key}",
        f"/parts/?part=since&key={key}",
        "/changes.atom",
    ):
        assert site(link).status == 401
    assert site("/changes.atom?key=x", "viewer").status == 401
    assert site("/changes.atom", "viewer").status == 200
    admissions.sign_out(shelf, "a" * 32, datetime.now(UTC))
    assert site(f"/changes.atom?key={key}").status == 401


# Without a sign-in
# ---------------------------------------------------------------------------------------------


def test_without_a_sign_in_everybody_may_look_and_the_inside_stays_closed(real_site):
    assert real_site("/api/metrics").status == 200
    assert real_site(EVENTS).status == 200
    for link in CLOSED:
        assert real_site(link).status == 404
